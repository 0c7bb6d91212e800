import {
  type Budget,
  CreateBudgetCommand,
  DeleteBudgetCommand,
  DescribeBudgetCommand,
  DescribeNotificationsForBudgetCommand,
  DescribeSubscribersForNotificationCommand,
  type NotificationWithSubscribers,
} from '@aws-sdk/client-budgets';
import type { Clients } from './clients.ts';
import { awsErrorMessage } from './operator-error.ts';

/*
 * The budget is made by its own API and not by the template, because 7 of the 22 regions do not know AWS::Budgets::Budget (cfn-lint
 * 1.51, 2026-11: Stockholm, Milan, Osaka, Hong Kong, Jakarta, Cape Town, Bahrain), and refuse a template that names it.
 */

/** Budgets belong to the whole account, so their names include the region. */
export const budgetName = (stack: string, region: string) => `${stack}-${region}`;

export type BudgetOwner = { readonly account: string; readonly region: string; readonly stack: string };

/** The monthly limit for the costs of the whole account, and the address that is warned. */
export type BudgetPlan = { readonly usd: number; readonly email: string };

/** The budget that these parameters ask for; `null` for none: without an address, it would warn nobody. */
export function plannedBudget(values: ReadonlyMap<string, string>): BudgetPlan | null {
  const [email, usd] = [values.get('AlertEmail') ?? '', Number(values.get('MonthlyBudgetUsd') ?? 0)];
  return email !== '' && usd > 0 ? { email, usd } : null;
}

/**
 * Makes, changes or deletes the budget, unless it is as planned. A deployment works without one, so a refusal is only printed.
 * @returns whether anything was changed
 */
export async function applyBudget(
  { budgets }: Pick<Clients, 'budgets'>,
  owner: BudgetOwner,
  { plan, print }: { readonly plan: BudgetPlan | null; readonly print: (line: string) => void },
): Promise<boolean> {
  const key = { AccountId: owner.account, BudgetName: budgetName(owner.stack, owner.region) };
  try {
    const existing = await readBudget({ budgets }, owner);
    if (existing === null && plan === null) return false;
    const isPlanned = existing?.limit === plan?.usd;
    if (plan && isPlanned && (await isNotified({ budgets }, key, plan.email))) return false;
    // The notifications cannot be changed together with the limit. A new budget counts the costs of the whole month, too.
    if (existing) await budgets.send(new DeleteBudgetCommand(key));
    if (plan)
      await budgets.send(new CreateBudgetCommand({ AccountId: owner.account, ...budgetOf(key.BudgetName, plan) }));
    print(
      plan
        ? `budget: ${plan.email} is warned at 80 % of $${plan.usd} a month, and if the forecast exceeds it`
        : `budget: ${key.BudgetName} is deleted`,
    );
    return true;
  } catch (error) {
    const message = awsErrorMessage(error);
    if (message === undefined) throw error;
    // Credentials without rights on budgets are usual where there is none.
    if (plan) print(`the budget was not set: ${message}. Everything else works without it`);
    return false;
  }
}

/** @returns whether there was one */
export async function deleteBudget({ budgets }: Pick<Clients, 'budgets'>, owner: BudgetOwner): Promise<boolean> {
  if ((await readBudget({ budgets }, owner)) === null) return false;
  const BudgetName = budgetName(owner.stack, owner.region);
  await budgets.send(new DeleteBudgetCommand({ AccountId: owner.account, BudgetName }));
  return true;
}

/** The limit and the costs of the current month, US dollars. The forecast needs some weeks of costs. */
export type BudgetState = { readonly limit: number; readonly spent: number; readonly forecast: number | null };

/** @returns `null` if the stack has no budget */
export async function readBudget(
  { budgets }: Pick<Clients, 'budgets'>,
  { account, region, stack }: BudgetOwner,
): Promise<BudgetState | null> {
  const request = new DescribeBudgetCommand({ AccountId: account, BudgetName: budgetName(stack, region) });
  const { Budget: budget } = await budgets.send(request).catch((error: Error) => {
    if (error.name === 'NotFoundException') return { Budget: undefined };
    throw error;
  });
  if (!budget) return null;
  const { ActualSpend, ForecastedSpend } = budget.CalculatedSpend ?? {};
  return {
    limit: Number(budget.BudgetLimit?.Amount),
    spent: Number(ActualSpend?.Amount ?? 0),
    forecast: ForecastedSpend?.Amount === undefined ? null : Number(ForecastedSpend.Amount),
  };
}

type Key = { readonly AccountId: string; readonly BudgetName: string };

/** Whether exactly this address gets all notifications of the budget. */
async function isNotified({ budgets }: Pick<Clients, 'budgets'>, key: Key, email: string): Promise<boolean> {
  const { Notifications = [] } = await budgets.send(new DescribeNotificationsForBudgetCommand(key));
  if (Notifications.length !== notifications(email).length) return false;
  const addresses = await Promise.all(
    Notifications.map(async (Notification) => {
      const { Subscribers = [] } = await budgets.send(
        new DescribeSubscribersForNotificationCommand({ ...key, Notification }),
      );
      return Subscribers.map(({ Address }) => Address).join();
    }),
  );
  return addresses.every((address) => address === email);
}

function budgetOf(BudgetName: string, { usd, email }: BudgetPlan) {
  const Budget: Budget = {
    BudgetName,
    BudgetType: 'COST',
    TimeUnit: 'MONTHLY',
    BudgetLimit: { Amount: String(usd), Unit: 'USD' },
  };
  return { Budget, NotificationsWithSubscribers: notifications(email) };
}

function notifications(email: string): NotificationWithSubscribers[] {
  const Subscribers = [{ SubscriptionType: 'EMAIL' as const, Address: email }];
  const above = { ComparisonOperator: 'GREATER_THAN' as const, ThresholdType: 'PERCENTAGE' as const };
  return [
    { Notification: { ...above, NotificationType: 'ACTUAL', Threshold: 80 }, Subscribers },
    { Notification: { ...above, NotificationType: 'FORECASTED', Threshold: 100 }, Subscribers },
  ];
}

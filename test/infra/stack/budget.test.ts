import { BudgetsClient } from '@aws-sdk/client-budgets';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { applyBudget, deleteBudget, plannedBudget, readBudget } from '../../../infra/stack/budget.ts';
import { startBudgets } from './budgets-server.ts';

const OWNER = { account: '123456789012', region: 'eu-north-1', stack: 'curbside' };
const PLAN = { usd: 10, email: 'cook@example.org' };

describe('the budget', () => {
  let api: Awaited<ReturnType<typeof startBudgets>>;
  let budgets: BudgetsClient;
  let printed: string[];
  beforeEach(async () => {
    api = await startBudgets();
    const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
    budgets = new BudgetsClient({ endpoint: api.url, region: 'us-east-1', credentials });
    printed = [];
  });
  afterEach(() => {
    budgets.destroy();
    api.stop();
  });
  const apply = (plan: typeof PLAN | null) =>
    applyBudget({ budgets }, OWNER, { plan, print: (line) => printed.push(line) });
  const addresses = () =>
    [...api.stored.values()].flatMap(({ NotificationsWithSubscribers: all }) =>
      all.flatMap(({ Subscribers = [] }) => Subscribers.map(({ Address }) => Address)),
    );

  it('is made once, with the region in its name', async () => {
    expect(await apply(PLAN)).toBe(true);
    expect([...api.stored.keys()]).toEqual(['curbside-eu-north-1']);
    expect(await readBudget({ budgets }, OWNER)).toEqual({ limit: 10, spent: 0, forecast: null });
    expect(addresses()).toEqual([PLAN.email, PLAN.email]);
    api.takeActions();
    expect(await apply(PLAN)).toBe(false);
    expect(api.takeActions().filter((action) => !action.startsWith('Describe'))).toEqual([]);
    expect(printed).toEqual([expect.stringContaining('cook@example.org is warned at 80 % of $10')]);
  });

  it.each([
    ['another limit', { ...PLAN, usd: 12.5 }],
    ['another address', { ...PLAN, email: 'owner@example.org' }],
  ])('follows %s', async (_, next) => {
    await apply(PLAN);
    expect(await apply(next)).toBe(true);
    expect((await readBudget({ budgets }, OWNER))?.limit).toBe(next.usd);
    expect(addresses()).toEqual([next.email, next.email]);
    expect(await apply(next)).toBe(false);
  });

  it('is deleted when no parameter asks for it', async () => {
    await apply(PLAN);
    expect(await apply(null)).toBe(true);
    expect([api.stored.size, await apply(null)]).toEqual([0, false]);
    expect(await deleteBudget({ budgets }, OWNER)).toBe(false);
  });

  it('does not stop a deployment without rights on budgets', async () => {
    api.deny();
    expect(await apply(PLAN)).toBe(false);
    expect(printed).toEqual([expect.stringMatching(/^the budget was not set: .*cook may not see budgets/)]);
    expect(await apply(null)).toBe(false);
    expect(printed).toHaveLength(1);
  });
});

describe('plannedBudget', () => {
  it.each([
    [{}, null],
    [{ MonthlyBudgetUsd: '10' }, null],
    [{ MonthlyBudgetUsd: '0', AlertEmail: 'cook@example.org' }, null],
    [{ MonthlyBudgetUsd: '10', AlertEmail: 'cook@example.org' }, PLAN],
  ])('of %j is %j', (values, plan) => {
    expect(plannedBudget(new Map(Object.entries(values)))).toEqual(plan);
  });
});

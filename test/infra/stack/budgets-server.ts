import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Budget, NotificationWithSubscribers } from '@aws-sdk/client-budgets';

export type StoredBudget = {
  readonly Budget: Budget;
  readonly NotificationsWithSubscribers: NotificationWithSubscribers[];
};

type Request = StoredBudget & {
  readonly BudgetName: string;
  readonly Notification: { readonly NotificationType: string };
};

/**
 * Starts a server that speaks the protocol of AWS's Budgets API and stores budgets by name. moto cannot describe the subscribers of a
 * notification.
 */
export async function startBudgets() {
  const stored = new Map<string, StoredBudget>();
  const actions: string[] = [];
  let isDenied = false;
  const answer = (action: string, request: Request): [number, unknown] => {
    const name = request.BudgetName ?? request.Budget.BudgetName ?? '';
    const found = stored.get(name);
    if (isDenied) return [400, { __type: 'AccessDeniedException', Message: 'cook may not see budgets' }];
    if (action === 'CreateBudget') {
      stored.set(name, request);
      return [200, {}];
    }
    if (!found) return [400, { __type: 'NotFoundException', Message: `no budget ${name}` }];
    const all = found.NotificationsWithSubscribers;
    switch (action) {
      case 'DescribeBudget':
        return [200, { Budget: found.Budget }];
      case 'DeleteBudget':
        return [200, { deleted: stored.delete(name) }];
      case 'DescribeNotificationsForBudget':
        return [200, { Notifications: all.map(({ Notification }) => Notification) }];
      case 'DescribeSubscribersForNotification': {
        const type = request.Notification.NotificationType;
        return [200, all.find(({ Notification }) => Notification?.NotificationType === type)];
      }
      default:
        return [400, { __type: 'UnknownOperationException', Message: action }];
    }
  };
  const server = createServer(async (incoming, outgoing) => {
    let body = '';
    for await (const part of incoming) body += part;
    const action = String(incoming.headers['x-amz-target']).split('.')[1] ?? '';
    actions.push(action);
    const [status, json] = answer(action, JSON.parse(body));
    outgoing.writeHead(status, { 'Content-Type': 'application/x-amz-json-1.1' }).end(JSON.stringify(json));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stored,
    /** Refuses all requests from now on. */
    deny: () => {
      isDenied = true;
    },
    /** The requested actions since the last call. */
    takeActions: () => actions.splice(0),
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

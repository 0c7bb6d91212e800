import { setTimeout as sleep } from 'node:timers/promises';
import { type CloudFormationClient, DescribeStackEventsCommand, type StackEvent } from '@aws-sdk/client-cloudformation';
import { UNVERIFIED, UNVERIFIED_ADVICE } from './account-checks.ts';
import { describeStack } from './describe-stack.ts';
import { shortTypeName } from './diff.ts';
import { OperatorError } from './operator-error.ts';

export type WatchInput = {
  /** The stack's id, not its name: a deleted stack is only found by its id. */
  readonly id: string;
  /** Id of the last event before the change, from {@link newestEventId}; it and older events are not shown. */
  readonly after: string | undefined;
  readonly pollMs: number;
  readonly print: (line: string) => void;
};

/**
 * Prints a stack's events until its change has finished.
 * @returns the events of resources that CloudFormation retained on purpose
 * @throws OperatorError with the failed resources and their reasons if the change was rolled back or got stuck
 */
export async function watchStack(
  client: CloudFormationClient,
  { id, after, pollMs, print }: WatchInput,
): Promise<StackEvent[]> {
  const seen = new Set<string>();
  const failed: StackEvent[] = [];
  const skipped: StackEvent[] = [];
  for (;;) {
    const stack = await describeStack(client, id);
    const events = await listEventsAfter(client, id, after);
    for (const event of events.reverse()) {
      if (!event.EventId || seen.has(event.EventId)) continue;
      seen.add(event.EventId);
      const { ResourceStatus: status = '', LogicalResourceId: name = '', ResourceType: type = '' } = event;
      if (type !== 'AWS::CloudFormation::Stack')
        print(`  ${status.toLowerCase().replaceAll('_', ' ')}: ${name} (${shortTypeName(type)})`);
      if (status.endsWith('_FAILED')) failed.push(event);
      if (status === 'DELETE_SKIPPED') skipped.push(event);
    }
    const status = stack?.status ?? 'DELETE_COMPLETE';
    if (!status.endsWith('_IN_PROGRESS')) {
      if (/^(CREATE|UPDATE|DELETE)_COMPLETE$/.test(status)) return skipped;
      throw new OperatorError(
        `${describeFailures(failed) || (stack?.reason ?? '')}\nThe stack is now ${status}${advice(status)}`,
      );
    }
    await sleep(pollMs);
  }
}

/** Names the failed resources and their reasons, without the resources that were only cancelled because of them. */
export function describeFailures(events: readonly StackEvent[]): string {
  const causes = events.filter(({ ResourceStatusReason: reason = '' }) => !/cancelled/i.test(reason));
  return causes
    .filter(({ ResourceType }) => ResourceType !== 'AWS::CloudFormation::Stack')
    .map(
      ({ LogicalResourceId: name, ResourceType: type = '', ResourceStatusReason: reason = 'no reason given' }) =>
        `${name} (${shortTypeName(type)}) failed: ${reason}${UNVERIFIED.test(reason) ? `\n${UNVERIFIED_ADVICE}` : ''}`,
    )
    .join('\n');
}

function advice(status: string): string {
  if (status === 'ROLLBACK_COMPLETE') return ': nothing is running. Remove the cause and deploy again.';
  if (status === 'UPDATE_ROLLBACK_COMPLETE')
    return ': the previous deployment is restored. Remove the cause and deploy again.';
  return '; CloudFormation could not undo the change by itself.';
}

export async function newestEventId(client: CloudFormationClient, id: string): Promise<string | undefined> {
  const { StackEvents: [newest] = [] } = await client.send(new DescribeStackEventsCommand({ StackName: id }));
  return newest?.EventId;
}

/** Lists the events after one of them, newest first. */
async function listEventsAfter(
  client: CloudFormationClient,
  id: string,
  after: string | undefined,
): Promise<StackEvent[]> {
  const events: StackEvent[] = [];
  let token: string | undefined;
  do {
    const { StackEvents = [], NextToken } = await client.send(
      new DescribeStackEventsCommand({ StackName: id, ...(token ? { NextToken: token } : {}) }),
    );
    const end = StackEvents.findIndex(({ EventId }) => after !== undefined && EventId === after);
    events.push(...(end < 0 ? StackEvents : StackEvents.slice(0, end)));
    token = end < 0 ? NextToken : undefined;
  } while (token);
  return events;
}

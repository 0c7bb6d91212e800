import { setTimeout as sleep } from 'node:timers/promises';
import { type CloudFormationClient, DescribeStackEventsCommand, type StackEvent } from '@aws-sdk/client-cloudformation';
import { shortType } from './diff.ts';
import { OperatorError } from './operator-error.ts';
import { describeStack } from './stack.ts';

export type WatchInput = {
  /** The stack's id: a deleted stack has no name. */
  readonly id: string;
  /** The newest event before what is watched, as {@link lastEvent} has found it: it and those before it are not shown. */
  readonly after: string | undefined;
  readonly pollMs: number;
  readonly say: (line: string) => void;
};

/**
 * Shows a stack's events until it is at rest.
 * @returns what CloudFormation has left behind on purpose @throws Refusal naming the resources that failed, and why, when it went back or stopped half-way
 */
export async function watchStack(
  client: CloudFormationClient,
  { id, after, pollMs, say }: WatchInput,
): Promise<StackEvent[]> {
  const seen = new Set<string>();
  const failures: StackEvent[] = [];
  const skipped: StackEvent[] = [];
  for (;;) {
    const stack = await describeStack(client, id);
    const events = await eventsAfter(client, id, after);
    for (const event of events.reverse()) {
      if (!event.EventId || seen.has(event.EventId)) continue;
      seen.add(event.EventId);
      const { ResourceStatus: status = '', LogicalResourceId: name = '', ResourceType: type = '' } = event;
      if (type !== 'AWS::CloudFormation::Stack')
        say(`  ${status.toLowerCase().replaceAll('_', ' ')}: ${name} (${shortType(type)})`);
      if (status.endsWith('_FAILED')) failures.push(event);
      if (status === 'DELETE_SKIPPED') skipped.push(event);
    }
    const status = stack?.status ?? 'DELETE_COMPLETE';
    if (!status.endsWith('_IN_PROGRESS')) {
      if (/^(CREATE|UPDATE|DELETE)_COMPLETE$/.test(status)) return skipped;
      throw new OperatorError(
        `${whatFailed(failures) || (stack?.reason ?? '')}\nThe stack is ${status} now${advice(status)}`,
      );
    }
    await sleep(pollMs);
  }
}

/** The resources that failed and why, without those that were only cancelled because of them. */
export function whatFailed(events: readonly StackEvent[]): string {
  const causes = events.filter(({ ResourceStatusReason: why = '' }) => !/cancelled/i.test(why));
  return causes
    .filter(({ ResourceType }) => ResourceType !== 'AWS::CloudFormation::Stack')
    .map(
      ({ LogicalResourceId: name, ResourceType: type = '', ResourceStatusReason: why = 'no reason given' }) =>
        `${name} (${shortType(type)}) failed: ${why}`,
    )
    .join('\n');
}

function advice(status: string): string {
  if (status === 'ROLLBACK_COMPLETE') return ': nothing of it runs. Deploy again when the cause is gone.';
  if (status === 'UPDATE_ROLLBACK_COMPLETE') return ': all is as it was before. Deploy again when the cause is gone.';
  return '; CloudFormation could not undo it by itself.';
}

/** The newest event of a stack. */
export async function lastEvent(client: CloudFormationClient, id: string): Promise<string | undefined> {
  const { StackEvents: [newest] = [] } = await client.send(new DescribeStackEventsCommand({ StackName: id }));
  return newest?.EventId;
}

/** Newest first, which is how CloudFormation lists them. */
async function eventsAfter(client: CloudFormationClient, id: string, after: string | undefined): Promise<StackEvent[]> {
  const events: StackEvent[] = [];
  let token: string | undefined;
  do {
    const { StackEvents = [], NextToken } = await client.send(
      new DescribeStackEventsCommand({ StackName: id, ...(token ? { NextToken: token } : {}) }),
    );
    const known = StackEvents.findIndex(({ EventId }) => after !== undefined && EventId === after);
    events.push(...(known < 0 ? StackEvents : StackEvents.slice(0, known)));
    token = known < 0 ? NextToken : undefined;
  } while (token);
  return events;
}

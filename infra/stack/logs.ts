import { setTimeout as sleep } from 'node:timers/promises';
import { type FilteredLogEvent, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import type { Clients } from './clients.ts';
import { apiName, refreshName } from './lambda-functions.ts';
import { OperatorError } from './operator-error.ts';

const UNITS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Milliseconds of `90s`, `15m`, `2h`, `3d`. @throws Refusal */
export function sinceMs(text: string): number {
  const [, number = '', unit = ''] = /^([1-9]\d{0,3})([smhd])$/.exec(text) ?? [];
  const ms = UNITS[unit];
  if (!ms) throw new OperatorError(`--since must be a number with s, m, h or d, such as 15m, got "${text}"`);
  return Number(number) * ms;
}

export type LogsInput = {
  readonly stack: string;
  readonly sinceMs: number;
  /** Goes on until it is stopped. */
  readonly follow: boolean;
  readonly pollMs: number;
  readonly say: (line: string) => void;
};

/** Prints what both functions wrote, oldest first. What Lambda itself writes about each call is left out. */
export async function logs(
  { logs: client }: Clients,
  { stack, sinceMs: ms, follow, pollMs, say }: LogsInput,
): Promise<void> {
  const groups = [apiName(stack), refreshName(stack)].map((name) => ({ name, group: `/aws/lambda/${name}` }));
  let from = Date.now() - ms;
  const seen = new Set<string>();
  for (;;) {
    const lines: { at: number; text: string }[] = [];
    for (const { name, group } of groups) {
      for (const { eventId, timestamp = 0, message = '' } of await eventsOf(client, group, from)) {
        if (!eventId || seen.has(eventId)) continue;
        seen.add(eventId);
        if (/^(START|END|REPORT|INIT_START) /.test(message)) continue;
        lines.push({ at: timestamp, text: `${new Date(timestamp).toISOString()} ${name} ${message.trimEnd()}` });
      }
    }
    lines.sort((a, b) => a.at - b.at);
    for (const { text } of lines) say(text);
    if (!follow) return;
    // Lines of one moment may come late: a minute is looked at again.
    from = Math.max(from, Date.now() - 60_000);
    await sleep(pollMs);
  }
}

async function eventsOf(client: Clients['logs'], logGroupName: string, startTime: number): Promise<FilteredLogEvent[]> {
  const found: FilteredLogEvent[] = [];
  let nextToken: string | undefined;
  do {
    const page = await client
      .send(new FilterLogEventsCommand({ logGroupName, startTime, ...(nextToken ? { nextToken } : {}) }))
      .catch((error: Error) => {
        if (error.name === 'ResourceNotFoundException')
          throw new OperatorError(`there is no log ${logGroupName}: is the stack's name right (--stack)?`);
        throw error;
      });
    found.push(...(page.events ?? []));
    nextToken = page.nextToken;
  } while (nextToken);
  return found;
}

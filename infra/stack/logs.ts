import { setTimeout as sleep } from 'node:timers/promises';
import { type FilteredLogEvent, FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import type { Clients } from './clients.ts';
import { apiFunctionName, logGroupName, refreshFunctionName } from './lambda-functions.ts';
import { OperatorError } from './operator-error.ts';

const UNITS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Late log events of the last minute still arrive, milliseconds. */
const LATE_EVENTS_MS = 60_000;

/** Converts `90s`, `15m`, `2h` or `3d` to milliseconds. @throws OperatorError */
export function parseSince(text: string): number {
  const [, number = '', unit = ''] = /^([1-9]\d{0,3})([smhd])$/.exec(text) ?? [];
  const ms = UNITS[unit];
  if (!ms) throw new OperatorError(`--since must be a number with s, m, h or d, for example 15m, got "${text}"`);
  return Number(number) * ms;
}

export type LogsInput = {
  readonly stack: string;
  readonly sinceMs: number;
  /** Prints only the lines of this request, and then Lambda's own lines of it too: they have its memory and its start. */
  readonly request: string | undefined;
  /** Keeps printing until the process is stopped. */
  readonly follow: boolean;
  readonly pollMs: number;
  readonly print: (line: string) => void;
};

/** Checks the id of a request, as `X-Request-Id` of an answer has it. @throws OperatorError */
export function checkRequestId(text: string): string {
  if (!/^[\w-]{1,64}$/.test(text))
    throw new OperatorError(`--request must be the X-Request-Id of an answer, got "${text}"`);
  return text;
}

/** Prints the log lines of both functions, oldest first, without the lines that Lambda adds to each call. */
export async function printLogs(
  { logs: client }: Clients,
  { stack, sinceMs, request, follow, pollMs, print }: LogsInput,
): Promise<void> {
  const functionNames = [apiFunctionName(stack), refreshFunctionName(stack)];
  let start = Date.now() - sinceMs;
  const seen = new Set<string>();
  for (;;) {
    const lines: { at: number; text: string }[] = [];
    for (const name of functionNames) {
      for (const { eventId, timestamp = 0, message = '' } of await listEvents(client, logGroupName(name), {
        startTime: start,
        ...(request === undefined ? {} : { filterPattern: `"${request}"` }),
      })) {
        if (!eventId || seen.has(eventId)) continue;
        seen.add(eventId);
        if (request === undefined && /^(START|END|REPORT|INIT_START) /.test(message)) continue;
        lines.push({ at: timestamp, text: `${new Date(timestamp).toISOString()} ${name} ${message.trimEnd()}` });
      }
    }
    lines.sort((a, b) => a.at - b.at);
    for (const { text } of lines) print(text);
    if (!follow) return;
    start = Math.max(start, Date.now() - LATE_EVENTS_MS);
    await sleep(pollMs);
  }
}

async function listEvents(
  client: Clients['logs'],
  group: string,
  filter: { readonly startTime: number; readonly filterPattern?: string },
): Promise<FilteredLogEvent[]> {
  const events: FilteredLogEvent[] = [];
  let nextToken: string | undefined;
  do {
    const page = await client
      .send(new FilterLogEventsCommand({ logGroupName: group, ...filter, ...(nextToken ? { nextToken } : {}) }))
      .catch((error: Error) => {
        if (error.name === 'ResourceNotFoundException')
          throw new OperatorError(`there is no log group ${group}: check the name of the stack (--stack)`);
        throw error;
      });
    events.push(...(page.events ?? []));
    nextToken = page.nextToken;
  } while (nextToken);
  return events;
}

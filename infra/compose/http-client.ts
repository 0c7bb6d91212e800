import { setTimeout as sleep } from 'node:timers/promises';
import { StepError } from './steps.ts';

/** The parts of a search's answer that the checks read. */
export type SearchAnswer = {
  readonly status: string;
  readonly hits: number;
  readonly warnings: readonly string[];
  readonly trucks: readonly { readonly name: string }[];
  readonly meta: { readonly engine: string; readonly origin: string; readonly data_version: string };
};

/** Timeout of one request, well above the 5 s after which the server gives up on the cluster, milliseconds. */
const REQUEST_TIMEOUT_MS = 20_000;

/** A different limit for each search, because the server caches identical ones for a minute. */
const LIMITS = { min: 20, max: 700 };
let searchCount = 0;

/** Searches once. @throws Error if the request fails or the status is not 2xx. */
export async function search(base: string, text: string): Promise<SearchAnswer> {
  const limit = LIMITS.min + (searchCount++ % (LIMITS.max - LIMITS.min));
  const url = `${base}/search?q=${encodeURIComponent(text)}&limit=${limit}`;
  const response = await fetch(url, { signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS) });
  if (!response.ok) throw new Error(`${response.status} ${(await response.text()).slice(0, 200)}`);
  return (await response.json()) as SearchAnswer;
}

/** OpenSearch alone took 100 s to start on two busy cores (2026-11-21). */
const POLL_LIMIT_MS = 600_000;

/**
 * Calls `attempt` until it returns a value. Errors count as failed attempts.
 * @param attempt reports what it has observed through its argument
 * @throws StepError with the last observation at the time limit
 */
export async function pollUntil<Value>(
  what: string,
  attempt: (observe: (observation: string) => void) => Promise<Value | undefined>,
  { limitMs = POLL_LIMIT_MS, everyMs = 100 }: { readonly limitMs?: number; readonly everyMs?: number } = {},
): Promise<Value> {
  const deadline = Date.now() + limitMs;
  for (let last = 'nothing'; ; ) {
    const value = await attempt((observation) => {
      last = observation;
    }).catch((error: Error) => {
      last = String(error.cause ?? error.message);
      return undefined;
    });
    if (value !== undefined) return value;
    if (Date.now() > deadline) throw new StepError(`no ${what} within ${limitMs / 1000} s; last observation: ${last}`);
    await sleep(everyMs);
  }
}

/** Searches until an answer satisfies `isExpected`. @throws StepError */
export function waitForAnswer(
  base: string,
  text: string,
  what: string,
  isExpected: (answer: SearchAnswer) => boolean,
): Promise<SearchAnswer> {
  return pollUntil(what, async (observe) => {
    const answer = await search(base, text);
    observe(`${answer.hits} hits, ${JSON.stringify(answer.meta)}, ${JSON.stringify(answer.warnings)}`);
    return isExpected(answer) ? answer : undefined;
  });
}

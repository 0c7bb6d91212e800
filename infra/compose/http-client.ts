import { setTimeout as sleep } from 'node:timers/promises';
import { StepError } from './steps.ts';

/** What a search answered, as far as the check looks at it. */
export type Answer = {
  readonly status: string;
  readonly hits: number;
  readonly warnings: readonly string[];
  readonly trucks: readonly { readonly name: string }[];
  readonly meta: { readonly engine: string; readonly origin: string; readonly data_version: string };
};

/** One request must not take longer: a cluster that hangs is given up after 5 s. */
const TRY_MS = 20_000;

/** The server gives an answer again within its minute; each of these is a search of its own. */
const LIMITS = { least: 20, most: 700 };
let asked = 0;

/** Searches once. @throws Error when there is no answer, or another one than 200. */
export async function search(base: string, text: string): Promise<Answer> {
  const limit = LIMITS.least + (asked++ % (LIMITS.most - LIMITS.least));
  const url = `${base}/search?q=${encodeURIComponent(text)}&limit=${limit}`;
  const response = await fetch(url, { signal: AbortSignal.timeout(TRY_MS) });
  if (!response.ok) throw new Error(`${response.status} ${(await response.text()).slice(0, 200)}`);
  return (await response.json()) as Answer;
}

/** OpenSearch alone took 100 s to begin on two busy cores (2026-11-21). */
const LONGEST_MS = 600_000;

/**
 * Looks again and again until what it looks for is there. @returns what `look` returned, which must not be `undefined`.
 * @throws StepError with what was seen last when the time is over
 */
export async function until<Value>(
  what: string,
  look: (see: (seen: string) => void) => Promise<Value | undefined>,
  { limitMs = LONGEST_MS, everyMs = 100 }: { readonly limitMs?: number; readonly everyMs?: number } = {},
): Promise<Value> {
  const end = Date.now() + limitMs;
  for (let last = 'nothing'; ; ) {
    const value = await look((seen) => {
      last = seen;
    }).catch((error: Error) => {
      last = String(error.cause ?? error.message);
      return undefined;
    });
    if (value !== undefined) return value;
    if (Date.now() > end) throw new StepError(`${what} did not come within ${limitMs / 1000} s; last seen: ${last}`);
    await sleep(everyMs);
  }
}

/** The first answer that is as wanted. @throws StepError */
export function answer(base: string, text: string, what: string, isWanted: (one: Answer) => boolean): Promise<Answer> {
  return until(what, async (see) => {
    const one = await search(base, text);
    see(`${one.hits} hits, ${JSON.stringify(one.meta)}, ${JSON.stringify(one.warnings)}`);
    return isWanted(one) ? one : undefined;
  });
}

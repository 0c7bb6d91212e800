import { setTimeout as sleep } from 'node:timers/promises';
import { OperatorError } from './operator-error.ts';

/** One request may take a cold start and some; not more, milliseconds. */
const TRY_MS = 20_000;

/** Waits until `/readyz` answers 200. @throws Refusal with the last answer when the time is over */
export async function waitUntilReady(
  url: string,
  { limitMs, everyMs, say }: { limitMs: number; everyMs: number; say: (line: string) => void },
): Promise<string> {
  const until = Date.now() + limitMs;
  for (let last = ''; ; ) {
    const answer = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(TRY_MS) }).then(
      async (response) => ({ ok: response.ok, text: `${response.status} ${(await response.text()).slice(0, 200)}` }),
      (error: Error) => ({ ok: false, text: String(error.cause ?? error.message) }),
    );
    if (answer.ok) return answer.text;
    if (Date.now() >= until) throw new OperatorError(`${url}/readyz does not answer: ${answer.text}`);
    if (answer.text !== last) say(`  not ready yet: ${answer.text}`);
    last = answer.text;
    await sleep(everyMs);
  }
}

import { setTimeout as sleep } from 'node:timers/promises';
import { OperatorError } from './operator-error.ts';

/** Timeout of one request, long enough for a cold start, milliseconds. */
const REQUEST_TIMEOUT_MS = 20_000;

/** Polls `/readyz` until it answers 200. @throws OperatorError with the last answer at the time limit */
export async function waitUntilReady(
  url: string,
  { limitMs, everyMs, print }: { limitMs: number; everyMs: number; print: (line: string) => void },
): Promise<string> {
  const deadline = Date.now() + limitMs;
  for (let lastText = ''; ; ) {
    const answer = await fetch(`${url}/readyz`, { signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS) }).then(
      async (response) => ({ ok: response.ok, text: `${response.status} ${(await response.text()).slice(0, 200)}` }),
      (error: Error) => ({ ok: false, text: String(error.cause ?? error.message) }),
    );
    if (answer.ok) return answer.text;
    if (Date.now() >= deadline) throw new OperatorError(`${url}/readyz is still not ready: ${answer.text}`);
    if (answer.text !== lastText) print(`  not ready yet: ${answer.text}`);
    lastText = answer.text;
    await sleep(everyMs);
  }
}

import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import pRetry from 'p-retry';
import type { Progress } from '../progress.ts';
import { SourceError } from '../source-error.ts';
import { isSocrata, withoutSecrets } from './address.ts';
import { advice, Failure, networkCause, readBody, refused } from './response.ts';

/** How long and how often a source is asked for. */
export type Patience = {
  /** Requests for one address before it is given up. */
  readonly tries: number;
  /** From the request to the last byte of its body. */
  readonly tryTimeoutMs: number;
  /** The wait before the second try; each further one waits twice as long, times a random 1 to 2, at most {@link MAX_BACKOFF_MS}. */
  readonly backoffMs: number;
  /** The longest wait that a Retry-After may ask for; a longer one is cut to this. */
  readonly retryAfterMaxMs: number;
};

const MAX_BACKOFF_MS = 20_000;

/** What a server gave for one address, with what is needed to ask whether it is still the same. */
export type Download = {
  /** Stands for the address, which may hold secrets. */
  readonly id: string;
  readonly body: Uint8Array;
  readonly etag: string | null;
  readonly lastModified: string | null;
};

export type DownloadRequest = Patience & {
  /** The source's name, as in `--source NAME=…`. */
  readonly name: string;
  readonly url: URL;
  readonly appToken?: string | undefined;
  /** What was downloaded from the same address before; asked for again only if it has changed. */
  readonly known?: Download | undefined;
  /** Ends everything, the waiting too. */
  readonly signal: AbortSignal;
  readonly progress?: Progress | undefined;
  /** Looks at the body; a {@link SourceError} with `cutOff` is tried again, any other is final. */
  readonly check: (body: Uint8Array) => void;
};

/**
 * Downloads one address: conditional when it is known, in several tries when the network, the server (408, 429, 5xx, and
 * Socrata's 202 "still processing") or a cut-off body is at fault. `unchanged` says that the server answered 304.
 * @throws SourceError one sentence with the address, the last cause, the tries and what to do.
 */
export async function download(request: DownloadRequest): Promise<{ download: Download; unchanged: boolean }> {
  const { name, url, tries, backoffMs, retryAfterMaxMs, signal, progress } = request;
  const started = performance.now();
  let failed = 0;
  let last: Error | undefined;
  try {
    return await pRetry(() => attempt(request), {
      retries: tries - 1,
      minTimeout: backoffMs,
      maxTimeout: MAX_BACKOFF_MS,
      randomize: true,
      signal,
      shouldRetry: ({ error }) => error instanceof Failure && error.retry,
      onFailedAttempt: async ({ error, retriesLeft }) => {
        if (signal.aborted) return;
        failed += 1;
        last = error;
        if (!(error instanceof Failure) || !error.retry || retriesLeft === 0) return;
        progress?.({
          phase: `waiting to try again: ${error.message}`,
          source: name,
          done: failed,
          total: tries,
          unit: 'tries',
        });
        await sleep(Math.min(error.retryAfterMs, retryAfterMaxMs), undefined, { signal });
      },
    });
  } catch (error) {
    if (!signal.aborted && !(error instanceof Failure)) throw error;
    const seconds = Math.round((performance.now() - started) / 1000);
    const after = last ? `; the last try: ${last.message}` : '';
    const stopped = isTimeout(signal.reason) ? `out of time${after}` : `was stopped${after}`;
    const count = failed <= 1 ? '' : `gave up after ${failed} tries in ${seconds} s: `;
    const what = `${count}${signal.aborted || !last ? stopped : last.message}; ${advice(last, name)}`;
    throw new SourceError(`${name} (${withoutSecrets(url.href)})`, what, {}, { cause: error });
  }
}

async function attempt(request: DownloadRequest): Promise<{ download: Download; unchanged: boolean }> {
  const { url, known, check } = request;
  const answer = await ask(request);
  if (answer === 'unchanged') {
    if (known) return { download: known, unchanged: true };
    throw new Failure('status 304 without having been asked for changes', { retry: false, status: 304 });
  }
  try {
    check(answer.body);
  } catch (error) {
    if (!(error instanceof SourceError && error.cutOff)) throw error;
    throw new Failure(`the answer ${error.found}`, { retry: true, cause: error });
  }
  return { download: { id: addressId(url), ...answer }, unchanged: false };
}

/** The one place where something of the network throws. */
async function ask(request: DownloadRequest): Promise<Omit<Download, 'id'> | 'unchanged'> {
  const { name, url, tryTimeoutMs, progress } = request;
  const sent = headers(request);
  const signal = AbortSignal.any([request.signal, AbortSignal.timeout(tryTimeoutMs)]);
  try {
    const response = await fetch(withoutUser(url), { headers: sent, signal });
    if (response.status === 304) {
      await response.body?.cancel();
      return 'unchanged';
    }
    if (!response.ok || response.status === 202) throw await refused(response);
    const body = await readBody(response, {
      label: `${name} (${withoutSecrets(url.href)})`,
      onBytes: (done, total) => progress?.({ phase: 'fetching', source: name, done, total, unit: 'bytes' }),
    });
    return { body, etag: response.headers.get('etag'), lastModified: response.headers.get('last-modified') };
  } catch (error) {
    if (error instanceof Failure || error instanceof SourceError) throw error;
    request.signal.throwIfAborted();
    throw new Failure(networkCause(error, { host: url.host, tryTimeoutMs }), { retry: true, cause: error });
  }
}

function isTimeout(reason: unknown): boolean {
  return reason instanceof Error && reason.name === 'TimeoutError';
}

/** The same for the same address; nothing of it can be read out of it. */
export function addressId(url: URL): string {
  return createHash('sha256').update(url.href).digest('hex').slice(0, 32);
}

function headers({ url, appToken, known }: DownloadRequest): Headers {
  const sent = new Headers({ accept: 'application/json, text/csv, application/geo+json, */*;q=0.5' });
  if (appToken && isSocrata(url)) sent.set('X-App-Token', appToken);
  if (url.username !== '' || url.password !== '') {
    const user = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
    sent.set('authorization', `Basic ${Buffer.from(user).toString('base64')}`);
  }
  if (known?.etag) sent.set('if-none-match', known.etag);
  else if (known?.lastModified) sent.set('if-modified-since', known.lastModified);
  return sent;
}

/** fetch refuses URLs with a user in them. */
function withoutUser(url: URL): URL {
  const plain = new URL(url);
  plain.username = '';
  plain.password = '';
  return plain;
}

import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import pRetry from 'p-retry';
import { limitTime } from '../../functions/model/time-limit.ts';
import { SourceError } from '../load-errors.ts';
import type { Progress } from '../progress.ts';
import { charsetOf, fromCharset } from '../table/encoding.ts';
import { isSocrata } from './address.ts';
import { advice, networkFailure, RequestFailure, readBody, refuseRange, statusFailure } from './http-response.ts';
import { followRedirects } from './redirects.ts';
import { withoutSecrets } from './url-secrets.ts';

/** How often to request an address, and how long to wait. */
export type RetryPolicy = {
  /** Requests for one address before giving up. */
  readonly tries: number;
  /** From the request to the last byte of the body. */
  readonly tryTimeoutMs: number;
  /** The wait before the second try; each later wait is twice as long, times a random 1 to 2, at most {@link MAX_BACKOFF_MS}. */
  readonly backoffMs: number;
  /** Upper limit for the wait that a Retry-After header demands. */
  readonly retryAfterMaxMs: number;
};

const MAX_BACKOFF_MS = 20_000;

const ACCEPT = 'application/json, text/csv, application/geo+json, */*;q=0.5';
/** The User-Agent header: it names the project, so that a portal knows who reads its data. */
const USER_AGENT = 'Curbside (street-food search; loads open data)';

/** A downloaded body with its validators for a conditional request. */
export type Download = {
  /** {@link addressId}: the address itself may hold secrets. */
  readonly id: string;
  /** As sent, except that text of another encoding that the server names is converted to UTF-8. */
  readonly body: Uint8Array;
  readonly etag: string | null;
  readonly lastModified: string | null;
};

export type DownloadRequest = RetryPolicy & {
  /** The source's name, as in `--source NAME=…`. */
  readonly name: string;
  readonly url: URL;
  readonly appToken?: string | undefined;
  /** The last download from this address; it is downloaded again only if it has changed. */
  readonly known?: Download | undefined;
  /** Stops requests and waits. */
  readonly signal: AbortSignal;
  readonly progress?: Progress | undefined;
  /** Throws if the body is bad; a {@link SourceError} with `cutOff` leads to another try, any other is final. */
  readonly check: (body: Uint8Array) => void;
};

/**
 * Downloads one address, conditionally if there is an earlier download. Retries when the network, the server (408, 429, 5xx, and
 * Socrata's 202 "still processing") or a cut-off body is at fault, unless the fault is permanent: an unknown host, a bad certificate. `unchanged`: the server answered 304.
 * @throws SourceError with the address, the last cause, the number of tries and advice.
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
      shouldRetry: ({ error }) => error instanceof RequestFailure && error.retry,
      onFailedAttempt: async ({ error, retriesLeft }) => {
        if (signal.aborted) return;
        failed += 1;
        last = error;
        if (!(error instanceof RequestFailure) || !error.retry || retriesLeft === 0) return;
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
    if (!signal.aborted && !(error instanceof RequestFailure)) throw error;
    const seconds = Math.round((performance.now() - started) / 1000);
    const lastTry = last ? `; the last try: ${last.message}` : '';
    const stopped = isTimeout(signal.reason) ? `out of time${lastTry}` : `was stopped${lastTry}`;
    const tried = failed <= 1 ? '' : `gave up after ${failed} tries in ${seconds} s: `;
    const what = `${tried}${signal.aborted || !last ? stopped : last.message}; ${advice(last, name)}`;
    throw new SourceError(`${name} (${withoutSecrets(url.href)})`, what, {}, { cause: error });
  }
}

async function attempt(request: DownloadRequest): Promise<{ download: Download; unchanged: boolean }> {
  const { url, known, check } = request;
  const answer = await sendRequest(request);
  if (answer === 'unchanged') {
    if (known) return { download: known, unchanged: true };
    throw new RequestFailure('status 304, though the request was not conditional', { retry: false, status: 304 });
  }
  try {
    check(answer.body);
  } catch (error) {
    if (!(error instanceof SourceError && error.cutOff)) throw error;
    throw new RequestFailure(`the answer ${error.fault}`, { retry: true, cause: error });
  }
  return { download: { id: addressId(url), ...answer }, unchanged: false };
}

/** Every network error passes through here. */
async function sendRequest(request: DownloadRequest): Promise<Omit<Download, 'id'> | 'unchanged'> {
  const { name, url, tryTimeoutMs, progress } = request;
  const { signal, end } = limitTime(tryTimeoutMs, request.signal);
  try {
    const response = await followRedirects(url, (target) =>
      fetch(withoutUser(target), { headers: headersOf(request, target), signal, redirect: 'manual' }),
    );
    if (response.status === 304) {
      await response.body?.cancel();
      return 'unchanged';
    }
    if (!response.ok || response.status === 202) throw await statusFailure(response);
    if (response.status === 206) await refuseRange(response);
    const body = await readBody(response, {
      label: `${name} (${withoutSecrets(url.href)})`,
      onBytes: (done, total) => progress?.({ phase: 'fetching', source: name, done, total, unit: 'bytes' }),
    });
    const charset = charsetOf(response.headers.get('content-type'));
    return {
      body: fromCharset(body, charset),
      etag: response.headers.get('etag'),
      lastModified: response.headers.get('last-modified'),
    };
  } catch (error) {
    if (error instanceof RequestFailure || error instanceof SourceError) throw error;
    request.signal.throwIfAborted();
    const { cause, isPermanent } = networkFailure(error, { host: url.host, tryTimeoutMs });
    throw new RequestFailure(cause, { retry: !isPermanent, cause: error });
  } finally {
    end();
  }
}

function isTimeout(reason: unknown): boolean {
  return reason instanceof Error && reason.name === 'TimeoutError';
}

/** A hash of the address, which reveals nothing of it. */
export function addressId(url: URL): string {
  return createHash('sha256').update(url.href).digest('hex').slice(0, 32);
}

/** Token and password belong to the source's own origin: a redirect must not pass them on to another one. */
function headersOf({ url, appToken, known }: DownloadRequest, target: URL): Headers {
  const headers = new Headers({ accept: ACCEPT, 'user-agent': USER_AGENT });
  const isOwn = target.origin === url.origin;
  if (isOwn && appToken && isSocrata(target)) headers.set('X-App-Token', appToken);
  if (isOwn && (url.username !== '' || url.password !== '')) {
    const user = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`;
    headers.set('authorization', `Basic ${Buffer.from(user).toString('base64')}`);
  }
  if (known?.etag) headers.set('if-none-match', known.etag);
  else if (known?.lastModified) headers.set('if-modified-since', known.lastModified);
  return headers;
}

/** `fetch` rejects URLs that contain a user. */
function withoutUser(url: URL): URL {
  const plain = new URL(url);
  plain.username = '';
  plain.password = '';
  return plain;
}

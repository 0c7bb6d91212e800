import { MAX_SOURCE_BYTES, tooLarge } from '../table/bytes.ts';
import { publisherError } from '../table/read-json.ts';

/** One failed request. */
export class RequestFailure extends Error {
  /** Whether the same request may succeed later. */
  readonly retry: boolean;
  readonly status: number | undefined;
  /** The server's Retry-After; 0 without one. */
  readonly retryAfterMs: number;

  constructor(what: string, more: { retry: boolean; status?: number; retryAfterMs?: number; cause?: unknown }) {
    super(what, { cause: more.cause });
    this.retry = more.retry;
    this.status = more.status;
    this.retryAfterMs = more.retryAfterMs ?? 0;
  }
}

type BodyOptions = { readonly label: string; readonly onBytes: (done: number, total: number | null) => void };

/**
 * Reads a body in chunks, so that an endless one is stopped at {@link MAX_SOURCE_BYTES}.
 * @throws RequestFailure when its length is not its Content-Length. @throws SourceError when it is too large.
 */
export async function readBody(response: Response, { label, onBytes }: BodyOptions): Promise<Uint8Array> {
  // With a Content-Encoding, the length counts compressed bytes, which fetch does not show.
  const length = response.headers.has('content-encoding') ? null : response.headers.get('content-length');
  const total = length === null ? null : Number(length);
  if (total !== null && total > MAX_SOURCE_BYTES) {
    await response.body?.cancel();
    throw tooLarge(label);
  }
  const chunks: Uint8Array[] = [];
  let done = 0;
  for await (const chunk of response.body ?? []) {
    chunks.push(chunk);
    done += chunk.length;
    // Leaving the loop cancels the rest of the body.
    if (done > MAX_SOURCE_BYTES) throw tooLarge(label);
    onBytes(done, total);
  }
  if (total !== null && done !== total) {
    throw new RequestFailure(`the answer was cut off after ${done} of ${total} bytes`, { retry: true });
  }
  return Buffer.concat(chunks);
}

/** 501 Not Implemented, 505 HTTP Version Not Supported, 510 Not Extended, 511 Network Authentication Required. */
const PERMANENT_STATUSES: ReadonlySet<number> = new Set([501, 505, 510, 511]);

/** The failure that a status means. Socrata's 202 is "still processing, ask again". */
export async function statusFailure(response: Response): Promise<RequestFailure> {
  const { status } = response;
  const message = await publisherMessage(response);
  const what = `status ${status}${response.statusText ? ` ${response.statusText}` : ''}${message ? ` ("${message}")` : ''}`;
  const retry =
    status === 202 || status === 408 || status === 429 || (status >= 500 && !PERMANENT_STATUSES.has(status));
  return new RequestFailure(what, { retry, status, retryAfterMs: readRetryAfter(response.headers.get('retry-after')) });
}

/** Accepts an unrequested range only if it is the whole (RFC 9110 section 14.4). @throws RequestFailure naming the range */
export async function refuseRange(response: Response): Promise<void> {
  const range = response.headers.get('content-range') ?? '';
  const [, first, last, total] = /^\s*\w*\s*(\d+)-(\d+)\/(\d+)\s*$/.exec(range) ?? [];
  if (first === '0' && total !== undefined && Number(last) + 1 === Number(total)) return;
  await response.body?.cancel();
  const what = `status 206: the server sent only a part (${range || 'of unknown size'})`;
  throw new RequestFailure(what, { retry: false, status: 206 });
}

/** RFC 9110 section 10.2.3: seconds or a date. */
function readRetryAfter(value: string | null): number {
  if (value === null) return 0;
  const ms = /^\s*\d+\s*$/.test(value) ? Number(value) * 1000 : Date.parse(value) - Date.now();
  return Number.isFinite(ms) ? Math.max(0, ms) : 0;
}

/** The message in an error's JSON, at most 200 characters. A body over 64 kB is a page, not an error. */
async function publisherMessage(response: Response): Promise<string | undefined> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of response.body ?? []) {
      chunks.push(chunk);
      size += chunk.length;
      if (size > 65_536) return undefined;
    }
    return publisherError(JSON.parse(Buffer.concat(chunks).toString('utf8')))?.slice(0, 200);
  } catch {
    // Without a readable JSON body, the status says enough.
    return undefined;
  }
}

/** Codes of Node and OpenSSL for a host or a server that will be as wrong at the next try. */
const PERMANENT_CODES = /^(?:ENOTFOUND|EPROTO|ERR_TLS_|ERR_SSL_|CERT_|HPE_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_)/;

/** What failed, and whether it would fail again. `fetch` wraps the cause in up to two errors; the innermost one with a code names it. */
export function networkFailure(
  error: unknown,
  { host, tryTimeoutMs }: { host: string; tryTimeoutMs: number },
): { cause: string; isPermanent: boolean } {
  if (error instanceof Error && (error.name === 'TimeoutError' || error.name === 'AbortError')) {
    return { cause: `no complete answer within ${tryTimeoutMs / 1000} s`, isPermanent: false };
  }
  let inner: unknown = error;
  for (let depth = 0; depth < 3 && inner instanceof Error && !('code' in inner) && inner.cause; depth++)
    inner = inner.cause;
  const code = inner instanceof Error && 'code' in inner ? String(inner.code) : '';
  const words = inner instanceof Error ? inner.message : String(inner);
  // `fetch` refuses the ports of other protocols.
  const isPermanent = PERMANENT_CODES.test(code) || words === 'bad port';
  return { cause: causeText(code, words, host), isPermanent };
}

function causeText(code: string, words: string, host: string): string {
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return `the host ${host} was not found (is there a network?)`;
  if (code === 'ECONNREFUSED') return `${host} refused the connection`;
  if (code === 'ECONNRESET' || code === 'UND_ERR_SOCKET') return 'the connection was cut off';
  return `the connection failed (${words || code})`;
}

/** What an operator can do about the last failure. */
export function advice(last: Error | undefined, name: string): string {
  const status = last instanceof RequestFailure ? last.status : undefined;
  const file = `give a file with --source ${name}=PATH`;
  if (status === 401 || status === 403) return `it requires credentials or an app token: set one, or ${file}`;
  if (status === 206) return `use the address of an export of the whole table, or ${file}`;
  if (status === 429) return `set an app token, try again later, or ${file}`;
  if (status !== undefined && status >= 400 && status < 500 && status !== 408) return `check the address, or ${file}`;
  const isPermanent = last instanceof RequestFailure && !last.retry;
  return isPermanent ? `check the address, or ${file}` : `try again later, or ${file}`;
}

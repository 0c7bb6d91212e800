import { limitTime } from '../../functions/model/time-limit.ts';
import { SourceError } from '../load-errors.ts';
import { download } from '../source/download.ts';
import { withoutSecrets } from '../source/url-secrets.ts';
import { describedAddressFault } from './described-address.ts';

/** How descriptions of data sets are requested. */
export type JsonRequest = {
  /** What the person gave: portals name further addresses, which must not lead into a private network. */
  readonly given: string;
  readonly signal?: AbortSignal | undefined;
  /** Gets a sentence for each description that could not be read. */
  readonly say: (sentence: string) => void;
};

/** For all tries together: without a description, the rows can still be read. */
const TIMEOUT_MS = 15_000;

/**
 * A portal's description of a data set.
 * @returns undefined if it cannot be read: `say` is told why, and the caller continues with what the link itself says
 */
export async function requestJson(address: string, request: JsonRequest): Promise<unknown> {
  return requestBody(address, request, (body): unknown => JSON.parse(body));
}

/** A page as text; undefined if it cannot be read. */
export async function requestText(address: string, request: JsonRequest): Promise<string | undefined> {
  return requestBody(address, request, (body) => body);
}

async function requestBody<Value>(
  address: string,
  { given, signal, say }: JsonRequest,
  read: (body: string) => Value,
): Promise<Value | undefined> {
  const fault = await describedAddressFault(given, address);
  if (fault !== undefined) {
    say(`no description: the portal names ${fault}`);
    return undefined;
  }
  const limit = limitTime(TIMEOUT_MS, signal);
  let value: Value | undefined;
  try {
    await download({
      name: 'description',
      url: new URL(address),
      tries: 2,
      tryTimeoutMs: TIMEOUT_MS / 2,
      backoffMs: 300,
      retryAfterMaxMs: 2_000,
      signal: limit.signal,
      check: (body) => {
        value = read(Buffer.from(body).toString('utf8'));
      },
    });
    return value;
  } catch (error) {
    if (signal?.aborted) throw error;
    const reason = error instanceof SourceError ? error.fault : (error as Error).message;
    const cause = reason.replace(/; (?:check the address|try again later)[^;]*$/, '');
    say(`no description at ${withoutSecrets(address)}: ${cause}`);
    return undefined;
  } finally {
    limit.end();
  }
}

import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { buffer } from 'node:stream/consumers';
import { CheckError, type Clock } from './check-outcome.ts';

export type EdgeAnswer = {
  readonly status: number;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Milliseconds until the last byte. */
  readonly ms: number;
};

export type EdgeRequest = {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
};

/** Sends requests to a deployment, exactly as they are written: no redirects, no retries, no compression, the path unchanged. */
export type EdgeClient = {
  readonly base: string;
  get(path: string, request?: EdgeRequest): Promise<EdgeAnswer>;
  /** The JSON of a 200. @throws CheckError for another status, or another type */
  json<Body>(path: string): Promise<Body & { readonly headers: EdgeAnswer['headers'] }>;
  /** The number of requests so far. */
  count(): number;
};

/** Longer than CloudFront waits for an origin (30 s), milliseconds. */
const TIMEOUT_MS = 40_000;

export function createEdgeClient(base: string): EdgeClient {
  let requests = 0;
  const get: EdgeClient['get'] = async (path, { method = 'GET', headers = {}, body } = {}) => {
    requests += 1;
    const url = new URL(base);
    const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
    const started = performance.now();
    const outgoing = send(url, { method, path, headers, timeout: TIMEOUT_MS });
    outgoing.on('timeout', () => outgoing.destroy(new CheckError(`${path}: no answer within ${TIMEOUT_MS / 1_000} s`)));
    outgoing.end(body);
    const [answer] = (await once(outgoing, 'response')) as [IncomingMessage];
    const text = (await buffer(answer)).toString('utf8');
    const pairs = Object.entries(answer.headers).map(([name, value]) => [name, String(value)]);
    return {
      status: answer.statusCode ?? 0,
      headers: Object.fromEntries(pairs),
      body: text,
      ms: performance.now() - started,
    };
  };
  return {
    base,
    get,
    count: () => requests,
    json: async <Body>(path: string) => {
      const { status, headers, body } = await get(path);
      if (status !== 200) throw new CheckError(`${path}: ${status} ${body.slice(0, 200)}`);
      try {
        return { ...(JSON.parse(body) as Body), headers };
      } catch {
        throw new CheckError(`${path}: the answer is not JSON: ${body.slice(0, 200)}`);
      }
    },
  };
}

/** The parts of a search's answer that the checks read. */
export type SearchAnswer = {
  readonly hits: number;
  readonly query: { readonly q: string; readonly category: readonly string[]; readonly limit: number };
  readonly meta: { readonly data_version: string; readonly now: string };
};

/** Milliseconds between two attempts. */
const POLL_MS = 2_000;

/**
 * Calls `attempt` until it returns a value. @returns the value and the seconds that it took
 * @throws CheckError with the last observation at the time limit
 */
export async function waitFor<Value>(
  what: string,
  limitSeconds: number,
  clock: Clock,
  attempt: (observe: (observation: string) => void) => Promise<Value | undefined>,
): Promise<{ readonly value: Value; readonly seconds: number }> {
  const started = clock.now();
  for (let last = 'nothing'; ; ) {
    const value = await attempt((observation) => {
      last = observation;
    });
    const seconds = Math.round((clock.now() - started) / 1_000);
    if (value !== undefined) return { value, seconds };
    if (seconds >= limitSeconds) throw new CheckError(`no ${what} within ${limitSeconds} s; last: ${last}`);
    await clock.sleep(POLL_MS);
  }
}

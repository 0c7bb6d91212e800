import { createServer, request as httpRequest, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import type { Clock } from '../../../infra/verify/check-outcome.ts';

export type ProxiedRequest = { method: string; path: string; headers: Record<string, string> };
export type ProxiedAnswer = { status: number; headers: Record<string, string>; body: Buffer };

/** What is wrong with an edge: changes requests on their way to the server, and answers on their way back. */
export type Breakage = {
  readonly request?: (request: ProxiedRequest) => void;
  readonly answer?: (answer: ProxiedAnswer, request: ProxiedRequest) => void;
  /** Seconds that the cache keeps an answer, instead of its `s-maxage`. */
  readonly cacheSeconds?: number;
  /** The part of a path that is the cache key. */
  readonly cacheKey?: (path: string) => string;
};

/**
 * Starts a proxy in front of a server of the whole app, which does what CloudFront adds: a cache with `Age` and `X-Cache`, and
 * `Strict-Transport-Security`.
 */
export async function startEdgeProxy(server: string, clock: Clock) {
  let broken: Breakage = {};
  const cache = new Map<string, { answer: ProxiedAnswer; storedAt: number; seconds: number }>();

  async function fromServer({ method, path, headers }: ProxiedRequest): Promise<ProxiedAnswer> {
    const answer = await new Promise<IncomingMessage>((resolve, reject) => {
      httpRequest(new URL(server), { method, path, headers }, resolve).on('error', reject).end();
    });
    const sent = Object.entries(answer.headers).map(([name, value]) => [name, String(value)]);
    const { 'transfer-encoding': _, connection: __, ...kept } = Object.fromEntries(sent) as Record<string, string>;
    return { status: answer.statusCode ?? 0, headers: kept, body: await buffer(answer) };
  }

  async function respond(request: ProxiedRequest): Promise<ProxiedAnswer> {
    const key = `${request.method} ${broken.cacheKey?.(request.path) ?? request.path} ${request.headers['accept-encoding']}`;
    const stored = cache.get(key);
    const age = stored ? Math.floor((clock.now() - stored.storedAt) / 1_000) : 0;
    if (stored && age < stored.seconds) {
      const { headers, ...answer } = stored.answer;
      const isMatch = request.headers['if-none-match'] === headers.etag && headers.etag !== undefined;
      const more = { age: String(age), 'x-cache': 'Hit from cloudfront' };
      return {
        ...answer,
        ...(isMatch ? { status: 304, body: Buffer.alloc(0) } : {}),
        headers: { ...headers, ...more },
      };
    }
    broken.request?.(request);
    const answer = await fromServer(request);
    const lifetime = Number(/s-maxage=(\d+)/.exec(answer.headers['cache-control'] ?? '')?.[1] ?? 0);
    const isCacheable = lifetime > 0 && answer.status === 200 && request.method === 'GET';
    answer.headers['x-cache'] = answer.status >= 400 ? 'Error from cloudfront' : 'Miss from cloudfront';
    answer.headers['strict-transport-security'] = 'max-age=31536000';
    if (isCacheable) {
      const seconds = broken.cacheSeconds ?? lifetime;
      cache.set(key, { answer: { ...answer, headers: { ...answer.headers } }, storedAt: clock.now(), seconds });
    }
    return answer;
  }

  const proxy = createServer(async ({ method = 'GET', url = '/', headers }, outgoing) => {
    const pairs = Object.entries(headers).map(([name, value]) => [name, String(value)]);
    const {
      connection: _,
      host: __,
      'transfer-encoding': ___,
      'content-length': ____,
      ...sent
    } = Object.fromEntries(pairs) as Record<string, string>;
    const request = { method, path: url, headers: sent };
    const { status, headers: got, body, ...rest } = await respond(request);
    const answer = { status, headers: { ...got }, body, ...rest };
    broken.answer?.(answer, { ...request, path: url });
    const { 'content-length': _____, ...others } = answer.headers;
    outgoing.writeHead(answer.status, others).end(method === 'HEAD' ? undefined : answer.body);
  });
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`,
    break: (how: Breakage) => {
      broken = how;
      cache.clear();
    },
    stop: () => {
      proxy.closeAllConnections();
      proxy.close();
    },
  };
}

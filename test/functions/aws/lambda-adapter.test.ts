import { gunzipSync } from 'node:zlib';
import { type APIGatewayProxyResult, handle } from 'hono/aws-lambda';
import { describe, expect, it } from 'vitest';
import { createEventHandler, type FunctionEvent, type FunctionResult } from '../../../functions/aws/lambda-adapter.ts';
import { openEmbedded } from '../../../functions/engine/embedded/release-engine.ts';
import { createApp } from '../../../functions/http/app.ts';
import { toPlainResponse } from '../../../functions/http/middleware/plain-response.ts';
import { town } from '../../fixtures/town.ts';

const TIME = Date.parse('2026-09-03T18:20:15Z');

const deps = () => {
  const engine = openEmbedded(town());
  return { engine: () => engine, tiles: null, log: () => {}, now: () => TIME };
};
const cachedHandler = () =>
  createEventHandler(createApp({ ...deps(), cacheBytes: 1_000_000, toResponse: toPlainResponse }).fetch);

function eventOf(path: string, { method = 'GET', headers = {} as Record<string, string> } = {}): FunctionEvent {
  const [rawPath = '', rawQueryString = ''] = path.split('?');
  const http = { method, path: rawPath, protocol: 'HTTP/1.1', sourceIp: '203.0.113.9', userAgent: 'test' };
  const event = {
    version: '2.0',
    routeKey: '$default',
    rawPath,
    rawQueryString,
    headers: { host: 'abc.example', ...headers },
    requestContext: { domainName: 'abc.example', http },
    body: null,
    isBase64Encoded: false,
  };
  return event as unknown as FunctionEvent;
}

/** The response that a client receives, without its id and timing. */
function received({ statusCode, headers = {}, body, isBase64Encoded }: FunctionResult | APIGatewayProxyResult) {
  const { 'x-request-id': id, 'server-timing': timing, ...others } = headers as Record<string, string>;
  const bytes = Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8');
  const text = (others['content-encoding'] === 'gzip' ? gunzipSync(bytes) : bytes).toString();
  // Hono's adapter loses the byte order mark of a CSV file.
  return {
    statusCode,
    headers: others,
    hasId: Boolean(id),
    text: text.replaceAll(id ?? '', 'ID').replace(/^\ufeff/, ''),
  };
}

it('has the address of the visitor, which CloudFront’s function sends, in the pages', async () => {
  const handle = createEventHandler(createApp({ ...deps(), toResponse: toPlainResponse }).fetch);
  const canonicalOf = async (headers: Record<string, string>) =>
    /rel="canonical" href="([^"]*)"/.exec((await handle(eventOf('/v/taco-by-the-well', { headers }))).body)?.[1];
  expect(await canonicalOf({ 'x-forwarded-host': 'food.example' })).toBe('https://food.example/v/taco-by-the-well');
  expect(await canonicalOf({})).toBe('https://abc.example/v/taco-by-the-well');
});

const REQUESTS: [path: string, options?: Parameters<typeof eventOf>[1]][] = [
  ['/search?q=tacos'],
  ['/search?q=tacos&lat=40&lon=-100&radius=5000&sort=distance&limit=1'],
  ['/search?q=%F0%9F%8C%AE&area=Mission&area=Downtown'],
  ['/search?q=tacos&explain=1'],
  ['/search?q=tacos&format=geojson'],
  ['/search?q=tacos&format=csv'],
  ['/search?q=tacos&format=ics'],
  ['/search?lat=91'],
  ['/search'],
  ['/search?q=tacos', { headers: { 'Accept-Encoding': 'br, gzip' } }],
  ['/search?q=tacos', { headers: { 'accept-encoding': 'gzip' } }],
  ['/search?q=tacos', { headers: { 'if-none-match': '*' } }],
  ['/search?lat=91', { headers: { accept: 'application/problem+json' } }],
  ['/search?q=tacos', { method: 'HEAD' }],
  ['/search?q=tacos', { method: 'POST' }],
  ['/search?q=tacos', { method: 'OPTIONS', headers: { 'access-control-request-headers': 'if-none-match, x-a' } }],
  ['/suggest?q=ta'],
  ['/trucks/taco-corner'],
  ['/trucks/taco-corner.ics'],
  ['/trucks/nobody%20there'],
  ['/meta'],
  ['/healthz'],
  ['/readyz', { method: 'HEAD' }],
  ['/openapi.json', { headers: { 'accept-encoding': 'gzip' } }],
  ['/docs'],
  ['/caf\u00e9/../nowhere'],
];

describe('events of a function', () => {
  it.each(REQUESTS)(
    '%s %j: have the same response as from hono/aws-lambda, also from the cache',
    async (path, options) => {
      const expected = received(await handle(createApp(deps()))(eventOf(path, options)));
      const handleEvent = cachedHandler();
      for (const _ of [1, 2]) expect(received(await handleEvent(eventOf(path, options)))).toEqual(expected);
    },
  );

  it('have the byte order mark of a CSV file, also from the cache', async () => {
    const handleEvent = cachedHandler();
    for (const _ of [1, 2]) {
      const { body, isBase64Encoded } = await handleEvent(eventOf('/search?q=tacos&format=csv'));
      const bytes = Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8');
      expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    }
  });

  it('keep the request id of the caller, whatever the case of the header', async () => {
    const handleEvent = cachedHandler();
    for (const name of ['X-Request-Id', 'x-request-id']) {
      const { headers } = await handleEvent(eventOf('/search?q=tacos', { headers: { [name]: 'mine' } }));
      expect(headers['x-request-id']).toBe('mine');
    }
  });

  it('are marked as cached', async () => {
    const handleEvent = cachedHandler();
    await handleEvent(eventOf('/search?q=tacos'));
    const { headers, isBase64Encoded } = await handleEvent(eventOf('/search?q=tacos'));
    expect([headers['server-timing'], isBase64Encoded]).toEqual(['cache;desc="hit"', false]);
  });
});

describe('a request of a function', () => {
  it('has the id of the invocation, not one that the caller sends', async () => {
    const { headers } = await cachedHandler()(
      eventOf('/meta', { headers: { 'X-Request-Id': 'mine' } }),
      'invocation-1',
    );
    expect(headers['x-request-id']).toBe('invocation-1');
  });

  it('has at most 100 headers of 16 kB', async () => {
    const many = Object.fromEntries(Array.from({ length: 100 }, (_, at) => [`x-${at}`, '1']));
    for (const [headers, detail] of [
      [many, 'The request has 101 headers; at most 100 are accepted'],
      [{ cookie: 'x'.repeat(17_000) }, 'The request has 17021 characters of headers; at most 16384 are accepted'],
    ] as const) {
      const { statusCode, body } = await cachedHandler()(eventOf('/meta', { headers }));
      expect([statusCode, JSON.parse(body)]).toEqual([
        431,
        expect.objectContaining({ detail, type: '/docs#headers-too-large' }),
      ]);
    }
  });
});

import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { openEmbedded } from '../../../../functions/engine/embedded/release-engine.ts';
import { createApp } from '../../../../functions/http/app.ts';
import { acceptsGzip } from '../../../../functions/http/middleware/compression.ts';
import { matchesIfNoneMatch, responseTag } from '../../../../functions/http/middleware/etag.ts';
import { gzip } from '../../../../functions/node/gzip.ts';
import { town } from '../../../fixtures/town.ts';
import { checkResponse } from '../openapi/conforming.ts';

describe('Accept-Encoding', () => {
  it.each([
    [null, false],
    ['', false],
    ['gzip', true],
    ['gzip, deflate, br', true],
    ['br, GZIP;q=0.5', true],
    ['deflate', false],
    ['br', false],
    ['*', true],
    ['*;q=0', false],
    ['gzip;q=0, *', false],
    ['gzip; q=0.000', false],
    ['identity, gzip;q=0.001', true],
    ['xgzip', false],
  ])('%j: gzip %s', (accepted, expected) => {
    expect(acceptsGzip(accepted)).toBe(expected);
  });
});

describe('If-None-Match', () => {
  it.each([
    [null, false],
    ['W/"a1"', true],
    ['"a1"', true],
    ['"x", W/"a1"', true],
    ['"x","a1"', true],
    ['*', true],
    ['W/"a"', false],
    ['a1', false],
    ['', false],
  ])('%j matches W/"a1": %s', (condition, expected) => {
    expect(matchesIfNoneMatch(condition, 'W/"a1"')).toBe(expected);
  });
});

describe('an ETag', () => {
  const about = async (change: object = {}) => ({ ...(await openEmbedded(town()).about()), ...change });
  const tagOf = async (change: object, more: object = {}) =>
    responseTag({ engine: 'embedded', about: await about(change), minute: 7, path: '/search?q=tacos', ...more });

  it('changes with everything that a response depends on', async () => {
    const tags = await Promise.all([
      tagOf({}),
      tagOf({ version: 'other' }),
      tagOf({ origin: 'cached' }),
      tagOf({ asOf: '2026-09-02' }),
      tagOf({ sources: [{ name: 'permits', from: 'x', fetchedAt: '2026-09-02T00:00:00Z' }] }),
      tagOf({ warnings: ['answered from the copy'] }),
      tagOf({}, { engine: 'opensearch' }),
      tagOf({}, { minute: 8 }),
      tagOf({}, { path: '/search?q=taco' }),
    ]);
    expect(new Set(tags).size).toBe(tags.length);
    expect(tags).toContain(await tagOf({}));
  });

  it('that matches skips the search', async () => {
    const engine = openEmbedded(town());
    let searches = 0;
    const search: typeof engine.search = (query) => {
      searches++;
      return engine.search(query);
    };
    const now = () => Date.parse('2026-09-03T18:20:45Z');
    const app = createApp({ engine: () => ({ ...engine, search }), tiles: null, log: () => {}, now });
    const tag = (await app.request('/search?q=tacos')).headers.get('etag') ?? '';
    const again = await app.request('/search?q=tacos', { headers: { 'If-None-Match': tag } });
    await checkResponse('GET', '/search?q=tacos', again.clone());
    expect([again.status, searches]).toEqual([304, 1]);
    // An invalid request stays invalid, whatever its condition.
    for (const condition of [tag, '*']) {
      const wrong = await app.request('/search?lat=91', { headers: { 'If-None-Match': condition } });
      expect(wrong.status).toBe(400);
    }
    expect((await app.request('/search?q=tacos', { headers: { 'If-None-Match': '*' } })).status).toBe(304);
  });

  it('does not change with the time if the response does not', async () => {
    let now = Date.parse('2026-09-03T18:20:45Z');
    const engine = openEmbedded(town());
    const app = createApp({ engine: () => engine, tiles: null, log: () => {}, now: () => now });
    const tag = async (path: string) => (await app.request(path)).headers.get('etag');
    for (const path of ['/search?q=tacos&format=ics', '/trucks/taco-corner.ics', '/suggest?q=ta']) {
      const before = await tag(path);
      now += 3_600_000;
      expect([path, await tag(path)]).toEqual([path, before]);
    }
  });
});

describe('gzip', () => {
  it.each(['', 'a', 'é🌮'.repeat(5_000)])('can be decompressed to the text', async (text) => {
    expect(gunzipSync(await gzip(text)).toString()).toBe(text);
  });

  it('has the same content from the platform and from the entry point', async () => {
    const engine = openEmbedded(town());
    const now = () => Date.parse('2026-09-03T18:20:45Z');
    const bodies = [undefined, gzip].map(async (compress) => {
      const app = createApp({
        engine: () => engine,
        tiles: null,
        log: () => {},
        now,
        ...(compress ? { gzip: compress } : {}),
      });
      const response = await app.request('/search?q=tacos', { headers: { 'Accept-Encoding': 'gzip' } });
      expect([response.headers.get('content-encoding'), response.headers.get('vary')]).toEqual([
        'gzip',
        'Accept-Encoding',
      ]);
      return gunzipSync(Buffer.from(await response.arrayBuffer())).toString();
    });
    const [byPlatform, byNode] = await Promise.all(bodies);
    expect(byPlatform).toBe(byNode);
    expect(JSON.parse(byPlatform ?? '')).toMatchObject({ status: 'success' });
  });
});

describe('preflight', () => {
  it('allows the headers that a page asks for', async () => {
    const app = createApp({ engine: () => openEmbedded(town()), tiles: null, log: () => {} });
    const headers = { Origin: 'https://a.example', 'Access-Control-Request-Headers': 'if-none-match, x-a' };
    const response = await app.request('/search?q=tacos', { method: 'OPTIONS', headers });
    expect([response.status, await response.text()]).toEqual([204, '']);
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    expect(response.headers.get('access-control-allow-methods')).toBe('GET,HEAD');
    expect(response.headers.get('access-control-allow-headers')).toBe('if-none-match,x-a');
  });

  it('returns nothing that is not the name of a header', async () => {
    const app = createApp({ engine: () => openEmbedded(town()), tiles: null, log: () => {} });
    const headers = { 'Access-Control-Request-Headers': 'x-a, \u00ff, a b, "x", x:y, , a\tb' };
    const response = await app.request('/search', { method: 'OPTIONS', headers });
    expect(response.headers.get('access-control-allow-headers')).toBe('x-a');
  });
});

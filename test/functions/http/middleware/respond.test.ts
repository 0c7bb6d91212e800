import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { openEmbedded } from '../../../../functions/engine/embedded/release-engine.ts';
import { createApp } from '../../../../functions/http/app.ts';
import { acceptsGzip } from '../../../../functions/http/middleware/compression.ts';
import { matchesIfNoneMatch, responseTag } from '../../../../functions/http/middleware/etag.ts';
import { gzip } from '../../../../functions/node/gzip.ts';
import { town } from '../../../fixtures/town.ts';
import { checkAnswer } from '../openapi/conforming.ts';

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
  ])('%j knows W/"a1": %s', (condition, expected) => {
    expect(matchesIfNoneMatch(condition, 'W/"a1"')).toBe(expected);
  });
});

describe('an ETag', () => {
  const about = async (change: object = {}) => ({ ...(await openEmbedded(town()).about()), ...change });
  const tagOf = async (change: object, more: object = {}) =>
    responseTag({ engine: 'embedded', about: await about(change), minute: 7, path: '/search?q=tacos', ...more });

  it('changes with all that an answer is made of', async () => {
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

  it('is enough to answer without a search', async () => {
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
    await checkAnswer('GET', '/search?q=tacos', again.clone());
    expect([again.status, searches]).toEqual([304, 1]);
    // A mistake stays one, whatever the caller has.
    for (const condition of [tag, '*']) {
      const wrong = await app.request('/search?lat=91', { headers: { 'If-None-Match': condition } });
      expect(wrong.status).toBe(400);
    }
    expect((await app.request('/search?q=tacos', { headers: { 'If-None-Match': '*' } })).status).toBe(304);
  });

  it('is of the file where a file does not change with the time', async () => {
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
  it.each(['', 'a', 'é🌮'.repeat(5_000)])('gives the text back', async (text) => {
    expect(gunzipSync(await gzip(text)).toString()).toBe(text);
  });

  it('is the same answer by the platform and by the door', async () => {
    const engine = openEmbedded(town());
    const now = () => Date.parse('2026-09-03T18:20:45Z');
    const bodies = [undefined, gzip].map(async (given) => {
      const app = createApp({
        engine: () => engine,
        tiles: null,
        log: () => {},
        now,
        ...(given ? { gzip: given } : {}),
      });
      const answer = await app.request('/search?q=tacos', { headers: { 'Accept-Encoding': 'gzip' } });
      expect([answer.headers.get('content-encoding'), answer.headers.get('vary')]).toEqual(['gzip', 'Accept-Encoding']);
      return gunzipSync(Buffer.from(await answer.arrayBuffer())).toString();
    });
    const [one, other] = await Promise.all(bodies);
    expect(one).toBe(other);
    expect(JSON.parse(one ?? '')).toMatchObject({ status: 'success' });
  });
});

describe('preflight', () => {
  it('lets a page send what it wants to', async () => {
    const app = createApp({ engine: () => openEmbedded(town()), tiles: null, log: () => {} });
    const headers = { Origin: 'https://a.example', 'Access-Control-Request-Headers': 'if-none-match, x-a' };
    const answer = await app.request('/search?q=tacos', { method: 'OPTIONS', headers });
    expect([answer.status, await answer.text()]).toEqual([204, '']);
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    expect(answer.headers.get('access-control-allow-methods')).toBe('GET,HEAD');
    expect(answer.headers.get('access-control-allow-headers')).toBe('if-none-match,x-a');
  });
});

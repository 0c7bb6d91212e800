import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openEmbedded } from '../../../../functions/engine/embedded/release-engine.ts';
import type { EngineInfo } from '../../../../functions/engine/engine.ts';
import { createApp } from '../../../../functions/http/app.ts';
import { town } from '../../../fixtures/town.ts';
import { cachedApp, ENGINE_LIFETIMES, TIME } from './cached-app.ts';

/** Headers of one request only, and the length, which a server adds if the app does not. */
const volatile = /^(x-request-id|server-timing|content-length)$/;
async function stable(response: Response) {
  const headers = [...response.headers].filter(([name]) => !volatile.test(name)).sort();
  return { status: response.status, headers, body: Buffer.from(await response.arrayBuffer()).toString('base64') };
}

const PATHS = [
  '/search?q=tacos',
  '/search?q=tacos&lat=40&lon=-100&radius=5000&sort=distance',
  '/search?q=tcaos',
  '/search?q=tacos&format=geojson',
  '/search?q=tacos&format=csv',
  '/search?q=%F0%9F%8C%AE',
];

describe.each(ENGINE_LIFETIMES)('a response cache with %s', (lifetime) => {
  const cached = (options?: Parameters<typeof cachedApp>[1]) => cachedApp(lifetime, options);

  it.each(PATHS)('responds to %s again with the same, without a search', async (path) => {
    for (const headers of [{}, { 'Accept-Encoding': 'gzip' }] as Record<string, string>[]) {
      const { state, get } = cached();
      const first = await stable(await get(path, headers));
      const { searches } = state;
      expect(searches).toBeGreaterThan(0);
      expect(await stable(await get(path, headers))).toEqual(first);
      expect(state.searches).toBe(searches);
      const plain = createApp({ engine: () => state.engine, tiles: null, log: () => {}, now: () => TIME });
      expect(await stable(await plain.request(path, { headers }))).toEqual(first);
    }
  });

  it('ignores the order of the parameters', async () => {
    const { state, get } = cached();
    await get('/search?q=tacos&lat=40&lon=-100');
    await get('/search?lon=-100&q=tacos&lat=40');
    expect(state.searches).toBe(1);
  });

  it('keeps the order of repeated parameters', async () => {
    const { get } = cached();
    const areas = async (query: string) =>
      ((await (await get(`/search?q=tacos&${query}`)).json()) as { query: { area: string[] } }).query.area;
    const [first, second] = [await areas('area=Mission&area=Downtown'), await areas('area=Downtown&area=Mission')];
    expect(second).toEqual([...first].reverse());
    expect(await areas('area=Mission&area=Downtown')).toEqual(first);
  });

  it('separates compressed from uncompressed responses', async () => {
    const { get } = cached();
    expect((await get('/search?q=tacos', { 'Accept-Encoding': 'gzip' })).headers.get('content-encoding')).toBe('gzip');
    expect((await get('/search?q=tacos')).headers.get('content-encoding')).toBeNull();
  });

  it('responds with a 304 if the ETag matches', async () => {
    const { state, get } = cached();
    const etag = (await get('/search?q=tacos')).headers.get('etag') ?? '';
    const again = await get('/search?q=tacos', { 'If-None-Match': `"other", ${etag}` });
    expect([again.status, await again.text(), again.headers.get('etag')]).toEqual([304, '', etag]);
    expect((await get('/search?q=tacos', { 'If-None-Match': '"other"' })).status).toBe(200);
    expect(state.searches).toBe(1);
  });

  it('returns closing times as of the current minute', async () => {
    const { state, get } = cached();
    const plain = createApp({ engine: () => state.engine, tiles: null, log: () => {}, now: () => state.now });
    const minutes = fc.array(fc.integer({ min: 0, max: 40 * 60_000 }), { minLength: 1, maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(minutes, async (times) => {
        for (const after of times) {
          state.now = TIME + after;
          const path = '/search?q=tacos&open_now=true';
          expect(await (await get(path)).text()).toBe(await (await plain.request(path)).text());
        }
      }),
      { numRuns: 20 },
    );
  });

  it('does not reuse a response if the provenance of the data has changed', async () => {
    const { state, get } = cached();
    await get('/search?q=tacos');
    const fetchedAt = '2026-09-03T18:20:10Z';
    const release = town();
    const sources = release.sources.map((source) => ({ ...source, fetchedAt }));
    state.engine = openEmbedded({ ...release, sources });
    expect(await (await get('/search?q=tacos')).json()).toMatchObject({ meta: { fetched_at: fetchedAt } });
  });

  it('does not reuse a response of another minute or release', async () => {
    const { state, get } = cached();
    await get('/search?q=tacos');
    state.now += 60_000;
    await get('/search?q=tacos');
    expect(state.searches).toBe(2);
    state.engine = openEmbedded({ ...town([]), version: '2026-10-01-other' });
    expect(await (await get('/search?q=tacos&strict=true')).json()).toMatchObject({ hits: 0 });
    expect(state.searches).toBe(3);
  });

  it('gives each request its own id and timing', async () => {
    const { state, get } = cached();
    const headersOf = async (headers?: Record<string, string>) => {
      const { headers: received } = await get('/search?q=tacos', headers);
      return [received.get('x-request-id'), received.get('server-timing')];
    };
    const [first, second, third] = [await headersOf(), await headersOf(), await headersOf({ 'X-Request-Id': 'mine' })];
    expect(first[1]).toMatch(/^search;dur=\d/);
    expect([second[1], third]).toEqual(['cache;desc="hit"', ['mine', 'cache;desc="hit"']]);
    expect(second[0]).toMatch(/^[\da-f-]{36}$/);
    expect(second[0]).not.toBe(first[0]);
    expect(state.searches).toBe(1);
  });

  it('does not change the responses to HEAD and POST', async () => {
    const { app, get } = cached();
    for (const _ of [1, 2]) {
      const head = await app.request('/search?q=tacos', { method: 'HEAD' });
      expect([head.status, await head.text()]).toEqual([200, '']);
      expect(head.headers.get('etag')).toBe((await get('/search?q=tacos')).headers.get('etag'));
      expect((await app.request('/search?q=tacos', { method: 'POST' })).status).toBe(405);
    }
  });

  it('separates the pages of a search', async () => {
    const { get } = cached();
    const pageOf = async (cursor: string | null) =>
      (await (await get(`/search?q=tacos&limit=1${cursor ? `&cursor=${cursor}` : ''}`)).json()) as {
        trucks: { id: string }[];
        page: { cursor: string | null };
      };
    const walk = async () => {
      const ids: string[] = [];
      let cursor: string | null = null;
      do {
        const page = await pageOf(cursor);
        ids.push(...page.trucks.map(({ id }) => id));
        cursor = page.page.cursor;
      } while (cursor);
      return ids;
    };
    const ids = await walk();
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids.length).toBeGreaterThan(1);
    expect(await walk()).toEqual(ids);
  });

  it('does not cache explanations, invalid requests and other paths', async () => {
    const { state, get } = cached();
    for (const _ of [1, 2]) await get('/search?q=tacos&explain=1');
    expect(state.searches).toBe(2);
    expect((await get('/search?lat=91')).status).toBe(400);
    expect((await get('/search?lat=91')).status).toBe(400);
    expect(await (await get('/meta')).json()).toMatchObject({ counts: { vendors: 6 } });
  });

  it('stays within its size', async () => {
    const { state, get } = cached({ bytes: 100_000 });
    for (let at = 0; at < 100; at++) await get(`/search?q=tacos&radius=${1000 + at}&lat=40&lon=-100`);
    expect(state.searches).toBe(100);
    await get('/search?q=tacos&radius=1099&lat=40&lon=-100');
    expect(state.searches).toBe(100);
    await get('/search?q=tacos&radius=1000&lat=40&lon=-100');
    expect(state.searches).toBe(101);
  });
});

describe('a response cache over a cluster', () => {
  it('does not cache responses while the cluster is unavailable', async () => {
    const { state, get } = cachedApp('one engine per request');
    const inner = state.engine;
    let isAway = false;
    const about = async () => {
      const all = await inner.about();
      // Like the fallback: the warning appears when the response is written.
      return Object.defineProperty<EngineInfo>({ ...all }, 'warnings', {
        enumerable: true,
        get: () => (isAway ? ['answered from the copy'] : []),
      });
    };
    const warned = async () => ((await (await get('/search?q=tacos')).json()) as { warnings: string[] }).warnings;
    state.engine = {
      ...inner,
      about,
      search: (query) => {
        // It fails in the middle of a request.
        isAway = true;
        return inner.search(query);
      },
    };
    expect(await warned()).toEqual(['answered from the copy']);
    isAway = false;
    state.engine = { ...inner, about };
    expect(await warned()).toEqual([]);
    expect(state.searches).toBe(2);
    isAway = true;
    expect(await warned()).toEqual(['answered from the copy']);
    expect(state.searches).toBe(3);
    isAway = false;
    expect(await warned()).toEqual([]);
    expect(state.searches).toBe(3);
  });
});

import { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import { openEmbedded } from '../../functions/engine/embedded/search.ts';
import type { Engine } from '../../functions/engine/engine.ts';
import { createApp } from '../../functions/http/app.ts';
import { answerCache } from '../../functions/http/cache.ts';
import { town } from '../town.ts';

const TIME = Date.parse('2026-09-03T18:20:15Z');

/** An app with a cache before it, which counts the searches that reach its engine. */
function cached({ bytes = 1_000_000, release = town() } = {}) {
  const inner = openEmbedded(release);
  const state = { searches: 0, now: TIME, engine: inner };
  const counting = (engine: Engine): Engine => ({
    ...engine,
    search: (query) => {
      state.searches++;
      return engine.search(query);
    },
  });
  const engine = () => counting(state.engine);
  const now = () => state.now;
  const app = createApp({ engine, tiles: null, log: () => {}, now });
  const outer = new Hono().use(answerCache({ engine, bytes, now })).route('/', app);
  const get = (path: string, headers: Record<string, string> = {}) => Promise.resolve(outer.request(path, { headers }));
  return { state, get };
}

/** Of one request only; and the length, which a server adds where the app does not say it. */
const own = /^(x-request-id|server-timing|content-length)$/;
async function seen(response: Response) {
  const headers = [...response.headers].filter(([name]) => !own.test(name)).sort();
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

describe('a cache of answers', () => {
  it.each(PATHS)('answers %s again as it was, without a search', async (path) => {
    for (const headers of [{}, { 'Accept-Encoding': 'gzip' }] as Record<string, string>[]) {
      const { state, get } = cached();
      const first = await seen(await get(path, headers));
      const { searches } = state;
      expect(searches).toBeGreaterThan(0);
      expect(await seen(await get(path, headers))).toEqual(first);
      expect(state.searches).toBe(searches);
      const plain = createApp({ engine: () => state.engine, tiles: null, log: () => {}, now: () => TIME });
      expect(await seen(await plain.request(path, { headers }))).toEqual(first);
    }
  });

  it('does not mind the order of the parameters', async () => {
    const { state, get } = cached();
    await get('/search?q=tacos&lat=40&lon=-100');
    await get('/search?lon=-100&q=tacos&lat=40');
    expect(state.searches).toBe(1);
  });

  it('keeps what is compressed apart from what is not', async () => {
    const { get } = cached();
    expect((await get('/search?q=tacos', { 'Accept-Encoding': 'gzip' })).headers.get('content-encoding')).toBe('gzip');
    expect((await get('/search?q=tacos')).headers.get('content-encoding')).toBeNull();
  });

  it('answers 304 to whoever has the answer', async () => {
    const { state, get } = cached();
    const etag = (await get('/search?q=tacos')).headers.get('etag') ?? '';
    const again = await get('/search?q=tacos', { 'If-None-Match': `"other", ${etag}` });
    expect([again.status, await again.text(), again.headers.get('etag')]).toEqual([304, '', etag]);
    expect((await get('/search?q=tacos', { 'If-None-Match': '"other"' })).status).toBe(200);
    expect(state.searches).toBe(1);
  });

  it('forgets with the minute and with the release', async () => {
    const { state, get } = cached();
    await get('/search?q=tacos');
    state.now += 60_000;
    await get('/search?q=tacos');
    expect(state.searches).toBe(2);
    state.engine = openEmbedded({ ...town([]), version: '2026-10-01-other' });
    expect(await (await get('/search?q=tacos&strict=true')).json()).toMatchObject({ hits: 0 });
    expect(state.searches).toBe(3);
  });

  it('is not asked for explanations, ids, mistakes and other paths', async () => {
    const { state, get } = cached();
    for (const [path, headers] of [
      ['/search?q=tacos&explain=1', {}],
      ['/search?q=tacos', { 'X-Request-Id': 'mine' }],
    ] as const) {
      const before = state.searches;
      await get(path, headers);
      await get(path, headers);
      expect(state.searches - before).toBe(2);
    }
    expect((await get('/search?lat=91')).status).toBe(400);
    expect((await get('/search?lat=91')).status).toBe(400);
    expect(await (await get('/meta')).json()).toMatchObject({ counts: { vendors: 6 } });
  });

  it('holds no more bytes than it may', async () => {
    const { state, get } = cached({ bytes: 100_000 });
    for (let at = 0; at < 100; at++) await get(`/search?q=tacos&radius=${1000 + at}&lat=40&lon=-100`);
    expect(state.searches).toBe(100);
    await get('/search?q=tacos&radius=1099&lat=40&lon=-100');
    expect(state.searches).toBe(100);
    await get('/search?q=tacos&radius=1000&lat=40&lon=-100');
    expect(state.searches).toBe(101);
  });
});

import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { openEmbedded } from '../../../functions/engine/embedded/release-engine.ts';
import { createApp } from '../../../functions/http/app.ts';
import { gzip } from '../../../functions/node/gzip.ts';
import { syntheticRelease } from '../../fixtures/synthetic-release.ts';
import { questionsOf, vocabularyOf } from '../engine/random-town.ts';
import { threadedApp } from './threaded-app.ts';

const RELEASE = syntheticRelease(50);
const EVERYTHING = '/search?q=&status=any&limit=1';
type Threaded = Awaited<ReturnType<typeof threadedApp>>;
const started: Threaded[] = [];
const start = async (...input: Parameters<typeof threadedApp>) => {
  const threaded = await threadedApp(...input);
  started.push(threaded);
  return threaded;
};
afterEach(() => Promise.all(started.splice(0).map(({ end }) => end())));

/** What a caller sees of a response, without what differs each time. */
async function received(response: Response) {
  const headers = Object.fromEntries(response.headers);
  const { 'x-request-id': _, 'server-timing': timing = '', ...others } = headers;
  const body = await response.text();
  const withoutId = body.replace(/"requestId":"[^"]*"/, '');
  return { status: response.status, headers: { ...others, timing: timing.replace(/[\d.]+/g, '') }, body: withoutId };
}

const word = fc.constantFrom(...vocabularyOf(RELEASE).words);
type Asked = {
  readonly path: string;
  readonly init: { readonly method: string; readonly headers: Record<string, string> };
};
const requests: fc.Arbitrary<Asked> = fc
  .record({
    path: fc.constantFrom('/search', '/search', '/search', '/suggest'),
    method: fc.constantFrom('GET', 'GET', 'GET', 'HEAD'),
    headers: fc.constantFrom(
      {},
      { 'Accept-Encoding': 'gzip' },
      { 'If-None-Match': '*' },
      { Accept: 'application/problem+json' },
    ),
    q: questionsOf(word),
    more: fc.subarray([
      'lat=40&lon=-100',
      'radius=2000',
      'sort=distance',
      'facets=category,area',
      'status=any',
      'limit=3',
      'format=csv',
      'explain',
      'open_now=true',
      'limit=none',
      'embed=1',
    ]),
  })
  .map(({ path, method, headers, q, more }) => {
    const query = [`q=${encodeURIComponent(q)}`, ...more].join('&');
    return { path: `${path}?${query}`, init: { method, headers: headers as Record<string, string> } };
  });

describe('answers of threads', () => {
  it('are those of an app without threads, with all of their headers, for 500 questions', async () => {
    const { app, delegated } = await start(RELEASE, { count: 2 });
    const engine = openEmbedded(RELEASE);
    const alone = createApp({ engine: () => engine, tiles: null, log: () => {}, gzip });
    const minute = () => Math.floor(Date.now() / 60_000);
    const compare = async ({ path, init }: Asked) => {
      for (let before = Number.NaN; before !== minute(); ) {
        before = minute();
        const [there, here] = await Promise.all([app.request(path, init), alone.request(path, init)]);
        // Both must be of the same minute.
        if (before === minute()) expect(await received(there), path).toEqual(await received(here));
      }
    };
    const asked = fc.sample(requests, { numRuns: 500, seed: 20261127 });
    // Several at a time, as a server has them.
    const compareRest = async () => {
      for (let next = asked.pop(); next; next = asked.pop()) await compare(next);
    };
    await Promise.all(Array.from({ length: 8 }, compareRest));
    expect(delegated()).toBeGreaterThanOrEqual(500);
  }, 120_000);

  it('have the id of the request, and are recorded and cached like any other', async () => {
    const { app, records, delegated } = await start(RELEASE, { cacheBytes: 32_000_000 });
    const request = () => app.request('/search?q=tacos', { headers: { 'X-Request-Id': 'one-of-ours' } });
    const [first, second] = [await request(), await request()];
    expect([first.headers.get('X-Request-Id'), second.headers.get('X-Request-Id')]).toEqual([
      'one-of-ours',
      'one-of-ours',
    ]);
    expect(await second.text()).toBe(await first.text());
    expect(records.map(({ route, status, engine, version, cache }) => [route, status, engine, version, cache])).toEqual(
      ['miss', 'hit'].map((cache) => ['/search', 200, 'embedded', RELEASE.version, cache]),
    );
    expect(delegated()).toBe(1);
  });

  it('are each of one release while releases are replaced', async () => {
    const releases = [RELEASE, syntheticRelease(40), syntheticRelease(30)];
    const { app, replace } = await start(RELEASE, { count: 2 });
    const versions = new Set<string>();
    let isDone = false;
    const ask = async () => {
      while (!isDone) {
        const body = await (await app.request(EVERYTHING)).json();
        const { hits, meta } = body as { hits: number; meta: { data_version: string } };
        const release = releases.find(({ version }) => version === meta.data_version);
        expect(hits).toBe(release?.vendors.length);
        versions.add(meta.data_version);
      }
    };
    const asking = Promise.all([ask(), ask(), ask()]);
    for (const release of releases.slice(1)) {
      await replace(release);
      // From now on, every answer is of the new release.
      const body = await (await app.request(EVERYTHING)).json();
      expect(body).toMatchObject({ meta: { data_version: release.version } });
    }
    isDone = true;
    await asking;
    expect(versions.size).toBeGreaterThan(1);
  });
});

describe('a thread that ends', () => {
  it('makes its requests a 503, is replaced, and leaves the other requests to this thread until then', async () => {
    const { app, logged, delegated } = await start(RELEASE, { isFragile: true });
    const crash = await app.request('/search?q=crash');
    expect([crash.status, crash.headers.get('Retry-After')]).toEqual([503, '5']);
    expect(await crash.json()).toMatchObject({ status: 'failure', problem: { type: '/docs#engine-unavailable' } });
    expect(logged).toEqual(['search thread ended', 'engine unavailable']);
    const before = delegated();
    expect((await app.request('/search?q=tacos')).status).toBe(200);
    expect(delegated()).toBe(before);
    await expect
      .poll(async () => (await app.request('/search?q=tacos')).status === 200 && delegated(), { timeout: 10_000 })
      .toBe(before + 1);
  });
});

describe('requests that wait for a thread', () => {
  /** More requests than a thread has at a time. */
  const many = (app: Threaded['app'], count: number, init = {}) =>
    Array.from({ length: count }, (_, at) => app.request(`/search?q=tacos&limit=${(at % 200) + 1}`, init));

  it('are given up when their callers leave, and the others are answered', async () => {
    const { app, delegated, records } = await start(RELEASE);
    const leaving = new AbortController();
    const stay = many(app, 20);
    const gone = many(app, 50, { signal: leaving.signal });
    leaving.abort();
    expect((await Promise.all(gone)).map(({ status }) => status)).toEqual(Array(50).fill(499));
    expect(new Set((await Promise.all(stay)).map(({ status }) => status))).toEqual(new Set([200]));
    expect(delegated()).toBe(20);
    expect(records.filter(({ refused }) => refused !== null)).toEqual([]);
  });

  it('become a 503 when they have waited too long, which counts as shed', async () => {
    const { app, records } = await start(RELEASE, { maxDelayMs: 1 });
    const statuses = (await Promise.all(many(app, 500))).map(({ status }) => status);
    const shed = statuses.filter((status) => status === 503).length;
    expect(shed).toBeGreaterThan(0);
    expect(statuses.filter((status) => status === 200)).toHaveLength(500 - shed);
    expect(records.filter(({ refused }) => refused === 'shed')).toHaveLength(shed);
  });
});

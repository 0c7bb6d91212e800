import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { serve } from '@hono/node-server';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openEmbedded } from '../../../../functions/engine/embedded/release-engine.ts';
import { COPY_WARNING, withFallback } from '../../../../functions/engine/fallback.ts';
import { createClient } from '../../../../functions/engine/opensearch/client.ts';
import { openOpenSearch } from '../../../../functions/engine/opensearch/engine.ts';
import { createApp } from '../../../../functions/http/app.ts';
import type { SearchResponse } from '../../../../functions/http/openapi/schemas/search.ts';
import { type FaultyProxy, startFaultyProxy } from '../../../fixtures/faulty-proxy.ts';
import { noSharedData } from '../../../fixtures/shared-data.ts';
import { town } from '../../../fixtures/town.ts';
import { readQuestions } from '../../../relevance/question-tables.ts';
import { loadSnapshot, SNAPSHOTS } from '../../../relevance/snapshots.ts';
import { clusterUrl, noCluster, type Scratch, scratch } from './cluster.ts';

/** Search, counts, relaxed search. */
const MOST_REQUESTS = 3;
/** Of a later page of a relaxed search: the search, the counts, the first vendor, the vendor of the cursor, the page. */
const MOST_REQUESTS_OF_A_PAGE = 5;

let proxy: FaultyProxy;
let searches: string[] = [];
const closing: (() => unknown)[] = [];

async function openApi({ alias }: Scratch, { budgetMs = 8_000, hasCopy = false, now = Date.now } = {}) {
  const settings = { url: proxy.url, alias, auth: { kind: 'none' }, caFile: null, timeoutMs: 20_000 } as const;
  const client = await createClient(settings);
  const copy = hasCopy ? openEmbedded(town()) : null;
  const cluster = openOpenSearch(client, alias, { budgetMs });
  const { current, close } = withFallback({ cluster, copy: () => copy });
  closing.push(close, () => client.close());
  const logged: string[] = [];
  const app = createApp({ engine: current, tiles: null, log: (event) => logged.push(event), now });
  // The vendors of an index are counted once, before it is searched.
  expect((await app.request('/readyz')).status).toBe(200);
  return { app, logged };
}

/** Lets requests pass after a delay, and notes the searches; the alias, which is read once a second for all requests, is not one. */
function passAfter(delayMs: number): void {
  proxy.decide((path, body) => {
    if (!path.includes('search')) return 'pass';
    searches.push(`${path}\n${body}`);
    return delayMs === 0 ? 'pass' : { delayMs };
  });
}

const takeSearches = () => searches.splice(0).length;

beforeAll(async () => {
  if (noCluster) return;
  proxy = await startFaultyProxy(clusterUrl);
});
afterEach(async () => {
  proxy?.decide(() => 'pass');
  searches = [];
  for (const close of closing.splice(0)) await close();
});
afterAll(() => proxy?.close());

describe.skipIf(noCluster || noSharedData)('the requests to the cluster that one answer needs', () => {
  const all = readQuestions();
  const byData = new Set(all.map(({ data }) => data));

  it.each([...byData])(
    `are at most ${MOST_REQUESTS} for each judged question, and for suggestions: %s`,
    async (data) => {
      const questions = all.filter((question) => question.data === data);
      const place = scratch();
      closing.push(() => place.close());
      await place.sink.publish(await loadSnapshot(SNAPSHOTS[data]), {});
      const { app } = await openApi(place, { now: () => Date.parse(SNAPSHOTS[data].now) });
      passAfter(0);
      const most = { search: 0, page: 0, suggest: 0 };
      const ask = async (kind: keyof typeof most, path: string) => {
        const response = await app.request(path);
        expect(response.status, path).toBe(200);
        most[kind] = Math.max(most[kind], takeSearches());
        return (await response.json()) as SearchResponse;
      };
      const pathOf = (params: Record<string, string>) => `/search?${new URLSearchParams({ status: 'any', ...params })}`;
      await ask('search', pathOf({ q: 'quantum tacos zeppelin' }));
      expect(most.search).toBe(MOST_REQUESTS);
      for (const [at, { text, params }] of questions.entries()) {
        await ask('search', pathOf({ q: text, ...params }));
        await ask('suggest', `/suggest?${new URLSearchParams({ q: text.slice(0, 4), status: 'any' })}`);
        if (at % 10 > 0) continue;
        // At night, near a place without vendors, by scores that depend on the time.
        const place = { lat: '37.7', lon: '-122.4', radius: '300', open_at: 'mon03:00' };
        const narrow = { ...params, q: text, ...place, facets: 'area,open', area: 'X', limit: '1' };
        for (const narrowed of [narrow, { ...narrow, area: '' }]) {
          const { page } = await ask('search', pathOf(narrowed));
          if (page.cursor) await ask('page', pathOf({ ...narrowed, cursor: page.cursor }));
        }
      }
      expect(most.search).toBe(MOST_REQUESTS);
      expect(most.suggest).toBeLessThanOrEqual(MOST_REQUESTS);
      expect(most.page).toBeLessThanOrEqual(MOST_REQUESTS_OF_A_PAGE);
    },
    120_000,
  );
});

describe.skipIf(noCluster)('a request', () => {
  let place: Scratch;
  beforeAll(async () => {
    place = scratch();
    await place.sink.publish(town(), {});
  });
  afterAll(() => place?.close());

  /** Needs three requests: nothing is found as asked. */
  const RELAXED = '/search?q=tacos+pancakes+waffles&status=any';

  it('whose caller leaves is aborted at the cluster, and sends no further one', async () => {
    const { app, logged } = await openApi(place, { hasCopy: true });
    const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' });
    closing.push(() => new Promise((resolve) => server.close(resolve)));
    await once(server, 'listening');
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    passAfter(0);
    expect((await fetch(`${url}${RELAXED}`)).status).toBe(200);
    expect(takeSearches()).toBe(MOST_REQUESTS);
    // The cluster would answer after a minute.
    proxy.decide((path) => {
      searches.push(path);
      return 'hang';
    });
    const leaving = new AbortController();
    const left = Array.from({ length: 40 }, (_, at) =>
      fetch(`${url}${RELAXED}&limit=${at + 1}`, { signal: leaving.signal }).catch((error: Error) => error.name),
    );
    await expect.poll(() => searches.length, { timeout: 5_000 }).toBe(40);
    expect(proxy.open()).toBe(40);
    leaving.abort();
    expect(new Set(await Promise.all(left))).toEqual(new Set(['AbortError']));
    await expect.poll(() => proxy.open(), { timeout: 5_000 }).toBe(0);
    takeSearches();
    await sleep(300);
    expect(takeSearches()).toBe(0);
    expect(logged).toEqual([]);
    // Callers who leave do not look like a faulty cluster.
    passAfter(0);
    const { meta, warnings } = (await (await fetch(`${url}${RELAXED}`)).json()) as SearchResponse;
    expect([meta.engine, warnings.includes(COPY_WARNING)]).toEqual(['opensearch', false]);
  });

  it('to a slow cluster ends with a 503 when its time is spent, and sends no further one', async () => {
    const { app } = await openApi(place, { budgetMs: 500 });
    passAfter(300);
    const startedAt = performance.now();
    const response = await app.request(RELAXED);
    const tookMs = performance.now() - startedAt;
    expect([response.status, response.headers.get('Retry-After')]).toEqual([503, '5']);
    expect(await response.json()).toMatchObject({
      problem: { detail: 'The search engine did not answer in time; please try again' },
    });
    expect(takeSearches()).toBe(2);
    expect(tookMs).toBeGreaterThanOrEqual(490);
    await sleep(700);
    expect(takeSearches()).toBe(0);
  });

  it('to a slow cluster is answered by the copy when its time is spent, with a warning', async () => {
    const { app } = await openApi(place, { budgetMs: 500, hasCopy: true });
    passAfter(300);
    const { hits, meta, warnings } = (await (await app.request(RELAXED)).json()) as SearchResponse;
    expect([hits > 0, meta.engine, warnings.includes(COPY_WARNING)]).toEqual([true, 'embedded', true]);
  });

  it('tells the cluster how much time is left', async () => {
    const { app } = await openApi(place, { budgetMs: 5_000 });
    passAfter(0);
    for (const path of [RELAXED, '/search?q=tacoz&status=any', '/suggest?q=ta']) {
      expect((await app.request(path)).status).toBe(200);
    }
    const left = searches.map((search) => Number(/cancel_after_time_interval\W+(\d+)ms/.exec(search)?.[1]));
    expect(Math.min(...left)).toBeGreaterThan(1);
    expect(Math.max(...left)).toBeLessThanOrEqual(5_000);
  });
});

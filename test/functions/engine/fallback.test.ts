import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openEmbedded } from '../../../functions/engine/embedded/release-engine.ts';
import { COPY_WARNING, withFallback } from '../../../functions/engine/fallback.ts';
import { createClient } from '../../../functions/engine/opensearch/client.ts';
import { openOpenSearch } from '../../../functions/engine/opensearch/engine.ts';
import { createApp } from '../../../functions/http/app.ts';
import type { SearchResponse } from '../../../functions/http/openapi/schemas/search.ts';
import type { Release } from '../../../functions/model/release.ts';
import { type Fate, type FaultyProxy, startFaultyProxy } from '../../fixtures/faulty-proxy.ts';
import { syntheticRelease } from '../../fixtures/synthetic-release.ts';
import { town } from '../../fixtures/town.ts';
import { clusterUrl, noCluster, type Scratch, scratch } from './opensearch/cluster.ts';

/** Short for fast tests, but long enough for a busy machine. */
const TIMEOUT_MS = 1500;
const RESET_MS = 300;

type Wired = { ask: (path: string) => Promise<{ status: number; headers: Headers; text: string }>; logged: unknown[] };

describe.skipIf(noCluster)('a failing cluster', () => {
  let proxy: FaultyProxy;
  let place: Scratch;
  const closing: (() => unknown)[] = [];
  beforeAll(async () => {
    proxy = await startFaultyProxy(clusterUrl);
    place = scratch();
    await place.sink.publish(town(), {});
  });
  afterEach(async () => {
    proxy.decide(() => 'pass');
    for (const close of closing.splice(0)) await close();
  });
  afterAll(() => Promise.all([place?.close(), proxy?.close()]));

  /** The app as the server wires it. */
  async function wire(copy: Release | null): Promise<Wired> {
    const { alias } = place;
    const client = await createClient({
      url: proxy.url,
      alias,
      auth: { kind: 'none' },
      caFile: null,
      timeoutMs: TIMEOUT_MS,
    });
    const spare = copy && openEmbedded(copy);
    const { current, close } = withFallback({
      cluster: openOpenSearch(client, alias),
      copy: () => spare,
      breaker: { resetTimeout: RESET_MS },
    });
    closing.push(close, () => client.close());
    const logged: unknown[] = [];
    const app = createApp({ engine: current, tiles: null, log: (...line) => logged.push(line) });
    const ask = async (path: string) => {
      const response = await app.request(path);
      return { status: response.status, headers: response.headers, text: await response.text() };
    };
    return { ask, logged };
  }

  const SEARCH = '/search?q=tacos&status=any';
  const answer = async ({ ask }: Wired) => JSON.parse((await ask(SEARCH)).text) as SearchResponse;

  const FATES: [string, Fate | 'down'][] = [
    ['is down', 'down'],
    ['never answers', 'hang'],
    ['cuts the connection in the middle of a response', 'cut'],
    ['is too busy (429)', { status: 429, type: 'opensearch_rejected_execution_exception' }],
    ['is not available (503)', { status: 503, type: 'no_shard_available_action_exception' }],
    ['forbids it (403)', { status: 403, type: 'security_exception' }],
    ['has a bug (500)', { status: 500, type: 'null_pointer_exception' }],
    ['rejects the query (400)', { status: 400, type: 'parsing_exception' }],
  ];

  async function impose(fate: Fate | 'down'): Promise<void> {
    if (fate !== 'down')
      return proxy.decide((path) => (path.includes('search') || path.includes('_mapping') ? fate : 'pass'));
    await proxy.down();
    closing.push(() => proxy.up());
  }

  it.each(FATES)('%s: 503 with Retry-After, and nothing of the cluster’s message', async (_name, fate) => {
    const wired = await wire(null);
    expect((await wired.ask(SEARCH)).status).toBe(200);
    await impose(fate);
    const { status, headers, text } = await wired.ask(SEARCH);
    expect([status, Number(headers.get('Retry-After'))]).toEqual([503, 5]);
    expect(text).not.toMatch(/secret words|exception|ECONN|127\.0\.0\.1|opensearch/i);
    expect(JSON.parse(text)).toMatchObject({ status: 'failure', problem: { status: 503 } });
    expect(JSON.stringify(wired.logged)).toContain('opensearch');
  });

  it.each(FATES)('%s: the copy answers, with a warning', async (_name, fate) => {
    const wired = await wire(town());
    const before = await answer(wired);
    expect([before.meta.engine, before.warnings]).toEqual(['opensearch', []]);
    await impose(fate);
    const during = await answer(wired);
    expect([during.meta.engine, during.warnings]).toEqual(['embedded', [COPY_WARNING]]);
    expect(during.trucks).toEqual(before.trucks);
    for (const path of ['/suggest?q=ta', '/trucks/far-tacos', '/meta', '/readyz']) {
      expect((await wired.ask(path)).status, path).toBe(200);
    }
  });

  it('gets no more requests once it is too slow, however many good answers came before', async () => {
    const { ask } = await wire(town());
    let asked = 0;
    const engine = async () => {
      const { text } = await ask(`${SEARCH}&again=${asked++}`);
      return (JSON.parse(text) as SearchResponse).meta.engine;
    };
    for (let at = 0; at < 100; at++) expect(await engine()).toBe('opensearch');
    proxy.decide(() => ({ delayMs: TIMEOUT_MS + 500 }));
    let slow = 0;
    const client = async () => {
      for (let at = 0; at < 20; at++) {
        const began = performance.now();
        expect(await engine()).toBe('embedded');
        if (performance.now() - began > TIMEOUT_MS - 100) slow += 1;
      }
    };
    await Promise.all(Array.from({ length: 4 }, client));
    // Eight open the circuit; later ones probe it.
    expect(slow).toBeLessThanOrEqual(12);
  });

  it('gets no requests while it is down, and is found again when it recovers', async () => {
    const wired = await wire(town());
    await impose('hang');
    const first = await Promise.all(Array.from({ length: 8 }, () => answer(wired)));
    expect(first.map(({ meta }) => meta.engine)).toEqual(Array.from({ length: 8 }, () => 'embedded'));
    proxy.takeCount();
    // The circuit is open: of hundreds of requests, only the probes reach the cluster.
    for (let asked = 0; asked < 300; asked++) await answer(wired);
    expect(proxy.takeCount()).toBeLessThan(20);
    proxy.decide(() => 'pass');
    await expect
      .poll(async () => (await answer(wired)).meta.engine, { timeout: 10_000, interval: 50 })
      .toBe('opensearch');
    expect((await answer(wired)).warnings).toEqual([]);
  });

  it('never mixes two releases in one answer', async () => {
    const wired = await wire({ ...town(), version: 'another' });
    expect((await answer(wired)).meta.engine).toBe('opensearch');
    // Reading the release succeeds, then the search fails, and the copy has another release.
    proxy.decide((path) => (path.includes('search') ? 'cut' : 'pass'));
    expect((await wired.ask(SEARCH)).status).toBe(503);
    // A request that starts on the copy gets a single release.
    await expect.poll(async () => (await wired.ask(SEARCH)).status, { timeout: 10_000, interval: 20 }).toBe(200);
    expect((await answer(wired)).meta.data_version).toBe('another');
  });

  it('continues to page on the other engine, in both directions', async () => {
    const release = syntheticRelease(150);
    const walked = scratch();
    closing.push(() => walked.close());
    await walked.sink.publish(release, {});
    const client = await createClient({
      url: proxy.url,
      alias: walked.alias,
      auth: { kind: 'none' },
      caFile: null,
      timeoutMs: TIMEOUT_MS,
    });
    const copy = openEmbedded(release);
    const { current, close } = withFallback({
      cluster: openOpenSearch(client, walked.alias),
      copy: () => copy,
      breaker: { resetTimeout: 1 },
    });
    closing.push(close, () => client.close());
    const app = createApp({ engine: current, tiles: null, log: () => {} });
    for (const sort of ['best', 'name'] as const) {
      let path: string | null = `/search?lat=40.01&lon=-100.01&status=any&limit=20&sort=${sort}`;
      const ids: string[] = [];
      const engines = new Set<string>();
      for (let pages = 0; path !== null; pages++) {
        if (pages % 2 === 1) proxy.decide(() => ({ status: 503, type: 'x' }));
        else proxy.decide(() => 'pass');
        // Recovery takes a moment.
        const wanted = pages % 2 === 1 ? 'embedded' : 'opensearch';
        let page: SearchResponse | undefined;
        await expect
          .poll(
            async () => {
              page = (await (await app.request(path ?? '')).json()) as SearchResponse;
              return page.meta.engine;
            },
            { timeout: 10_000, interval: 20 },
          )
          .toBe(wanted);
        if (!page) throw new Error('the poll has not seen a page');
        engines.add(page.meta.engine);
        ids.push(...page.trucks.map(({ id }) => id));
        const cursor: string | null = page.page.cursor;
        path = cursor && `/search?lat=40.01&lon=-100.01&status=any&limit=20&sort=${sort}&cursor=${cursor}`;
      }
      expect([...engines].sort()).toEqual(['embedded', 'opensearch']);
      expect(ids).toHaveLength(150);
      expect(new Set(ids).size).toBe(150);
    }
  });
});

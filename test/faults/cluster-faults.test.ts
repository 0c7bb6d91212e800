import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SearchResponse } from '../../functions/http/openapi/schemas/search.ts';
import type { Answer } from '../attack/answer-reader.ts';
import { RawConnection } from '../attack/raw-connection.ts';
import { type Fate, type FaultyProxy, startFaultyProxy } from '../fixtures/faulty-proxy.ts';
import { type Running, startServer } from '../fixtures/server-process.ts';
import { clusterUrl, noCluster, type Scratch, scratch } from '../functions/engine/opensearch/cluster.ts';
import { isLongForm } from './long-form.ts';
import { startLoad } from './steady-load.ts';

/** The setting `opensearch-timeout`. */
const TIMEOUT_MS = 1_000;
/** A search is a few requests to the cluster, and then one to the copy. */
const LONGEST_MS = 5 * TIMEOUT_MS;

const FATES: Record<string, Fate> = {
  'never answers': 'hang',
  'is slow, but in time': { delayMs: 400 },
  'is too slow': { delayMs: 3_000 },
  'cuts its responses': 'cut',
  'is too busy': { status: 429, type: 'opensearch_rejected_execution_exception' },
  'is not available': { status: 503, type: 'no_shard_available_action_exception' },
};

describe.skipIf(noCluster)('a server under load whose cluster', () => {
  const folder = mkdtempSync(`${tmpdir()}/curbside-cluster-faults-`);
  let proxy: FaultyProxy;
  let place: Scratch;
  let server: Running;
  let expected: number;
  beforeAll(async () => {
    proxy = await startFaultyProxy(clusterUrl);
    place = scratch();
    const cluster = ['--engine', 'opensearch', '--opensearch-url', proxy.url, '--opensearch-alias', place.alias];
    const others = ['--opensearch-timeout', `${TIMEOUT_MS}ms`, '--data-dir', folder, '--refresh', 'off'];
    server = await startServer([...cluster, ...others]);
    expected = (await search('tacos')).hits;
  });
  afterAll(async () => {
    await server?.stop();
    await proxy?.close();
    await place?.close();
    rmSync(folder, { recursive: true });
  });

  let asked = 0;
  /** A search that no cache answers. */
  async function search(q: string): Promise<SearchResponse> {
    const response = await fetch(`${server.url}/search?q=${encodeURIComponent(q)}&limit=1&again=${asked++}`);
    return (await response.json()) as SearchResponse;
  }

  /** Searches while the cluster fails, and until it is used again: no answer may be wrong, lost or late. */
  async function expectGoodService(fail: () => Promise<void>, recover: () => Promise<void>): Promise<void> {
    const check = ({ status, body }: Answer) =>
      status === 200 && JSON.parse(body.toString()).hits !== expected ? ['a wrong number of vendors'] : [];
    const load = startLoad(server.url, {
      clients: 4,
      target: (client) => `/search?q=tacos&limit=1&load=${client}-${asked++}`,
      check,
      pauseMs: 20,
    });
    await fail();
    await recover();
    await expect.poll(async () => (await search('tacos')).meta.engine, { timeout: 30_000 }).toBe('opensearch');
    const { slowestMs, statuses, ...result } = await load.stop();
    expect(result).toEqual({ lost: 0, faults: [] });
    expect(statuses[200]).toBeGreaterThan(20);
    expect(slowestMs).toBeLessThan(LONGEST_MS);
  }

  it('is down: the copy answers, and the cluster is used again later', { timeout: 60_000 }, () =>
    expectGoodService(async () => {
      await proxy.down();
      await sleep(1_500);
    }, proxy.up),
  );

  it('is up and down in turns', { timeout: 60_000 }, () =>
    expectGoodService(
      async () => {
        for (let turn = 0; turn < (isLongForm ? 20 : 5); turn++) {
          await proxy.down();
          await sleep(150);
          await proxy.up();
          await sleep(150);
        }
      },
      async () => {},
    ),
  );

  it.runIf(isLongForm).each(Object.entries(FATES))('%s', { timeout: 90_000 }, async (_name, fate) => {
    await expectGoodService(
      async () => {
        proxy.decide(() => fate);
        await sleep(4_000);
      },
      async () => proxy.decide(() => 'pass'),
    );
  });

  /** Words that the data has, between words that it lacks: relaxation has the most to try. */
  const HARD = 'zzqx fish yyqv tacos wwqk burrito vvqj coffee';

  it.each(['where can i get good cheap fish tacos', HARD])('costs few requests for "%s"', async (q) => {
    await search('coffee');
    proxy.takeCount();
    await search(q);
    // The release, the search, and three round trips of relaxation.
    expect(proxy.takeCount()).toBeLessThanOrEqual(6);
  });

  it('gets no more requests for callers that have left', { timeout: 60_000 }, async () => {
    proxy.decide(() => ({ delayMs: 100 }));
    const port = Number(new URL(server.url).port);
    for (let at = 0; at < 40; at++) {
      const connection = await RawConnection.open(port);
      const target = `/search?q=${encodeURIComponent(HARD)}&left=${asked++}`;
      connection.write(Buffer.from(`GET ${target} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`));
      await sleep(5);
      connection.close();
    }
    // What was on its way may arrive.
    await sleep(600);
    proxy.takeCount();
    await sleep(1_000);
    expect(proxy.takeCount()).toBe(0);
    proxy.decide(() => 'pass');
  });
});

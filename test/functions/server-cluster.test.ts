import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { COPY_WARNING } from '../../functions/engine/fallback.ts';
import type { MetaResponse } from '../../functions/http/openapi/schemas/meta.ts';
import type { SearchResponse } from '../../functions/http/openapi/schemas/search.ts';
import { startFaultyProxy } from '../fixtures/faulty-proxy.ts';
import { run, startServer } from '../fixtures/server-process.ts';
import { noSharedData, sharedData } from '../fixtures/shared-data.ts';
import { startCityServer } from '../seed/city-server.ts';
import { clusterUrl, noCluster, type Scratch, scratch } from './engine/opensearch/cluster.ts';

const get = async <Answer>(url: string) => (await (await fetch(url)).json()) as Answer;

describe.skipIf(noCluster)('the server with a cluster', () => {
  let folder: string;
  let place: Scratch;
  beforeEach(() => {
    folder = mkdtempSync(`${tmpdir()}/curbside-cluster-`);
    place = scratch();
  });
  afterEach(async () => {
    rmSync(folder, { recursive: true });
    await place.close();
  });
  const settings = (url = clusterUrl) => [
    ...['--engine', 'opensearch', '--opensearch-url', url, '--opensearch-alias', place.alias],
    ...['--data-dir', folder, '--refresh', 'off', '--wait', '20s'],
  ];

  it('fills an empty cluster, and answers like the embedded engine', async () => {
    const server = await startServer(settings());
    const own = await startServer(['--data-dir', folder, '--refresh', 'off']);
    expect(server.said()).toContain('searching in opensearch');
    for (const path of [
      '/search?q=tacos&lat=37.77&lon=-122.42&facets=category,open',
      '/search?q=cofee',
      '/suggest?q=ta',
    ]) {
      const ask = () => Promise.all([server, own].map(({ url }) => get<SearchResponse>(`${url}${path}`)));
      let [there, here] = await ask();
      // `meta.now` changes every minute: if it did between the two, ask again.
      if (there?.meta?.now !== here?.meta?.now) [there, here] = await ask();
      expect(JSON.parse(JSON.stringify(there).replaceAll('"opensearch"', '"embedded"'))).toEqual(here);
    }
    expect((await get<MetaResponse>(`${server.url}/meta`)).meta.engine).toBe('opensearch');
    expect(await Promise.all([server.stop(), own.stop()])).toEqual([0, 0]);
  });

  it('shows in the cluster too when the same data was last read', async () => {
    const portal = await startCityServer();
    const row = '1,Ann,Tacos,APPROVED,20240829,37.77,-122.41';
    const table = `locationid,Applicant,FoodItems,Status,Received,Latitude,Longitude\n${row}\n`;
    portal.publishFile('/permits.csv', Buffer.from(table), 'text/csv');
    const given = ['--source', `permits=${portal.origin}/permits.csv`, '--refresh', '1s'];
    const server = await startServer([...settings(), ...given]);
    const meta = async () => (await get<MetaResponse>(`${server.url}/meta`)).meta;
    const first = await meta();
    await expect
      .poll(async () => Date.parse((await meta()).fetched_at ?? ''), { timeout: 20_000 })
      .toBeGreaterThan(Date.parse(first.fetched_at ?? ''));
    expect(await meta()).toMatchObject({ engine: 'opensearch', data_version: first.data_version });
    expect(await server.stop()).toBe(0);
    await portal.stop();
  });

  it.skipIf(noSharedData)(
    'serves the release that seed publishes, from the copy while the cluster is down',
    async () => {
      const proxy = await startFaultyProxy(clusterUrl);
      const source = `permits=${sharedData('permits/permits-2022-03-02-487.json')}`;
      const seeded = await run('seed', [
        ...settings(proxy.url).filter((one) => one !== '--refresh' && one !== 'off'),
        '--source',
        source,
      ]);
      expect([seeded.code, seeded.stderr.includes('publishing')], seeded.stderr).toEqual([0, true]);
      expect(seeded.stdout).toMatch(/published: \S+ in opensearch, alias/);
      const server = await startServer(settings(proxy.url));
      const before = await get<SearchResponse>(`${server.url}/search?q=tacos&status=any`);
      expect([before.meta.engine, before.meta.origin, before.hits > 20]).toEqual(['opensearch', 'given', true]);
      await proxy.down();
      // The first answer is cached, so ask the same question in other words.
      const during = await get<SearchResponse>(`${server.url}/search?q=tacos&status=any&sort=best`);
      expect([during.meta.engine, during.warnings]).toEqual(['embedded', [COPY_WARNING]]);
      expect(during.trucks).toEqual(before.trucks);
      await proxy.up();
      await expect
        .poll(async () => (await get<SearchResponse>(`${server.url}/search?q=tacos`)).meta.engine, { timeout: 20_000 })
        .toBe('opensearch');
      expect(await server.stop()).toBe(0);
      await proxy.close();
    },
  );
});

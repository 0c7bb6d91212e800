import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { MetaResponse } from '../../functions/http/openapi/schemas/meta.ts';
import type { SearchResponse } from '../../functions/http/openapi/schemas/search.ts';
import { type Running, run, startServer } from '../fixtures/server-process.ts';
import { type CityServer, startCityServer } from '../seed/city-server.ts';

const eventually = <Value>(value: () => Value) => expect.poll(value, { timeout: 20_000, interval: 50 });

let directory: string;
let portal: CityServer;
let server: Running | undefined;
beforeEach(async () => {
  directory = await mkdtemp(`${tmpdir()}/curbside-server-refresh-`);
  portal = await startCityServer();
});
afterEach(async () => {
  await server?.stop();
  await portal.stop();
  await rm(directory, { recursive: true });
});

const HEADER = 'locationid,Applicant,FoodItems,Status,Received,Latitude,Longitude';
function publishPermits(count: number): void {
  const rows = Array.from(
    { length: count },
    (_, at) => `${at},Vendor ${at},Tacos,APPROVED,20240829,37.77,-122.${410 + at}`,
  );
  portal.publishFile('/permits.csv', Buffer.from([HEADER, ...rows, ''].join('\n')), 'text/csv');
}

/** Searches without a pause; every answer must be complete, and is counted by its number of vendors. */
function keepSearching(url: string) {
  const stop = new AbortController();
  const seen = new Map<number, number>();
  const searches = (async () => {
    while (!stop.signal.aborted) {
      const response = await fetch(`${url}/search?q=tacos`);
      expect(response.status).toBe(200);
      const { hits, locations, trucks } = (await response.json()) as SearchResponse;
      expect([locations, trucks.length]).toEqual([hits, hits]);
      seen.set(hits, (seen.get(hits) ?? 0) + 1);
    }
  })();
  return {
    seen,
    end: async () => {
      stop.abort();
      await searches;
    },
  };
}
const meta = async () => ((await (await fetch(`${server?.url}/meta`)).json()) as MetaResponse).meta;
const hits = async () => ((await (await fetch(`${server?.url}/search?q=tacos`)).json()) as SearchResponse).hits;

describe('the built server', () => {
  it('loads its URLs again; a broken portal changes nothing and is reported', async () => {
    publishPermits(20);
    const source = `permits=${portal.origin}/permits.csv`;
    server = await startServer(['--data-dir', directory, '--source', source, '--refresh', '1s']);
    const searching = keepSearching(server.url);
    publishPermits(30);
    await eventually(hits).toBe(30);
    portal.publishGarbage(Buffer.from('<html><title>Maintenance</title>'));
    await eventually(() => server?.said()).toContain(
      'the data was not loaded, the previous data stays; next try in about 1 s: ',
    );
    expect(server.said()).toContain('is an HTML page ("Maintenance"), not data');
    portal.publishGarbage(undefined);
    publishPermits(40);
    await eventually(hits).toBe(40);
    publishPermits(5);
    await eventually(() => server?.said()).toContain("5 branches, fewer than half of the current release's 40");
    expect(await hits()).toBe(40);
    await searching.end();
    expect([...searching.seen.keys()].sort()).toEqual([20, 30, 40]);
  });

  it('shows when the same data was last read, without another line in its output', async () => {
    publishPermits(20);
    const source = `permits=${portal.origin}/permits.csv`;
    server = await startServer(['--data-dir', directory, '--source', source, '--refresh', '1s']);
    const first = await meta();
    await eventually(async () => Date.parse((await meta()).fetched_at ?? '')).toBeGreaterThan(
      Date.parse(first.fetched_at ?? ''),
    );
    expect(await meta()).toMatchObject({ data_version: first.data_version, origin: 'given' });
    expect(server.said().match(/Total trucks loaded/g)).toHaveLength(1);
  });

  it('shows when another process last read the same data', async () => {
    publishPermits(20);
    const seed = () =>
      run('seed', ['--data-dir', directory, '--quiet', '--source', `permits=${portal.origin}/permits.csv`]);
    expect((await seed()).code).toBe(0);
    server = await startServer(['--data-dir', directory, '--refresh', 'off']);
    const first = await meta();
    expect((await seed()).code).toBe(0);
    await eventually(async () => Date.parse((await meta()).fetched_at ?? '')).toBeGreaterThan(
      Date.parse(first.fetched_at ?? ''),
    );
    expect((await meta()).data_version).toBe(first.data_version);
    const tag = async () => (await fetch(`${server?.url}/search?q=tacos`)).headers.get('etag');
    const before = await tag();
    expect((await seed()).code).toBe(0);
    await eventually(tag).not.toBe(before);
  });

  it('survives a table that needs more memory than there is', async () => {
    publishPermits(20);
    const source = `permits=${portal.origin}/permits.csv`;
    const env = { NODE_OPTIONS: '--max-old-space-size=64' };
    server = await startServer(['--data-dir', directory, '--source', source, '--refresh', '1s'], env);
    publishPermits(150_000);
    await eventually(() => server?.said()).toContain('the tables need more memory than Node allows');
    expect(await hits()).toBe(20);
    publishPermits(30);
    await eventually(hits).toBe(30);
  });

  it('serves the releases that `npm run seed` and `npm run rollback` make current', async () => {
    publishPermits(20);
    const seed = (...args: string[]) => run('seed', ['--data-dir', directory, '--quiet', ...args]);
    const source = ['--source', `permits=${portal.origin}/permits.csv`];
    expect((await seed(...source)).code).toBe(0);
    server = await startServer(['--data-dir', directory, '--refresh', 'off']);
    expect(await hits()).toBe(20);
    const searching = keepSearching(server.url);
    publishPermits(30);
    expect((await seed(...source)).code).toBe(0);
    await eventually(hits).toBe(30);
    expect((await seed('--rollback')).code).toBe(0);
    await eventually(hits).toBe(20);
    await searching.end();
    expect([...searching.seen.keys()].sort()).toEqual([20, 30]);
    expect(server.said().match(/Total trucks loaded/g)).toHaveLength(3);
  });
});

import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SearchResponse } from '../../functions/http/openapi/schemas/search.ts';
import { type Running, startServer } from '../fixtures/server-process.ts';
import { startCityServer } from '../seed/city-server.ts';

/** Debian's libfaketime, which gives a process another clock and moves it while the process runs. */
const libraries = ['/usr/lib', '/usr/local/lib'].flatMap((folder) =>
  readdirSync(folder, { withFileTypes: true }).map(({ name }) => `${folder}/${name}/faketime/libfaketime.so.1`),
);
const library = libraries.find((path) => readable(path));
if (!library && process.env.CI === 'true') throw new Error('there is no libfaketime, and CI must not skip its tests');
if (!library) console.warn("skipped: jumps of the clock; they need Debian's package libfaketime");

function readable(path: string): boolean {
  try {
    return readdirSync(path.replace(/\/[^/]+$/, '')).length > 0;
  } catch {
    return false;
  }
}

/** Open from 1 to 4 in the night to Sunday: in the hours in which the clock of the city changes. */
const TABLE = [
  'locationid,Applicant,FoodItems,Status,Received,Latitude,Longitude,dayshours',
  '1,Night Tacos,Tacos,APPROVED,20240829,37.77,-122.41,Su:1AM-4AM',
  '',
].join('\n');

describe.skipIf(!library)('a server whose clock jumps', () => {
  const folder = mkdtempSync(`${tmpdir()}/curbside-clock-`);
  const clock = `${folder}/clock`;
  let portal: Awaited<ReturnType<typeof startCityServer>>;
  let server: Running;

  /** Moves the server's clock. */
  function setClock(iso: string): void {
    writeFileSync(clock, `${((Date.parse(iso) - Date.now()) / 1000).toFixed(3)}\n`.replace(/^(?!-)/, '+'));
  }

  beforeAll(async () => {
    portal = await startCityServer();
    portal.publishFile('/permits.csv', Buffer.from(TABLE), 'text/csv');
    setClock('2026-10-31T12:00:00Z');
    // Timers follow the monotonic clock, which does not jump; the times of files are real.
    const env = { LD_PRELOAD: library ?? '', FAKETIME_TIMESTAMP_FILE: clock, FAKETIME_NO_CACHE: '1' };
    const source = [
      '--source',
      `permits=${portal.origin}/permits.csv`,
      '--refresh',
      '1s',
      '--data-dir',
      `${folder}/data`,
    ];
    server = await startServer(source, {
      ...env,
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
      DONT_FAKE_MONOTONIC: '1',
      NO_FAKE_STAT: '1',
    });
  });
  afterAll(async () => {
    await server?.stop();
    await portal?.stop();
    rmSync(folder, { recursive: true });
  });

  const search = async (query: string) =>
    (await (await fetch(`${server.url}/search?${query}`)).json()) as SearchResponse;

  it.each([
    ['the second before the autumn hour is repeated', '2026-11-01T08:59:59Z', 'open'],
    ['the repeated hour', '2026-11-01T09:30:00Z', 'open'],
    ['back into the first of the two', '2026-11-01T08:30:00Z', 'open'],
    ['4 o’clock before the change would have been', '2026-11-01T11:30:00Z', 'open'],
    ['after the end', '2026-11-01T12:00:00Z', 'closed'],
    ['a week back', '2026-10-25T09:30:00Z', 'open'],
    ['before the hour that spring leaves out', '2027-03-14T09:59:00Z', 'open'],
    ['after the hour that spring leaves out', '2027-03-14T10:01:00Z', 'open'],
    ['after the end in spring', '2027-03-14T11:00:00Z', 'closed'],
  ])('knows at once what is open: %s', async (_name, iso, state) => {
    setClock(iso);
    // The same question each time: an answer that a cache keeps for the minute must not outlive the jump.
    const { trucks, meta } = await search('q=tacos');
    expect(trucks[0]?.branches[0]?.open.state).toBe(state);
    expect(meta.now?.slice(0, 16)).toBe(new Date(Date.parse(iso)).toISOString().slice(0, 16));
    expect((await search('q=tacos&open_now=true&strict=true')).hits).toBe(state === 'open' ? 1 : 0);
  });

  it.each(['1970-01-01T00:00:05Z', '2038-01-19T03:14:20Z', '2099-12-31T23:59:59Z', '2026-11-26T12:00:00Z'])(
    'answers in %s, and loads its source again',
    async (iso) => {
      setClock(iso);
      for (const path of [
        '/search?q=tacos',
        '/suggest?q=ta',
        '/meta',
        '/search?q=tacos&format=ics',
        '/healthz',
        '/readyz',
      ])
        expect([path, (await fetch(`${server.url}${path}`)).status]).toEqual([path, 200]);
      const before = portal.requests.length;
      await expect.poll(() => portal.requests.length, { timeout: 15_000 }).toBeGreaterThan(before);
      expect(server.said()).not.toContain('"event":"bug"');
    },
  );
});

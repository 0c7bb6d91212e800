import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { type Release, releaseText } from '../../functions/model/release.ts';
import type { City } from '../../seed/city.ts';
import { type LoadedSources, makeRelease } from '../../seed/make-release.ts';
import { type LoadedSource, readSource } from '../../seed/source/read-source.ts';
import { sanFrancisco, vancouver } from '../fixtures/cities.ts';
import { noSharedData } from '../fixtures/shared-data.ts';
import { LOADS, type Sources, VANCOUVER } from './load-snapshot.ts';
import { csv, READ_AT } from './tables.ts';

const make = (city: City, reads: LoadedSources) =>
  makeRelease(city, reads, { origin: 'given', readAt: READ_AT }).release;

async function readAll(sources: Sources): Promise<LoadedSources> {
  const read = async (name: string) => (sources[name] ? await readSource({ name, from: sources[name] }) : null);
  const permits = await read('permits');
  if (!permits) throw new Error('no permits');
  return { permits, schedule: await read('schedule'), areas: await read('areas'), places: null };
}

/** The same rows in an order that depends on the hash of their position and the round. */
function shuffled(read: LoadedSource, round: number): LoadedSource {
  const key = (at: number) => createHash('sha256').update(`${round} ${at}`).digest('hex');
  const rows = read.table.rows
    .map((row, at) => ({ row, key: key(at) }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ row }, at) => ({ ...row, line: at + 2 }));
  return { ...read, table: { ...read.table, rows } };
}

describe('a version', () => {
  const few = (...lines: string[]): LoadedSources => ({
    permits: {
      table: csv('locationid,Applicant,FoodItems,Status,Received,Latitude,Longitude', ...lines),
      name: 'permits',
      from: 'few.csv',
      fetchedAt: '2026-11-20T08:00:00.000Z',
      via: 'file',
      unchanged: false,
      bytes: 1,
      warnings: [],
    },
    schedule: null,
    areas: null,
    places: null,
  });
  const ann = '1,Ann,Tacos,APPROVED,20240829,37.78,-122.41';

  it('is the date of the data and the first digits of the SHA-256 of the content', () => {
    const release = make(sanFrancisco, few(ann));
    const hash = createHash('sha256').update(releaseText(release)).digest('hex');
    expect(release.version).toBe(`2024-08-29-${hash.slice(0, 12)}`);
    expect(release.asOf).toBe('2024-08-29');
  });

  it('does not depend on where and when the data was read', () => {
    const reads = few(ann);
    const later = { ...reads, permits: { ...reads.permits, from: 'other.csv', fetchedAt: '2027-01-01T00:00:00.000Z' } };
    expect(make(sanFrancisco, later).version).toBe(make(sanFrancisco, reads).version);
  });

  it('changes with every visible difference', () => {
    const versions = [
      [ann],
      [ann.replace('Tacos', 'Taco')],
      [ann.replace('37.78', '37.79')],
      [ann.replace('APPROVED', 'REQUESTED')],
      [ann, '2,Bob,Soup,APPROVED,20240829,37.78,-122.41'],
      [ann, '2,Bob,Soup,APPROVED,20240829,,'],
    ].map((lines) => make(sanFrancisco, few(...lines)).version);
    expect(new Set(versions).size).toBe(versions.length);
  });

  it('of data without dates is the same on every day, though `asOf` is the day of reading', () => {
    const reads = few(ann.replace('20240829', ''));
    const on = (day: string): Release =>
      make(sanFrancisco, {
        ...reads,
        permits: { ...reads.permits, via: 'network', fetchedAt: `${day}T09:00:00.000Z` },
      });
    expect(on('2026-11-21').version).toBe(on('2026-12-24').version);
    expect(on('2026-12-24')).toMatchObject({ asOf: '2026-12-24', version: expect.stringMatching(/^undated-/) });
  });

  it('of a file without dates never has the day on which the file was changed', () => {
    const reads = few(ann.replace('20240829', ''));
    const old = { ...reads, permits: { ...reads.permits, fetchedAt: '2019-01-01T09:00:00.000Z' } };
    expect(make(sanFrancisco, old)).toMatchObject({ asOf: READ_AT.slice(0, 10) });
  });

  it('does not depend on the file’s age: dates are accepted up to the day of reading', () => {
    const reads = few(ann);
    const old = { ...reads, permits: { ...reads.permits, fetchedAt: '1970-01-01T00:00:00.000Z' } };
    expect(make(sanFrancisco, old)).toMatchObject({ asOf: '2024-08-29', version: make(sanFrancisco, reads).version });
  });
});

describe.skipIf(noSharedData)('the same data gives the same bytes', () => {
  const cases: [string, City, Sources][] = [
    ...LOADS.map(([name, sources]): [string, City, Sources] => [name, sanFrancisco, sources]),
    ...VANCOUVER.map((permits): [string, City, Sources] => [permits.split('/').at(-1) ?? '', vancouver, { permits }]),
  ];
  it.each(cases)('%s: read twice, and with its rows in another order', async (_, city, sources) => {
    const reads = await readAll(sources);
    const first = make(city, reads);
    const again = make(city, await readAll(sources));
    expect(again.version).toBe(first.version);
    expect(releaseText(again) === releaseText(first)).toBe(true);
    for (let round = 0; round < 3; round++) {
      const { permits, schedule, areas } = reads;
      const other = make(city, {
        permits: shuffled(permits, round),
        schedule: schedule && shuffled(schedule, round),
        areas: areas && shuffled(areas, round),
        places: null,
      });
      expect(other.version).toBe(first.version);
      expect(releaseText(other) === releaseText(first)).toBe(true);
    }
  });
});

import { utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { ProgressEvent } from '../../../seed/progress.ts';
import { type LoadedSource, readCached, readSource } from '../../../seed/source/read-source.ts';
import { readTable } from '../../../seed/table/read-table.ts';
import { noSharedData, sharedData } from '../../fixtures/shared-data.ts';
import { type CityRow, snapshotRows } from '../city-server.ts';

import { cached, city, directory, ids, list, numbered, refusal, row, swift, upTo } from './portal.ts';

describe('files', () => {
  it('are read from paths and file: URLs, gzipped or not, with their modification date', async () => {
    const path = join(directory, 'a list.bin');
    await writeFile(path, 'id,name\n1,Ann\n');
    await utimes(path, new Date(), new Date('2024-08-29T10:00:00Z'));
    const read = await readSource({ name: 'permits', from: path });
    expect(read).toMatchObject({
      name: 'permits',
      from: path,
      via: 'file',
      bytes: 14,
      fetchedAt: '2024-08-29T10:00:00.000Z',
      warnings: [],
    });
    expect((await readSource({ name: 'permits', from: pathToFileURL(path).href })).table).toEqual(read.table);
    await writeFile(path, gzipSync('id,name\n1,Ann\n'));
    expect((await readSource({ name: 'permits', from: path })).table).toEqual(read.table);
  });

  it.skipIf(noSharedData)('with exactly 1,000 rows cause a warning', async () => {
    const rows = snapshotRows(sharedData('schedule/schedule-2022-01-2809.csv')).slice(0, 1000);
    const path = join(directory, 'schedule.json');
    await writeFile(path, JSON.stringify(rows.map(({ cells }) => cells)));
    const { warnings } = await readSource({ name: 'schedule', from: path });
    expect(warnings).toEqual([
      'has exactly 1,000 rows, which is where a Socrata address without $limit stops: rows are probably missing',
    ]);
  });

  it.each([
    ['nothing/here.csv', 'permits (nothing/here.csv): there is no such file: check the path'],
    ['.', 'permits (.): is a directory: give the path of a file'],
    [
      'ftp://example.org/a.csv',
      'ftp://example.org/a.csv: ftp: is not supported: give a path, or an http: or https: URL',
    ],
    ['http://', 'http://: is not a valid URL: check how it is written'],
    [' ', 'the source: has no path or URL: give one, as in NAME=PATH_OR_URL'],
  ])('%j is refused', async (from, message) => {
    expect((await refusal(readSource({ name: 'permits', from }))).message).toBe(message);
  });
});

describe.skipIf(noSharedData)('real Socrata data sets in pages', () => {
  it.each([
    ['permits/permits-2022-03-02-487.json', 'json', 100],
    ['permits/permits-2022-03-02-487.json', 'json', 487],
    ['permits/permits-2024-08-29-489.csv', 'csv', 70],
    ['schedule/schedule-2022-01-2809.csv', 'json', 1000],
    ['schedule/schedule-2022-01-2809.csv', 'json', 5000],
  ])('%s as %s, %i rows per page: exactly its rows', async (name, extension, pageRows) => {
    const rows = snapshotRows(sharedData(name));
    city.publish('rqzj-sfat', rows);
    city.behaviour.gzip = true;
    const read = await readSource(
      { name: 'permits', from: `${city.origin}/resource/rqzj-sfat.${extension}` },
      { ...swift, pageRows },
    );
    const sorted = [...rows].sort((a, b) => (a.id < b.id ? -1 : 1)).map(({ cells }) => cells);
    const expected = readTable(Buffer.from(JSON.stringify(sorted)), name);
    expect(read.table.rows.map(({ cells }) => Object.fromEntries(cells))).toEqual(
      expected.rows.map(({ cells }) => Object.fromEntries(cells)),
    );
    expect(new Set(read.table.columns)).toEqual(new Set(expected.columns));
    expect(read).toMatchObject({ via: 'network', warnings: [] });
    expect(city.requests[0]?.query.get('$order')).toBe(':id');
    expect(city.requests[0]?.query.get('$limit')).toBe(String(pageRows));
  });
});

describe('pages', () => {
  it.each([1, 9, 10, 11, 19, 20, 28, 29, 100])('%i rows, 10 per page', async (count) => {
    city.publish('abcd-1234', numbered(count));
    const read = await readSource(list(), swift);
    expect(ids(read)).toEqual(upTo(count));
    expect(read.table.rows.map(({ line }) => line)).toEqual(upTo(count).map((i) => i + 1));
    // Every full page is followed by another one, which has at most 9 new rows, and so is a first page that may have been cut.
    expect(city.requests).toHaveLength(Math.max(2, Math.floor((count - 1) / 9) + 1));
  });

  it('continue if the server stops at its own limit', async () => {
    city.publish('abcd-1234', numbered(2500));
    city.behaviour.mostRows = 1000;
    expect(ids(await readSource(list(), { ...swift, pageRows: 5000 }))).toEqual(upTo(2500));
  });

  it.each<[string, (rows: CityRow[]) => CityRow[]]>([
    ['grows before the border', (rows) => [...rows, row(3.5)]],
    ['shrinks before the border', (rows) => rows.filter(({ cells }) => cells.objectid !== '3')],
    ['shrinks to nothing after the border', (rows) => rows.slice(0, 4)],
    ['loses the row at the border', (rows) => rows.filter(({ cells }) => cells.objectid !== '9')],
  ])('are read again if the data set %s meanwhile', async (_, change) => {
    const before = numbered(25);
    const after = change(before);
    city.publish('abcd-1234', before);
    city.behaviour.before = (count) => {
      if (count === 2) city.publish('abcd-1234', after);
    };
    const read = await readSource(list(), cached());
    expect(ids(read)).toEqual(after.map(({ cells }) => Number(cells.objectid)).sort((a, b) => a - b));
    expect(ids((await readCached(list(), cached())) as LoadedSource)).toEqual(ids(read));
  });

  it('fail, and leave nothing in the cache, if the data set keeps changing', async () => {
    city.behaviour.before = (count) => city.publish('abcd-1234', numbered(30, count));
    expect((await refusal(readSource(list(), cached()))).message).toBe(
      `permits (${list().from}): changed while it was read, 3 times: a page did not begin with the last row of the previous page; try again later, or give a file with --source permits=PATH`,
    );
    expect(await readCached(list(), cached())).toBeUndefined();
  });

  it.each([
    ['/resource/abcd-1234.json', 25, [':id', ':id', ':id']],
    ['/resource/abcd-1234.csv', 25, [':id', ':id', ':id']],
    ['/resource/abcd-1234.json?$order=applicant', 25, ['applicant,:id', 'applicant,:id', 'applicant,:id']],
    ['/resource/abcd-1234.json?$limit=7', 7, [null]],
    ['/resource/abcd-1234.json?%24limit=7', 7, [null]],
  ])('of %s have %i rows', async (path, count, orders) => {
    city.publish('abcd-1234', numbered(25));
    const read = await readSource({ name: 'permits', from: city.origin + path }, swift);
    expect(read.table.rows).toHaveLength(count);
    expect(city.requests.map(({ query }) => query.get('$order'))).toEqual(orders);
  });

  it('are not requested from other addresses, which do not get the app token either', async () => {
    city.publish('abcd-1234', numbered(11));
    city.publishFile('/list.csv', Buffer.from('id,name\n1,Ann\n'), 'text/csv');
    await readSource({ name: 'areas', from: `${city.origin}/list.csv` }, { ...swift, appToken: 'T0ken' });
    await readSource(list(), { ...swift, appToken: 'T0ken' });
    expect(city.requests.map(({ headers, query }) => [headers['x-app-token'], [...query.keys()]])).toEqual([
      [undefined, []],
      ['T0ken', ['$limit', '$offset', '$order']],
      ['T0ken', ['$limit', '$offset', '$order']],
    ]);
  });
});

describe('progress', () => {
  it('is reported while a source is fetched', async () => {
    city.publish('abcd-1234', numbered(25));
    city.faults.push({ kind: 'status', status: 503 });
    const events: ProgressEvent[] = [];
    const { bytes } = await readSource(list(), { ...swift, progress: (e) => events.push(e) });
    expect(events[0]).toMatchObject({
      phase: 'waiting to try again: status 503 Service Unavailable ("the portal is busy")',
      done: 1,
      total: 3,
    });
    const fetched = events.filter(({ phase }) => phase === 'fetching').map(({ done }) => done);
    expect(fetched).toEqual([...fetched].sort((a, b) => a - b));
    expect(fetched.at(-1)).toBe(bytes);
  });
});

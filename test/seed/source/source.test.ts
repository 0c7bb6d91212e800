// Longer than others: every part asks the same server and needs the same few helpers.
import { mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ProgressEvent } from '../../../seed/progress.ts';
import { readCached, readSource, type SourceOptions, type SourceRead } from '../../../seed/source/source.ts';
import { SourceError } from '../../../seed/source-error.ts';
import { readTable } from '../../../seed/table/table.ts';
import { noSharedData, sharedData } from '../../shared-data.ts';
import { type CityRow, type CityServer, type Fault, snapshotRows, startCityServer } from '../city-server.ts';

let city: CityServer;
let directory: string;
const swift = { backoffMs: 1, retryAfterMaxMs: 5, tries: 3, pageRows: 10 } satisfies SourceOptions;

beforeEach(async () => {
  city = await startCityServer();
  directory = await mkdtemp(join(tmpdir(), 'curbside-source-'));
});
afterEach(async () => {
  await city.stop();
  await rm(directory, { recursive: true });
});

/** `count` rows with ids in the order of their numbers. */
function numbered(count: number, first = 0): CityRow[] {
  return Array.from({ length: count }, (_, i) => row(first + i));
}
function row(number: number, more: object = {}): CityRow {
  return {
    id: `row-${number.toFixed(1).padStart(9, '0')}`,
    cells: { objectid: String(number), applicant: `Vendor ${number}`, ...more },
  };
}
const ids = (read: SourceRead) => read.table.rows.map(({ cells }) => Number(cells.get('objectid')));
const upTo = (count: number) => Array.from({ length: count }, (_, i) => i);
const list = () => ({ name: 'permits', from: `${city.origin}/resource/abcd-1234.json` });
const cached = (more: SourceOptions = {}) => ({ ...swift, cacheDirectory: join(directory, 'cache'), ...more });
const statuses = () => city.requests.map(({ status }) => status);

async function refusal(promise: Promise<unknown>): Promise<SourceError> {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof SourceError) return error;
  throw error ?? new Error('it was read');
}

describe('files', () => {
  it('are read from paths and file: URLs, packed or not, with their own date', async () => {
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

  it.skipIf(noSharedData)('of exactly 1,000 rows are suspected of being cut', async () => {
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
    ['ftp://example.org/a.csv', 'ftp://example.org/a.csv: ftp: is not read: give a path, or an http: or https: URL'],
    ['http://', 'http://: is not a valid URL: check how it is written'],
    [' ', 'the source: has no path or URL: give one, as in NAME=PATH_OR_URL'],
  ])('%j is refused', async (from, message) => {
    expect((await refusal(readSource({ name: 'permits', from }))).message).toBe(message);
  });
});

describe.skipIf(noSharedData)('Socrata sets in pages', () => {
  it.each([
    ['permits/permits-2022-03-02-487.json', 'json', 100],
    ['permits/permits-2022-03-02-487.json', 'json', 487],
    ['permits/permits-2024-08-29-489.csv', 'csv', 70],
    ['schedule/schedule-2022-01-2809.csv', 'json', 1000],
    ['schedule/schedule-2022-01-2809.csv', 'json', 5000],
  ])('%s as %s, %i a page: exactly its rows', async (name, extension, pageRows) => {
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
  it.each([1, 9, 10, 11, 19, 20, 28, 29, 100])('%i rows, 10 a page', async (count) => {
    city.publish('abcd-1234', numbered(count));
    const read = await readSource(list(), swift);
    expect(ids(read)).toEqual(upTo(count));
    expect(read.table.rows.map(({ line }) => line)).toEqual(upTo(count).map((i) => i + 1));
    // Every full page is followed by another, which has 9 new rows at most.
    expect(city.requests).toHaveLength(Math.floor((count - 1) / 9) + 1);
  });

  it('asks on when the server stops at its own limit', async () => {
    city.publish('abcd-1234', numbered(2500));
    city.behaviour.mostRows = 1000;
    expect(ids(await readSource(list(), { ...swift, pageRows: 5000 }))).toEqual(upTo(2500));
  });

  it.each<[string, (rows: CityRow[]) => CityRow[]]>([
    ['grows before the border', (rows) => [...rows, row(3.5)]],
    ['shrinks before the border', (rows) => rows.filter(({ cells }) => cells.objectid !== '3')],
    ['shrinks to nothing after the border', (rows) => rows.slice(0, 4)],
    ['loses the row at the border', (rows) => rows.filter(({ cells }) => cells.objectid !== '9')],
  ])('a set that %s while it is read is read again', async (_, change) => {
    const before = numbered(25);
    const after = change(before);
    city.publish('abcd-1234', before);
    city.behaviour.before = (count) => {
      if (count === 2) city.publish('abcd-1234', after);
    };
    const read = await readSource(list(), cached());
    expect(ids(read)).toEqual(after.map(({ cells }) => Number(cells.objectid)).sort((a, b) => a - b));
    expect(ids((await readCached(list(), cached())) as SourceRead)).toEqual(ids(read));
  });

  it('gives up, and keeps nothing, when the set never stands still', async () => {
    city.behaviour.before = (count) => city.publish('abcd-1234', numbered(30, count));
    expect((await refusal(readSource(list(), cached()))).message).toBe(
      `permits (${list().from}): changed while it was read, 3 times: a page did not begin with the last row of the one before; try again later, or give a file with --source permits=PATH`,
    );
    expect(await readCached(list(), cached())).toBeUndefined();
  });

  it.each([
    ['/resource/abcd-1234.json', 25, [':id', ':id', ':id']],
    ['/resource/abcd-1234.csv', 25, [':id', ':id', ':id']],
    ['/resource/abcd-1234.json?$order=applicant', 25, ['applicant,:id', 'applicant,:id', 'applicant,:id']],
    ['/resource/abcd-1234.json?$limit=7', 7, [null]],
    ['/resource/abcd-1234.json?%24limit=7', 7, [null]],
  ])('%s gives %i rows', async (path, count, orders) => {
    city.publish('abcd-1234', numbered(25));
    const read = await readSource({ name: 'permits', from: city.origin + path }, swift);
    expect(read.table.rows).toHaveLength(count);
    expect(city.requests.map(({ query }) => query.get('$order'))).toEqual(orders);
  });

  it('are not asked of other addresses, nor is the app token given to them', async () => {
    city.publish('abcd-1234', numbered(3));
    city.publishFile('/list.csv', Buffer.from('id,name\n1,Ann\n'), 'text/csv');
    await readSource({ name: 'areas', from: `${city.origin}/list.csv` }, { ...swift, appToken: 'T0ken' });
    await readSource(list(), { ...swift, appToken: 'T0ken' });
    expect(city.requests.map(({ headers, query }) => [headers['x-app-token'], [...query.keys()]])).toEqual([
      [undefined, []],
      ['T0ken', ['$limit', '$offset', '$order']],
    ]);
  });
});

describe('faults', () => {
  const busy = (status: number, retryAfter?: string): Fault => ({
    kind: 'status',
    status,
    ...(retryAfter ? { retryAfter } : {}),
  });
  const whole = () => ({ name: 'permits', from: `${city.origin}/list.json?key=s3cret` });
  beforeEach(() => {
    city.publishFile(
      '/list.json',
      Buffer.from(JSON.stringify(numbered(40).map(({ cells }) => cells))),
      'application/json',
    );
  });

  it.each<[string, Fault[]]>([
    ['429 with seconds', [busy(429, '1'), busy(429, '1')]],
    ['503 with a date', [busy(503, new Date(Date.now() + 3000).toUTCString())]],
    ['408, 500', [busy(408), busy(500)]],
    ['202, still processing', [busy(202)]],
    ['a broken connection', [{ kind: 'drop' }, { kind: 'cut' }]],
    ['a length that is too short', [{ kind: 'short-length' }]],
    ['half a body', [{ kind: 'half' }]],
    ['an empty body', [{ kind: 'empty' }]],
    ['no answer in time', [{ kind: 'slow', ms: 5000 }]],
  ])('%s: tried again until it is whole', async (_, faults) => {
    city.faults.push(...faults);
    const read = await readSource(whole(), { ...swift, tryTimeoutMs: 1_000 });
    expect(ids(read)).toEqual(upTo(40));
    expect(city.requests).toHaveLength(faults.length + 1);
  });

  it('waits as long as Retry-After says, but not longer than its bound', async () => {
    const options = { ...swift, totalTimeoutMs: 30_000 };
    city.faults.push(busy(503, '3600'));
    expect(ids(await readSource(whole(), { ...options, retryAfterMaxMs: 5 }))).toEqual(upTo(40));
    city.faults.push(busy(503, '3600'));
    expect(
      (await refusal(readSource(whole(), { ...options, totalTimeoutMs: 1_000, retryAfterMaxMs: 60_000 }))).message,
    ).toContain(': out of time; the last try: status 503 ');
    expect(city.requests).toHaveLength(3);
  });

  const gaveUp = /gave up after 3 tries in \d+ s: /;
  const later = 'try again later, or give a file with --source permits=PATH';
  it.each<[string, Fault, number, string]>([
    ['503', busy(503), 3, `status 503 Service Unavailable ("the portal is busy"); ${later}`],
    [
      '429',
      busy(429),
      3,
      'status 429 Too Many Requests ("the portal is busy"); set an app token, try again later, or give a file with --source permits=PATH',
    ],
    ['a dropped connection', { kind: 'drop' }, 3, `the connection was cut off; ${later}`],
    ['silence', { kind: 'slow', ms: 5000 }, 3, `no complete answer within 0.2 s; ${later}`],
    ['half a body', { kind: 'half' }, 3, `the answer ends in the middle of its JSON: it was cut off; ${later}`],
    ['an empty body', { kind: 'empty' }, 3, `the answer is empty; ${later}`],
    [
      '404',
      busy(404),
      1,
      'status 404 Not Found ("the portal is busy"); check the address, or give a file with --source permits=PATH',
    ],
    [
      '403',
      { kind: 'status', status: 403, body: '<html>' },
      1,
      'status 403 Forbidden; it wants credentials or an app token: set one, or give a file with --source permits=PATH',
    ],
    [
      '400',
      busy(400),
      1,
      'status 400 Bad Request ("the portal is busy"); check the address, or give a file with --source permits=PATH',
    ],
    [
      'a page',
      { kind: 'html' },
      1,
      'is an HTML page ("Scheduled maintenance"), not data: open the address in a browser to see what it says, and use the address of the CSV or JSON export',
    ],
    [
      'a body beyond the limit',
      { kind: 'huge' },
      1,
      'is larger than 200 MB, the most a source may have: check that it is the right one',
    ],
  ])('%s, each time: one sentence', async (_, fault, requests, sentence) => {
    city.faults.push(fault, fault, fault, fault);
    const { message } = await refusal(
      readSource(whole(), {
        ...swift,
        tryTimeoutMs: fault.kind === 'slow' ? 200 : 30_000,
      }),
    );
    expect(message.replace(gaveUp, '').replace(', line 1', '')).toBe(`permits (${city.origin}/list.json): ${sentence}`);
    expect(gaveUp.test(message)).toBe(requests === 3);
    expect(city.requests).toHaveLength(requests);
  });

  it('says which host refuses', async () => {
    const gone = await startCityServer();
    await gone.stop();
    const { message } = await refusal(
      readSource({ name: 'permits', from: `${gone.origin}/list.json` }, { ...swift, tries: 2 }),
    );
    expect(message.replace(/\d+ s:/, 'S s:')).toBe(
      `permits (${gone.origin}/list.json): gave up after 2 tries in S s: ${new URL(gone.origin).host} refused the connection; ${later}`,
    );
  });

  it('stops when the whole time is over, and when it is told to', async () => {
    city.faults.push(busy(503), busy(503), busy(503));
    const slowly = { ...swift, backoffMs: 10_000 };
    expect((await refusal(readSource(whole(), { ...slowly, totalTimeoutMs: 1_000 }))).message).toBe(
      `permits (${city.origin}/list.json): out of time; the last try: status 503 Service Unavailable ("the portal is busy"); ${later}`,
    );
    const stop = new AbortController();
    city.behaviour.before = () => stop.abort();
    expect((await refusal(readSource(whole(), { ...slowly, signal: stop.signal }))).message).toBe(
      `permits (${city.origin}/list.json): was stopped; ${later}`,
    );
  });
});

describe('the kept copy', () => {
  beforeEach(() => city.publish('abcd-1234', numbered(25)));

  it('is confirmed page by page, and replaced where a page changed', async () => {
    const first = await readSource(list(), cached());
    expect(first).toMatchObject({ via: 'network', unchanged: false });
    const second = await readSource(list(), cached());
    expect(second).toMatchObject({ via: 'network', unchanged: true, warnings: [] });
    expect(second.table).toEqual(first.table);
    expect(second.bytes).toBe(first.bytes);

    city.publish('abcd-1234', [...numbered(24), row(24, { applicant: 'Renamed' })]);
    const third = await readSource(list(), cached());
    expect(third.unchanged).toBe(false);
    expect(third.table.rows.at(-1)?.cells.get('applicant')).toBe('Renamed');
    expect(ids(third)).toEqual(upTo(25));

    city.publish('abcd-1234', numbered(30));
    expect(ids(await readSource(list(), cached()))).toEqual(upTo(30));
    city.publish('abcd-1234', numbered(10));
    expect(ids(await readSource(list(), cached()))).toEqual(upTo(10));
  });

  it('asks with what the server gave: 200, then 304 for each page', async () => {
    await readSource(list(), cached());
    await readSource(list(), cached());
    await expect.poll(statuses).toEqual([200, 200, 200, 304, 304, 304]);
    await readSource(list(), cached({ pageRows: 20 }));
    await expect.poll(() => statuses().slice(6)).toEqual([200, 200]);
    city.behaviour.validators = false;
    await readSource(list(), cached());
    const last = await readSource(list(), cached());
    expect(last.unchanged).toBe(false);
    expect(city.requests.at(-1)?.headers['if-none-match']).toBeUndefined();
  });

  it('is read without the network, and used when the network fails if that is wanted', async () => {
    expect(await readCached(list(), cached())).toBeUndefined();
    const { table, bytes, fetchedAt } = await readSource(list(), cached());
    const copy = { table, bytes, fetchedAt, name: 'permits', from: list().from, via: 'cache', unchanged: false };
    const requests = city.requests.length;
    expect(await readCached(list(), cached())).toEqual({ ...copy, warnings: [] });
    expect(city.requests).toHaveLength(requests);
    expect(await readCached(list(), swift)).toBeUndefined();
    expect(await readCached({ ...list(), paging: 'whole' }, cached())).toBeUndefined();

    city.faults.push({ kind: 'html' }, { kind: 'html' });
    await refusal(readSource(list(), cached()));
    const { warnings, ...read } = await readSource(list(), cached({ offlineOk: true }));
    expect(read).toEqual(copy);
    expect(warnings).toEqual([expect.stringMatching(/^the copy of 20\S+Z is used: permits .* is an HTML page/)]);
  });

  const damages: [string, (json: string, body: string) => Promise<void>][] = [
    ['whose JSON is cut', async (json) => writeFile(json, (await readFile(json, 'utf8')).slice(0, 60))],
    ['whose JSON is another', (json) => writeFile(json, '{"format":1}')],
    [
      'whose JSON is of another format',
      async (json) => writeFile(json, (await readFile(json, 'utf8')).replace('"format": 1', '"format": 99')),
    ],
    ['whose body is cut', async (_, body) => writeFile(body, (await readFile(body)).subarray(0, 100))],
    [
      'whose body has changed',
      async (_, body) => writeFile(body, (await readFile(body, 'utf8')).replace('Vendor 7', 'Vendor 8')),
    ],
    ['whose body is gone', (_, body) => rm(body)],
  ];
  it.each(damages)('%s is not used; it is fetched again, and said', async (_, damage) => {
    await readSource(list(), cached());
    const files = (await readdir(join(directory, 'cache'))).sort().map((file) => join(directory, 'cache', file));
    const json = files.find((file) => file.endsWith('.json')) ?? '';
    const body = files.find((file) => file.endsWith('.body')) ?? '';
    expect(files).toEqual([body, json].sort());
    await damage(json, body);
    expect(await readCached(list(), cached())).toBeUndefined();
    const read = await readSource(list(), cached());
    expect(ids(read)).toEqual(upTo(25));
    expect(read).toMatchObject({ via: 'network', unchanged: false });
    expect(read.warnings).toEqual([expect.stringContaining(`the kept copy ${json} is damaged and not used (`)]);
    expect((await readSource(list(), cached())).warnings).toEqual([]);
  });

  it('stays whole when a write died half-way, and cleans up after it', async () => {
    const first = await readSource(list(), cached());
    const folder = join(directory, 'cache');
    const [body = ''] = (await readdir(folder)).filter((file) => file.endsWith('.body'));
    const other = join(folder, body.replace(/\.[0-9a-f]+\.body$/, '.0123456789ab.body'));
    const temporary = join(folder, `${body}.0123456789ab.tmp`);
    await writeFile(other, '[{"objectid"');
    await writeFile(temporary, '[{"obj');
    await utimes(temporary, new Date(), new Date(Date.now() - 86_400_000));
    expect((await readCached(list(), cached()))?.table).toEqual(first.table);
    city.publish('abcd-1234', numbered(12));
    await readSource(list(), cached());
    expect((await readdir(folder)).map((file) => file.replace(/.*\./, '')).sort()).toEqual(['body', 'json']);
  });

  it('that cannot be written costs a warning, not the data', async () => {
    const file = join(directory, 'occupied');
    await writeFile(file, '');
    const read = await readSource(list(), cached({ cacheDirectory: join(file, 'cache') }));
    expect(ids(read)).toEqual(upTo(25));
    expect(read.warnings).toEqual([expect.stringMatching(/^cannot keep a copy in .*occupied/)]);
  });

  it('holds no secret', async () => {
    const { host } = new URL(city.origin);
    city.publishFile('/list.csv', Buffer.from('id,name\n1,Ann\n'), 'text/csv');
    const from = `http://me:pa55@${host}/list.csv?$$app_token=s3cret&v=2#top`;
    const read = await readSource({ name: 'permits', from }, cached({ appToken: 's3cret' }));
    expect(read.from).toBe(`http://${host}/list.csv?v=2`);
    expect(city.requests[0]?.headers.authorization).toBe(`Basic ${Buffer.from('me:pa55').toString('base64')}`);
    for (const file of await readdir(join(directory, 'cache'))) {
      const path = join(directory, 'cache', file);
      expect(file + (await readFile(path, 'utf8'))).not.toMatch(/s3cret|pa55/);
      expect((await stat(path)).isFile()).toBe(true);
    }
  });
});

describe('progress', () => {
  it('is told while a source is fetched', async () => {
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

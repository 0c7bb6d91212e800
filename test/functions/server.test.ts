import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MetaResponse } from '../../functions/http/openapi/schemas/meta.ts';
import type { SearchResponse } from '../../functions/http/openapi/schemas/search.ts';
import { type Running, run, startServer } from '../fixtures/server-process.ts';
import { noSharedData, sharedData } from '../fixtures/shared-data.ts';

const scratch = mkdtempSync(`${tmpdir()}/curbside-server-`);
afterAll(() => rmSync(scratch, { recursive: true }));
const OFFLINE = ['--refresh', 'off', '--data-dir', `${scratch}/none`];

const get = async <Answer>(url: string) => (await (await fetch(url)).json()) as Answer;

describe('the server without settings, service, key or network', () => {
  let server: Running;
  beforeAll(async () => {
    server = await startServer(OFFLINE);
  });
  afterAll(() => server.stop());

  it('says how much it loaded, and that it is the sample', () => {
    expect(server.said()).toMatch(/Total trucks loaded: \d+ vendors in \d+ places, from the bundled sample data/);
  });

  it.each(['tacos', 'coffee', 'vegan'])('finds %s in the sample, with a warning that it is one', async (q) => {
    const { hits, trucks, warnings, meta } = await get<SearchResponse>(`${server.url}/search?q=${q}`);
    expect(hits).toBeGreaterThan(1);
    expect(hits).toBe(trucks.length);
    expect(warnings.join()).toContain('sample data');
    expect(meta.origin).toBe('sample');
  });

  it('serves the page and its precompressed files', async () => {
    const page = await fetch(`${server.url}/`);
    expect(page.headers.get('Content-Type')).toContain('text/html');
    expect(page.headers.get('Content-Security-Policy')).toContain("default-src 'none'");
    const html = await page.text();
    const script = /src="(assets\/main-\w+\.js)"/.exec(html)?.[1];
    const loaded = await fetch(`${server.url}/${script}`, { headers: { 'Accept-Encoding': 'br' } });
    expect([loaded.status, loaded.headers.get('Content-Encoding')]).toEqual([200, 'br']);
  });

  it.each(['/..%2f..%2fpackage.json', '/assets/../../server.js', '/%00', '/.env', '/assets'])(
    'reveals no file under %s',
    async (path) => {
      const response = await fetch(`${server.url}${path}`);
      expect(response.status).toBe(404);
      expect(response.headers.get('Content-Type')).toContain('application/problem+json');
    },
  );

  it('answers HEAD, compresses, and is ready', async () => {
    const head = await fetch(`${server.url}/search?q=tacos`, { method: 'HEAD' });
    expect([head.status, await head.text()]).toEqual([200, '']);
    const packed = await fetch(`${server.url}/search?q=tacos`, { headers: { 'Accept-Encoding': 'gzip' } });
    expect(packed.headers.get('Content-Encoding')).toBe('gzip');
    expect(await get(`${server.url}/healthz`)).toMatchObject({ status: 'ok', engine: { name: 'embedded', up: true } });
  });
});

describe('a stopping server', () => {
  it('answers pending requests, and exits with 0', async () => {
    // On a busy machine, 50 requests at once would be an overload.
    const server = await startServer([...OFFLINE, '--max-delay', 'off']);
    const answers = Array.from({ length: 50 }, () => get(`${server.url}/search?q=tacos`));
    // Now the kernel has all of the requests, and the server has read a few.
    await Promise.race(answers);
    const ended = server.stop();
    for (const answer of await Promise.all(answers)) expect(answer).toMatchObject({ status: 'success' });
    expect(await ended).toBe(0);
  });
});

describe('the server fails with one sentence and exit code 1', () => {
  it('if its port is taken, naming a free one', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    const { port } = await new Promise<AddressInfo>((resolve) =>
      other.once('listening', () => resolve(other.address() as AddressInfo)),
    );
    const { code, stderr } = await run('server', [...OFFLINE, '--port', String(port)]);
    other.close();
    expect(code).toBe(1);
    const [, free] = /^curbside: port \d+ on 127\.0\.0\.1 is taken; (\d+) is free: --port \1$/m.exec(stderr) ?? [];
    expect(Number(free)).toBeGreaterThan(0);
    expect(Number(free)).not.toBe(port);
  });

  it.each([
    [['--source', 'permits=/no/such.csv'], 'permits (/no/such.csv): there is no such file: check the path'],
    [['--source', 'permits=package.json'], 'permits (package.json)'],
    [['--source', 'menus=package.json'], 'has no source "menus"; it has permits, schedule'],
    [['--source', 'schedule=package.json'], 'a source "permits" is needed'],
    [['--source', 'permits=ftp://127.0.0.1/x'], 'ftp'],
    [['--verbose'], "Unknown option '--verbose'. See --help"],
    [['--city', 'atlantis'], 'there is no city "atlantis"'],
    [['--city', 'vancouver'], 'there is no saved data of vancouver, and --refresh off forbids downloads'],
    [
      ['--engine', 'opensearch', '--opensearch-url', 'http://127.0.0.1:1', '--wait', '700ms'],
      'opensearch at 127.0.0.1:1 is not ready after 1 s and 2 tries',
    ],
    [['--engine', 'opensearch', '--opensearch-auth', 'sigv4'], 'needs --aws-region or AWS_REGION'],
    [['--engine', 'opensearch', '--opensearch-url', 'ftp://me:secret@x'], 'got "ftp://…@x"'],
  ])('for %j', async (args, sentence) => {
    const { code, stderr } = await run('server', [...OFFLINE, '--port', '0', ...args]);
    expect(code).toBe(1);
    expect(stderr).toContain(sentence);
    expect(
      stderr
        .trim()
        .split('\n')
        .filter((line) => line.startsWith('curbside: ')),
    ).toHaveLength(1);
    expect(stderr).not.toMatch(/\n\s+at /);
  });

  it('prints its settings with --help', async () => {
    const { code, stdout } = await run('server', ['--help']);
    expect(code).toBe(0);
    for (const flag of ['--port', '--source', '--refresh']) expect(stdout).toContain(flag);
  });
});

type PermitJson = { objectid: string; applicant: string; fooditems?: string; latitude?: string; longitude?: string };

describe.skipIf(noSharedData)('the city’s permits and schedule of 2022', () => {
  const permits = sharedData('permits/permits-2022-03-02-487.json');
  const schedule = sharedData('schedule/schedule-2022-01-2809.csv');
  let server: Running;
  beforeAll(async () => {
    server = await startServer([...OFFLINE, '--source', `permits=${permits}`, '--source', `schedule=${schedule}`]);
  });
  afterAll(() => server.stop());

  it('finds every vendor that has tacos and a place, with the right totals', async () => {
    const answer = await get<SearchResponse>(`${server.url}/search?q=tacos&status=any`);
    expect(answer.trucks).toHaveLength(answer.hits);
    expect(answer.trucks.reduce((sum, { branches }) => sum + branches.length, 0)).toBe(answer.locations);

    // Counted without the loader: applicants with the word and a place, in the permits or else in the schedule.
    const rows = JSON.parse(readFileSync(permits, 'utf8')) as PermitJson[];
    const scheduleRows = parse<{ locationid: string }>(readFileSync(schedule), { columns: true });
    const scheduled = new Set(scheduleRows.map(({ locationid }) => locationid));
    const letters = (name: string) =>
      name
        .toLowerCase()
        .replace(/^.*\bdba\b/, '')
        .replace(/[^a-z0-9]/g, '');
    const having = (text: (row: PermitJson) => string, isPlaced: (row: PermitJson) => boolean) => {
      const placed = new Set(rows.filter(isPlaced).map((row) => letters(row.applicant)));
      const worded = rows.filter((row) => /\btaco'?s?\b/i.test(text(row))).map((row) => letters(row.applicant));
      return [...new Set(worded.filter((name) => placed.has(name)))].sort();
    };
    const food = (row: PermitJson) => row.fooditems ?? '';
    expect(having(food, (row) => Number(row.latitude) !== 0)).toHaveLength(26);
    const everything = (row: PermitJson) => `${food(row)} ${row.applicant}`;
    const expected = having(everything, (row) => Number(row.latitude) !== 0 || scheduled.has(row.objectid));
    expect(answer.trucks.map(({ name }) => letters(name)).sort()).toEqual(expected);
  });

  it('drops the 14 rows without a place and shows nothing at 0,0', async () => {
    const { counts, accounts } = await get<MetaResponse>(`${server.url}/meta`);
    const account = accounts.find(({ name }) => name === 'permits');
    expect(account).toMatchObject({ rowsIn: 487, kept: counts.branches });
    const dropped = Object.values(account?.dropped ?? {}).reduce((sum, count) => sum + count, 0);
    expect(counts.branches + dropped).toBe(487);
    const island = await get<SearchResponse>(`${server.url}/search?lat=0&lon=0&radius=50000&status=any`);
    expect(island).toMatchObject({ hits: 0, locations: 0, trucks: [] });
  });
});

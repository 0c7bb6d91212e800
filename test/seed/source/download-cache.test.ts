import { readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { readCached, readSource } from '../../../seed/source/read-source.ts';

import { cached, city, directory, ids, list, numbered, refusal, row, statuses, swift, upTo } from './portal.ts';

describe('the cached copy', () => {
  beforeEach(() => city.publish('abcd-1234', numbered(25)));

  it('is revalidated page by page, and changed pages are replaced', async () => {
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

  it('is revalidated with the server’s ETags: 200, then 304 for each page', async () => {
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

  it('can be read without the network, and is used on request if the network fails', async () => {
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
    expect(warnings).toEqual([expect.stringMatching(/^using the cached copy of 20\S+Z: permits .* is an HTML page/)]);
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
  it.each(damages)('%s is not used but fetched again, with a warning', async (_, damage) => {
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
    expect(read.warnings).toEqual([expect.stringContaining(`the cached copy ${json} is damaged and not used (`)]);
    expect((await readSource(list(), cached())).warnings).toEqual([]);
  });

  it('survives a write that died half-way, and is cleaned up later', async () => {
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

  it('causes only a warning if it cannot be written', async () => {
    const file = join(directory, 'occupied');
    await writeFile(file, '');
    const read = await readSource(list(), cached({ cacheDirectory: join(file, 'cache') }));
    expect(ids(read)).toEqual(upTo(25));
    expect(read.warnings).toEqual([expect.stringMatching(/^cannot cache the download in .*occupied/)]);
  });

  it('contains no secret', async () => {
    const { host } = new URL(city.origin);
    city.publishFile('/list.csv', Buffer.from('id,name\n1,Ann\n'), 'text/csv');
    const from = `http://me:pa55@${host}/list.csv?$$app_token=s3cret&v=2#top`;
    const read = await readSource({ name: 'permits', from }, cached({ appToken: 's3cret' }));
    expect(read.from).toBe(`http://${host}/list.csv?$$app_token=***&v=2`);
    expect(city.requests[0]?.headers.authorization).toBe(`Basic ${Buffer.from('me:pa55').toString('base64')}`);
    for (const file of await readdir(join(directory, 'cache'))) {
      const path = join(directory, 'cache', file);
      expect(file + (await readFile(path, 'utf8'))).not.toMatch(/s3cret|pa55/);
      expect((await stat(path)).isFile()).toBe(true);
    }
  });
});

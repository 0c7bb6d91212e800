import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readCached, readSource } from '../../../seed/source/read-source.ts';
import { cached, city, directory, ids, list, numbered, refusal, swift, upTo } from './portal.ts';
import { startWebServer } from './web-server.ts';

const all = upTo(250).map((objectid) => ({ objectid, applicant: `Vendor ${objectid}` }));
type Query = (parameter: string) => number;

/** A server with one answer for each page, and the queries that it got. */
async function paged(answer: (query: Query) => unknown) {
  const queries: string[] = [];
  const origin = await startWebServer((request, response) => {
    const { search, searchParams } = new URL(request.url ?? '', 'http://127.0.0.1');
    queries.push(search);
    const body = answer((name) => Number(searchParams.get(name) ?? Number.NaN));
    response.setHeader('content-type', 'application/json').end(JSON.stringify(body));
  });
  return { origin, queries };
}
const or = (value: number, other: number) => (Number.isNaN(value) ? other : value);

const ckan = (cap: number) => (query: Query) => {
  const offset = or(query('offset'), 0);
  const limit = Math.min(or(query('limit'), 100), cap);
  return { success: true, result: { records: all.slice(offset, offset + limit), total: all.length, limit } };
};
const opendatasoft = (query: Query) => {
  const offset = or(query('offset'), 0);
  return { total_count: all.length, results: all.slice(offset, offset + Math.min(or(query('limit'), 10), 100)) };
};
const arcgis = (query: Query) => {
  const offset = or(query('resultOffset'), 0);
  const features = all.slice(offset, offset + 100).map((attributes) => ({ attributes }));
  return { objectIdFieldName: 'objectid', features, exceededTransferLimit: offset + 100 < all.length };
};
const arcgisGeojson = (query: Query) => {
  const offset = or(query('resultOffset'), 0);
  const features = all
    .slice(offset, offset + 100)
    .map((properties) => ({ type: 'Feature', properties, geometry: null }));
  return { type: 'FeatureCollection', features, properties: { exceededTransferLimit: offset + 100 < all.length } };
};

describe('a portal that returns a part', () => {
  it.each<[string, string, (query: Query) => unknown, string[]]>([
    ['CKAN', '', ckan(100), ['', '?offset=100', '?offset=200']],
    [
      'CKAN, capped below what was asked',
      '?limit=200',
      ckan(90),
      ['?limit=200', '?limit=200&offset=90', '?limit=200&offset=180'],
    ],
    ['Opendatasoft', '?limit=100', opendatasoft, ['?limit=100', '?limit=100&offset=100', '?limit=100&offset=200']],
    [
      'ArcGIS',
      '?f=json',
      arcgis,
      ['?f=json', '?f=json&resultOffset=100&orderByFields=objectid', '?f=json&resultOffset=200&orderByFields=objectid'],
    ],
    [
      'ArcGIS as GeoJSON',
      '?f=geojson',
      arcgisGeojson,
      ['?f=geojson', '?f=geojson&resultOffset=100', '?f=geojson&resultOffset=200'],
    ],
  ])('%s is asked for the rest', async (_, search, answer, queries) => {
    const server = await paged(answer);
    const source = { name: 'permits', from: `${server.origin}/data${search}` };
    const read = await readSource(source, cached());
    expect(ids(read)).toEqual(upTo(250));
    expect(read.table.rows.map(({ line }) => line)).toEqual(upTo(250).map((at) => at + 1));
    expect(server.queries).toEqual(queries);
    expect((await readCached(source, cached()))?.table).toEqual(read.table);
  });

  it('from an offset that the operator chose, is read to the end', async () => {
    const { origin } = await paged(ckan(100));
    const read = await readSource({ name: 'permits', from: `${origin}/data?offset=30` }, swift);
    expect(ids(read)).toEqual(upTo(250).slice(30));
  });

  it.each<[string, unknown, RegExp]>([
    [
      'CKAN ignores the offset',
      { success: true, result: { records: all.slice(0, 100), total: 250 } },
      /begins with the same row as the page before: the server ignores offset, and 200 of 250 rows are not all$/,
    ],
    [
      'ArcGIS ignores the offset',
      { features: all.slice(0, 100).map((attributes) => ({ attributes })), exceededTransferLimit: true },
      /the server ignores resultOffset/,
    ],
    [
      'OGC API Features has more',
      {
        type: 'FeatureCollection',
        numberMatched: 250,
        features: all.slice(0, 100).map((properties) => ({ type: 'Feature', properties, geometry: null })),
      },
      /has 100 of 250 rows, because the server returns no more at once: use the portal's export of the whole table$/,
    ],
  ])('and cannot be asked for the rest, is refused: %s', async (_, answer, sentence) => {
    const { origin } = await paged(() => answer);
    expect((await refusal(readSource({ name: 'permits', from: `${origin}/data` }, cached()))).message).toMatch(
      sentence,
    );
    expect(await readCached({ name: 'permits', from: `${origin}/data` }, cached())).toBeUndefined();
  });

  it('and then nothing, is refused', async () => {
    const { origin } = await paged((query) => {
      const records = Number.isNaN(query('offset')) ? all.slice(0, 100) : [];
      return { success: true, result: { records, total: 250 } };
    });
    const { message } = await refusal(readSource({ name: 'permits', from: `${origin}/data` }, swift));
    expect(message).toContain('has no rows, though only 100 of 250 were read');
  });

  it('in a file is refused', async () => {
    const path = join(directory, 'part.json');
    await writeFile(path, JSON.stringify(ckan(100)(() => Number.NaN)));
    const { message } = await refusal(readSource({ name: 'permits', from: path }, swift));
    expect(message).toContain('has 100 of 250 rows, because the server returns no more at once');
  });
});

describe('status 206', () => {
  const body = 'objectid,applicant\n0,Ann\n';
  const ranged = (range: string) =>
    startWebServer((_, response) => {
      response.writeHead(206, range === '' ? {} : { 'content-range': range }).end(body);
    });

  it.each([
    ['items 0-99/250', 'items 0-99/250'],
    [`bytes 0-24/9000`, 'bytes 0-24/9000'],
    ['', 'of unknown size'],
    ['bytes 0-24/*', 'bytes 0-24/*'],
  ])('with the range %j is refused', async (range, shown) => {
    const from = `${await ranged(range)}/data.csv`;
    expect((await refusal(readSource({ name: 'permits', from }, swift))).message).toBe(
      `permits (${from}): status 206: the server sent only a part (${shown}); use the address of an export of the whole table, or give a file with --source permits=PATH`,
    );
  });

  it('with the range of the whole is accepted', async () => {
    const from = `${await ranged(`bytes 0-${body.length - 1}/${body.length}`)}/data.csv`;
    expect((await readSource({ name: 'permits', from }, swift)).table.rows).toHaveLength(1);
  });
});

describe('a Socrata server with a limit of its own', () => {
  it.each([7, 500, 999])('of %i rows is read to the end', async (mostRows) => {
    city.publish('abcd-1234', numbered(1234));
    city.behaviour.mostRows = mostRows;
    expect(ids(await readSource(list(), { ...swift, pageRows: 5000 }))).toEqual(upTo(1234));
  });
});

it('the charset of the Content-Type is used, and kept in the cache', async () => {
  const origin = await startWebServer((_, response) => {
    response.setHeader('content-type', 'text/csv; charset="windows-1251"');
    response.end(Buffer.from('objectid,applicant\n0,\xcf\xe8\xf0\xee\xe3\n', 'latin1'));
  });
  const source = { name: 'permits', from: `${origin}/data.csv` };
  const read = await readSource(source, cached());
  expect(read.table.rows[0]?.cells.get('applicant')).toBe('Пирог');
  expect(read.warnings).toEqual([]);
  expect((await readCached(source, cached()))?.table).toEqual(read.table);
});

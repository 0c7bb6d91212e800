import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Vendor } from '../../functions/model/vendor.ts';
import { sanFrancisco } from '../fixtures/cities.ts';
import { noSharedData, sharedData } from '../fixtures/shared-data.ts';
import { loadFiles, SCHEDULE_2017, SCHEDULE_2022 } from './load-snapshot.ts';

type Raw = Record<string, string>;

const quoted = (value: string, all = false) =>
  all || /["\n\r,;\t|]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;

function writeCsv(rows: Raw[], { delimiter = ',', end = '\n', all = false, bom = '' } = {}): string {
  const names = Object.keys(rows[0] ?? {});
  const lines = [names, ...rows.map((row) => names.map((name) => row[name] ?? ''))];
  return bom + lines.map((line) => line.map((value) => quoted(value, all)).join(delimiter) + end).join('');
}

const renamed = (rows: Raw[], rename: (name: string) => string): Raw[] =>
  rows.map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [rename(name), value])));
const without = (rows: Raw[], ...names: string[]): Raw[] =>
  rows.map((row) => Object.fromEntries(Object.entries(row).filter(([name]) => !names.includes(name))));
const point = ({ Latitude = '', Longitude = '' }: Raw) => ({ latitude: Latitude || '0', longitude: Longitude || '0' });
/** Without blanks, as in the API. */
const filled = (row: object) => Object.fromEntries(Object.entries(row).filter(([, value]) => value !== ''));
const apiName = (name: string) => (name === 'locationid' ? 'objectid' : name.toLowerCase());
const isoDate = (text = '') => text.replace(/^(\d\d)\/(\d\d)\/(\d{4}) 12:00:00 AM$/, '$3-$1-$2T00:00:00.000');
const api = (rows: Raw[]) =>
  renamed(rows, apiName).map((row) => ({
    ...row,
    approved: isoDate(row.approved),
    expirationdate: isoDate(row.expirationdate),
  }));
const PLACES = ['X', 'Y', 'Latitude', 'Longitude', 'Location'];

/** The same rows in the file formats of other years and exports. */
const ERAS: [name: string, write: (rows: Raw[]) => string | Uint8Array][] = [
  [
    'columns in another order',
    (rows) => writeCsv(rows.map((row) => Object.fromEntries(Object.entries(row).reverse()))),
  ],
  ['semicolons and a BOM', (rows) => writeCsv(rows, { delimiter: ';', bom: '\uFEFF' })],
  ['tabs and CRLF', (rows) => writeCsv(rows, { delimiter: '\t', end: '\r\n' })],
  ['gzip', (rows) => gzipSync(writeCsv(rows))],
  [
    'names in capitals, separated by blanks',
    (rows) => writeCsv(renamed(rows, (name) => name.replace(/(?<=[a-z])(?=[A-Z])/g, ' ').toUpperCase())),
  ],
  ['ObjectID, as in 2013', (rows) => writeCsv(renamed(rows, (name) => (name === 'locationid' ? 'ObjectID' : name)))],
  [
    'everything quoted, newlines in Location, as in 2023',
    (rows) =>
      writeCsv(
        api(rows).map((row, at) => {
          const { latitude, longitude } = point(rows[at] ?? {});
          return { ...row, location: `\n,  \n(${latitude}, ${longitude})` };
        }),
        { all: true },
      ),
  ],
  [
    'POINT (lon lat) only',
    (rows) =>
      writeCsv(
        without(rows, ...PLACES).map((row, at) => {
          const { latitude, longitude } = point(rows[at] ?? {});
          return { ...row, Location: `POINT (${longitude} ${latitude})` };
        }),
      ),
  ],
  ['(lat, lon) only', (rows) => writeCsv(without(rows, 'X', 'Y', 'Latitude', 'Longitude'))],
  ['latitude and longitude only', (rows) => writeCsv(without(rows, 'X', 'Y', 'Location'))],
  [
    'location {needs_recoding}, as in 2014',
    (rows) =>
      JSON.stringify(
        api(without(rows, ...PLACES)).map((row, at) => {
          const { latitude, longitude } = point(rows[at] ?? {});
          return filled({
            ...row,
            ...(latitude === '0' ? {} : { location: { needs_recoding: false, longitude, latitude } }),
          });
        }),
      ),
  ],
  [
    'title-case JSON with an address in its location, as in 2022',
    (rows) =>
      JSON.stringify(
        rows.map((row) =>
          filled({ ...row, Location: { ...point(row), human_address: '{"address": "", "city": ""}' } }),
        ),
      ),
  ],
  [
    'numbers and nulls instead of texts in JSON',
    (rows) =>
      JSON.stringify(
        rows.map((row) =>
          Object.fromEntries(
            Object.entries(row).map(([name, value]) => [
              name.toLowerCase(),
              value === '' ? null : /^(latitude|longitude|x|y|locationid)$/i.test(name) ? Number(value) : value,
            ]),
          ),
        ),
      ),
  ],
  [
    'GeoJSON',
    (rows) =>
      JSON.stringify({
        type: 'FeatureCollection',
        features: api(without(rows, ...PLACES)).map((properties, at) => {
          const { latitude, longitude } = point(rows[at] ?? {});
          const geometry = { type: 'Point', coordinates: [Number(longitude), Number(latitude)] };
          return { type: 'Feature', properties, geometry: latitude === '0' ? null : geometry };
        }),
      }),
  ],
  [
    'rows.json',
    (rows) => {
      const names = Object.keys(rows[0] ?? {});
      const own = [':sid', ':id'].map((fieldName) => ({
        name: fieldName.slice(1),
        fieldName,
        dataTypeName: 'meta_data',
      }));
      const columns = names.map((name) => ({ name, fieldName: apiName(name), dataTypeName: 'text' }));
      const data = rows.map((row, at) => [at, `row-${at}`, ...names.map((name) => row[name] || null)]);
      return JSON.stringify({ meta: { view: { columns: [...own, ...columns] } }, data });
    },
  ],
  ['more columns', (rows) => writeCsv(rows.map((row, at) => ({ Inspector: `No. ${at}`, ...row, Paws: 'no' })))],
  ['blank lines at the end', (rows) => `${writeCsv(rows)}\n\n`],
  ['no newline at the end', (rows) => writeCsv(rows).trimEnd()],
];

const directory = mkdtemp(`${tmpdir()}/curbside-eras-`);
afterAll(async () => rm(await directory, { recursive: true }));

describe.skipIf(noSharedData).each([
  ['2017-06-19', 'permits/permits-2017-06-19-764.csv', SCHEDULE_2017],
  ['2021-12-09', 'permits/permits-2021-12-09-629.csv', SCHEDULE_2022],
])('the permits of %s in other file formats', (_, file, schedule) => {
  let rows: Raw[];
  let expected: readonly Vendor[];
  beforeAll(async () => {
    rows = parse(readFileSync(sharedData(file)), { columns: true });
    expected = (await loadFiles(sanFrancisco, { permits: sharedData(file), schedule })).release.vendors;
  });

  const loadAs = async (content: string | Uint8Array) => {
    const path = join(await directory, 'permits');
    await writeFile(path, content);
    return loadFiles(sanFrancisco, { permits: path, schedule });
  };

  it.each(ERAS)('%s: the same vendors', async (_name, write) => {
    const { release, report } = await loadAs(write(rows));
    expect(report.sources.permits?.rowsIn).toBe(rows.length);
    expect(release.vendors).toHaveLength(expected.length);
    expect(release.vendors).toEqual(expected);
  });

  it('reports new and missing columns; the rest is the same', async () => {
    const { report } = await loadAs(writeCsv(rows.map((row) => ({ ...row, Paws: 'no' }))));
    expect(report.warnings).toContain('permits: columns that nothing reads: Paws');
    const optional = ['Schedule', 'permit', 'NOISent', 'PriorPermit', 'blocklot', 'LocationDescription', 'cnn'];
    const fewer = await loadAs(writeCsv(without(rows, ...optional)));
    expect(fewer.report.warnings).toContain('permits: no column for description, permit, permitUrl');
    const segments = new Set(rows.map(({ LocationDescription }) => LocationDescription));
    const same = expected.map((vendor) => ({
      ...vendor,
      branches: vendor.branches.map((branch) => ({
        ...branch,
        descriptions: branch.descriptions.filter((text) => !segments.has(text)),
        permit: null,
        permitUrl: null,
      })),
    }));
    expect(fewer.release.vendors).toEqual(same);
  });
});

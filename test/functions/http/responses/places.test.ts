import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openEmbedded } from '../../../../functions/engine/embedded/release-engine.ts';
import type { GeojsonResponse } from '../../../../functions/http/openapi/schemas/geojson.ts';
import type { SearchFailure } from '../../../../functions/http/openapi/schemas/problem.ts';
import type { SearchResponse } from '../../../../functions/http/openapi/schemas/search.ts';
import { csv, SEARCH_COLUMNS } from '../../../../functions/http/responses/csv.ts';
import { limitPlaces } from '../../../../functions/http/responses/places.ts';
import { branch, town, vendor } from '../../../fixtures/town.ts';
import { appOf } from '../app-of.ts';

const QUERY = 'bbox=-101,39,-99,41&lat=40&lon=-100';

async function geojson(params: string, app = appOf()): Promise<GeojsonResponse> {
  const response = await app.request(`/search?${params}&format=geojson`);
  expect([response.status, response.headers.get('Content-Type')]).toEqual([200, 'application/geo+json']);
  return response.json() as Promise<GeojsonResponse>;
}

async function lines(params: string, app = appOf()): Promise<Record<string, string>[]> {
  const response = await app.request(`/search?${params}&format=csv`);
  expect([response.status, response.headers.get('Content-Type')]).toEqual([
    200,
    'text/csv; charset=utf-8; header=present',
  ]);
  expect(response.headers.get('Content-Disposition')).toMatch(/^attachment; filename="curbside-[\w.-]+\.csv"$/);
  return parse(await response.text(), { columns: true });
}

/** Many vendors with many branches, all at the well: more than one answer has. */
const crowd = (vendors: number, branches: number, food = 'tacos') =>
  openEmbedded(
    town(
      Array.from({ length: vendors }, (_, at) =>
        vendor(
          `v ${at}`,
          [food],
          Array.from({ length: branches }, (__, one) => branch(`${at}-${one}`, at, one)),
          {
            id: `v-${at}`,
          },
        ),
      ),
    ),
  );

describe('format=geojson', () => {
  it('is what JSON says, one feature a branch, in the same order', async () => {
    const json = (await (await appOf().request(`/search?${QUERY}`)).json()) as SearchResponse;
    const answer = await geojson(QUERY);
    const branches = json.trucks.flatMap((truck) => truck.branches.map((one) => ({ truck, one })));
    expect(answer.features.map(({ id }) => id)).toEqual(branches.map(({ one }) => one.id));
    for (const [at, { truck, one }] of branches.entries()) {
      expect(answer.features[at]).toMatchObject({
        geometry: { type: 'Point', coordinates: [one.lon, one.lat] },
        properties: {
          vendor_id: truck.id,
          vendor: truck.name,
          items: truck.items,
          distance_m: one.distance_m,
          open: one.open,
        },
      });
    }
    expect([answer.numberMatched, answer.numberReturned]).toEqual([json.locations, branches.length]);
    expect(answer.attribution).toEqual(json.attribution);
    expect(answer.meta).toEqual(json.meta);
  });

  it('walks through all pages by its links, each branch once', async () => {
    const seen: string[] = [];
    let params: string | undefined = `${QUERY}&limit=1`;
    while (params) {
      const answer: GeojsonResponse = await geojson(params.replace('&format=geojson', ''));
      expect(answer.numberMatched).toBe(7);
      seen.push(...answer.features.map(({ id }) => id));
      params = answer.links
        .find(({ rel }) => rel === 'next')
        ?.href.split('?')[1]
        ?.replace('format=geojson&', '')
        .replace('&format=geojson', '');
    }
    expect(seen.length).toBe(7);
    expect(new Set(seen).size).toBe(7);
  });

  it('says what was loosened', async () => {
    const { relaxed, warnings } = await geojson('q=tacoz');
    expect(relaxed).toMatchObject([{ param: 'q', from: 'tacoz' }]);
    expect(warnings.join()).toContain('tacoz');
  });

  it('has up to 10,000 branches, ends with a whole vendor, and leads on', async () => {
    const app = appOf(crowd(11, 1000, 'x'));
    const response = await app.request('/search?q=x&format=geojson&limit=200');
    expect(response.status).toBe(413);
    const result = limitPlaces({ vendors: 3, branches: 9, more: false, facets: {}, hits: [] }, 5);
    expect(result.more).toBe(false);
    const found = await crowd(4, 3).search({ ...(await import('../../../fixtures/query.ts')).ANYTHING, text: 'tacos' });
    expect([2, 3, 5, 6, 8, 9, 12].map((most) => limitPlaces(found, most).hits.length)).toEqual([1, 1, 1, 2, 2, 3, 4]);
    expect([11, 12].map((most) => limitPlaces(found, most).more)).toEqual([true, false]);
  });

  it('takes more vendors than JSON does when no limit is set', async () => {
    const { features, links } = await geojson('q=x', appOf(crowd(800, 1, 'x')));
    expect([features.length, links.length]).toEqual([800, 1]);
  });
});

describe('format=csv', () => {
  it('is what JSON says, one line a branch', async () => {
    const json = (await (await appOf().request(`/search?${QUERY}`)).json()) as SearchResponse;
    const branches = json.trucks.flatMap((truck) => truck.branches.map((one) => ({ truck, one })));
    const rows = await lines(QUERY);
    expect(
      rows.map((row) => [row.id, row.vendor, Number(row.lat), Number(row.lon), Number(row.distance_m), row.open]),
    ).toEqual(branches.map(({ truck, one }) => [one.id, truck.name, one.lat, one.lon, one.distance_m, one.open.state]));
    expect(Object.keys(rows[0] ?? {})).toEqual([...SEARCH_COLUMNS]);
  });

  it('has a header and nothing else when nothing is found, and is never loosened', async () => {
    const text = await (await appOf().request('/search?q=tacoz&format=csv')).text();
    expect(text).toBe(`${SEARCH_COLUMNS.join(',')}\r\n`);
  });

  it('leads to its next page in the header Link', async () => {
    const response = await appOf().request(`/search?${QUERY}&format=csv&limit=1`);
    expect(response.headers.get('Link')).toMatch(/^<\/search\?.*format=csv.*cursor=[\w-]+>; rel="next"$/);
  });

  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc
      .array(fc.constantFrom('"', ',', '\r', '\n', '\t', ';', '=', '+', '-', '@', '＝', '’', 'a', ' ', "'"), {
        maxLength: 8,
      })
      .map((parts) => parts.join('')),
  );
  const cell = fc.oneof(text, fc.double({ noNaN: true, noDefaultInfinity: true }), fc.boolean(), fc.constant(null));

  it('reads back as what was written, but for the apostrophes before formulas; numbers are as they were', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ a: cell, b: cell }), { minLength: 1 }), (rows) => {
        const read: Record<string, string>[] = parse(csv(['a', 'b'], rows), {
          columns: true,
          record_delimiter: '\r\n',
        });
        expect(read.length).toBe(rows.length);
        for (const [at, row] of rows.entries()) {
          for (const column of ['a', 'b'] as const) {
            const [written, got = ''] = [row[column], read[at]?.[column]];
            if (typeof written === 'number') expect(Number(got)).toBe(written + 0);
            else if (typeof written !== 'string') expect(got).toBe(written === null ? '' : String(written));
            else expect([written, `'${written}`]).toContain(got);
          }
        }
      }),
    );
  });

  it('has no text that a spreadsheet takes for a formula', () => {
    const starts = [...'=+-@\t\r\n\uff1d\uff0b\uff0d\uff20'];
    fc.assert(
      fc.property(fc.constantFrom(...starts), text, (start, rest) => {
        const [row] = parse(csv(['a'], [{ a: start + rest }]), { columns: true, record_delimiter: '\r\n' }) as {
          a: string;
        }[];
        expect(row?.a).toBe(`'${start}${rest}`);
      }),
    );
  });
});

describe('what a format cannot carry', () => {
  it.each([
    ['format=csv&explain=1', 'explain needs format=json'],
    ['format=geojson&fields=name', 'fields needs format=json'],
    ['format=ics&facets=category', 'facets needs format=json or geojson'],
    ['format=xml', 'format must be json, geojson, csv, ics, got "xml"'],
  ])('%s', async (params, sentence) => {
    const response = await appOf().request(`/search?q=tacos&${params}`);
    expect(response.status).toBe(400);
    expect(((await response.json()) as SearchFailure).msg).toBe(sentence);
  });

  it.each(['json', 'csv'])('%s over 5 MB is 413, and says where the whole data is', async (format) => {
    const wide = crowd(700, 1, `tacos ${'x'.repeat(9000)}`);
    const response = await appOf(wide).request(`/search?q=tacos&format=${format}`);
    expect(response.status).toBe(413);
    const { msg } = (await response.json()) as SearchFailure;
    expect(msg).toContain('/data/current.json');
    expect((await appOf(wide).request(`/search?q=tacos&format=${format}&limit=100`)).status).toBe(200);
  });
});

import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openEmbedded } from '../../../../functions/engine/embedded/release-engine.ts';
import type { GeojsonResponse } from '../../../../functions/http/openapi/schemas/geojson.ts';
import type { SearchFailure } from '../../../../functions/http/openapi/schemas/problem.ts';
import type { SearchResponse } from '../../../../functions/http/openapi/schemas/search.ts';
import { csv as csvLines, SEARCH_COLUMNS } from '../../../../functions/http/responses/csv.ts';
import { limitPlaces } from '../../../../functions/http/responses/places.ts';
import { withoutUnsafeCharacters } from '../../../../functions/model/text/unsafe-characters.ts';
import { branch, town, vendor } from '../../../fixtures/town.ts';
import { appOf } from '../app-of.ts';

const csv = (...input: Parameters<typeof csvLines>) => [...csvLines(...input)].join('');

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

/** More vendors and branches than one response can have, all at one place. */
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

describe('past items and descriptions of places', () => {
  const place = branch('1', 0, 0, { descriptions: ['Next to the gate', '01ST ST: BUSH ST to PINE ST'] });
  const app = () => appOf(openEmbedded(town([vendor('One', ['Soup', 'Pie'], [place], { pastItems: ['Pie'] })])));

  it('are in JSON, GeoJSON and CSV, and are found', async () => {
    const { trucks } = (await (await app().request('/search?q=pie+gate')).json()) as SearchResponse;
    expect(trucks).toMatchObject([
      { items: ['Soup', 'Pie'], past: ['Pie'], branches: [{ location_descriptions: place.descriptions }] },
    ]);
    expect((await geojson('q=pie', app())).features[0]?.properties).toMatchObject({
      items: ['Soup', 'Pie'],
      past: ['Pie'],
      location_descriptions: place.descriptions,
    });
    expect(await lines('q=pie', app())).toMatchObject([
      { items: 'Soup; Pie', past: 'Pie', location_descriptions: 'Next to the gate; 01ST ST: BUSH ST to PINE ST' },
    ]);
  });
});

describe('format=geojson', () => {
  it('has the same branches as JSON, one feature each, in the same order', async () => {
    const json = (await (await appOf().request(`/search?${QUERY}`)).json()) as SearchResponse;
    const response = await geojson(QUERY);
    const branches = json.trucks.flatMap((truck) => truck.branches.map((one) => ({ truck, one })));
    expect(response.features.map(({ id }) => id)).toEqual(branches.map(({ one }) => one.id));
    for (const [at, { truck, one }] of branches.entries()) {
      expect(response.features[at]).toMatchObject({
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
    expect([response.numberMatched, response.numberReturned]).toEqual([json.locations, branches.length]);
    expect(response.attribution).toEqual(json.attribution);
    expect(response.meta).toEqual(json.meta);
  });

  it('links to all pages, each branch once', async () => {
    const seen: string[] = [];
    let params: string | undefined = `${QUERY}&limit=1`;
    while (params) {
      const response: GeojsonResponse = await geojson(params.replace('&format=geojson', ''));
      expect(response.numberMatched).toBe(7);
      seen.push(...response.features.map(({ id }) => id));
      params = response.links
        .find(({ rel }) => rel === 'next')
        ?.href.split('?')[1]
        ?.replace('format=geojson&', '')
        .replace('&format=geojson', '');
    }
    expect(seen.length).toBe(7);
    expect(new Set(seen).size).toBe(7);
  });

  it('says how it was relaxed', async () => {
    const { relaxed, warnings } = await geojson('q=tacoz');
    expect(relaxed).toMatchObject([{ param: 'q', from: 'tacoz' }]);
    expect(warnings.join()).toContain('tacoz');
  });

  it('has up to 10,000 branches, ends with a complete vendor, and links to the next page', async () => {
    const app = appOf(crowd(11, 1000, 'x'));
    const response = await app.request('/search?q=x&format=geojson&limit=200');
    expect(response.status).toBe(413);
    const empty = limitPlaces({ vendors: 3, branches: 9, more: false, facets: {}, hits: [] }, 5);
    expect(empty.more).toBe(false);
    const result = await crowd(4, 3).search({
      ...(await import('../../../fixtures/query.ts')).ANYTHING,
      text: 'tacos',
    });
    expect([2, 3, 5, 6, 8, 9, 12].map((max) => limitPlaces(result, max).hits.length)).toEqual([1, 1, 1, 2, 2, 3, 4]);
    expect([11, 12].map((max) => limitPlaces(result, max).more)).toEqual([true, false]);
  });

  it('has more vendors than JSON without a limit', async () => {
    const { features, links } = await geojson('q=x', appOf(crowd(800, 1, 'x')));
    expect([features.length, links.length]).toEqual([800, 1]);
  });
});

describe('format=csv', () => {
  it('has the same branches as JSON, one line each', async () => {
    const json = (await (await appOf().request(`/search?${QUERY}`)).json()) as SearchResponse;
    const branches = json.trucks.flatMap((truck) => truck.branches.map((one) => ({ truck, one })));
    const rows = await lines(QUERY);
    expect(
      rows.map((row) => [row.id, row.vendor, Number(row.lat), Number(row.lon), Number(row.distance_m), row.open]),
    ).toEqual(branches.map(({ truck, one }) => [one.id, truck.name, one.lat, one.lon, one.distance_m, one.open.state]));
    expect(Object.keys(rows[0] ?? {})).toEqual([...SEARCH_COLUMNS]);
  });

  it('has only a header if nothing is found, and is never relaxed', async () => {
    const text = await (await appOf().request('/search?q=tacoz&format=csv')).text();
    expect(text).toBe(`${SEARCH_COLUMNS.join(',')}\r\n`);
  });

  it('has a Link header for the next page', async () => {
    const response = await appOf().request(`/search?${QUERY}&format=csv&limit=1`);
    expect(response.headers.get('Link')).toMatch(/^<\/search\?.*format=csv.*cursor=[\w-]+>; rel="next"$/);
  });

  const text = fc.oneof(
    fc.string({ unit: 'binary' }).map(withoutUnsafeCharacters),
    fc
      .array(fc.constantFrom('"', ',', '\r', '\n', '\t', ';', '=', '+', '-', '@', '＝', '’', 'a', ' ', "'"), {
        maxLength: 8,
      })
      .map((parts) => parts.join('')),
  );
  const cell = fc.oneof(text, fc.double({ noNaN: true, noDefaultInfinity: true }), fc.boolean(), fc.constant(null));

  it('is read back as it was written, except for apostrophes before formulas', () => {
    fc.assert(
      fc.property(fc.array(fc.record({ a: cell, b: cell }), { minLength: 1 }), (rows) => {
        const read: Record<string, string>[] = parse(csv(['a', 'b'], rows), {
          columns: true,
          record_delimiter: '\r\n',
          bom: true,
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

  it('starts with a byte order mark, for Excel, and has no other invisible character', async () => {
    const bytes = new Uint8Array(await (await appOf().request(`/search?${QUERY}&format=csv`)).arrayBuffer());
    expect([...bytes.slice(0, 5)]).toEqual([0xef, 0xbb, 0xbf, 0x69, 0x64]);
    expect(csv(['a'], [{ a: 'Taco\u202e\u200b\u001b[31m' }])).toBe('\ufeffa\r\nTaco\r\n');
  });

  it('has no text that a spreadsheet evaluates as a formula', () => {
    const starts = [...'=+-@\t\r\n\uff1d\uff0b\uff0d\uff20'];
    fc.assert(
      fc.property(fc.constantFrom(...starts), text, (start, rest) => {
        const options = { columns: true, record_delimiter: '\r\n', bom: true } as const;
        const [row] = parse(csv(['a'], [{ a: start + rest }]), options) as { a: string }[];
        expect(row?.a).toBe(`'${start}${rest}`);
      }),
    );
  });
});

describe('limits of a format', () => {
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

  it.each(['json', 'csv'])('%s over 5 MB is a 413 with a link to all data', async (format) => {
    const wide = crowd(700, 1, `tacos ${'x'.repeat(9000)}`);
    const response = await appOf(wide).request(`/search?q=tacos&format=${format}`);
    expect(response.status).toBe(413);
    const { msg } = (await response.json()) as SearchFailure;
    expect(msg).toContain('/data/current.json');
    expect((await appOf(wide).request(`/search?q=tacos&format=${format}&limit=100`)).status).toBe(200);
  });
});

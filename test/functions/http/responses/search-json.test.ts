import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openEmbedded } from '../../../../functions/engine/embedded/release-engine.ts';
import { branchSchema } from '../../../../functions/http/openapi/schemas/branch.ts';
import { type SearchResponse, searchSchema } from '../../../../functions/http/openapi/schemas/search.ts';
import { truckSchema } from '../../../../functions/http/openapi/schemas/truck.ts';
import { parseSearchRequest } from '../../../../functions/http/params/search-request.ts';
import { searchJson } from '../../../../functions/http/responses/search-json.ts';
import { searchResponse } from '../../../../functions/http/responses/search-objects.ts';
import { TRUCK_KEYS } from '../../../../functions/http/responses/truck.ts';
import { searchWithRelaxation } from '../../../../functions/model/text/relaxation.ts';
import type { BranchHours } from '../../../../functions/model/vendor.ts';
import { branch, town, vendor } from '../../../fixtures/town.ts';

const TIME = Date.parse('2026-09-03T18:20:00Z');

/** The JSON of a search from the writer of text, and from the writer of objects. */
async function both(release: ReturnType<typeof town>, query: string, now = TIME) {
  const engine = openEmbedded(release);
  const about = await engine.about();
  const request = parseSearchRequest(new URLSearchParams(query), about, now);
  const context = { request, about, engine: engine.name, now };
  const search = await searchWithRelaxation(request.query, request.parsed, engine);
  return [searchJson(search, context), JSON.stringify(searchResponse(search, context))] as const;
}

const QUERIES = [
  'q=tacos',
  'q=tacos&lat=40&lon=-100&radius=5000&sort=distance',
  'q=taco&limit=1',
  'q=tcaos&facets=category,open,area',
  'q=hot dog',
  'q=%F0%9F%8C%AE&strict=true',
  'q=&status=any&sort=name',
  'status=any&open_at=wed12:15',
  'q=burritos+nosuchword&utm_source=x',
  'q=best tacos near me without pork, open now&lat=40&lon=-100&exclude=cheese',
];

const open = (start: number, end: number): { hours: BranchHours } => ({
  hours: { source: 'permit', text: 'x', week: [[start, end]], complete: true },
});

describe('JSON written as text', () => {
  it.each(QUERIES)('%s: is byte for byte the JSON of the objects', async (query) => {
    for (const now of [TIME, TIME + 60_000, TIME]) {
      const [text, json] = await both(town(), query, now);
      expect(text).toBe(json);
    }
  });

  it('is the same for any names, foods and hours', async () => {
    const text = fc.string({ unit: 'binary', minLength: 1, maxLength: 12 });
    const week = fc
      .tuple(fc.nat(10_079), fc.integer({ min: 1, max: 1440 }))
      .map(([start, long]) => [start, start + long]);
    const branches = fc.array(fc.tuple(fc.integer({ min: -90, max: 90 }), fc.integer({ min: -180, max: 180 }), week), {
      minLength: 1,
      maxLength: 4,
    });
    const anyVendors = fc.array(fc.tuple(text, fc.array(text, { maxLength: 3 }), branches), {
      minLength: 1,
      maxLength: 4,
    });
    await fc.assert(
      fc.asyncProperty(anyVendors, fc.nat(10_000), async (given, minutes) => {
        const vendors = given.map(([name, items, places], at) =>
          vendor(
            name,
            ['Tacos', ...items],
            places.map(([lat, lon, [start = 0, end = 0]], place) =>
              branch(`${at}-${place}`, lat, lon, open(start, end)),
            ),
            { id: `v${at}` },
          ),
        );
        const [written, json] = await both(town(vendors), 'q=tacos&lat=1&lon=2&status=any', TIME + minutes * 60_000);
        expect(written).toBe(json);
        expect((JSON.parse(written) as { hits: number }).hits).toBe(vendors.length);
      }),
      { numRuns: 60 },
    );
  });
});

describe('the keys of a search', () => {
  it('are those of the schema, in its order, from both writers', async () => {
    const texts = await both(town(), 'q=tacos&lat=40&lon=-100');
    expect(texts).toHaveLength(2);
    for (const text of texts) {
      const search = JSON.parse(text) as SearchResponse;
      expect(Object.keys(search)).toEqual(Object.keys(searchSchema.shape));
      for (const truck of search.trucks) {
        expect(Object.keys(truck)).toEqual(Object.keys(truckSchema.shape));
        for (const branch of truck.branches) expect(Object.keys(branch)).toEqual(Object.keys(branchSchema.shape));
      }
      expect(search.trucks.length).toBeGreaterThan(1);
    }
  });

  it('include those that `fields` chooses among', () => {
    expect(TRUCK_KEYS).toEqual(Object.keys(truckSchema.shape));
  });
});

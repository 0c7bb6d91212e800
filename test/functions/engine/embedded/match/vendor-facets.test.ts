import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openEmbedded } from '../../../../../functions/engine/embedded/release-engine.ts';
import { THAT_MINUTE } from '../../../../../functions/model/hours/open-state.ts';
import { DAY } from '../../../../../functions/model/hours/week.ts';
import { FACETS, type FacetName, type SearchQuery, type SearchResult } from '../../../../../functions/model/query.ts';
import type { Vendor } from '../../../../../functions/model/vendor.ts';
import { ANYTHING } from '../../../../fixtures/query.ts';
import { branch, town, vendor, WELL } from '../../../../fixtures/town.ts';

const AREAS = [null, 'Old Town', 'Harbour', 'Castle/Upper Gate'];
const KINDS = ['truck', 'push_cart'];
const CATEGORIES = ['mexican', 'coffee', 'hot_dogs'];
const FOODS = ['Tacos', 'Coffee', 'Hot dogs', 'Tea'];

/** Towns of up to 25 vendors that combine everything that can be counted. */
const towns = fc.array(
  fc.record({
    foods: fc.subarray(FOODS),
    categories: fc.subarray(CATEGORIES),
    branches: fc.array(
      fc.record({
        east: fc.integer({ min: -3000, max: 3000 }),
        north: fc.integer({ min: -3000, max: 3000 }),
        area: fc.constantFrom(...AREAS),
        facility: fc.constantFrom(...KINDS),
        status: fc.constantFrom('approved', 'approved', 'expired'),
        hours: fc.constantFrom('lunch', 'night', 'half', 'none'),
      }),
      { minLength: 1, maxLength: 4 },
    ),
  }),
  { maxLength: 25 },
);

const HOURS = {
  lunch: { source: 'schedule', text: 'Mo:11AM-2PM', week: [[660, 840]], complete: true },
  night: { source: 'schedule', text: 'Su:10PM-2AM', week: [[6 * DAY + 1320, 7 * DAY + 120]], complete: true },
  half: { source: 'permit', text: 'Mo:11AM-2PM', week: [[660, 840]], complete: false },
  none: { source: 'none', text: null, week: [], complete: true },
} as const;

type Towns = typeof towns extends fc.Arbitrary<infer Value> ? Value : never;

function build(vendors: Towns): Vendor[] {
  return vendors.map(({ foods, categories, branches }, v) =>
    vendor(
      `Vendor ${String.fromCharCode(97 + v)}`,
      foods,
      branches.map(({ east, north, hours, ...more }, b) =>
        branch(`${v}-${b}`, east, north, { ...more, hours: HOURS[hours] }),
      ),
      { categories },
    ),
  );
}

const queries = fc.record({
  text: fc.constantFrom('', 'taco', 'coffee', 'hot dog', 'vendor'),
  status: fc.constantFrom(null, 'approved'),
  radiusMetres: fc.constantFrom(null, 500, 2000),
  category: fc.constantFrom([], ['mexican'], ['hot dogs', 'coffee']),
  facility: fc.constantFrom([], ['push cart']),
  area: fc.constantFrom([], ['old town'], ['castle upper gate', 'harbour']),
  hoursKnown: fc.boolean(),
  minute: fc.constantFrom(0, 60, 660, 839, 840, 5000, 10_079),
  time: fc.constantFrom(
    null,
    { ...THAT_MINUTE, unknownToo: true },
    { forMinutes: 60, withinMinutes: 0, unknownToo: false },
    { forMinutes: 0, withinMinutes: 180, unknownToo: false },
  ),
});

const fullQuery = (query: Partial<SearchQuery>): SearchQuery => ({
  ...ANYTHING,
  origin: WELL,
  facets: FACETS,
  ...query,
});

describe('facets', () => {
  it('count the vendors that a search with that value as the group’s only filter finds', async () => {
    await fc.assert(
      fc.asyncProperty(towns, queries, async (vendors, query) => {
        const engine = openEmbedded(town(build(vendors)));
        const { facets } = await engine.search(fullQuery(query));
        for (const name of ['category', 'facility', 'area'] as const) {
          const listed = new Map(facets[name]?.map(({ value, count }) => [value, count]));
          const values = { category: CATEGORIES, facility: KINDS, area: AREAS.filter((area) => area !== null) }[name];
          for (const value of values) {
            const key = value.replace(/[_/]/g, ' ').toLowerCase();
            const alone = await engine.search(fullQuery({ ...query, [name]: [key] }));
            expect(listed.get(value) ?? 0, `${name} ${value}`).toBe(alone.vendors);
          }
        }
        const open = new Map(facets.open?.map(({ value, count }) => [value, count]));
        const onlyOpen = await engine.search(
          fullQuery({ ...query, time: { ...(query.time ?? THAT_MINUTE), unknownToo: false } }),
        );
        expect(open.get('open') ?? 0).toBe(onlyOpen.vendors);
        for (const counts of Object.values(facets)) {
          const order = counts.map(({ count }) => count);
          expect(order).toEqual([...order].sort((a, b) => b - a));
          expect(order).not.toContain(0);
        }
      }),
      { numRuns: 120 },
    );
  });

  it('are returned only on request', async () => {
    const engine = openEmbedded(town());
    const one: readonly FacetName[] = ['facility'];
    expect((await engine.search({ ...ANYTHING, facets: one })).facets).toEqual({
      facility: [
        { value: 'truck', count: 5 },
        { value: 'push_cart', count: 1 },
      ],
    });
    expect((await engine.search(ANYTHING)).facets).toEqual({});
  });
});

describe('paging with a cursor', () => {
  it('returns every vendor once, in the order of the complete result, with the same totals on every page', async () => {
    const sorts = fc.constantFrom('best', 'distance', 'name');
    await fc.assert(
      fc.asyncProperty(towns, queries, sorts, fc.integer({ min: 1, max: 7 }), async (vendors, query, sort, limit) => {
        const engine = openEmbedded(town(build(vendors)));
        const whole = await engine.search(fullQuery({ ...query, sort: sort as SearchQuery['sort'] }));
        const seen: string[] = [];
        let page: SearchResult | undefined;
        do {
          const after: SearchQuery['after'] = page?.hits.at(-1)?.key ?? null;
          page = await engine.search(fullQuery({ ...query, sort: sort as SearchQuery['sort'], limit, after }));
          expect(page).toMatchObject({ vendors: whole.vendors, branches: whole.branches });
          seen.push(...page.hits.map(({ vendor: { id } }) => id));
        } while (page.more && seen.length <= whole.vendors);
        expect(seen).toEqual(whole.hits.map(({ vendor: { id } }) => id));
        expect(new Set(seen).size).toBe(whole.vendors);
      }),
      { numRuns: 120 },
    );
  });
});

describe('the time filter', () => {
  it('agrees with counting minute by minute', async () => {
    await fc.assert(
      fc.asyncProperty(
        towns,
        fc.nat({ max: 10_079 }),
        fc.integer({ min: 0, max: 300 }),
        fc.boolean(),
        async (vendors, minute, length, all) => {
          const built = build(vendors);
          const result = await openEmbedded(town(built)).search(
            fullQuery({
              minute,
              time: { forMinutes: all ? length : 0, withinMinutes: all ? 0 : length, unknownToo: false },
              timeAsked: true,
            }),
          );
          const found = new Set(result.hits.flatMap(({ branches }) => branches.map(({ branch: { id } }) => id)));
          for (const { branches } of built) {
            for (const { id, hours } of branches) {
              const minutes = new Set<number>();
              for (const [start, end] of hours.week) for (let at = start; at < end; at++) minutes.add(at % 10_080);
              const asked = Array.from({ length: Math.max(1, length) }, (_, offset) => (minute + offset) % 10_080);
              const isOpen = (one: number) => minutes.has(one);
              expect(found.has(id), id).toBe(all ? asked.every(isOpen) : asked.some(isOpen));
            }
          }
        },
      ),
      { numRuns: 120 },
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { indexFileOf } from '../../../../functions/engine/embedded/build/index-cache.ts';
import { openIndex } from '../../../../functions/engine/embedded/engine.ts';
import { BLOCK } from '../../../../functions/engine/embedded/match/filter-loops.ts';
import { openEmbedded } from '../../../../functions/engine/embedded/release-engine.ts';
import { GEO_FLOOR, OFFSET_METRES } from '../../../../functions/model/ranking.ts';
import { ANYTHING } from '../../../fixtures/query.ts';
import { SYNTHETIC_PROVENANCE } from '../../../fixtures/synthetic-city.ts';
import { branch, town, vendor, WELL } from '../../../fixtures/town.ts';
import { openScan } from '../linear-scan/search.ts';
import { searchesIn, TOWN_VOCABULARY, towns } from '../random-town.ts';

describe('the index returns what the linear scan returns', () => {
  it('in towns that combine everything that can be searched', async () => {
    const searches = fc.array(searchesIn(TOWN_VOCABULARY), { minLength: 6, maxLength: 6 });
    // Most towns have several blocks of 32 branches, but only one of the usual size.
    const blocks = fc.constantFrom(32, BLOCK);
    await fc.assert(
      fc.asyncProperty(towns, searches, blocks, async (release, all, block) => {
        const oracle = openScan(release);
        const engine = openIndex(indexFileOf(release), SYNTHETIC_PROVENANCE, block);
        for (const query of all) {
          const [found, wanted] = [await engine.search(query), await oracle.search(query)];
          expect(found).toEqual(wanted);
          const last = wanted.hits.at(-1);
          if (!wanted.more || !last) continue;
          const next = { ...query, after: last.key };
          expect(await engine.search(next)).toEqual(await oracle.search(next));
        }
      }),
      { numRuns: 150 },
    );
  });

  it('for two words that are in every address, while one vendor has a synonym of both', async () => {
    const release = town([
      vendor('Plain', [], [branch('plain', 0, 0, { address: 'BANH MI ST' })]),
      vendor('Dish', ['Vietnamese sandwich'], [branch('dish', 0, 0, { address: 'MI BANH ST' })]),
    ]);
    const known = { ...release, city: { ...release.city, synonyms: [['banh mi', 'vietnamese sandwich']] } };
    const query = { ...ANYTHING, text: 'banh mi ' };
    const found = await openEmbedded(known).search(query);
    expect(found).toEqual(await openScan(known).search(query));
    expect(found.hits.map(({ vendor: { name } }) => name)).toEqual(['Dish', 'Plain']);
  });
});

describe('a better match further away', () => {
  const scale = 800;
  /** The distance at which a match in the food (weight 3) scores the same as one in the category (weight 2) at the origin. */
  const even = OFFSET_METRES + scale * Math.log2(3 / 2);
  const release = (metres: number) =>
    town([
      vendor('Near', [], [branch('near', 0, 0)], { categories: ['coffee'] }),
      vendor('Far', ['Coffee'], [branch('far', metres, 0)], {}),
    ]);

  it.each([
    { by: -0.2, first: 'Far' },
    { by: 0.2, first: 'Near' },
  ])('is first only while it scores more: $by m from where both score the same', async ({ by, first }) => {
    const query = { ...ANYTHING, text: 'coffee', sort: 'best', origin: WELL, scaleMetres: scale, limit: 1 } as const;
    const known = release(even + by);
    const found = await openEmbedded(known).search(query);
    expect(found).toEqual(await openScan(known).search(query));
    expect(found.hits[0]?.vendor.name).toBe(first);
    expect(found.hits[0]?.score).toBeGreaterThan(GEO_FLOOR);
  });
});

describe('a page that ends with the last vendor', () => {
  it.each([1, 2, 3, 4])('has no more after it: %i of 3', async (limit) => {
    const places = [0, 300, 5_000].map((east) => branch(`b-${east}`, east, 0));
    const known = town(places.map((place) => vendor(`Vendor ${place.id}`, ['Tea'], [place], { id: place.id })));
    for (const sort of ['distance', 'best', 'name'] as const) {
      for (const origin of [WELL, null]) {
        for (const text of ['', 'tea']) {
          const { hits, more } = await openEmbedded(known).search({ ...ANYTHING, sort, origin, text, limit });
          expect([hits.length, more]).toEqual([Math.min(3, limit), limit < 3]);
        }
      }
    }
  });
});

describe('an empty page', () => {
  it.each([1, 2, 3, 4, 5, 6])('has the totals of %i branches', async (count) => {
    const places = Array.from({ length: count }, (_, at) => branch(`b-${at}`, at * 10, 0));
    const engine = openEmbedded(town([vendor('One', [], places.slice(1)), vendor('Other', [], places.slice(0, 1))]));
    for (const sort of ['distance', 'best', 'name'] as const) {
      const query = { ...ANYTHING, sort, origin: WELL, radiusMetres: 500, limit: 0 };
      const found = await engine.search(query);
      expect(found).toMatchObject({ vendors: count === 1 ? 1 : 2, branches: count, hits: [], more: true });
    }
  });
});

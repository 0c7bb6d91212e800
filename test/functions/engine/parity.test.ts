import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { openEmbedded } from '../../../functions/engine/embedded/release-engine.ts';
import type { Engine } from '../../../functions/engine/engine.ts';
import { openOpenSearch } from '../../../functions/engine/opensearch/engine.ts';
import type { SearchQuery, SuggestQuery } from '../../../functions/model/query.ts';
import type { Release } from '../../../functions/model/release.ts';
import { findCity } from '../../../seed/find-city.ts';
import { load } from '../../../seed/load.ts';
import { noSharedData, sharedData } from '../../fixtures/shared-data.ts';
import { syntheticRelease } from '../../fixtures/synthetic-release.ts';
import {
  isOnTheEdge,
  pagingDifferences,
  relaxationDifferences,
  resultDifferences,
  suggestionDifferences,
} from './engine-differences.ts';
import { noCluster, type Scratch, scratch } from './opensearch/cluster.ts';
import { searchesIn, suggestionsIn, TOWN_VOCABULARY, towns, vocabularyOf } from './random-town.ts';

/** Both engines over one release. */
type Pair = { readonly reference: Engine; readonly other: Engine; readonly release: Release };

let scratches: Scratch[] = [];
async function closeAll(): Promise<void> {
  await Promise.all(scratches.map((one) => one.close()));
  scratches = [];
}
afterEach(closeAll);

async function openBoth(release: Release): Promise<Pair> {
  const cluster = scratch();
  scratches.push(cluster);
  await cluster.sink.publish(release, {});
  return { release, reference: openEmbedded(release), other: openOpenSearch(cluster.client, cluster.alias)() };
}

/** Compares the engines; returns the number of vendors found. */
async function compare({ reference, other, release }: Pair, query: SearchQuery): Promise<number> {
  if (isOnTheEdge(query, release)) return 0;
  const [expected, found] = [await reference.search(query), await other.search(query)];
  expect(resultDifferences(query, expected, found), JSON.stringify(query)).toEqual([]);
  return expected.vendors;
}

async function comparePaging({ other, release }: Pair, query: SearchQuery, limit: number): Promise<void> {
  if (isOnTheEdge(query, release)) return;
  const whole = await other.search({ ...query, limit: 2_000 });
  expect(await pagingDifferences(other, { ...query, limit }, whole), JSON.stringify(query)).toEqual([]);
}

async function compareRelaxation({ reference, other }: Pair, query: SearchQuery): Promise<void> {
  // A doubled radius may have other branches on its edge.
  if (query.radiusMetres !== null) return;
  const { differences } = await relaxationDifferences(query, reference, other);
  expect(differences, JSON.stringify(query)).toEqual([]);
}

async function compareSuggestions({ reference, other }: Pair, query: SuggestQuery): Promise<void> {
  expect((await suggestionDifferences(query, reference, other)).differences, JSON.stringify(query)).toEqual([]);
}

describe.skipIf(noCluster)('OpenSearch and the embedded engine', () => {
  it('return the same results over random towns', { timeout: 240_000 }, async () => {
    const several = <Value>(one: fc.Arbitrary<Value>, length: number) =>
      fc.array(one, { minLength: length, maxLength: length });
    const queries = several(searchesIn(TOWN_VOCABULARY), 20);
    let answered = 0;
    await fc.assert(
      fc.asyncProperty(
        towns,
        queries,
        several(suggestionsIn(TOWN_VOCABULARY), 6),
        async (release, searches, suggestions) => {
          const both = await openBoth(release);
          for (const query of searches) if ((await compare(both, query)) > 0) answered++;
          for (const query of searches.slice(0, 4)) {
            await comparePaging(both, query, 7);
            await compareRelaxation(both, query);
          }
          for (const query of suggestions) await compareSuggestions(both, query);
          await closeAll();
        },
      ),
      { numRuns: 20, endOnFailure: true },
    );
    expect(answered, 'searches that found something').toBeGreaterThan(50);
  });

  /** Compares the engines on random searches with the words of a release. */
  async function compareRelease(release: Release, { searches, pagings }: { searches: number; pagings: number }) {
    const both = await openBoth(release);
    const vocabulary = vocabularyOf(release);
    let answered = 0;
    const run = <Value>(one: fc.Arbitrary<Value>, numRuns: number, act: (value: Value) => Promise<unknown>) =>
      fc.assert(
        fc.asyncProperty(one, async (value) => void (await act(value))),
        { numRuns },
      );
    const queries = searchesIn(vocabulary);
    await run(queries, searches, async (query) => {
      if ((await compare(both, query)) > 0) answered++;
    });
    // Few filters, for long results.
    const broad = queries.map((query) => ({
      ...query,
      category: [],
      facility: [],
      area: [],
      box: null,
      hoursKnown: false,
    }));
    await run(broad, pagings, (query) => comparePaging(both, query, 100));
    await run(queries, pagings, (query) => compareRelaxation(both, query));
    await run(suggestionsIn(vocabulary), 2 * pagings, (query) => compareSuggestions(both, query));
    expect(answered, 'searches that found something').toBeGreaterThan(searches / 20);
  }

  it.skipIf(noSharedData).each([
    [
      'san-francisco',
      {
        permits: 'permits/permits-2017-06-19-764.csv',
        schedule: 'schedule/schedule-2017-06-4923.csv',
        areas: 'geometry/sf-neighborhoods-analysis.min.geojson',
      },
    ],
    [
      'san-francisco',
      { permits: 'permits/permits-2022-03-02-487.json', schedule: 'schedule/schedule-2022-01-2809.csv' },
    ],
    ['vancouver', { permits: 'other-cities/vancouver-food-vendors-2025-12.csv' }],
  ])('return the same results over real data: %s, %j', { timeout: 120_000 }, async (city, names) => {
    const given = new Map(Object.entries(names).map(([name, path]) => [name, sharedData(path)]));
    const { release } = await load({ city: findCity(city), sources: given, origin: 'given', options: {} as never });
    await compareRelease(release, { searches: 120, pagings: 8 });
  });

  it('return the same results over 100,000 vendors', { timeout: 600_000 }, async () => {
    await compareRelease(syntheticRelease(100_000), { searches: 30, pagings: 2 });
  });
});

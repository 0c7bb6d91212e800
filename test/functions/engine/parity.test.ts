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
import { expectSameAnswer, expectSameLadder, expectWholeWalk, isOnTheEdge } from './compare-engines.ts';
import { noCluster, type Scratch, scratch } from './opensearch/cluster.ts';
import { searchesIn, suggestionsIn, TOWN_VOCABULARY, towns, vocabularyOf } from './random-town.ts';

/** Both engines over one release. */
type Pair = { readonly reference: Engine; readonly other: Engine; readonly release: Release };

let places: Scratch[] = [];
async function closeAll(): Promise<void> {
  await Promise.all(places.map((place) => place.close()));
  places = [];
}
afterEach(closeAll);

async function openBoth(release: Release): Promise<Pair> {
  const place = scratch();
  places.push(place);
  await place.sink.publish(release, {});
  return { release, reference: openEmbedded(release), other: openOpenSearch(place.client, place.alias)() };
}

/** Holds the engines against each other; the number of vendors found. */
async function compare({ reference, other, release }: Pair, query: SearchQuery): Promise<number> {
  if (isOnTheEdge(query, release)) return 0;
  const [expected, found] = [await reference.search(query), await other.search(query)];
  expectSameAnswer(query, expected, found);
  return expected.vendors;
}

async function compareWalk({ other, release }: Pair, query: SearchQuery, limit: number): Promise<void> {
  if (isOnTheEdge(query, release)) return;
  await expectWholeWalk(other, { ...query, limit }, await other.search({ ...query, limit: 2_000 }));
}

async function compareLadder({ reference, other, release }: Pair, query: SearchQuery): Promise<void> {
  // A radius that is doubled is on the edge of other places.
  if (query.radiusMetres === null) await expectSameLadder(query, release, reference, other);
}

async function compareSuggestions({ reference, other }: Pair, query: SuggestQuery): Promise<void> {
  expect(await other.suggest(query)).toEqual(await reference.suggest(query));
}

describe.skipIf(noCluster)('OpenSearch and the embedded engine', () => {
  it('give the same answers over random towns', { timeout: 240_000 }, async () => {
    const several = <Value>(one: fc.Arbitrary<Value>, length: number) =>
      fc.array(one, { minLength: length, maxLength: length });
    const queries = several(searchesIn(TOWN_VOCABULARY), 20);
    let answered = 0;
    await fc.assert(
      fc.asyncProperty(towns, queries, several(suggestionsIn(TOWN_VOCABULARY), 6), async (release, asked, typed) => {
        const both = await openBoth(release);
        for (const query of asked) if ((await compare(both, query)) > 0) answered++;
        for (const query of asked.slice(0, 4)) {
          await compareWalk(both, query, 7);
          await compareLadder(both, query);
        }
        for (const query of typed) await compareSuggestions(both, query);
        await closeAll();
      }),
      { numRuns: 20, endOnFailure: true },
    );
    expect(answered, 'searches that found something').toBeGreaterThan(50);
  });

  /** Random searches in the words of a release. */
  async function compareRelease(release: Release, { searches, walks }: { searches: number; walks: number }) {
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
    // Few conditions: long answers.
    const broad = queries.map((query) => ({
      ...query,
      category: [],
      facility: [],
      area: [],
      box: null,
      hoursKnown: false,
    }));
    await run(broad, walks, (query) => compareWalk(both, query, 100));
    await run(queries, walks, (query) => compareLadder(both, query));
    await run(suggestionsIn(vocabulary), 2 * walks, (query) => compareSuggestions(both, query));
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
  ])('give the same answers over real data: %s, %j', { timeout: 120_000 }, async (city, names) => {
    const given = new Map(Object.entries(names).map(([name, path]) => [name, sharedData(path)]));
    const { release } = await load({ city: findCity(city), sources: given, origin: 'given', options: {} as never });
    await compareRelease(release, { searches: 120, walks: 8 });
  });

  it('give the same answers over 100,000 vendors', { timeout: 600_000 }, async () => {
    await compareRelease(syntheticRelease(100_000), { searches: 30, walks: 2 });
  });
});

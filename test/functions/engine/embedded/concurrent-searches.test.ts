import { afterEach, describe, expect, it, vi } from 'vitest';
import { openEmbedded } from '../../../../functions/engine/embedded/release-engine.ts';
import { THAT_MINUTE } from '../../../../functions/model/hours/open-state.ts';
import { FACETS, type SearchQuery } from '../../../../functions/model/query.ts';
import { ANYTHING } from '../../../fixtures/query.ts';
import {
  cityAround,
  SYNTHETIC_PROVENANCE,
  syntheticContent,
  syntheticVendors,
} from '../../../fixtures/synthetic-city.ts';

const CENTER = { lat: 37.76, lon: -122.44 };
/** More than the branches after which a search may give way. */
const BRANCHES = 20_000;
const EVERYWHERE = { west: -123, south: 37, east: -122, north: 38 };
const at = (minute: number) => ({ minute, timeAsked: true, time: { ...THAT_MINUTE, unknownToo: true } });
const near = { origin: CENTER, sort: 'best' } as const;

/** Searches that use every array of the engine, in long loops and in short ones. */
const QUERIES: readonly SearchQuery[] = [
  { facets: FACETS, status: 'approved', ...at(2_000) },
  { text: 'tacos', facets: FACETS, box: EVERYWHERE, ...near, ...at(700) },
  { text: 'tacos or burritos', ...near, limit: 200 },
  { box: EVERYWHERE, ...near, ...at(2_000), limit: 9_000 },
  { category: ['mexican'], facility: ['truck'], facets: ['category', 'area'] },
  { origin: CENTER, sort: 'distance', ...at(5_000) },
  { text: '"chicken tacos"', limit: 5 },
  { origin: CENTER, sort: 'distance', radiusMetres: 3_000, limit: 500 },
].map((query) => ({ ...ANYTHING, limit: 20, ...query }) as SearchQuery);

afterEach(() => vi.restoreAllMocks());

describe('searches at the same time', () => {
  it('give way to each other, and each returns what it returns alone', async () => {
    const vendors = [...syntheticVendors(BRANCHES, cityAround(CENTER))];
    const engine = openEmbedded({ ...syntheticContent(BRANCHES, CENTER), ...SYNTHETIC_PROVENANCE, vendors });
    const alone = [];
    for (const query of QUERIES) alone.push(await engine.search(query));
    const counted = await engine.counter(QUERIES)(QUERIES[0] as SearchQuery);
    // Every question about the time finds the slice over.
    let now = 0;
    vi.spyOn(performance, 'now').mockImplementation(() => {
      now += 100;
      return now;
    });
    let turns = 0;
    let isDone = false;
    const turn = () => {
      turns++;
      if (!isDone) setImmediate(turn);
    };
    setImmediate(turn);
    const counts = engine.counter(QUERIES)(QUERIES[0] as SearchQuery);
    const together = await Promise.all([...QUERIES, ...QUERIES].map((query) => engine.search(query)));
    isDone = true;
    expect(together).toEqual([...alone, ...alone]);
    expect(await counts).toBe(counted);
    expect(turns).toBeGreaterThan(20);
  });
});

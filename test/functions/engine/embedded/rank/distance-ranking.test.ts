import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Sections } from '../../../../../functions/engine/embedded/file/index-format.ts';
import { CHORD_SLACK, chordOf, vectorOf } from '../../../../../functions/engine/embedded/geo/unit-sphere.ts';
import { BucketSorter } from '../../../../../functions/engine/embedded/rank/bucket-sort.ts';
import { DistanceCutoff } from '../../../../../functions/engine/embedded/rank/distance-cutoff.ts';
import { tieGap, widenedSquare } from '../../../../../functions/engine/embedded/rank/score-bounds.ts';
import { VendorSet } from '../../../../../functions/engine/embedded/rank/vendor-set.ts';
import { openEmbedded } from '../../../../../functions/engine/embedded/release-engine.ts';
import { distanceMetres, type LatLon } from '../../../../../functions/model/geo.ts';
import type { SearchResult } from '../../../../../functions/model/query.ts';
import { ANYTHING } from '../../../../fixtures/query.ts';
import type { Random } from '../../../../fixtures/random.ts';
import {
  cityAround,
  FOODS,
  KINDS,
  SYNTHETIC_PROVENANCE,
  syntheticContent,
  syntheticVendors,
} from '../../../../fixtures/synthetic-city.ts';
import { openScan } from '../../linear-scan/search.ts';

const degrees = (min: number, max: number) =>
  fc.integer({ min: min * 1e6, max: max * 1e6 }).map((micro) => micro / 1e6);
const place = fc.oneof(
  fc.record({ lat: degrees(-90, 90), lon: degrees(-180, 180) }),
  fc.record({ lat: fc.constantFrom(-90, -84.9, 0, 86.5, 90), lon: fc.constantFrom(-180, -179.999, 0, 179.999, 180) }),
  fc.record({ lat: degrees(37.7, 37.72), lon: degrees(-122.42, -122.4) }),
);
/** Two places, close to each other or far apart. */
const pair = fc
  .tuple(place, place, degrees(-0.001, 0.001), degrees(-2.1, 2.1), fc.boolean())
  .map(([a, b, by, far, isNear]) => {
    const lat = Math.max(-90, Math.min(90, a.lat + by));
    return [a, isNear ? { lat, lon: a.lon > 0 ? a.lon - Math.abs(far) : a.lon + Math.abs(far) } : b] as const;
  });

const squareOf = (a: LatLon, b: LatLon) => {
  const [p, q] = [vectorOf(a), vectorOf(b)];
  return p.reduce((sum, value, at) => sum + (value - (q[at] ?? 0)) ** 2, 0);
};

describe('a page sorted by distance', () => {
  const corners = [0, 1e-6, 0.001, 0.004, 0.02].map((by) => ({ lat: 40 + by, lon: -100 - by }));
  const town = { lat: -16.5, lon: 179.99 };

  it.each([
    { name: 'in a town across the date line', center: town, scatter: cityAround(town) },
    {
      name: 'in a town with five corners',
      center: { lat: 40, lon: -100 },
      scatter: (r: Random) => r.pick(corners),
    },
  ])('is the same as that of the linear scan, short or long, $name', async ({ center, scatter }) => {
    const vendors = [...syntheticVendors(3_000, scatter)];
    const release = { ...syntheticContent(3_000, center), ...SYNTHETIC_PROVENANCE, vendors };
    const [engine, oracle] = [openEmbedded(release), openScan(release)];
    const seen = ({ hits, ...totals }: SearchResult) => ({ ...totals, hits: hits.map(({ key }) => key) });
    for (const limit of [0, 10, 300, 700, 10_000]) {
      for (const radiusMetres of [null, 0, 900, 3_000]) {
        for (const north of [0, 0.003, 70]) {
          const origin = { lat: center.lat + north / 2, lon: center.lon };
          const query = { ...ANYTHING, origin, radiusMetres, limit, sort: 'distance' } as const;
          for (const one of [query, { ...query, sort: 'best' as const, text: 'tacos' }]) {
            expect(seen(await engine.search(one)), JSON.stringify(one)).toEqual(seen(await oracle.search(one)));
          }
        }
      }
    }
  });
});

describe('words within a radius', () => {
  it('find what the linear scan finds, from rare words to those that most branches have', async () => {
    const center = { lat: 37.76, lon: -122.44 };
    const vendors = [...syntheticVendors(25_000, cityAround(center))];
    const release = { ...syntheticContent(25_000, center), ...SYNTHETIC_PROVENANCE, vendors };
    const [engine, oracle] = [openEmbedded(release), openScan(release)];
    // Foods range from the most frequent to the rarest, so the words are stored as bit slices, lists read in parts, and lists read whole.
    for (const text of [...FOODS, ...KINDS, 'chicken ramen', 'pho x', 'th']) {
      for (const radiusMetres of [300, 900, 2_500]) {
        const query = { ...ANYTHING, text, origin: center, radiusMetres, limit: 20 };
        const [found, wanted] = [await engine.search(query), await oracle.search(query)];
        const seen = [found, wanted].map(({ hits, ...totals }) => ({ ...totals, keys: hits.map(({ key }) => key) }));
        expect(seen[0], JSON.stringify(query)).toEqual(seen[1]);
      }
    }
  }, 120_000);
});

describe('squared straight lines', () => {
  it('order places like their distances, except within rounding', () => {
    fc.assert(
      fc.property(place, pair, pair, (origin, [a, b], [c, d]) => {
        const places = [a, b, c, d];
        for (const one of places) {
          for (const other of places) {
            if (squareOf(origin, other) <= widenedSquare(squareOf(origin, one))) continue;
            expect(distanceMetres(origin, one)).toBeLessThan(distanceMetres(origin, other));
          }
        }
      }),
      { numRuns: 3000 },
    );
  });

  it('agree with the distances to a fifth of the tolerance', () => {
    fc.assert(
      fc.property(pair, ([origin, spot]) => {
        const metres = distanceMetres(origin, spot);
        // Near the antipode a chord cannot be computed from a distance.
        fc.pre(metres < 19_000_000);
        expect(Math.abs(Math.sqrt(squareOf(origin, spot)) - chordOf(metres))).toBeLessThan(CHORD_SLACK / 5);
      }),
      { numRuns: 3000 },
    );
  });

  it('are never tied within rounding beyond the tie gap', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0, max: 2, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (most, part) => {
          const line = most * part;
          expect((line + 2 * CHORD_SLACK) ** 2 - line ** 2).toBeLessThanOrEqual(tieGap(most ** 2) * (1 + 1e-6) + 1e-15);
        },
      ),
    );
  });
});

describe('BucketSorter', () => {
  /** Keys like distances: spread, clustered or repeated. */
  const key = fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(0, 0.25, 1e-9, 1e-12, 4), fc.nat(9));

  it('sorts by key and loses no item', () => {
    const sorter = new BucketSorter();
    fc.assert(
      fc.property(fc.array(key, { maxLength: 400 }), (keys) => {
        const keyOf = Float64Array.from(keys);
        const sorted = sorter.sort(Uint32Array.from(keys.keys()), keyOf);
        expect([...sorted.keys]).toEqual([...keys].sort((a, b) => a - b));
        expect([...sorted.items].map((item) => keyOf[item])).toEqual([...sorted.keys]);
        expect(new Set(sorted.items).size).toBe(keys.length);
      }),
      { numRuns: 500 },
    );
  });
});

describe('DistanceCutoff', () => {
  const branches = fc.array(
    fc.tuple(
      fc.nat(40),
      fc.oneof(
        fc.constant(0),
        fc.nat(1000).map((n) => n / 7),
      ),
    ),
    { minLength: 1, maxLength: 200 },
  );

  it('reaches enough vendors, and all if there are not enough', () => {
    fc.assert(
      fc.property(branches, fc.integer({ min: 1, max: 50 }), (owners, limit) => {
        const branchVendor = Uint32Array.from(owners, ([vendor]) => vendor);
        const set = new VendorSet({ branchVendor } as unknown as Sections, 41);
        const keys = Float64Array.from(owners, ([, key]) => key);
        const all = { ids: Uint32Array.from(owners.keys()), count: owners.length };
        const reach = new DistanceCutoff(set).reach(all, keys, limit);
        const within = new Set(owners.filter(([, key]) => key <= reach).map(([vendor]) => vendor)).size;
        const present = new Set(owners.map(([vendor]) => vendor));
        expect(within).toBeGreaterThanOrEqual(Math.min(limit, present.size));
        expect(set.count(all)).toBe(present.size);
        set.addAll(all);
        const vendors = new Uint32Array(41);
        const found = set.take(vendors);
        expect([...vendors.subarray(0, found)]).toEqual([...present].sort((a, b) => a - b));
      }),
      { numRuns: 500 },
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openEmbedded } from '../../../../../functions/engine/embedded/release-engine.ts';
import { distanceMetres, EARTH_RADIUS_METRES, type LatLon } from '../../../../../functions/model/geo.ts';
import type { SearchResult } from '../../../../../functions/model/query.ts';
import { ANYTHING } from '../../../../fixtures/query.ts';
import { Random } from '../../../../fixtures/random.ts';
import { branch, town, vendor } from '../../../../fixtures/town.ts';

/** Whole micro-degrees (0.1 m), which both formulas can tell apart. */
const degrees = (min: number, max: number) =>
  fc.integer({ min: min * 1e6, max: max * 1e6 }).map((micro) => micro / 1e6);

/** Anywhere on earth, and often where geometry goes wrong: at the date line, at the poles, and close to each other. */
const place = fc.oneof(
  fc.record({ lat: degrees(-90, 90), lon: degrees(-180, 180) }),
  fc.record({
    lat: fc.constantFrom(-90, -89.999, 0, 89.999, 90),
    lon: fc.constantFrom(-180, -179.999, 0, 179.999, 180),
  }),
  fc.record({ lat: degrees(37.7, 37.72), lon: degrees(-122.42, -122.4) }),
);

/** One to three branches per vendor. */
const places = fc.array(fc.array(place, { minLength: 1, maxLength: 3 }), { maxLength: 30 });

function engineOver(vendors: LatLon[][]) {
  const built = vendors.map((spots, v) =>
    vendor(
      `Vendor ${String.fromCharCode(97 + v)}`,
      [],
      spots.map((spot, b) => branch(`${v}-${b}`, 0, 0, spot)),
    ),
  );
  return openEmbedded(town(built));
}

/** The angle between two unit vectors by cross and dot product, a different formula from the one under test. */
function oracleMetres(a: LatLon, b: LatLon): number {
  const [p, q] = [a, b].map(({ lat, lon }) => {
    const [phi, lambda] = [(lat * Math.PI) / 180, (lon * Math.PI) / 180];
    return [Math.cos(phi) * Math.cos(lambda), Math.cos(phi) * Math.sin(lambda), Math.sin(phi)];
  }) as [number[], number[]];
  const [x1 = 0, y1 = 0, z1 = 0] = p;
  const [x2 = 0, y2 = 0, z2 = 0] = q;
  const cross = Math.hypot(y1 * z2 - z1 * y2, z1 * x2 - x1 * z2, x1 * y2 - y1 * x2);
  return EARTH_RADIUS_METRES * Math.atan2(cross, x1 * x2 + y1 * y2 + z1 * z2);
}

const found = (result: SearchResult) =>
  new Set(result.hits.flatMap((hit) => hit.branches.map(({ branch: { id } }) => id)));

/** The tolerance in metres. In double precision the formulas agree to a millimetre, but near the antipode only to a metre. */
const slack = (metres: number) => (metres > 19_000_000 ? 2 : 0.01);

describe('a radius', () => {
  it('returns exactly the branches inside, nearest first, with exact totals', async () => {
    await fc.assert(
      fc.asyncProperty(
        places,
        place,
        fc.double({ min: 1, max: 2e7, noNaN: true }),
        async (vendors, origin, radiusMetres) => {
          const result = await engineOver(vendors).search({ ...ANYTHING, sort: 'distance', origin, radiusMetres });
          const ids = found(result);
          for (const [v, spots] of vendors.entries()) {
            for (const [b, spot] of spots.entries()) {
              const metres = oracleMetres(origin, spot);
              if (Math.abs(metres - radiusMetres) < slack(metres)) continue;
              expect(ids.has(`${v}-${b}`), `${metres} m`).toBe(metres < radiusMetres);
            }
          }
          const distances = result.hits.map((hit) => hit.branches[0]?.distanceMetres ?? -1);
          expect(distances).toEqual([...distances].sort((a, b) => a - b));
          for (const { branches } of result.hits) {
            const own = branches.map((hit) => hit.distanceMetres ?? -1);
            expect(own).toEqual([...own].sort((a, b) => a - b));
            for (const { branch: spot, distanceMetres } of branches) {
              expect(Math.abs((distanceMetres ?? -1) - oracleMetres(origin, spot))).toBeLessThan(
                slack(distanceMetres ?? 0),
              );
            }
          }
          expect(result).toMatchObject({ vendors: result.hits.length, branches: ids.size });
        },
      ),
    );
  });

  it('near a pole covers all longitudes that it should', async () => {
    const random = new Random(89);
    const spots = Array.from({ length: 3_000 }, () => [
      { lat: 89.7 + random.next() * 0.3, lon: random.next() * 360 - 180 },
    ]);
    const engine = engineOver(spots);
    for (let count = 0; count < 60; count++) {
      const origin = { lat: 89.75 + random.next() * 0.24, lon: random.next() * 360 - 180 };
      // The circle almost reaches the pole, so its widest part is far from the origin's parallel.
      const radiusMetres = distanceMetres(origin, { lat: 90, lon: 0 }) * (0.5 + random.next() * 0.49);
      const within = spots.flat().filter((spot) => distanceMetres(origin, spot) <= radiusMetres);
      const result = await engine.search({ ...ANYTHING, sort: 'distance', origin, radiusMetres, limit: 0 });
      expect(result.branches, JSON.stringify({ origin, radiusMetres })).toBe(within.length);
    }
  });

  it('lists the vendor at the origin first', async () => {
    await fc.assert(
      fc.asyncProperty(places, fc.nat(), async (vendors, pick) => {
        fc.pre(vendors.length > 0);
        const origin = vendors[pick % vendors.length]?.[0];
        if (!origin) return;
        const [first] = (await engineOver(vendors).search({ ...ANYTHING, sort: 'distance', origin })).hits;
        expect(first?.branches[0]?.distanceMetres).toBeLessThan(0.001);
      }),
    );
  });
});

describe('a box', () => {
  const corners = fc.tuple(degrees(-180, 180), degrees(-90, 90), degrees(-180, 180), degrees(-90, 90));

  it('returns exactly the branches inside, also across the 180th meridian', async () => {
    await fc.assert(
      fc.asyncProperty(places, corners, async (vendors, [west, lat1, east, lat2]) => {
        const [south, north] = [Math.min(lat1, lat2), Math.max(lat1, lat2)];
        const ids = found(
          await engineOver(vendors).search({ ...ANYTHING, sort: 'name', box: { west, south, east, north } }),
        );
        // Longitudes counted from the western edge, where 180 and -180 are the same meridian.
        const around = (lon: number) => (((lon - west) % 360) + 360) % 360;
        const width = west <= east ? east - west : around(east);
        for (const [v, spots] of vendors.entries()) {
          for (const [b, { lat, lon }] of spots.entries()) {
            const past = around(lon);
            if (Math.abs(past - width) < 1e-9 || Math.abs(past - 360) < 1e-9) continue;
            expect(ids.has(`${v}-${b}`)).toBe(lat >= south && lat <= north && past <= width);
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it('contains all of Fiji', async () => {
    const fiji = { west: 177, south: -20, east: -178, north: -15 };
    const engine = engineOver([[{ lat: -18.1, lon: 178.4 }], [{ lat: -17, lon: -179.9 }], [{ lat: -18, lon: 0 }]]);
    expect(found(await engine.search({ ...ANYTHING, sort: 'name', box: fiji }))).toEqual(new Set(['0-0', '1-0']));
  });
});

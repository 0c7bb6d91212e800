import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isOnEarth, type LatLon } from '../../../functions/model/geo.ts';
import { isInside } from '../../../seed/record/geometry.ts';
import { placesHull } from '../../../seed/vendor/places-hull.ts';
import { cityWithPermits } from '../../fixtures/minimal-city.ts';
import { csv, releaseOf } from '../tables.ts';

const CORNERS = ['Anna,40,-90', 'Bert,41,-90', 'Cleo,41,-89', 'Dora,40.5,-89.5'];
const columns = { name: 'Stall', lat: 'Y', lon: 'X' };
const table = (lines: readonly string[]) => csv('Stall,Y,X', ...lines);
const place = fc.record({
  lat: fc.double({ min: 40, max: 41, noNaN: true }),
  lon: fc.double({ min: -90, max: -89, noNaN: true }),
});
/** A triangle, so that there is a hull whatever else there is. */
const TRIANGLE: LatLon[] = [
  { lat: 40.2, lon: -89.8 },
  { lat: 40.8, lon: -89.7 },
  { lat: 40.5, lon: -89.2 },
];
/** Twice the signed area; negative for a clockwise ring. */
const area = (ring: readonly LatLon[]) =>
  ring.slice(1).reduce((sum, { lat, lon }, at) => sum + (ring[at]?.lon ?? 0) * lat - lon * (ring[at]?.lat ?? 0), 0);

describe('placesHull', () => {
  it('is one closed, clockwise ring around all places, in any order of them', () => {
    fc.assert(
      fc.property(fc.array(place, { maxLength: 40 }), (more) => {
        const places = [...TRIANGLE, ...more];
        const hull = placesHull(places);
        const [ring = []] = hull;
        expect(hull).toHaveLength(1);
        expect(ring.at(-1)).toEqual(ring[0]);
        expect(area(ring)).toBeLessThan(0);
        for (const one of places) expect(isInside([ring], one)).toBe(true);
        expect(placesHull([...places].reverse())).toEqual(hull);
      }),
    );
  });

  it('is close to the places', () => {
    const [ring = []] = placesHull(TRIANGLE);
    expect(ring).toHaveLength(4);
    for (const { lat, lon } of ring) {
      expect([lat > 40.1, lat < 40.9, lon > -89.9, lon < -89.1]).toEqual([true, true, true, true]);
    }
  });

  it('goes across the 180th meridian', () => {
    const fiji = [
      { lat: -16.5, lon: 179.4 },
      { lat: -17.0, lon: -179.8 },
      { lat: -16.9, lon: 179.9 },
    ];
    const [ring = []] = placesHull(fiji, true);
    expect(ring.every(isOnEarth)).toBe(true);
    expect(ring.every(({ lon }) => Math.abs(lon) > 179)).toBe(true);
  });

  it.each([
    ['no place', []],
    ['one place', TRIANGLE.slice(0, 1)],
    ['two places', TRIANGLE.slice(0, 2)],
    ['the same place', Array.from({ length: 5 }, () => TRIANGLE[0] as LatLon)],
    ['places on a line', [0, 1, 2, 3].map((at) => ({ lat: 40 + at / 4, lon: -90 + at / 4 }))],
  ])('of %s is no ring', (_, places) => {
    expect(placesHull(places)).toEqual([]);
  });
});

describe('the outline of a release', () => {
  it('is a hull, said to be one, if the city’s file has none', () => {
    const { city } = releaseOf(cityWithPermits({ columns }), table(CORNERS)).release;
    expect(city.outlineIsHull).toBe(true);
    expect(city.outline).toEqual(
      releaseOf(cityWithPermits({ columns }), table([...CORNERS].reverse())).release.city.outline,
    );
    expect(city.outline[0]).toHaveLength(4);
  });

  it('is none if the file says so, and the file’s own otherwise', () => {
    const none = releaseOf(cityWithPermits({ columns }, { outline: null }), table(CORNERS)).release.city;
    expect([none.outline, none.outlineIsHull]).toEqual([[], undefined]);
    const ring = [
      [-90, 40],
      [-89, 40],
      [-89, 41],
      [-90, 40],
    ];
    const outline = { type: 'Polygon', coordinates: [ring] };
    const own = releaseOf(cityWithPermits({ columns }, { outline }), table(CORNERS)).release.city;
    expect([own.outline, own.outlineIsHull]).toEqual([[ring.map(([lon, lat]) => ({ lat, lon }))], undefined]);
  });
});

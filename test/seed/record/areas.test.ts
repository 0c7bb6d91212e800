import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { noArea, readAreas } from '../../../seed/record/areas.ts';
import { readPermits } from '../../../seed/record/permit.ts';
import { sanFrancisco, vancouver } from '../../fixtures/cities.ts';
import { noSharedData } from '../../fixtures/shared-data.ts';
import { csv, geojson, json, PERMITS, READ_AT, snapshot } from '../tables.ts';

type Position = [lon: number, lat: number];

const square = (west: number, south: number, size: number): Position[] => [
  [west, south],
  [west + size, south],
  [west + size, south + size],
  [west, south + size],
  [west, south],
];
const feature = (name: string | null, geometry: object | null) => ({
  type: 'Feature',
  properties: { nhood: name },
  geometry,
});
const areas = (...features: object[]) => readAreas(sanFrancisco, geojson({ type: 'FeatureCollection', features }));

const ring = feature('Ring', { type: 'Polygon', coordinates: [square(0, 0, 10), square(4, 4, 2)] });
const islands = feature('Islands', { type: 'MultiPolygon', coordinates: [[square(20, 0, 2)], [square(30, 0, 2)]] });
const nested = feature('Nested', { type: 'Polygon', coordinates: [square(4, 4, 2)] });

describe('the area of a place', () => {
  it.each([
    [1, 1, 'Ring'],
    [5, 5, 'Nested'],
    [11, 5, null],
    [5, 11, null],
    [21, 1, 'Islands'],
    [31, 1, 'Islands'],
    [25, 1, null],
  ])('%d, %d', (lon, lat, name) => {
    expect(areas(ring, islands, nested).areaOf({ lat, lon })).toBe(name);
  });

  it('is exactly one on a shared border', () => {
    const [west, east] = [
      feature('West', { type: 'Polygon', coordinates: [square(0, 0, 1)] }),
      feature('East', { type: 'Polygon', coordinates: [square(1, 0, 1)] }),
    ];
    const [both, other] = [areas(west, east), areas(east, west)];
    for (const point of [
      { lat: 0.5, lon: 1 },
      { lat: 0.25, lon: 1 },
    ]) {
      expect(both.areaOf(point)).not.toBeNull();
      expect(other.areaOf(point)).toBe(both.areaOf(point));
    }
  });

  it('agrees with the winding number for any star-shaped polygon', () => {
    const star = fc.array(fc.double({ min: 1, max: 10, noNaN: true }), { minLength: 5, maxLength: 20 });
    const point = fc.record({
      lat: fc.double({ min: -11, max: 11, noNaN: true }),
      lon: fc.double({ min: -11, max: 11, noNaN: true }),
    });
    fc.assert(
      fc.property(star, point, (radii, { lat, lon }) => {
        const corners = radii.map((radius, index): Position => {
          const angle = (2 * Math.PI * index) / radii.length;
          return [radius * Math.cos(angle), radius * Math.sin(angle)];
        });
        let turns = 0;
        for (const [index, [x, y]] of corners.entries()) {
          const [toX, toY] = corners[(index + 1) % corners.length] as Position;
          const [ax, ay, bx, by] = [x - lon, y - lat, toX - lon, toY - lat];
          turns += Math.atan2(ax * by - ay * bx, ax * bx + ay * by);
        }
        const expected = Math.abs(turns) > Math.PI ? 'Star' : null;
        fc.pre(Math.abs(Math.abs(turns) - Math.PI) > 0.01);
        expect(
          areas(feature('Star', { type: 'Polygon', coordinates: [[...corners, corners[0]]] })).areaOf({ lat, lon }),
        ).toBe(expected);
      }),
      { numRuns: 300 },
    );
  });
});

describe('readAreas', () => {
  it('reads the portal’s CSV and JSON too', () => {
    const wkt = 'MULTIPOLYGON (((0 0, 10 0, 10 10, 0 10, 0 0), (4 4, 6 4, 6 6, 4 6, 4 4)))';
    const fromCsv = readAreas(
      sanFrancisco,
      csv('the_geom,nhood', `"${wkt}",Ring`, '"POLYGON ((20 0, 22 0, 22 2, 20 0))",Wedge'),
    );
    expect([1, 5, 21.5].map((at) => fromCsv.areaOf({ lat: at === 5 ? 5 : 1, lon: at }))).toEqual([
      'Ring',
      null,
      'Wedge',
    ]);
    const fromJson = readAreas(sanFrancisco, json({ nhood: 'Ring', the_geom: ring.geometry }));
    expect(fromJson.areaOf({ lat: 1, lon: 1 })).toBe('Ring');
  });

  it('drops areas without a name or polygons, with their line', () => {
    const read = areas(
      ring,
      feature(null, ring.geometry),
      feature('Line', {
        type: 'LineString',
        coordinates: [
          [0, 0],
          [1, 1],
        ],
      }),
    );
    expect(read.names).toEqual(['Ring']);
    expect(read.dropped.map(({ line, reason }) => [line, reason])).toEqual([
      [2, 'no_name'],
      [3, 'bad_geometry'],
    ]);
    expect(read.rowsIn).toBe(3);
  });

  it('throws for a city without areas', () => {
    expect(() => readAreas(vancouver, csv('name,geometry', 'a,b'))).toThrow(/vancouver has no areas/);
    expect(noArea()).toBeNull();
  });
});

it.skipIf(noSharedData)('every place but one of every snapshot is in one of the 41 neighbourhoods', () => {
  const { areaOf, names, dropped } = readAreas(
    sanFrancisco,
    snapshot('geometry/sf-neighborhoods-analysis.min.geojson'),
  );
  expect([names.length, dropped.length]).toEqual([41, 0]);
  for (const file of PERMITS) {
    const { rows } = readPermits(sanFrancisco, snapshot(file), { readAt: READ_AT });
    const outside = rows.filter(({ place }) => place !== null && areaOf(place) === null);
    expect(outside.length, file).toBe(1);
  }
});

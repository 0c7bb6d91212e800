import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPoint } from '../../../seed/record/coordinates.ts';
import { isInside } from '../../../seed/record/geometry.ts';
import { sanFrancisco } from '../../fixtures/cities.ts';

const { bounds } = sanFrancisco.facts;

describe('a shape', () => {
  const ring = '-122.43 37.75, -122.41 37.75, -122.41 37.77, -122.43 37.77, -122.43 37.75';
  const near = (text: string) => {
    const reading = readPoint(text, bounds);
    if (reading.kind !== 'place') throw new Error(JSON.stringify(reading));
    return [reading.shape, reading.place.lat.toFixed(6), reading.place.lon.toFixed(6)];
  };

  it.each([
    ['MULTIPOINT ((-122.42 37.76))', 'MultiPoint', '37.760000', '-122.420000'],
    ['MULTIPOINT (-122.42 37.76, -122.41 37.76, -122.43 37.761)', 'MultiPoint', '37.760000', '-122.420000'],
    [`POLYGON ((${ring}))`, 'Polygon', '37.760000', '-122.420000'],
    // The middle of the outline is in a hole: the point is left of it.
    [
      `POLYGON ((${ring}), (-122.425 37.755, -122.415 37.755, -122.415 37.765, -122.425 37.765, -122.425 37.755))`,
      'Polygon',
      '37.760000',
      '-122.427500',
    ],
    // A horseshoe does not contain its middle.
    [
      'POLYGON ((-122.43 37.75, -122.41 37.75, -122.41 37.77, -122.412 37.77, -122.412 37.752, -122.43 37.752, -122.43 37.75))',
      'Polygon',
      '37.760000',
      '-122.411000',
    ],
    [
      `MULTIPOLYGON (((-122.5 37.71, -122.4999 37.71, -122.5 37.7101, -122.5 37.71)), ((${ring})))`,
      'MultiPolygon',
      '37.760000',
      '-122.420000',
    ],
    ['{"type":"MultiPoint","coordinates":[[-122.42,37.76],[-122.42,37.76]]}', 'MultiPoint', '37.760000', '-122.420000'],
  ])('%s has a point of it', (text, ...expected) => {
    expect(near(text)).toEqual(expected);
  });

  it.each([
    ['LINESTRING (-122.42 37.76, -122.41 37.77)', 'LineString'],
    ['{"type":"LineString","coordinates":[[-122.42,37.76],[-122.41,37.77]]}', 'LineString'],
    [
      '{"type":"GeometryCollection","geometries":[{"type":"Point"},{"type":"Point","coordinates":[1,2]}]}',
      'GeometryCollection',
    ],
    ['GEOMETRYCOLLECTION (POINT (1 2), POINT (3 4))', 'GeometryCollection'],
    ['{"type":"Polygon","coordinates":[[[1,2],[3]]]}', 'Polygon'],
  ])('%s is named for what it is', (text, name) => {
    expect(readPoint(text, bounds)).toMatchObject({
      kind: 'bad_place',
      detail: expect.stringContaining(`a ${name} and no point`),
    });
  });

  it('of any size has a point inside', () => {
    const star = fc.array(fc.double({ min: 0.0001, max: 0.02, noNaN: true }), { minLength: 3, maxLength: 12 });
    fc.assert(
      fc.property(star, (radii) => {
        const corners = radii.map((radius, at) => {
          const angle = (2 * Math.PI * at) / radii.length;
          return { lat: 37.76 + radius * Math.sin(angle), lon: -122.42 + radius * Math.cos(angle) };
        });
        const text = `POLYGON ((${[...corners, ...corners.slice(0, 1)].map(({ lat, lon }) => `${lon} ${lat}`).join(', ')}))`;
        const reading = readPoint(text, bounds);
        expect(reading.kind === 'place' && isInside([corners], reading.place)).toBe(true);
      }),
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readPlace, readPoint } from '../../../seed/record/coordinates.ts';
import { sanFrancisco, vancouver } from '../../fixtures/cities.ts';
import { csv, releaseOf } from '../tables.ts';

const { bounds } = sanFrancisco.facts;
const PLACE = { lat: 37.76, lon: -122.42 };

describe('a place in one text', () => {
  it.each([
    '(37.76, -122.42)',
    '37.76, -122.42',
    '37.76,-122.42',
    'POINT (-122.42 37.76)',
    'point(-122.42 37.76)',
    'SRID=4326;POINT (-122.42 37.76)',
    'POINT Z (-122.42 37.76 12.5)',
    '\n,  \n(37.76, -122.42)',
    '1800 FOLSOM ST\nSan Francisco, CA 94103\n(37.76, -122.42)',
    'Towson 21204\n(37.76, -122.42)',
    '{"coordinates": [-122.42, 37.76], "type": "Point"}',
    '{"type":"Point","coordinates":[-122.42,37.76,3]}',
    '{"latitude":"37.76","longitude":"-122.42","human_address":"{\\"address\\": \\"\\"}"}',
    '{"needs_recoding":false,"longitude":"-122.42","latitude":"37.76"}',
    '["{\\"address\\":\\"\\",\\"city\\":\\"\\"}","37.76","-122.42",null,false]',
    '[null,37.76,-122.42,null,false]',
    '{"lon":-122.42,"lat":37.76}',
    '{"lat":"37.76","lng":"-122.42"}',
    '{"Lat":37.76,"Long":-122.42}',
    '{"x":-122.42,"y":37.76}',
    "{'lat': 37.76, 'lon': -122.42}",
    // Two numbers in brackets have the order that is within the bounds.
    '[37.76, -122.42]',
    '[-122.42,37.76]',
    '["37.76","-122.42"]',
    '{"type":"Feature","geometry":{"coordinates":[-122.42,37.76],"type":"Point"},"properties":{}}',
    "{'type': 'Point', 'coordinates': [-122.42, 37.76]}",
    '{"type":"FeatureCollection","features":[{"type":"Feature","geometry":{"type":"Point","coordinates":[-122.42,37.76]}}]}',
    '{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[-122.42,37.76]}]}',
    'POINTZ(-122.42 37.76 5)',
    'SRID=4326;POINT M (-122.42 37.76 5)',
  ])('%s', (text) => {
    expect(readPoint(text, bounds)).toEqual({ kind: 'place', place: PLACE });
  });

  it.each([
    '(0, 0)',
    '(0.0, 0.0)',
    'POINT (0 0)',
    'POINT EMPTY',
    '\n,  \n(0.0, 0.0)',
    '["{\\"address\\":\\"\\"}","0","0",null,false]',
    '[null,null,null,null,null]',
    '{"latitude":"0.0","longitude":"0.0"}',
    '{"needs_recoding":false}',
    '',
  ])('%s is no place', (text) => {
    expect(readPoint(text, bounds)).toEqual({ kind: 'none' });
  });

  it.each([
    '1800 FOLSOM ST',
    '{"coordinates":[1',
    '(37.76; -122.42)',
    '[1',
    '{"a":1}',
    '9'.repeat(5000),
    'POINT (37.76)',
  ])('%s cannot be read', (text) => {
    expect(readPoint(text, bounds)).toMatchObject({ kind: 'bad_place' });
  });
});

describe('a decimal comma', () => {
  it('is read in a table whose delimiter is another character', () => {
    expect(readPlace('37,76', '-122,42', [], bounds, true)).toEqual({ kind: 'place', place: PLACE });
    for (const text of ['37,76; -122,42', '(37,76 -122,42)', '37,76, -122,42', '37.76, -122.42'])
      expect(readPoint(text, bounds, true), text).toEqual({ kind: 'place', place: PLACE });
    expect(readPlace('37,760,1', '-122,42', [], bounds, true)).toMatchObject({ kind: 'bad_place' });
    const header = 'locationid;Applicant;Status;FoodItems;Latitude;Longitude;Location';
    const rows = ['1;Ann;APPROVED;Tea;37,76;-122,42;', '2;Bob;APPROVED;Tea;;;37,76 -122,42'];
    const { release } = releaseOf(sanFrancisco, csv(header, ...rows));
    expect(release.vendors.flatMap(({ branches }) => branches)).toMatchObject([PLACE, PLACE]);
  });
});

describe('a place in two cells', () => {
  it.each([
    ['37.76', '-122.42', 'place'],
    [' 3.776e1 ', '-122.42', 'place'],
    ['37.7', '-122.52', 'place'],
    ['0', '0', 'none'],
    ['0.0', '-0', 'none'],
    ['', '', 'none'],
    ['0', '', 'none'],
    ['37.76', '', 'bad_place'],
    ['', '-122.42', 'bad_place'],
    ['37.76', '0', 'bad_place'],
    ['0', '-122.42', 'bad_place'],
    ['37,76', '-122,42', 'bad_place'],
    ['NaN', 'NaN', 'bad_place'],
    ['north', 'west', 'bad_place'],
    ['0x25', '-122.42', 'bad_place'],
    ['37.6999', '-122.42', 'outside_bounds'],
    ['37.76', '122.42', 'outside_bounds'],
    ['-122.42', '37.76', 'outside_bounds'],
    ['1e400', '-122.42', 'outside_bounds'],
  ])('%j, %j: %s', (lat, lon, kind) => {
    expect(readPlace(lat, lon, [], bounds).kind).toBe(kind);
  });

  it('is out of bounds if they are swapped, and the detail says so', () => {
    expect(readPlace('-122.42', '37.76', [], bounds)).toMatchObject({
      detail: expect.stringContaining('if they were swapped'),
    });
  });

  it('takes precedence over the text, unless it is missing', () => {
    expect(readPlace('37.76', '-122.42', ['(37.7, -122.4)'], bounds)).toMatchObject({ place: PLACE });
    expect(readPlace('0', '0', [undefined, '(37.76, -122.42)'], bounds)).toMatchObject({ place: PLACE });
    expect(readPlace(undefined, undefined, ['(37.76, -122.42)'], bounds)).toMatchObject({ place: PLACE });
    expect(readPlace('0', '0', ['(0, 0)'], bounds)).toEqual({ kind: 'none' });
    expect(readPlace(undefined, undefined, [undefined], bounds)).toEqual({ kind: 'none' });
    expect(readPlace('0', '0', ['(91, 200)'], bounds)).toMatchObject({ kind: 'outside_bounds' });
  });
});

it('every place in the city can be read from every notation', () => {
  for (const { west, south, east, north } of [bounds, vancouver.facts.bounds]) {
    const box = { west, south, east, north };
    const place = fc.record({
      lat: fc.double({ min: south, max: north, noNaN: true }),
      lon: fc.double({ min: west, max: east, noNaN: true }),
    });
    fc.assert(
      fc.property(place, ({ lat, lon }) => {
        const texts = [
          `(${lat}, ${lon})`,
          `${lat},${lon}`,
          `POINT (${lon} ${lat})`,
          JSON.stringify({ type: 'Point', coordinates: [lon, lat] }),
          JSON.stringify({ latitude: String(lat), longitude: String(lon) }),
          JSON.stringify(['x', String(lat), String(lon), null, false]),
        ];
        for (const text of texts) expect(readPoint(text, box)).toEqual({ kind: 'place', place: { lat, lon } });
        expect(readPlace(String(lat), String(lon), [], box)).toEqual({ kind: 'place', place: { lat, lon } });
      }),
    );
  }
});

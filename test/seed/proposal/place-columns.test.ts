import { describe, expect, it } from 'vitest';
import { cityExtent } from '../../../seed/proposal/city-extent.ts';
import { profileColumns } from '../../../seed/proposal/column-profile.ts';
import { findPlaces } from '../../../seed/proposal/place-columns.ts';
import type { Table } from '../../../seed/table/table.ts';
import { csv, geojson } from '../tables.ts';
import { proposalFor } from './proposed.ts';

const places = (table: Table) => findPlaces(profileColumns(table), table);
const found = (table: Table) => {
  const result = places(table);
  if (result.kind !== 'found') throw new Error(`no places: ${result.kind}`);
  const columns = Object.fromEntries(Object.entries(result.columns).map(([field, { name }]) => [field, name]));
  return { columns, count: result.places.length, sureness: result.sureness, why: result.why };
};

describe('the columns of places', () => {
  it.each([
    ['latitude', 'longitude'],
    ['LAT', 'LNG'],
    ['Y', 'X'],
    ['geo_lat', 'geo_long'],
    ['Latitud', 'Longitud'],
    ['startLat', 'startLon'],
  ])('are found by the names %s and %s', (lat, lon) => {
    const table = csv(`name,${lon},${lat}`, 'A,-122.41,37.77', 'B,-122.42,37.78');
    expect(found(table)).toMatchObject({ columns: { lat, lon }, count: 2, sureness: 'sure' });
  });

  it('are found without names, by numbers in the range of degrees: a guess', () => {
    const table = csv('stall,a,b,price', 'A,53.48391,-2.23524,3', 'B,53.48402,-2.23511,4');
    expect(found(table)).toMatchObject({ columns: { lat: 'a', lon: 'b' }, sureness: 'guess' });
  });

  it('in degrees are preferred to those in metres', () => {
    const table = csv(
      'X,Y,Latitude,Longitude',
      '6012345.1,2112345.2,37.77,-122.41',
      '6012346.3,2112347.4,37.78,-122.42',
    );
    expect(found(table)).toMatchObject({ columns: { lat: 'Latitude', lon: 'Longitude' } });
  });

  it.each([
    ['POINT (-122.41 37.77)'],
    ['"(37.77, -122.41)"'],
    ['"1 Main St\n(37.7701, -122.4101)"'],
    ['"{""type"": ""Point"", ""coordinates"": [-122.41, 37.77]}"'],
    ['"{""latitude"": ""37.77"", ""longitude"": ""-122.41""}"'],
  ])('may be one column with %s', (text) => {
    expect(found(csv('name,place', `A,${text}`, `B,${text}`))).toMatchObject({ columns: { point: 'place' }, count: 2 });
  });

  it('may have a decimal comma', () => {
    expect(found(csv('name;lat;lon', 'A;48,2089;16,3725', 'B;48,2090;16,3726'))).toMatchObject({ count: 2 });
  });

  // 100 degrees are no latitude; Antarctica and the sea are no place for a city.
  it.each([
    ['-122.41', '37.77'],
    ['-76.61', '39.29'],
    ['-0.12', '51.5'],
  ])('are swapped where latitude %s and longitude %s cannot be', (lat, lon) => {
    const table = csv('name,latitude,longitude', `A,${lat},${lon}`, `B,${lat},${lon}`);
    expect(found(table)).toMatchObject({
      columns: { lat: 'longitude', lon: 'latitude' },
      sureness: 'guess',
      why: expect.stringContaining('swapped'),
    });
  });

  it('of GeoJSON may be swapped too', () => {
    const feature = {
      type: 'Feature',
      properties: { name: 'A' },
      geometry: { type: 'Point', coordinates: [37.77, -122.41] },
    };
    expect(found(geojson({ type: 'FeatureCollection', features: [feature, feature] }))).toMatchObject({
      columns: { lat: ':lon', lon: ':lat' },
      count: 2,
    });
  });
});

describe('a table without usable places', () => {
  const bytes = (...lines: string[]) => new TextEncoder().encode(lines.join('\n'));
  const failure = (...lines: string[]) => {
    try {
      return proposalFor('stalls.csv', bytes(...lines)).text;
    } catch (error) {
      return (error as Error).message;
    }
  };

  it.each([
    ['-13627665.3,4547675.4', 'metres of Web Mercator (EPSG:3857)'],
    ['6012345.1,2112345.2', 'feet of a State Plane zone (United States) or metres of Web Mercator'],
    ['551234.5,4182345.6', 'metres of a UTM zone'],
    ['384512.0,398123.0', 'metres of a national grid or feet of a State Plane zone'],
  ])('in a projection is told what %s are', (xy, system) => {
    const message = failure('name,x,y', `A,${xy}`, `B,${xy}`);
    expect(message).toContain(
      `stalls.csv: has places in "x" and "y" (${xy.split(',').map(Number).join(', ')}), which look like ${system}`,
    );
    expect(message).toContain('Export the table with the coordinate system WGS 84 (EPSG:4326)');
  });

  it('in a projection, as text', () => {
    expect(failure('name,place', 'A,POINT (-13627665.3 4547675.4)', 'B,POINT (-13627666.3 4547676.4)')).toContain(
      'look like metres of Web Mercator',
    );
  });

  it('with the longitude first in a text is told to turn it round', () => {
    expect(failure('name,place', 'A,"-122.4100, 37.7700"', 'B,"-122.4200, 37.7800"')).toContain(
      'a text needs the latitude first. Write the latitude before the longitude',
    );
  });

  it('with addresses only is told what is missing', () => {
    expect(failure('stall,where', 'A,12 Main St', 'B,14 Oak Avenue')).toMatch(
      /^stalls\.csv: has no coordinates.*The column "where" looks like addresses, such as "12 Main St", but no geocoder is called\. Add two columns.*The columns are: stall, where$/,
    );
  });

  it('without names is told so', () => {
    expect(failure('lat,lon,price', '37.75,-122.41,3', '37.76,-122.42,4')).toMatch(
      /^stalls\.csv: has no column with names\. Add a column "name".*The columns are: lat, lon, price$/,
    );
  });

  it('with nothing like a place is told so', () => {
    expect(failure('a,b', 'x,y', 'z,w')).toMatch(/has no coordinates.*No column looks like an address either/);
  });
});

describe('the extent of a city', () => {
  const around = (lat: number, lon: number) =>
    Array.from({ length: 40 }, (_, at) => ({ lat: lat + (at % 7) / 100, lon: lon + (at % 5) / 100 }));

  it('has a margin, and leaves out places that are far from all others', () => {
    const far = { lat: 34.05, lon: -118.24 };
    const { bounds, outliers, zone } = cityExtent([...around(37.7, -122.45), far]);
    expect(outliers).toEqual([far]);
    expect(bounds).toEqual({ south: 37.69, north: 37.77, west: -122.46, east: -122.4 });
    expect(zone).toBe('America/Los_Angeles');
  });

  it('keeps a large region together', () => {
    const wide = Array.from({ length: 50 }, (_, at) => ({ lat: 51 + at / 50, lon: -1 + at / 25 }));
    expect(cityExtent(wide).outliers).toEqual([]);
  });

  it('may cross the 180th meridian', () => {
    const { bounds, outliers } = cityExtent([
      { lat: -16.8, lon: 179.9 },
      { lat: -16.81, lon: 179.98 },
      { lat: -16.82, lon: -179.95 },
    ]);
    expect(outliers).toEqual([]);
    expect(bounds.west).toBeCloseTo(179.88);
    expect(bounds.east).toBeCloseTo(-179.93);
  });
});

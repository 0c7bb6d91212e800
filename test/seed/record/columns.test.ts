import { describe, expect, it } from 'vitest';
import type { SourceSpec } from '../../../seed/city.ts';
import { resolveColumns } from '../../../seed/record/columns.ts';
import { sanFrancisco, vancouver } from '../../fixtures/cities.ts';
import { noSharedData } from '../../fixtures/shared-data.ts';
import { csv, geojson, json, PERMITS, snapshot } from '../tables.ts';

const spec: SourceSpec = {
  url: 'https://city.example/permits.csv',
  paging: 'whole',
  columns: {
    id: ['locationid', 'objectid'],
    food: ['FoodItems'],
    hours: ['dayshours'],
    lat: ['Latitude', ':lat'],
    none: [],
  },
  filters: [],
  required: ['id', 'food'],
  unread: ['X', ':@computed_region_*'],
};

describe('resolveColumns', () => {
  it.each(['locationid,FoodItems', 'ObjectID,food_items', 'location_id,Food Items', 'OBJECTID,FOODITEMS'])(
    'in %s',
    (header) => {
      const table = csv(header, '7,Tacos');
      const columns = resolveColumns('permits', spec, table);
      const [row] = table.rows;
      if (!row) throw new Error('no row');
      expect([columns.read(row, 'id'), columns.read(row, 'food'), columns.read(row, 'hours')]).toEqual([
        '7',
        'Tacos',
        undefined,
      ]);
      expect(columns.missing).toEqual(['hours', 'lat']);
    },
  );

  it('reads the first of several columns that is not blank in the row', () => {
    const table = csv('objectid,locationid,FoodItems', '1,2,Tacos', '3,,Soup');
    const columns = resolveColumns('permits', spec, table);
    expect(table.rows.map((row) => columns.read(row, 'id'))).toEqual(['2', '3']);
  });

  it('lists unknown columns as the source writes them, without those declared unread', () => {
    const table = json({
      objectid: '1',
      fooditems: 'Tacos',
      x: '2',
      ':@computed_region_ab': '3',
      Halal_Certified: 'yes',
    });
    expect(resolveColumns('permits', spec, table).unknown).toEqual(['Halal_Certified']);
  });

  it('treats a feature’s point as a column', () => {
    const collection = {
      type: 'FeatureCollection',
      features: [
        {
          type: 'Feature',
          properties: { objectid: 1, fooditems: 'Tacos' },
          geometry: { type: 'Point', coordinates: [-122.42, 37.76] },
        },
      ],
    };
    const table = geojson(collection);
    const [row] = table.rows;
    if (!row) throw new Error('no row');
    expect(resolveColumns('permits', spec, table).read(row, 'lat')).toBe('37.76');
  });
});

it('the error for a missing required column has the names tried and the columns found', () => {
  expect(() => resolveColumns('permits', spec, csv('id,FoodItems', '7,Tacos'))).toThrow(
    'permits: no column for "id" (tried locationid, objectid); the source has "id", "FoodItems"',
  );
  expect(() => resolveColumns('permits', spec, csv(`${'a,'.repeat(60)}z`, `${'1,'.repeat(60)}2`))).toThrow(
    /and \d+ more$/,
  );
});

it('reading a column that the city’s file does not describe throws', () => {
  const table = csv('locationid,FoodItems', '7,Tacos');
  const [row] = table.rows;
  if (!row) throw new Error('no row');
  expect(() => resolveColumns('permits', spec, table).read(row, 'colour')).toThrow(/no column "colour"/);
});

describe.skipIf(noSharedData)('no snapshot has a column that its city’s file does not know', () => {
  it.each(PERMITS)('%s', (file) => {
    const { missing, unknown } = resolveColumns('permits', sanFrancisco.sources.permits, snapshot(file));
    expect(unknown).toEqual([]);
    // The snapshots have hours since 2017.
    expect(missing).toEqual(/2013|2015/.test(file) ? ['hours'] : []);
  });

  it.each(['schedule/schedule-2017-06-4923.csv', 'schedule/schedule-2022-01-2809.csv'])('%s', (file) => {
    const columns = resolveColumns('schedule', sanFrancisco.sources.schedule as SourceSpec, snapshot(file));
    expect(columns).toMatchObject({ missing: [], unknown: [] });
  });

  it.each(['', '.semicolon-bom'])('vancouver%s', (shape) => {
    const table = snapshot(`other-cities/vancouver-food-vendors-2025-12${shape}.csv`);
    expect(resolveColumns('permits', vancouver.sources.permits, table)).toMatchObject({ missing: [], unknown: [] });
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { printWeek } from '../../../functions/model/hours/week.ts';
import type { CityFile } from '../../../seed/city-file/city-schema.ts';
import { readTimeRange } from '../../../seed/record/time-range.ts';
import { cityOf, minimalCity } from '../../fixtures/minimal-city.ts';
import { noSharedData } from '../../fixtures/shared-data.ts';
import { csv, json, releaseOf, snapshot } from '../tables.ts';

const places = { url: './places.csv', columns: { key: 'Place', lat: 'Y', lon: 'X', area: 'Ward' } } as const;
const file: CityFile = {
  ...minimalCity(),
  sources: {
    permits: { url: './stalls.csv', columns: { name: 'Stall', address: 'Where', lat: 'Y', lon: 'X' } },
    places,
  },
};
const city = cityOf(file);
const PLACES = ['Place,Y,X,Ward', 'City Hall Plaza,40.5,-89.5,Centre', '"Main St., by the bank",40.6,-89.6,'];

function branchesOf(stalls: readonly string[], known: readonly string[] = PLACES) {
  const { release, results } = releaseOf(city, csv('Stall,Where,Y,X', ...stalls), { places: csv(...known) });
  return { branches: release.vendors.flatMap(({ branches }) => branches), results };
}

describe('a table of places', () => {
  it('has the coordinates of permits without any, by their address in any case and with any punctuation', () => {
    const { branches, results } = branchesOf(['Anna,CITY HALL  PLAZA,,', 'Bert,Main St by the Bank,,']);
    expect(branches.map(({ lat, lon, area, address }) => [lat, lon, area, address])).toEqual([
      [40.5, -89.5, 'Centre', 'CITY HALL  PLAZA'],
      [40.6, -89.6, null, 'Main St by the Bank'],
    ]);
    expect(results[0]?.notes.map(({ kind }) => kind)).toEqual(['place_from_table', 'place_from_table']);
  });

  it('does not replace coordinates of the permit, right or wrong', () => {
    const { branches, results } = branchesOf(['Anna,City Hall Plaza,40.7,-89.7', 'Bert,City Hall Plaza,4,-8']);
    expect(branches.map(({ lat }) => lat)).toEqual([40.7]);
    expect(results[0]?.dropped).toMatchObject([{ reason: 'outside_bounds' }]);
  });

  it('without a place of the permit’s name, the permit is dropped, and the report names it', () => {
    const { results } = branchesOf(['Anna,Nowhere,,', 'Bert,,,']);
    expect(results[0]?.dropped.map(({ reason, detail }) => [reason, detail])).toEqual([
      ['no_place', 'no coordinates, or 0,0, and the source places has no "Nowhere"'],
      ['no_place', 'no coordinates, or 0,0'],
    ]);
  });

  it('reports its own faults: every row is kept or dropped once', () => {
    const rows = [',40.5,-89.5,', 'A,,,', 'B,1,2,', 'C,north,-89,', 'D,40.5,-89.5,', 'd,40.5,-89.5,'];
    const { results } = branchesOf(['Anna,D,,'], ['Place,Y,X,Ward', ...rows]);
    const own = results.find(({ source }) => source.name === 'places');
    expect(own?.dropped.map(({ reason }) => reason)).toEqual([
      'no_name',
      'no_place',
      'outside_bounds',
      'bad_place',
      'duplicate_id',
    ]);
    expect(own?.rowsIn).toBe(6);
  });

  it('gives the same places in any order of its rows', () => {
    const rows = ['A,40.5,-89.5,x', 'a,40.6,-89.6,y', 'A.,40.4,-89.4,z', 'B,40.5,-89.5,'];
    fc.assert(
      fc.property(fc.shuffledSubarray(rows, { minLength: rows.length }), (shuffled) => {
        const { branches } = branchesOf(['Anna,a,,', 'Bert,b,,'], ['Place,Y,X,Ward', ...shuffled]);
        expect(branches.map(({ lat, area }) => [lat, area])).toEqual([
          [40.4, 'z'],
          [40.5, null],
        ]);
      }),
    );
  });
});

describe('a schedule with meals, whose ids are made as those of the permits', () => {
  const meals = { Breakfast: '7am-10am', Lunch: '11am-3pm', Dinner: '5 pm to 1 am' };
  const scheduled = (columns: CityFile['sources']['permits']['columns'], byMeals: Record<string, string> = meals) =>
    cityOf({
      ...file,
      bounds: { west: -90, south: 40, east: -70, north: 43 },
      sources: {
        permits: { url: './schedule.json', columns },
        schedule: {
          url: './schedule.json',
          columns: { name: 'name', address: 'location', dayName: 'day', meal: 'time' },
        },
        places,
      },
      hours: { notation: 'schedule', meals: byMeals },
    });
  const columns = { name: 'name', address: 'location' };
  const row = (day: string, time: string) => ({ name: 'Anna', location: 'City Hall Plaza', day, time });

  it('has the hours of its meals, also past midnight, and reports a meal that nobody described', () => {
    const table = json(row('Monday', 'Lunch'), row('monday', ' DINNER'), row('Friday', 'Brunch'));
    const { release, results } = releaseOf(scheduled(columns), table, { schedule: table, places: csv(...PLACES) });
    const [branch] = release.vendors.flatMap(({ branches }) => branches);
    expect(branch && printWeek(branch.hours.week)).toBe('Mo:11AM-3PM/5PM-1AM');
    expect(branch?.hours.complete).toBe(false);
    expect(results[1]?.dropped).toMatchObject([
      { reason: 'bad_time', detail: 'hours.meals of the city\'s file has no "Brunch"' },
    ]);
  });

  it.skipIf(noSharedData)('puts Boston’s trucks of 2016 on the map, with an invented table of its places', () => {
    const table = snapshot('other-cities/boston-food-truck-schedule-2016-06-310.json');
    const names = [...new Set(table.rows.map(({ cells }) => cells.get('location') ?? ''))];
    const known = names.map((name, at) => `"${name.toUpperCase()}",${42 + at / 100},-71.05,`);
    const { release, results } = releaseOf(scheduled(columns), table, {
      schedule: table,
      places: csv('Place,Y,X,Ward', ...known),
    });
    // Counted from the file: 65 trucks at 29 places, 216 pairs of truck and place.
    expect(release.vendors).toHaveLength(65);
    const branches = release.vendors.flatMap((vendor) => vendor.branches);
    expect(branches).toHaveLength(216);
    expect(branches.filter(({ hours }) => hours.week.length === 0)).toEqual([]);
    expect(new Set(branches.map(({ lat }) => lat)).size).toBe(29);
    expect(results[1]?.dropped).toEqual([]);
    // A third of the rows repeat a place, with other hours.
    expect(results[0]?.dropped.map(({ reason }) => reason)).toEqual(Array.from({ length: 94 }, () => 'duplicate_id'));
    const roxy = release.vendors.find(({ name }) => name === "Roxy's Gourmet Grilled Cheese 1");
    const dewey = roxy?.branches.find(({ address }) => address === 'Greenway, Dewey Square Park Plaza');
    const days = table.rows.filter(
      ({ cells }) =>
        cells.get('name') === roxy?.name && cells.get('location') === dewey?.address && cells.get('time') === 'Lunch',
    );
    expect(dewey?.hours.week.map(([start, end]) => end - start)).toEqual(days.map(() => 240));
  });
});

it.each([
  ['11am-3pm', [660, 900]],
  ['07:00 – 10:30', [420, 630]],
  ['5 pm to 1 am', [1020, 1500]],
  ['8AM-8AM', [480, 1920]],
  ['lunch', undefined],
  ['11-3', undefined],
  ['11am', undefined],
  ['9am-10am-11am', undefined],
])('reads the range of times %s', (text, range) => {
  expect(readTimeRange(text)).toEqual(range);
});

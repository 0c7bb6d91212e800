import { describe, expect, it } from 'vitest';
import { noSharedData, sharedData } from '../../fixtures/shared-data.ts';
import { snapshot } from '../../seed/tables.ts';
import { city, directory, failure, file, tried, written } from './city-command.ts';

const stalls = ['Stall,Where,Menu', 'Ann,Town Hall,Tacos', 'Bea,"Main St, by the bank",Soup', 'Cid,Nowhere,Coffee', ''];
const places = ['Name,Latitude,Longitude,Owner', 'TOWN HALL,40.5,-89.5,x', 'Main St by the Bank,40.6,-89.6,y', ''];

describe('npm run city -- try with a table of places', () => {
  it('joins the two tables by their names, and says which rows have no place', async () => {
    const table = await file('named-stalls.csv', stalls.join('\n'));
    const named = await file('named-places.csv', places.join('\n'));
    const { code, stdout } = await tried(table, 'named', '--places', named);
    expect(code).toBe(0);
    expect(stdout).toContain('2 of 3 rows name a place of');
    expect(stdout).toContain('in "Where"; not there: Nowhere');
    expect(stdout).toContain('3 rows = 2 kept + 1 dropped');
    expect(await written('named')).toMatchObject({
      ids: { from: 'name-and-address' },
      sources: {
        permits: { url: './named-stalls.csv', columns: { name: 'Stall', address: 'Where' } },
        places: {
          url: './named-places.csv',
          columns: { key: 'Name', lat: 'Latitude', lon: 'Longitude' },
          unread: ['Owner'],
        },
      },
    });
    expect(await city('check', `${directory}/named.json`)).toMatchObject({ code: 0 });
  });

  it('refuses a table of places whose names are others, or that has no coordinates', async () => {
    const table = await file('named-stalls.csv', stalls.join('\n'));
    const others = await file('others.csv', ['Name,Latitude,Longitude', 'North Pier,40.5,-89.5', ''].join('\n'));
    expect(await failure('try', table, '--yes', '--no-serve', '--places', others)).toMatch(
      /others\.csv: no column has the names that the first table has.*"North Pier"/,
    );
    const bare = await file('bare.csv', ['Name,Owner', 'Town Hall,x', ''].join('\n'));
    expect(await failure('try', table, '--yes', '--no-serve', '--places', bare)).toMatch(
      /bare\.csv: has no coordinates/,
    );
  });

  it.skipIf(noSharedData)('puts Boston’s trucks of 2016 on the map, with their days and meals', async () => {
    const name = 'other-cities/boston-food-truck-schedule-2016-06-310.json';
    const spots = [...new Set(snapshot(name).rows.map(({ cells }) => cells.get('location') ?? ''))];
    const lines = spots.map((spot, at) => `"${spot}",${42.3 + at / 1000},-71.05`);
    const table = await file('spots.csv', ['Spot,Lat,Lon', ...lines, ''].join('\n'));
    const { code, stdout } = await tried(sharedData(name), 'boston', '--places', table);
    expect(code).toBe(0);
    // Counted from the file: 65 trucks at 29 places, 216 pairs of truck and place.
    expect(stdout).toContain('65 vendors in 216 places');
    expect(stdout).toContain('hours from: 216 schedule');
    expect(stdout).toContain('310 of 310 rows name a place');
    expect(await written('boston')).toMatchObject({
      zone: 'America/New_York',
      hours: { notation: 'schedule', meals: { Lunch: '11am-3pm', Dinner: '5pm-9pm', Breakfast: '7am-10am' } },
      notes: expect.arrayContaining([expect.stringMatching(/^Guess: hours\.meals: Lunch 11am-3pm/)]),
    });
    expect(await city('check', `${directory}/boston.json`)).toMatchObject({ code: 0 });
  });
});

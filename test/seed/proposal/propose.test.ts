import { describe, expect, it } from 'vitest';
import { findCity } from '../../../seed/find-city.ts';
import { foldColumn } from '../../../seed/table/table.ts';
import { noSharedData, sharedData } from '../../fixtures/shared-data.ts';
import { PERMITS } from '../tables.ts';
import { columnsOf, list, proposalFor } from './proposed.ts';

const OTHERS = ['vancouver-food-vendors-2025-12.csv', 'vancouver-food-vendors-2025-12.semicolon-bom.csv'];
const golden = (name: string) => `../golden/proposals/${name}.txt`;

/** The columns of a built-in city that a proposal names differently, as `field: proposed instead of ours`. */
function differences(cityId: string, path: string): string[] {
  const proposed = columnsOf(proposalFor(path).proposal);
  const columns = Object.entries(findCity(cityId).sources.permits.columns);
  const isOurs = (field: string, column: string) =>
    columns.some(
      ([ours, names]) =>
        ours.replace(/Text$/, '') === field.replace(/Text$/, '') &&
        names.some((name) => foldColumn(name) === foldColumn(column)),
    );
  return Object.entries(proposed).flatMap(([field, column]) => (isOurs(field, column) ? [] : [`${field}: ${column}`]));
}

describe.skipIf(noSharedData)('real lists, as if nobody had described them', () => {
  it.each(PERMITS)('%s gets the columns that its city file has', (file) => {
    const path = sharedData(file);
    expect(differences('san-francisco', path)).toEqual([]);
    const { proposal } = proposalFor(path);
    const fields = proposal.fields.map(({ field }) => field);
    expect(fields).toEqual(
      expect.arrayContaining([
        'id',
        'name',
        'food',
        'address',
        'facility',
        'status',
        'expires',
        'approved',
        'received',
      ]),
    );
    expect(proposal.zone).toMatchObject({ value: 'America/Los_Angeles', sureness: 'sure' });
    expect(proposal.statuses?.value).toMatchObject({
      approved: 'approved',
      expired: 'expired',
      requested: 'requested',
    });
  });

  it.each(OTHERS)('%s gets the columns that its city file has', (file) => {
    const path = sharedData(`other-cities/${file}`);
    expect(differences('vancouver', path)).toEqual([]);
    const { proposal } = proposalFor(path);
    expect(columnsOf(proposal)).toMatchObject({
      id: 'KEY',
      name: 'BUSINESS_NAME',
      food: 'DESCRIPTION',
      area: 'GEO_LOCALAREA',
    });
    expect(proposal).toMatchObject({ zone: { value: 'America/Vancouver' }, name: { value: 'Vancouver' }, hours: null });
  });

  it.each([...PERMITS.slice(-1), `other-cities/${OTHERS[0]}`])('%s has the same proposal as before', async (file) => {
    const name = file.replace(/^.*\/|\.\w+$/g, '');
    await expect(`${proposalFor(sharedData(file)).text}\n`).toMatchFileSnapshot(golden(name));
  });

  it.each(['schedule-2017-06-4923.csv', 'schedule-2022-01-2809.csv'])(
    '%s, with a row for each day of a place, gets the columns that the city file has for schedules',
    (file) => {
      const { proposal } = proposalFor(sharedData(`schedule/${file}`));
      const { columns } = findCity('san-francisco').sources.schedule ?? { columns: {} };
      expect(proposal.hours).toMatchObject({ kind: 'schedule', sureness: 'sure' });
      const [day = '', start = '', end = ''] = proposal.hours?.columns ?? [];
      expect(columns).toMatchObject({
        dayName: expect.arrayContaining([day]),
        start: expect.arrayContaining([start]),
        end: expect.arrayContaining([end]),
      });
      expect(columnsOf(proposal)).toMatchObject({ id: 'locationid', name: 'Applicant', lat: 'Latitude' });
    },
  );

  it('without coordinates, names the column of addresses and says what to do', () => {
    const file = sharedData('other-cities/boston-food-truck-schedule-2016-06-310.json');
    expect(() => proposalFor(file)).toThrow(
      /has no coordinates.*The column "location" looks like addresses, such as ".+".*Add two columns "latitude" and "longitude".*list of places that has "location" too/s,
    );
  });
});

describe('invented lists', () => {
  it.each(['night-market.csv', 'drinking-fountains.geojson', 'cart-licences.csv'])(
    '%s has the same proposal as before',
    async (file) => {
      await expect(`${proposalFor(list(file)).text}\n`).toMatchFileSnapshot(golden(file.replace(/\.\w+$/, '')));
    },
  );

  it('of a night market: five columns, an id that is made, hours in words', () => {
    const { proposal } = proposalFor(list('night-market.csv'));
    expect(columnsOf(proposal)).toEqual({
      lat: 'Latitude',
      lon: 'Longitude',
      name: 'Stall',
      food: 'What they sell',
      hours: 'Open',
    });
    expect(proposal).toMatchObject({
      identity: { value: { kind: 'made', from: ['name'] }, sureness: 'guess' },
      hours: { kind: 'english', columns: ['Open'] },
      zone: { value: 'Europe/London' },
      statuses: null,
      unread: [],
    });
  });

  it('of drinking fountains: OpenStreetMap, most without a name', () => {
    const { proposal } = proposalFor(list('drinking-fountains.geojson'));
    expect(columnsOf(proposal)).toEqual({
      lat: ':lat',
      lon: ':lon',
      id: ':id',
      name: 'name',
      facility: 'amenity',
      hours: 'opening_hours',
    });
    expect(proposal).toMatchObject({
      hours: { kind: 'opening-hours' },
      unnamed: { value: 'Drinking fountain', sureness: 'guess' },
      facilities: { drinking_water: 'drinking_fountain' },
      zone: { value: 'Europe/Vienna' },
    });
  });

  it('of cart licences: no states, names with the last name first, an id column that is always 0', () => {
    const { proposal } = proposalFor(list('cart-licences.csv'));
    expect(columnsOf(proposal)).toEqual({
      point: 'Location 1',
      name: 'VendorName',
      food: 'ItemsSold',
      address: 'VendorAddr',
      facility: 'Cart_Descr',
      permit: 'LicenseNum',
    });
    expect(proposal).toMatchObject({
      identity: { value: { kind: 'made', from: ['name', 'address'] }, sureness: 'guess' },
      statuses: null,
      hours: null,
      zone: { value: 'America/New_York', sureness: 'sure' },
    });
    // 24 rows; "Harbor Pretzel Co., Inc." is a company.
    const companies = 2;
    expect(proposal.lastFirst).toBe(24 - companies);
  });
});

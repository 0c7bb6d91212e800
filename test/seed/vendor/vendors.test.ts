import { beforeAll, describe, expect, it } from 'vitest';
import { tokens } from '../../../functions/model/text/tokenizer.ts';
import type { Vendor } from '../../../functions/model/vendor.ts';
import type { City } from '../../../seed/city.ts';
import { cityIds, findCity } from '../../../seed/find-city.ts';
import { noArea } from '../../../seed/record/areas.ts';
import { readPermits } from '../../../seed/record/permit.ts';
import { readSchedule } from '../../../seed/record/schedule.ts';
import type { Table } from '../../../seed/table/table.ts';
import { joinSchedule } from '../../../seed/vendor/join.ts';
import { chooseSpelling, readName, vendorKey } from '../../../seed/vendor/names.ts';
import { groupVendors, vendorIds } from '../../../seed/vendor/vendors.ts';
import { sanFrancisco, vancouver } from '../../fixtures/cities.ts';
import { noSharedData } from '../../fixtures/shared-data.ts';
import { csv, PERMITS, READ_AT, snapshot } from '../tables.ts';

const load = (city: City, table: Table, areaOf: Parameters<typeof groupVendors>[2] = noArea) =>
  groupVendors(city, joinSchedule(city, readPermits(city, table, { readAt: READ_AT }).rows, null).rows, areaOf);
const HERE = '37.76,-122.42';
const vendors = (...lines: string[]) =>
  load(sanFrancisco, csv('locationid,Applicant,Status,FoodItems,Latitude,Longitude', ...lines));
const only = (list: readonly Vendor[]): Vendor => {
  if (list.length !== 1 || !list[0])
    throw new Error(`${list.length} vendors: ${list.map(({ name }) => name).join(', ')}`);
  return list[0];
};

describe('one vendor', () => {
  it.each([
    [['Goza Goza Taco', 'GOZA GOZA TACO'], 'Goza Goza Taco', []],
    [['GOZA GOZA TACO', 'GOZA GOZA TACO', 'Goza Goza Taco'], 'Goza Goza Taco', []],
    [["Taco's Santana", 'Tacos Santana', 'Tacos Santana'], 'Tacos Santana', []],
    [['Halal Cart', 'Halal Cart, LLC'], 'Halal Cart', ['Halal Cart, LLC']],
    [['Halal Cart L.L.C.', 'Halal Cart, Inc.'], 'Halal Cart L.L.C.', ['Halal Cart, Inc.']],
    [['Peruchi Food Truck,LLC'], 'Peruchi Food Truck,LLC', []],
    [['Wu Wei LLC dba MoBowl', 'MoBowl'], 'MoBowl', ['Wu Wei LLC']],
    [['Covered Dish Productions, LLC. dba. The Rib Whip'], 'The Rib Whip', ['Covered Dish Productions, LLC.']],
    [
      ["The New York Frankfurter Co. of CA, Inc. DBA: Annie's Hot Dogs"],
      "Annie's Hot Dogs",
      ['The New York Frankfurter Co. of CA, Inc.'],
    ],
    [['X Corp d/b/a Y'], 'Y', ['X Corp']],
    [['Fins on the Hoof / Saveurs'], 'Fins on the Hoof / Saveurs', ['Fins on the Hoof', 'Saveurs']],
    [['El Tonayanse #4 / #36'], 'El Tonayanse #4 / #36', []],
    [['HALAL SF GYRO'], 'Halal SF Gyro', []],
    [["BOWL'D ACAI, LLC."], "Bowl'd Acai, LLC.", []],
    [['Crème Brûlée', 'Creme Brulee'], 'Creme Brulee', []],
  ])('spelt %j is shown as %s', (spellings, name, otherNames) => {
    const list = vendors(...spellings.map((spelling, id) => `${id},"${spelling}",APPROVED,Tea,${HERE}`)).vendors;
    expect(only(list)).toMatchObject({ name, otherNames });
  });

  it.each([
    ["Park's Catering", "Paul's Catering"],
    ['M M Catering', 'F & C Catering'],
    ['Sunrise Catering', 'Sun Rise Catering'],
    ['Alfaro Truck', "Alfaro's Truck"],
    ['El Tonayense #60', 'El Tonayense #36'],
    ['Halal Cart', 'Halal Cart of San Francisco'],
    ['Adba Foods', 'Foods'],
  ])('%s is not the same as %s', (one, other) => {
    expect(vendorKey(readName(one).shown)).not.toBe(vendorKey(readName(other).shown));
  });

  it('has the same id in every spelling, and two vendors with the same slug get different ids', () => {
    const ids = ['Halal Cart', 'HALAL CART, LLC', "Halal Cart's, Inc.", 'Wu Wei LLC dba Halal Cart'].map(
      (name) => vendors(`1,"${name}",APPROVED,Tea,${HERE}`).vendors[0]?.id,
    );
    expect([...new Set(ids)].length).toBe(2);
    expect(ids[0]).toBe(ids[1]);
    expect(ids[0]).toMatch(/^halal-cart-[0-9a-f]{4}$/);
    expect(ids[3]).toBe(ids[0]);
    const many = Array.from({ length: 3000 }, (_, index) => String.fromCodePoint(0x4e00 + index));
    const distinct = vendorIds(many);
    expect(new Set(distinct.values()).size).toBe(3000);
    for (const [key, id] of vendorIds([...many].reverse())) expect(distinct.get(key)).toBe(id);
  });

  it('gets its case repaired only if every spelling is in capitals', () => {
    expect(chooseSpelling(new Map([['TING TING MINI MOBILE DELI', 3]]))).toBe('Ting Ting Mini Mobile Deli');
    expect(
      chooseSpelling(
        new Map([
          ['B B', 1],
          ['B b', 1],
          ['A b', 1],
        ]),
      ),
    ).toBe('A b');
  });
});

it('the area comes from the polygons, else from the row', () => {
  const table = csv(
    'KEY,STATUS,BUSINESS_NAME,DESCRIPTION,GEO_LOCALAREA,geo_point_2d',
    'A,open,One,Tea,Downtown,"49.28, -123.12"',
    'B,open,Two,Tea,,"49.29, -123.12"',
  );
  const areaOf = ({ lat }: { lat: number }) => (lat > 49.285 ? 'North' : null);
  expect(load(vancouver, table, areaOf).vendors.map(({ branches }) => branches[0]?.area)).toEqual([
    'Downtown',
    'North',
  ]);
});

it('findCity finds a city by its id', () => {
  for (const id of cityIds()) expect(findCity(id).facts.id).toBe(id);
  expect(() => findCity('atlantis')).toThrow(`no city "atlantis": there are ${cityIds().join(', ')}, and --city PATH`);
});

describe.skipIf(noSharedData)('real snapshots', () => {
  let tables: Table[];
  let loads: ReturnType<typeof load>[];
  // In a skipped suite the body runs, but not the hooks.
  beforeAll(() => {
    tables = PERMITS.map(snapshot);
    loads = tables.map((table) => load(sanFrancisco, table));
  });

  it('a vendor has the same id in all of them', () => {
    const idByKey = new Map<string, string>();
    for (const { vendors: list } of loads) {
      expect(new Set(list.map(({ id }) => id)).size).toBe(list.length);
      for (const { id, name } of list) {
        const key = vendorKey(name);
        expect(idByKey.get(key) ?? id, name).toBe(id);
        idByKey.set(key, id);
      }
    }
    expect(new Set(idByKey.values()).size).toBe(idByKey.size);
  });

  it('names are merged only if they differ in case, punctuation and legal form', () => {
    const names = [...new Set(tables.flatMap(({ rows }) => rows.flatMap(({ cells }) => cells.get('applicant') ?? [])))];
    const plain = (name: string) =>
      name
        .toLowerCase()
        .replace(/'/g, '')
        .replace(/[^a-z0-9]+/g, ' ')
        .trim()
        .replace(/( (llc|inc|corp|co|ltd))+$/, '');
    const folded = new Set(names.map(plain));
    expect(names.length - folded.size).toBe(3);
    expect(new Set(names.map((name) => vendorKey(name))).size).toBe(folded.size);
    // Only trade names after "dba" may merge more.
    const shown = new Set(names.map((name) => vendorKey(readName(name).shown)));
    expect(folded.size - shown.size).toBe(0);
  });

  it.each(PERMITS.map((file, index) => [file, index] as const))(
    '%s: accounts balance, in any order of rows',
    (_file, index) => {
      const table = tables[index] as Table;
      const permits = readPermits(sanFrancisco, table, { readAt: READ_AT });
      const { vendors: list, dropped } = loads[index] as ReturnType<typeof load>;
      const branches = list.flatMap((vendor) => vendor.branches);
      expect(branches.length + dropped.length + permits.dropped.length).toBe(table.rows.length);
      expect(list.every(({ branches: own }) => own.length > 0)).toBe(true);
      expect(branches.some(({ lat, lon }) => lat === 0 || lon === 0)).toBe(false);
      expect(load(sanFrancisco, { ...table, rows: [...table.rows].reverse() }).vendors).toEqual(list);
    },
  );

  it('"tacos" is an item of every vendor with the word in any row', () => {
    for (const [index, { vendors: list }] of loads.entries()) {
      const says = new Set(
        (tables[index] as Table).rows
          .filter(({ cells }) => tokens(cells.get('fooditems') ?? '').includes('tacos'))
          .map(({ cells }) => vendorKey(readName(cells.get('applicant') ?? '').shown)),
      );
      const found = list.filter(({ items }) => items.some((item) => tokens(item).includes('tacos')));
      const placed = new Set(list.map(({ name }) => vendorKey(name)));
      expect(new Set(found.map(({ name }) => vendorKey(name)))).toEqual(
        new Set([...says].filter((key) => placed.has(key))),
      );
    }
  });

  it('the schedule of 2017 has a place for 45 of the 57 rows without coordinates', () => {
    const permits = readPermits(sanFrancisco, snapshot('permits/permits-2017-06-19-764.csv'), { readAt: READ_AT });
    const schedule = readSchedule(sanFrancisco, snapshot('schedule/schedule-2017-06-4923.csv'));
    const joined = joinSchedule(
      sanFrancisco,
      permits.rows,
      schedule,
      new Set(permits.dropped.flatMap(({ id }) => id ?? [])),
    );
    const without = permits.rows.filter(({ place }) => place === null).length;
    expect(without - joined.rows.filter(({ place }) => place === null).length).toBe(45);
    expect(joined.orphans).toEqual([]);
    const approved = joined.rows.filter(({ status }) => status === 'approved');
    expect([approved.length, approved.filter(({ hours }) => hours.source === 'schedule').length]).toEqual([399, 356]);
  });

  it('Vancouver has 76 vendors in 91 places, one vendor for each row without a name', () => {
    const { vendors: list, dropped } = load(vancouver, snapshot('other-cities/vancouver-food-vendors-2025-12.csv'));
    expect(dropped).toEqual([]);
    expect(list.flatMap(({ branches }) => branches).length).toBe(91);
    expect(list.filter(({ name }) => /^Street food vendor \w+$/.test(name)).length).toBe(16);
    expect(list.find(({ name }) => name === 'Japadog')?.branches.map(({ id }) => id)).toEqual(['DT26', 'DT52', 'DT69']);
  });
});

import { describe, expect, it } from 'vitest';
import type { Vendor } from '../../../functions/model/vendor.ts';
import { noArea } from '../../../seed/record/areas.ts';
import { readPermits } from '../../../seed/record/permit.ts';
import { joinSchedule } from '../../../seed/vendor/join.ts';
import { groupVendors } from '../../../seed/vendor/vendors.ts';
import { sanFrancisco } from '../../fixtures/cities.ts';
import { csv, READ_AT } from '../tables.ts';

const HERE = '37.76,-122.42';

function vendors(...lines: string[]) {
  const table = csv('locationid,Applicant,Status,FoodItems,Latitude,Longitude', ...lines);
  const { rows } = readPermits(sanFrancisco, table, { readAt: READ_AT });
  return groupVendors(sanFrancisco, joinSchedule(sanFrancisco, rows, null).rows, noArea);
}

function only(list: readonly Vendor[]): Vendor {
  expect(list).toHaveLength(1);
  return list[0] as Vendor;
}

describe('a vendor’s food', () => {
  it('is the union of all its rows, with or without a place, each dish once, those of approved permits first', () => {
    const { vendors: list, dropped } = vendors(
      `3,Truck,APPROVED,Soup: TACOS,${HERE}`,
      `1,Truck,EXPIRED,Tacos: Burritos: Pie,${HERE}`,
      '2,Truck,APPROVED,Cold Truck: Soda: burritos,0,0',
      '4,Gone,APPROVED,Tea,0,0',
      '5,Away,APPROVED,Tea,48.1,11.5',
    );
    expect(only(list)).toMatchObject({
      items: ['Soda', 'Burritos', 'Soup', 'Tacos', 'Pie'],
      pastItems: ['Pie'],
      drinks: true,
    });
    expect(only(list).branches.map(({ id }) => id)).toEqual(['1', '3']);
    expect(dropped.map(({ id, reason }) => [id, reason])).toEqual([
      ['2', 'no_place'],
      ['4', 'no_place'],
      ['5', 'outside_bounds'],
    ]);
  });

  it.each([
    ['no permit is approved', ['EXPIRED', 'REQUESTED'], []],
    ['all permits are approved', ['APPROVED', 'APPROVED'], []],
    ['the approved permit is the second', ['EXPIRED', 'APPROVED'], ['Tacos']],
    ['the other permit is suspended', ['APPROVED', 'SUSPEND'], ['Pie']],
  ])('is past if only permits without approval list it: %s', (_title, [first, second], pastItems) => {
    const { vendors: list } = vendors(`1,Truck,${first},Tacos: Soup,${HERE}`, `2,Truck,${second},Soup: Pie,${HERE}`);
    expect(only(list).pastItems).toEqual(pastItems);
    expect(only(list).items.slice(3 - pastItems.length)).toEqual(expect.arrayContaining(pastItems));
  });

  it('leaves out food that is not sold, and notes it', () => {
    const { vendors: list, notes } = vendors(
      `1,Truck,APPROVED,everything except for hot dogs,${HERE}`,
      `2,Truck,APPROVED,MFF - Do not approve without review,${HERE}`,
    );
    expect(only(list)).toMatchObject({ items: ['Everything'], searchText: [] });
    expect(notes.map(({ id, kind, detail }) => [id, kind, detail])).toEqual([
      ['1', 'food_excluded', 'except for hot dogs'],
      ['2', 'food_remark', 'MFF - Do not approve without review'],
    ]);
  });
});

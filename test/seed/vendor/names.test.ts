import { describe, expect, it } from 'vitest';
import { readFood } from '../../../seed/food/food.ts';
import { chooseSpelling, readName, vendorKey } from '../../../seed/vendor/names.ts';
import { sanFrancisco } from '../../fixtures/cities.ts';
import { csv, releaseOf } from '../tables.ts';

const shown = (name: string) => chooseSpelling(new Map([[readName(name).shown, 1]]), sanFrancisco.food.acronyms);

describe('a name in capitals gets its case repaired', () => {
  it.each([
    ['HALAL NY GYRO', 'Halal NY Gyro'],
    ['USA HOT DOGS', 'USA Hot Dogs'],
    ['ABC FOODS LLC', 'ABC Foods LLC'],
    ['VIP CATERING', 'VIP Catering'],
    ['KFC', 'KFC'],
    ['PB & J', 'PB & J'],
    ['BH & MT LLC', 'BH & MT LLC'],
    ["DJ'S SOUL FOOD", "DJ's Soul Food"],
    ['JJ’S TACOS', 'JJ’s Tacos'],
    ['MR. & MRS. TACO', 'Mr. & Mrs. Taco'],
    ['MT. ZION BBQ, LTD.', 'Mt. Zion BBQ, Ltd.'],
    ["MCDONALD'S", "McDonald's"],
    ["O'BRIEN'S", "O'Brien's"],
    ["D'ANGELO", "D'Angelo"],
    ["BOWL'D ACAI", "Bowl'd Acai"],
    ["IT'S-IT ICE CREAM", "It's-It Ice Cream"],
    ['III BROTHERS BBQ', 'III Brothers BBQ'],
    ['EL SUR IV', 'El Sur IV'],
    ["VI'S KITCHEN", "Vi's Kitchen"],
    ['4TH ST TACOS', '4th St Tacos'],
    ['ÑAM ÑAM', 'Ñam Ñam'],
    ['TÉ VERDE', 'Té Verde'],
    ['MACARONI KING', 'Macaroni King'],
    ['THE U.S. GRILL', 'The U.S. Grill'],
    ["Dc's mCdonald", "Dc's mCdonald"],
  ])('%s: %s', (name, repaired) => {
    expect(shown(name)).toBe(repaired);
  });

  it.each([
    ['PB & J SANDWICH: NY PIZZA: BEEF OVER RICE', ['PB & J sandwich', 'NY pizza', 'Beef over rice']],
    ["MCDONALD'S FRIES: DR. PEPPER: ARROZ Y POLLO", ["McDonald's fries", 'Dr. Pepper', 'Arroz y pollo']],
  ])('and so does a dish: %s', (text, items) => {
    expect(readFood(text, sanFrancisco).items).toEqual(items);
  });
});

describe('the trade name is shown, and the others are found', () => {
  it.each([
    ["John Smith t/a Joe's Tacos", "Joe's Tacos", ['John Smith']],
    ['ABC Foods doing business as The ABC', 'The ABC', ['ABC Foods']],
    ['ABC Foods (dba The ABC)', 'The ABC', ['ABC Foods']],
    ['DBA The ABC', 'The ABC', []],
    ['Jane Doe dba', 'Jane Doe', []],
    ['A dba B dba C', 'C', ['A', 'B']],
    ['dba', 'dba', []],
    ['Zdba Mart', 'Zdba Mart', []],
    ['Pasta/Pizza', 'Pasta/Pizza', ['Pasta', 'Pizza']],
    ['Santa/Ana Foods', 'Santa/Ana Foods', ['Santa', 'Ana Foods']],
    ['"Smart Tacos"', 'Smart Tacos', []],
    ['ACME Foods, Inc. "Taco Rey"', 'Taco Rey', ['ACME Foods, Inc.']],
    ['Garcia, Maria “La Cocina”', 'La Cocina', ['Maria Garcia']],
    ['Tacos "El Rey"', 'Tacos "El Rey"', ['El Rey']],
  ])('%s: %s', (name, trade, others) => {
    expect(readName(name)).toEqual({ shown: trade, others });
  });

  it.each([
    ['Garcia, Maria', 'Maria Garcia'],
    ['De La Cruz, Juan M.', 'Juan M. De La Cruz'],
    ['GARCIA-LOPEZ, MARIA', 'Maria Garcia-Lopez'],
    ['Rib Whip, The', 'The Rib Whip'],
    // Companies, food and lists stay as they are.
    ['Wexler, LLC', 'Wexler, LLC'],
    ['Viet Duong Co., Ltd.', 'Viet Duong Co., Ltd.'],
    ['Tacos, Burritos', 'Tacos, Burritos'],
    ['Smith, Sons', 'Smith, Sons'],
    ['Ann, Bob, Carl', 'Ann, Bob, Carl'],
    ['Cart 4, Maria', 'Cart 4, Maria'],
  ])('"Last, First" is turned round: %s', (name, turned) => {
    expect(shown(name)).toBe(turned);
  });

  it('one vendor has both forms of a name', () => {
    expect(vendorKey(readName('Garcia, Maria').shown)).toBe(vendorKey('Maria Garcia'));
    const { release } = releaseOf(
      sanFrancisco,
      csv(
        'locationid,Applicant,Status,FoodItems,Latitude,Longitude',
        '1,"GARCIA, MARIA",APPROVED,Tea,37.76,-122.42',
        '2,Maria Garcia,APPROVED,Pie,37.77,-122.42',
        '3,"Lee, Ann t/a Maria Garcia",APPROVED,Soup,37.77,-122.42',
      ),
    );
    expect(release.vendors).toMatchObject([
      { name: 'Maria Garcia', items: ['Tea', 'Pie', 'Soup'], otherNames: ['Ann Lee'] },
    ]);
  });
});

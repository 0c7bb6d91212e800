import { describe, expect, it } from 'vitest';
import type { TruckBranch } from '../../../web/api/types.ts';
import { placeName } from '../../../web/view/place-name.ts';
import { english } from '../english.ts';

const text = english('en-US');
const nameOf = (address: string, description?: string | null) => {
  const place = { address, ...(description === undefined ? {} : { location_description: description }) };
  return placeName(text, place as TruckBranch);
};

describe('the name of a place', () => {
  it.each<[address: string, description: string | null | undefined, name: string | null, details: string | null]>([
    ['50 01ST ST', undefined, '50 1st St', null],
    ['50 01ST ST', null, '50 1st St', null],
    ['50 01ST ST', '', '50 1st St', null],
    ['50 01ST ST', 'MARKET ST: DRUMM ST intersection', '50 1st St', 'Market St: Drumm St intersection'],
    ['Assessors Block 7283/Lot004', undefined, 'Assessors Block 7283/Lot004', null],
    [
      'Assessors Block 7283/Lot004',
      'JOHN MUIR DR: LAKE MERCED BLVD to 03RD ST (200 - 699)',
      'John Muir Dr: Lake Merced Blvd to 3rd St (200 - 699)',
      null,
    ],
    ['ASSESSORS BLOCK /LOT', "O'FARRELL ST: JONES ST to TAYLOR ST", "O'Farrell St: Jones St to Taylor St", null],
    ['NA', 'McAllister at Polk', 'McAllister at Polk', null],
    ['NA', undefined, null, null],
  ])('%s and %s: %s, with %s', (address, description, name, details) => {
    expect(nameOf(address, description)).toEqual({ name, details });
  });
});

import { expect, it } from 'vitest';
import { placeName } from '../../../web/view/place-name.ts';
import { english } from '../english.ts';

const PARKED = 'Truck parked next to the gate';

it.each<[address: string, descriptions: string[], name: string | null, details: string | null]>([
  ['50 01ST ST', [], '50 1st St', null],
  ['50 01ST ST', ['MARKET ST: DRUMM ST intersection'], '50 1st St', 'Market St: Drumm St intersection'],
  ['50 01ST ST', [PARKED, 'MARKET ST: DRUMM ST intersection'], '50 1st St', PARKED],
  ['Assessors Block 7283/Lot004', [], 'Assessors Block 7283/Lot004', null],
  [
    'Assessors Block 7283/Lot004',
    ['JOHN MUIR DR: LAKE MERCED BLVD to 03RD ST (200 - 699)'],
    'John Muir Dr: Lake Merced Blvd to 3rd St (200 - 699)',
    null,
  ],
  [
    'ASSESSORS BLOCK /LOT',
    [PARKED, "O'FARRELL ST: JONES ST to TAYLOR ST"],
    PARKED,
    "O'Farrell St: Jones St to Taylor St",
  ],
  ['NA', ['McAllister at Polk'], 'McAllister at Polk', null],
  ['NA', [], null, null],
])('%s with %j is called %s, with the details %s', (address, location_descriptions, name, details) => {
  expect(placeName(english('en-US'), { address, location_descriptions })).toEqual({ name, details });
});

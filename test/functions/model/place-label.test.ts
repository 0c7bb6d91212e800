import { expect, it } from 'vitest';
import { placeLabel, placeText } from '../../../functions/model/place-label.ts';

it.each<[string | null, string[], string | null]>([
  ['50 01ST ST', ['Truck parked at the corner'], '50 1st St'],
  [null, [], null],
  [null, ['Truck parked at the corner'], 'Truck parked at the corner'],
  ['Assessors Block /Lot', ['BATTERY ST: MARKET ST to BUSH ST (1 - 10)'], 'Battery St: Market St to Bush St (1 - 10)'],
  ['Assessors Block 3930A/Lot002', [], 'Assessors Block 3930A/Lot002'],
  ['100 BLOCKADE RD', ['Next to the gate'], '100 Blockade Rd'],
])('%j with %j is called %j', (address, descriptions, label) => {
  expect(placeLabel({ address, descriptions })).toBe(label);
});

it('the text is the same as in the data', () => {
  expect(placeText({ address: '50 01ST ST', descriptions: [] })).toBe('50 01ST ST');
});

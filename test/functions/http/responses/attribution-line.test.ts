import { expect, it } from 'vitest';
import { attributionLine } from '../../../../functions/http/responses/attribution-line.ts';
import { cityOf, minimalCity } from '../../../fixtures/minimal-city.ts';

it('links the source and the licence where the city’s file has addresses, and names no licence that is not there', () => {
  const line = (attribution: ReturnType<typeof minimalCity>['attribution']) =>
    String(attributionLine(cityOf({ ...minimalCity(), attribution }).facts.attribution));
  const [url, licenseUrl] = ['https://data.example.org/food', 'https://example.org/cc0'];
  expect(line({ text: 'A & B' })).toBe('Source: A &amp; B.');
  expect(line({ text: 'A', url, license: 'CC0', licenseUrl })).toBe(
    `Source: <a href="${url}">A</a>. Licence: <a href="${licenseUrl}">CC0</a>.`,
  );
  expect(line({ text: 'A', license: 'CC0' })).toBe('Source: A. Licence: CC0.');
});

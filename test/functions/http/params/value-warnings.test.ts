import { expect, it } from 'vitest';
import { openEmbedded } from '../../../../functions/engine/embedded/release-engine.ts';
import type { SearchResponse } from '../../../../functions/http/openapi/schemas/search.ts';
import { valueWarnings } from '../../../../functions/http/params/value-warnings.ts';
import { nearestValue } from '../../../../functions/model/filter-values.ts';
import { contractTown } from '../../engine/contract-town.ts';
import { appOf } from '../app-of.ts';

const app = appOf(openEmbedded(contractTown()));

async function warningsOf(params: string): Promise<readonly string[]> {
  const response = await app.request(`/search?${params}`);
  expect(response.status).toBe(200);
  return ((await response.json()) as SearchResponse).warnings;
}

it.each([
  ['category=mexcian', 'category: nothing has "mexcian"; did you mean "mexican"?'],
  ['category=mexican,hot+dgos', 'category: nothing has "hot dgos"; did you mean "hot_dogs"?'],
  ['facility=pushcart', 'facility: nothing has "pushcart"; did you mean "push_cart"?'],
  ['facility=bicycle', 'facility: nothing has "bicycle", only push_cart, truck'],
  ['area=old', 'area: nothing has "old"; did you mean "Old Town"?'],
  ['status=aproved&q=tacos', 'status: nothing has "aproved"; did you mean "approved"?'],
])('%s: %s', async (params, warning) => {
  expect(await warningsOf(params)).toEqual([warning]);
});

it.each([
  'category=MEXICAN',
  'category=hot+dogs,hot-dogs',
  'area=old+town',
  'status=any&q=tacos',
  'status=expired',
  'q=tacos',
])('%s has only known values', async (params) => {
  expect(await warningsOf(params)).toEqual([]);
});

it('many known values are left to the facet, and a filter without any says so', () => {
  const known = { category: [], facility: [], status: [], area: Array.from({ length: 13 }, (_, at) => `Area ${at}`) };
  expect(valueWarnings({ area: ['Xyz'], category: ['tea'] }, known)).toEqual([
    'category: nothing has "tea"; this city\'s data has no category',
    'area: nothing has "Xyz"; facets=area lists the known ones',
  ]);
});

it.each([
  ['south of market', 'South of Market'],
  ['richmond', 'Inner Richmond'],
  ['soth of market', 'South of Market'],
  ['misson', 'Mission'],
  ['x', undefined],
  ['', undefined],
  ['!!', undefined],
  ['mars', undefined],
])('the value nearest to %j is %j', (value, nearest) => {
  expect(nearestValue(value, ['Inner Richmond', 'Mission', 'Outer Richmond', 'South of Market'])).toBe(nearest);
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  withAnyStatus,
  withBox,
  withExactWords,
  withKnownHours,
  withOpenTime,
  withOrigin,
  without,
  withoutFilters,
  withPlace,
  withSort,
  withText,
  withToggledValue,
  withUserLocation,
} from '../../../web/app/url-changes.ts';
import {
  EMPTY_URL_STATE,
  formatUrlState,
  isEmptySearch,
  parseUrlState,
  sameSearch,
  type UrlState,
  unfilteredSearch,
} from '../../../web/app/url-state.ts';

const word = fc.string({ minLength: 1, maxLength: 30 }).filter((text) => text.trim() === text && text !== '');
const names = ['q', 'lat', 'lon', 'radius', 'bbox', 'area', 'category', 'status', 'open_at', 'sort', 'limit'] as const;
const urlState: fc.Arbitrary<UrlState> = fc.record({
  search: fc.dictionary(fc.constantFrom(...names), word, { noNullPrototype: true }),
  near: fc.option(word),
  place: fc.option(word),
  mapView: fc.option(
    fc.record({
      lat: fc.integer({ min: -900_000, max: 900_000 }).map((n) => n / 1e4),
      lon: fc.integer({ min: -1_800_000, max: 1_800_000 }).map((n) => n / 1e4),
      zoom: fc.integer({ min: 6, max: 38 }).map((n) => n / 2),
    }),
  ),
  lang: fc.option(word),
  embed: fc.boolean(),
});

describe('URL state', () => {
  it('survives formatting and parsing, whatever its values are', () => {
    fc.assert(
      fc.property(urlState, (given) => {
        expect(parseUrlState(formatUrlState(given))).toEqual(given);
      }),
    );
  });

  it.each([
    ['?q=tacos', { q: 'tacos' }],
    ['?q=+banh+mi+', { q: 'banh mi' }],
    ['?q=%F0%9F%8C%AE&utm_source=x', { q: '🌮' }],
    ['?q=&status=', {}],
    ['?lat=abc&lon=1', { lat: 'abc', lon: '1' }],
  ])('%s is parsed as %o: values stay as written, so that the API can validate them', (query, search) => {
    expect(parseUrlState(query)).toEqual({ ...EMPTY_URL_STATE, search });
  });

  it('does not escape the commas of a box', () => {
    expect(formatUrlState(parseUrlState('?bbox=-122.4,37.7,-122.3,37.8'))).toBe('?bbox=-122.4,37.7,-122.3,37.8');
  });
});

describe('an empty search', () => {
  it.each([
    '',
    '?sort=name',
    '?strict=true',
    '?limit=5',
    '?place=12',
    '?q=%20',
    '?map=37.7,-122.4,12',
    '?lang=es',
    '?embed=1',
    '?open_for=30',
  ])('%s is empty', (query) => {
    expect(isEmptySearch(parseUrlState(query))).toBe(true);
  });
  it.each([
    '?q=a',
    '?status=approved',
    '?lat=1',
    '?radius=5',
    '?bbox=x',
    '?open_now=true',
    '?category=tea',
    '?hours=known',
  ])('%s is not empty', (query) => {
    expect(isEmptySearch(parseUrlState(query))).toBe(false);
  });
});

describe('changes of the URL state', () => {
  const from = (query: string) => parseUrlState(query);
  it.each([
    ['typing', withText(from('?q=a&place=7'), ' tacos '), '?q=tacos'],
    ['clearing the text', withText(from('?q=a'), ''), ''],
    ['typing while all vendors are shown', withText(from('?status=approved'), 'pho'), '?q=pho'],
    ['typing with permits of any status', withText(from('?status=any'), 'pho'), '?q=pho&status=any'],
    ['a part of the question removed', withText(from('?q=tacos+no+pork&lat=1&lon=2'), 'tacos'), '?q=tacos&lat=1&lon=2'],
    ['the last part removed', withText(from('?q=no+pork'), ''), ''],
    ['the last part removed, with a filter', withText(from('?q=no+pork&category=tea'), ''), '?category=tea'],
    ['exact words', withExactWords(from('?q=the+grill&place=7'), true), '?q=the+grill&strict=true'],
    ['the question as understood again', withExactWords(from('?q=the+grill&strict=true'), false), '?q=the+grill'],
    ['permits of any status', withAnyStatus(from('?q=a'), true), '?q=a&status=any'],
    ['approved permits again', withAnyStatus(from('?q=a&status=any'), false), '?q=a'],
    ['approved permits again, without text', withAnyStatus(from('?status=any'), false), ''],
    [
      'near me',
      withOrigin(from('?q=a'), { lat: 37.78931, lon: -122.40097 }),
      '?q=a&lat=37.7893&lon=-122.401&sort=distance',
    ],
    ['origin removed', withOrigin(from('?q=a&lat=1&lon=2&radius=5&sort=distance'), null), '?q=a'],
    ['origin removed, by name', withOrigin(from('?q=a&lat=1&lon=2&sort=name'), null), '?q=a&sort=name'],
    ['the default order', withSort(from('?q=a&sort=name'), 'best'), '?q=a'],
    ['no radius', without(from('?q=a&lat=1&lon=2&radius=5'), 'radius'), '?q=a&lat=1&lon=2'],
    ['origin removed, and nothing else left', withOrigin(from('?lat=1&lon=2&sort=distance'), null), ''],
    [
      'near me replaces an area of the map',
      withUserLocation(from('?q=a&bbox=1,2,3,4'), { lat: 5, lon: 6 }),
      '?q=a&lat=5&lon=6&sort=distance',
    ],
    [
      'another origin keeps the area of the map',
      withOrigin(from('?bbox=1,2,3,4'), { lat: 5, lon: 6 }),
      '?lat=5&lon=6&bbox=1,2,3,4&sort=distance',
    ],
    [
      'an area of the map keeps the map view',
      withBox(from('?q=a&map=1,2,12'), '0,0,1,1'),
      '?q=a&bbox=0,0,1,1&map=1.0000,2.0000,12',
    ],
    [
      'a time of the week',
      withOpenTime(from('?q=a&open_now=true'), { minute: 3 * 1440 + 735 }),
      '?q=a&open_at=thu12:15',
    ],
    ['now', withOpenTime(from('?q=a&open_at=thu12:15'), 'now'), '?q=a&open_now=true'],
    ['any time', withOpenTime(from('?q=a&open_at=thu12:15&open_for=30'), 'any'), '?q=a'],
    ['any time, and nothing else left', withOpenTime(from('?open_now=true'), 'any'), ''],
    [
      'a category added',
      withToggledValue(from('?q=a&category=tea'), 'category', 'hot_dogs'),
      '?q=a&category=tea,hot_dogs',
    ],
    [
      'a category removed, however it is written',
      withToggledValue(from('?q=a&category=Hot Dogs,tea'), 'category', 'hot_dogs'),
      '?q=a&category=tea',
    ],
    ['the last category removed', withToggledValue(from('?category=tea'), 'category', 'tea'), ''],
    ['known hours only', withKnownHours(from('?q=a'), true), '?q=a&hours=known'],
    ['no filters', withoutFilters(from('?q=a&category=tea&area=x&facility=truck&open_now=1&hours=known')), '?q=a'],
    ['language and embedding stay', withText(from('?q=a&lang=es&embed=1'), 'b'), '?q=b&lang=es&embed=1'],
    ['a detail', withPlace(from('?q=a'), '12'), '?q=a&place=12'],
  ])('%s', (_name, after, query) => {
    expect(formatUrlState(after)).toBe(query);
  });

  it('a detail does not change the search; a text does', () => {
    fc.assert(
      fc.property(urlState, word, (given, text) => {
        expect(sameSearch(given, withPlace(given, text))).toBe(true);
        expect(sameSearch(given, withText(given, `${given.search.q ?? ''}x`))).toBe(false);
      }),
    );
  });
});

describe('the request when the page filters by itself', () => {
  it.each([
    ['?q=a&open_at=thu12:15&category=tea&hours=known', { q: 'a' }],
    ['?open_now=true', { status: 'approved' }],
    ['?open_at=2026-09-22T12:15&q=a', { q: 'a' }],
    ['?q=a&open_at=whenever', { q: 'a', open_at: 'whenever' }],
    ['?q=a&hours=most', { q: 'a', hours: 'most' }],
    ['?q=a&open_for=30', { q: 'a', open_for: '30' }],
    ['?q=a&open_now=maybe', { q: 'a', open_now: 'maybe' }],
    ['?q=a&open_now=true&open_at=thu12:15', { q: 'a', open_now: 'true', open_at: 'thu12:15' }],
  ])('%s: %o; invalid filters are left to the API', (query, search) => {
    expect(unfilteredSearch(parseUrlState(query))).toEqual(search);
  });
});

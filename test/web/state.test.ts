import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  isIdle,
  readView,
  sameSearch,
  type View,
  viewQuery,
  withAnyStatus,
  withOrigin,
  without,
  withPlace,
  withSort,
  withText,
} from '../../web/state.ts';

const word = fc.string({ minLength: 1, maxLength: 30 }).filter((text) => text.trim() === text && text !== '');
const names = ['q', 'lat', 'lon', 'radius', 'bbox', 'status', 'sort', 'limit'] as const;
const view: fc.Arbitrary<View> = fc.record({
  search: fc.dictionary(fc.constantFrom(...names), word, { noNullPrototype: true }),
  place: fc.option(word),
});

describe('a view and its URL', () => {
  it('says the same after a way through the URL, whatever the texts are', () => {
    fc.assert(
      fc.property(view, (given) => {
        expect(readView(viewQuery(given))).toEqual(given);
      }),
    );
  });

  it.each([
    ['?q=tacos', { q: 'tacos' }],
    ['?q=+banh+mi+', { q: 'banh mi' }],
    ['?q=%F0%9F%8C%AE&utm_source=x', { q: '🌮' }],
    ['?q=&status=', {}],
    ['?lat=abc&lon=1', { lat: 'abc', lon: '1' }],
  ])('%s asks for %o: values stay as written, so that the API can say what is wrong', (query, search) => {
    expect(readView(query)).toEqual({ search, place: null });
  });

  it('keeps the commas of a box readable', () => {
    expect(viewQuery(readView('?bbox=-122.4,37.7,-122.3,37.8'))).toBe('?bbox=-122.4,37.7,-122.3,37.8');
  });
});

describe('idle', () => {
  it.each(['', '?sort=name', '?limit=5', '?place=12', '?q=%20'])('%s asks for nothing', (query) => {
    expect(isIdle(readView(query))).toBe(true);
  });
  it.each(['?q=a', '?status=approved', '?lat=1', '?radius=5', '?bbox=x'])('%s asks for something', (query) => {
    expect(isIdle(readView(query))).toBe(false);
  });
});

describe('steps from view to view', () => {
  const from = (query: string) => readView(query);
  it.each([
    ['typing', withText(from('?q=a&place=7'), ' tacos '), '?q=tacos'],
    ['clearing the text', withText(from('?q=a'), ''), ''],
    ['typing while everything is shown', withText(from('?status=approved'), 'pho'), '?q=pho'],
    ['typing with every permit asked for', withText(from('?status=any'), 'pho'), '?q=pho&status=any'],
    ['every permit', withAnyStatus(from('?q=a'), true), '?q=a&status=any'],
    ['approved permits again', withAnyStatus(from('?q=a&status=any'), false), '?q=a'],
    ['approved permits again, without a text', withAnyStatus(from('?status=any'), false), '?status=approved'],
    [
      'near me',
      withOrigin(from('?q=a'), { lat: 37.78931, lon: -122.40097 }),
      '?q=a&lat=37.7893&lon=-122.401&sort=distance',
    ],
    ['near me no more', withOrigin(from('?q=a&lat=1&lon=2&radius=5&sort=distance'), null), '?q=a'],
    ['near me no more, by name', withOrigin(from('?q=a&lat=1&lon=2&sort=name'), null), '?q=a&sort=name'],
    ['the default order', withSort(from('?q=a&sort=name'), 'best'), '?q=a'],
    ['no radius', without(from('?q=a&lat=1&lon=2&radius=5'), 'radius'), '?q=a&lat=1&lon=2'],
    ['a popup', withPlace(from('?q=a'), '12'), '?q=a&place=12'],
  ])('%s', (_name, after, query) => {
    expect(viewQuery(after)).toBe(query);
  });

  it('a popup changes no answer; anything else does', () => {
    fc.assert(
      fc.property(view, word, (given, text) => {
        expect(sameSearch(given, withPlace(given, text))).toBe(true);
        expect(sameSearch(given, withText(given, `${given.search.q ?? ''}x`))).toBe(false);
      }),
    );
  });
});

import { describe, expect, it } from 'vitest';
import { nounOf } from '../../../seed/proposal/listed-nouns.ts';
import { withAnsweredNoun, wordingText } from '../../../seed/proposal/proposed-wording.ts';
import { noSharedData, sharedData } from '../../fixtures/shared-data.ts';
import { list, proposalFor } from './proposed.ts';

const wordingOf = (path: string) => proposalFor(path).proposal.wording;

describe('what a table lists', () => {
  it('is proposed by its name and its columns, always as a guess', () => {
    const fountains = wordingOf(list('drinking-fountains.geojson'));
    expect(fountains).toMatchObject({ sureness: 'guess', value: { food: false, permits: false } });
    expect(fountains?.value.vendor?.en).toEqual({ one: 'drinking fountain', other: 'drinking fountains' });
    expect(Object.keys(fountains?.value.vendor ?? {})).toEqual(['en', 'es', 'ru', 'zh', 'zh-tw']);
    const market = wordingOf(list('night-market.csv'));
    expect(market?.value).toMatchObject({ vendor: { en: { other: 'market stalls' } }, permits: false });
    expect(market?.value).not.toHaveProperty('food');
  });

  it('is street food with permits, if it has columns of both', () => {
    expect(wordingOf(list('cart-licences.csv'))).toBeNull();
  });

  it.skipIf(noSharedData)('is street food with permits in the real lists', () => {
    for (const path of ['permits/permits-2024-08-29-489.csv', 'other-cities/vancouver-food-vendors-2025-12.csv']) {
      expect(wordingOf(sharedData(path))).toBeNull();
    }
  });
});

describe('a noun', () => {
  it.each([
    ['Public toilets', { one: 'public toilet', other: 'public toilets' }],
    ['Farm Bakeries', { one: 'farm bakery', other: 'farm bakeries' }],
    ['Park benches', { one: 'park bench', other: 'park benches' }],
    ['Food trucks 2016', { one: 'food truck', other: 'food trucks' }],
    ['Food vendors', undefined],
    ['Points of interest', undefined],
    ['Express', undefined],
    ['', undefined],
  ])('of %j', (title, noun) => {
    expect(nounOf(title, [])?.en).toEqual(noun);
  });

  it('may be the answer of a person', () => {
    const wording = { vendor: nounOf('Drinking fountains', []) ?? {}, food: false, permits: false };
    expect(wordingText(wording)).toBe('drinking fountain, drinking fountains; no food, no permits');
    expect(withAnsweredNoun(wording, wordingText(wording))).toBe(wording);
    expect(withAnsweredNoun(wording, 'Tap, Taps')).toEqual({
      ...wording,
      vendor: { en: { one: 'tap', other: 'taps' } },
    });
    expect(withAnsweredNoun(wording, 'tap')).toMatch(/two words with a comma/);
  });
});

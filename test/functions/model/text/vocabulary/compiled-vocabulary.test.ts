import { describe, expect, it } from 'vitest';
import { parserOf } from '../../../../../functions/model/text/parser-of-release.ts';
import {
  LANGUAGES,
  vocabularyOf,
  vocabularyStem,
} from '../../../../../functions/model/text/vocabulary/compiled-vocabulary.ts';
import { streetFoodSynonyms } from '../../../../../seed/food/synonyms.ts';

describe('the vocabularies', () => {
  it('have the same ASCII entries before and after a question in another script', () => {
    const words = new Set(
      LANGUAGES.flatMap(
        (one) =>
          Object.values(one)
            .join(' ')
            .match(/[a-z0-9]+/g) ?? [],
      ),
    );
    const stems = [...words].map(vocabularyStem);
    const vocabulary = vocabularyOf([...streetFoodSynonyms]);
    const entries = () =>
      stems.flatMap((stem) =>
        vocabulary.entriesAt(stem).map(({ kind, stems, meanings }) => ({ kind, stems, meanings })),
      );
    const before = entries();
    expect(before.length).toBeGreaterThan(500);
    expect(vocabulary.entriesAt(vocabularyStem('\u043a\u043e\u0444\u0435'))).toHaveLength(1);
    expect(entries()).toEqual(before);
  });

  it('have what a city adds, and only for that city', () => {
    const synonyms = [...streetFoodSynonyms];
    const own = {
      meanings: 'south of market: soma, сома',
      diets: 'jain: jain',
      fillers: 'hella',
      negations: 'nix',
      openNow: 'poppin now',
    };
    const read = (text: string, vocabulary?: typeof own) => {
      const city = vocabulary ? { synonyms, vocabulary } : { synonyms: [...synonyms] };
      const words = { shortWords: [], literalPairs: [] };
      const { understood } = parserOf({ city, words })({ text, strict: false, exclude: [] });
      return understood.map(({ text, as, means }) => [text, as, ...means].join(' '));
    };
    expect(read('hella jain tacos soma poppin now', own)).toEqual([
      'hella optional',
      'jain diet jain',
      'tacos word',
      'soma word south of market',
      'poppin now open_now',
    ]);
    expect(read('сома nix pork', own)).toEqual(['сома word south of market', 'nix pork excluded pork']);
    expect(read('hella soma')).toEqual(['hella word', 'soma word']);
    expect(vocabularyOf(synonyms, own).phrases()).toContainEqual(['south', 'of', 'market']);
    expect(vocabularyOf(synonyms).phrases()).not.toContainEqual(['south', 'of', 'market']);
  });
});

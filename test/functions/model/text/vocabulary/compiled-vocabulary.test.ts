import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parserOf } from '../../../../../functions/model/text/parser-of-release.ts';
import { LANGUAGES, vocabularyOf } from '../../../../../functions/model/text/vocabulary/compiled-vocabulary.ts';
import { en } from '../../../../../functions/model/text/vocabulary/english.ts';
import { es } from '../../../../../functions/model/text/vocabulary/spanish.ts';
import { foodWordsOf, linesOf } from '../../../../../functions/model/text/vocabulary/vocabulary-lines.ts';
import {
  questionStems,
  stemsOf,
  vocabularyStem,
} from '../../../../../functions/model/text/vocabulary/vocabulary-stems.ts';
import { streetFoodSynonyms } from '../../../../../seed/food/synonyms.ts';

describe('the vocabularies', () => {
  /** Every stem in the lists of all languages and of the synonyms. */
  const stems = [
    ...new Set(
      [...LANGUAGES.flatMap((one) => Object.values(one)), ...streetFoodSynonyms.flat()].flatMap((text) =>
        text.split(/[\s,:]+/).flatMap(questionStems),
      ),
    ),
  ];
  /** What a vocabulary that has not been asked yet says of each stem, asked in an order. */
  const answers = (order: readonly string[]) => {
    const vocabulary = vocabularyOf([...streetFoodSynonyms]);
    const answerOf = (stem: string) => {
      const isKnown = vocabulary.knows(stem);
      const entries = vocabulary.entriesAt(stem).map(({ kind, stems, meanings, alternatives }) => {
        return { kind, stems, meanings, alternatives };
      });
      return [stem, { isKnown, entries }] as const;
    };
    return Object.fromEntries(order.map(answerOf));
  };

  it('say the same of a word whatever is asked before', () => {
    const inOrder = answers(stems);
    expect(Object.values(inOrder).flatMap(({ entries }) => entries).length).toBeGreaterThan(2_000);
    const shuffled = fc.shuffledSubarray(stems, { minLength: 1 });
    fc.assert(
      fc.property(shuffled, (some) => {
        expect(answers(some)).toEqual(Object.fromEntries(some.map((stem) => [stem, inOrder[stem]])));
      }),
      { numRuns: 20 },
    );
  });

  it('have an entry for each line, at its first stem', () => {
    const vocabulary = vocabularyOf([...streetFoodSynonyms]);
    for (const { meanings, diets } of LANGUAGES) {
      const phrases = [...linesOf(meanings), ...linesOf(diets)].flatMap(({ words }) => words);
      for (const phrase of phrases) {
        const all = questionStems(phrase);
        expect(vocabulary.entriesAt(all[0] ?? '').map((entry) => entry.stems)).toContainEqual(all);
      }
    }
  });

  it('know each word of food', () => {
    const vocabulary = vocabularyOf([...streetFoodSynonyms]);
    const foods = [...[en, es].flatMap(foodWordsOf), ...streetFoodSynonyms.flat()].flatMap(stemsOf);
    expect(foods.filter((stem) => !vocabulary.knows(stem))).toEqual([]);
    const cyrillic = ['\u0442\u0430\u043a\u043e', '\u043a\u043e\u0444\u0435'].map(vocabularyStem);
    expect(cyrillic.map(vocabulary.knows)).toEqual([true, true]);
    expect(['the', 'best', 'zzz', ''].map(vocabulary.knows)).toEqual([false, false, false, false]);
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

import { describe, expect, it } from 'vitest';
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
});

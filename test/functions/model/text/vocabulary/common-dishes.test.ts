import { describe, expect, it } from 'vitest';
import { NO_DATA_WORDS } from '../../../../../functions/model/text/parsed-query.ts';
import { parserOf } from '../../../../../functions/model/text/parser-of-release.ts';
import { zh } from '../../../../../functions/model/text/vocabulary/chinese.ts';
import type { LanguageVocabulary } from '../../../../../functions/model/text/vocabulary/language-vocabulary.ts';
import { ru } from '../../../../../functions/model/text/vocabulary/russian.ts';
import { es } from '../../../../../functions/model/text/vocabulary/spanish.ts';
import { keyOf } from '../../../../../functions/model/text/vocabulary/vocabulary-entry.ts';
import { linesOf } from '../../../../../functions/model/text/vocabulary/vocabulary-lines.ts';
import { stemsOf } from '../../../../../functions/model/text/vocabulary/vocabulary-stems.ts';
import { streetFoodSynonyms } from '../../../../../seed/food/synonyms.ts';
import { noSharedData } from '../../../../fixtures/shared-data.ts';
import { loadSnapshot, SNAPSHOTS } from '../../../../relevance/snapshots.ts';

const LANGUAGES = { Spanish: es, Chinese: zh, Russian: ru } as const;
/** How many dishes must have words. */
const DISHES = 100;

/** Words that say how a dish is served or sold, and a brand that has the same name everywhere. */
const DESCRIPTIONS = new Set(
  `various assorted other fresh hot cold soft canned bottled packaged pre prepackaged and of over goods food cup gatorade`
    .split(/\s+/)
    .flatMap(stemsOf),
);

/** The stems of the dishes that the most vendors of all snapshots have, the commonest first. */
async function commonDishes(): Promise<string[][]> {
  const counts = new Map<string, { stems: string[]; vendors: number }>();
  for (const files of Object.values(SNAPSHOTS)) {
    for (const { items } of (await loadSnapshot(files)).vendors) {
      for (const item of items) {
        const stems = stemsOf(item);
        const dish = counts.get(keyOf(stems)) ?? { stems, vendors: 0 };
        counts.set(keyOf(stems), { ...dish, vendors: dish.vendors + 1 });
      }
    }
  }
  const dishes = [...counts.values()].sort((a, b) => b.vendors - a.vendors);
  return dishes.slice(0, DISHES).map(({ stems }) => stems);
}

/** The phrases of the data that a language has words for, with their synonyms. */
function namedPhrases({ meanings, diets, foods }: LanguageVocabulary): string[][] {
  const named = [...linesOf(meanings), ...linesOf(diets)].flatMap((line) => line.meanings);
  const keys = new Set(named.map((one) => keyOf(stemsOf(one))));
  const same = streetFoodSynonyms.filter((group) => group.some((one) => keys.has(keyOf(stemsOf(one))))).flat();
  return [...named, ...same, ...foods.split(/\s+/)].map(stemsOf);
}

/** The words of a dish that no phrase covers. */
function unnamed(dish: readonly string[], phrases: readonly (readonly string[])[]): string[] {
  const left: string[] = [];
  for (let at = 0; at < dish.length; ) {
    const lengths = phrases
      .filter((one) => one.every((stem, offset) => dish[at + offset] === stem))
      .map((one) => one.length);
    const length = Math.max(0, ...lengths);
    if (length === 0 && !DESCRIPTIONS.has(dish[at] as string)) left.push(dish[at] as string);
    at += Math.max(1, length);
  }
  return left;
}

describe('a language', () => {
  it.skipIf(noSharedData)(
    'has words for the hundred commonest dishes of the snapshots',
    { timeout: 60_000 },
    async () => {
      const dishes = await commonDishes();
      expect(dishes).toHaveLength(DISHES);
      for (const [name, language] of Object.entries(LANGUAGES)) {
        const phrases = namedPhrases(language);
        const missing = dishes.filter((dish) => unnamed(dish, phrases).length > 0);
        expect(
          missing.map((dish) => dish.join(' ')),
          name,
        ).toEqual([]);
      }
    },
  );

  it.each(Object.entries(LANGUAGES))('%s: each word asks for what it means', (_, { meanings }) => {
    const parse = parserOf({ city: { synonyms: streetFoodSynonyms }, words: NO_DATA_WORDS });
    for (const line of linesOf(meanings)) {
      for (const word of line.words) {
        const { required } = parse({ text: word, strict: false, exclude: [] });
        const asked = required.flatMap(({ terms, synonymPhrases }) => [
          keyOf(terms.map(({ stem }) => stem)),
          ...synonymPhrases.map(keyOf),
        ]);
        expect([word, required.length], word).toEqual([word, 1]);
        expect(asked, word).toEqual(expect.arrayContaining(line.meanings.map((one) => keyOf(stemsOf(one)))));
      }
    }
  });
});

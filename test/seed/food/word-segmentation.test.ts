import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { tokens } from '../../../functions/model/text/tokenizer.ts';
import { type Food, readFood } from '../../../seed/food/food.ts';
import { sanFrancisco } from '../../fixtures/cities.ts';
import { noSharedData } from '../../fixtures/shared-data.ts';
import { PERMITS, snapshot } from '../tables.ts';

const read = (text: string) => readFood(text, sanFrancisco);

/** Words of the text that are in no part of the result, neither whole nor as halves. */
function lostWords(text: string, { items, searchText, excluded, note, prefix }: Food): string[] {
  const kept = new Set([...items, ...searchText, ...excluded, note ?? '', prefix].flatMap(tokens));
  const isSplit = (word: string) =>
    Array.from(word, (_, at) => at).some((at) => kept.has(word.slice(0, at)) && kept.has(word.slice(at)));
  return tokens(text).filter((word) => word !== 'and' && !kept.has(word) && !isSplit(word));
}

describe('no word is lost', () => {
  const word = fc.constantFrom(
    ...'tacos Burritos hot dogs BBQ PORK everything except but no for MFF Cold Truck & and or ( ) : ; . , / - etc soda drinks menu808 nutsBonito é N/A without'.split(
      ' ',
    ),
  );

  it('for any order of words and separators', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(word, fc.constantFrom('', ' ', '  ')), { maxLength: 30 }), (words) => {
        const text = words.map(([one, blank]) => one + blank).join('');
        expect(lostWords(text, read(text)), text).toEqual([]);
      }),
      { numRuns: 2000 },
    );
  });

  it('for any text, and nothing throws', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        expect(lostWords(text, read(text))).toEqual([]);
      }),
      { numRuns: 1000 },
    );
  });

  it.each(['ᾀ', 'ßtacos', 'ŉoodles', 'ﬁsh tacos', 'ǰerk', 'ɨ', 'ətacos', 'ςalad'])(
    'for %j, whose first letter has no capital of its own',
    (text) => {
      expect(lostWords(text, read(text))).toEqual([]);
    },
  );

  it('and long texts of separators are read quickly', () => {
    expect(read('(('.repeat(20_000)).items).toEqual([]);
    expect(read('everything all '.repeat(4_000)).excluded).toEqual([]);
  });
});

describe.skipIf(noSharedData)('real texts', () => {
  let texts: string[][];
  // In a skipped suite the body runs, but not the hooks.
  beforeAll(() => {
    texts = PERMITS.map((file) => snapshot(file).rows.flatMap(({ cells }) => cells.get('fooditems') ?? []));
  });

  it('lose no word', () => {
    const distinct = [...new Set(texts.flat())];
    expect(distinct.length).toBeGreaterThan(250);
    for (const text of distinct) expect(lostWords(text, read(text)), text).toEqual([]);
  });

  it('match "hot dogs" in every row with the words outside a negation', () => {
    for (const [index, rows] of texts.entries()) {
      const phrase = (text: string) => / hot dogs /.test(` ${tokens(text).join(' ')} `);
      const negated = rows.filter((text) => phrase(text) && /(except for|everything but) hot dogs/i.test(text));
      const matching = rows.filter((text) => read(text).items.some(phrase));
      expect(negated.length).toBeGreaterThanOrEqual(5);
      expect(matching.length, PERMITS[index]).toBe(rows.filter(phrase).length - negated.length);
    }
  });

  it('are a "Cold Truck" in every row with the prefix', () => {
    for (const rows of texts) {
      const cold = rows.filter((text) => text.toLowerCase().startsWith('cold truck')).length;
      expect(rows.filter((text) => read(text).drinks).length).toBe(cold);
    }
  });

  it('show no item with misplaced separators, blanks or capitals', () => {
    for (const item of texts.flat().flatMap((text) => read(text).items)) {
      expect(item).not.toMatch(/[:;]|^[\s\p{P}](?<!\()|\s{2}|\s$|[.,]$|^and\b|^&|\band$|&$/iu);
      expect(item).not.toMatch(/^\p{Ll}(?!\p{Lu})/u);
    }
  });

  it('have a category in nine of ten texts that name food', () => {
    const distinct = [...new Set(texts.flat())].map((text) => read(text));
    const named = distinct.filter(({ items }) =>
      items.some((item) => !/everything|food items|types of food/i.test(item)),
    );
    const without = named.filter(({ categories }) => categories.length === 0);
    expect(without.length / named.length).toBeLessThan(0.1);
  });
});

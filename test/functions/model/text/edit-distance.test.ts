import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  allowedEdits,
  allowsTypoInBeginning,
  continuesBeginning,
  editDistance,
} from '../../../../functions/model/text/edit-distance.ts';

/** Optimal string alignment by its recursive definition, without a table. */
function naiveEdits(a: readonly string[], b: readonly string[]): number {
  const [i, j] = [a.length, b.length];
  if (i === 0 || j === 0) return i + j;
  const cost = a[i - 1] === b[j - 1] ? 0 : 1;
  const ways = [
    naiveEdits(a.slice(0, -1), b) + 1,
    naiveEdits(a, b.slice(0, -1)) + 1,
    naiveEdits(a.slice(0, -1), b.slice(0, -1)) + cost,
  ];
  if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
    ways.push(naiveEdits(a.slice(0, -2), b.slice(0, -2)) + 1);
  }
  return Math.min(...ways);
}

describe('allowedEdits', () => {
  it.each([
    ['', 0],
    ['pho', 0],
    ['taco', 1],
    ['burrito', 1],
    ['burritos', 2],
    ['🌮🌮🌮', 0],
    ['𝄞𝄞𝄞𝄞', 1],
    ['борщ', 1],
  ])('of %j: %d', (word, expected) => {
    expect(allowedEdits(word)).toBe(expected);
  });

  it.each(['1290', '01234567'])('of the number %s: 0, because another number is another address', (number) => {
    expect(allowedEdits(number)).toBe(0);
  });
});

describe('editDistance', () => {
  it.each<[string, string, number | undefined]>([
    ['tacos', 'tacos', 0],
    ['burito', 'burrito', 1],
    ['tamalles', 'tamales', 1],
    ['sandwhich', 'sandwich', 1],
    ['shirmp', 'shrimp', 1],
    ['mikl', 'milk', 1],
    ['quesadila', 'quesadillas', 2],
    ['cappucino', 'capuccino', 2],
    ['tacos', 'nachos', undefined],
    ['kurry', 'curry', undefined],
    ['otrta', 'torta', undefined],
    ['coffee', 'toffee', undefined],
    ['ca', 'abc', undefined],
    ['𝄞abc', '𝄞bac', 1],
    ['', '', 0],
    ['', 'a', undefined],
  ])('of %j and %j: %s', (a, b, expected) => {
    expect(editDistance(a, b, 2)).toBe(expected);
    expect(editDistance(b, a, 2)).toBe(expected);
  });

  it('equals the recursive definition up to the limit, if the first letters are equal', () => {
    const word = fc.array(fc.constantFrom('a', 'b', 'c', '🌮'), { maxLength: 6 });
    fc.assert(
      fc.property(word, word, fc.constantFrom(0, 1, 2), (a, b, most) => {
        const edits = naiveEdits(a, b);
        const expected = a[0] === b[0] && edits <= most ? edits : undefined;
        expect(editDistance(a.join(''), b.join(''), most)).toBe(expected);
      }),
      { numRuns: 3000 },
    );
  });

  it('finds every word that is one edit away', () => {
    const letters = 'burritos'.split('');
    const variants = letters.flatMap((_, at) =>
      at === 0
        ? []
        : [
            letters.toSpliced(at, 1),
            letters.toSpliced(at, 0, 'x'),
            letters.toSpliced(at, 1, 'x'),
            letters.toSpliced(at, 2, ...letters.slice(at, at + 2).reverse()),
          ],
    );
    for (const variant of variants)
      expect(editDistance(variant.join(''), 'burritos', 1), variant.join('')).toBeLessThanOrEqual(1);
  });
});

describe('a word that is still being typed', () => {
  it.each<[string, string, boolean]>([
    ['burritos', 'burit', true],
    ['quesadillas', 'qeusad', true],
    ['sandwiches', 'sandwhic', true],
    ['hamburgers', 'hamberg', true],
    ['burritos', 'burri', true],
    ['heights', 'haight', false],
    ['burrito', 'burito', false],
    ['burritos', 'burgot', false],
    ['burritos', 'vurri', false],
    ['𝄞abcdef', '𝄞acbd', true],
  ])('%s goes on after %s: %j', (word, typed, expected) => {
    expect(continuesBeginning(word, typed)).toBe(expected);
  });

  it('goes on after what is at most one edit away from one of its own beginnings, two letters before its end', () => {
    const letters = fc.constantFrom('a', 'b', 'c', '🌮');
    fc.assert(
      fc.property(
        fc.array(letters, { maxLength: 9 }),
        fc.array(letters, { minLength: 1, maxLength: 6 }),
        (word, typed) => {
          const beginnings = word.map((_, at) => word.slice(0, at + 1));
          const isNear = beginnings.some((one) => one[0] === typed[0] && naiveEdits(typed, one) <= 1);
          expect(continuesBeginning(word.join(''), typed.join(''))).toBe(isNear && word.length >= typed.length + 2);
        },
      ),
      { numRuns: 5000 },
    );
  });

  it.each<[string, boolean]>([
    ['buri', false],
    ['burit', true],
    ['16thst', false],
    ['internationalize', true],
    ['internationalizes', false],
  ])('%s may have a typo: %j', (word, expected) => {
    expect(allowsTypoInBeginning(word)).toBe(expected);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byCodePoint } from '../../../functions/model/comparators.ts';

describe('byCodePoint', () => {
  it('orders texts like their lists of code points', () => {
    const character = fc.oneof(
      fc.string({ unit: 'binary', minLength: 1, maxLength: 1 }),
      fc.constantFrom('\uffff', '\ue000', '𝄞', 'a'),
    );
    const text = fc
      .array(character, { maxLength: 4 })
      .map((parts) => parts.join(''))
      .filter((one) => !/\p{Cs}/u.test(one));
    const compare = (a: string, b: string) => {
      const [left, right] = [a, b].map((one) => Array.from(one, (char) => char.codePointAt(0) ?? 0)) as [
        number[],
        number[],
      ];
      const at = left.findIndex((point, index) => point !== right[index]);
      return at === -1 ? left.length - right.length : (left[at] ?? 0) - (right[at] ?? -1);
    };
    fc.assert(
      fc.property(text, text, (a, b) => {
        expect(Math.sign(byCodePoint(a, b))).toBe(Math.sign(compare(a, b)));
        expect(Math.sign(byCodePoint(b, a)) + Math.sign(byCodePoint(a, b))).toBe(0);
      }),
      { numRuns: 2000 },
    );
  });
});

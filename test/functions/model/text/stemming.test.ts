import fc from 'fast-check';
import { stemmer } from 'stemmer';
import { describe, expect, it } from 'vitest';
import { stem } from '../../../../functions/model/text/stemming.ts';

describe('stem', () => {
  it('is Porter’s stem for the letters a to z, but for a few words of food, and the word itself otherwise', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z]{1,14}$/), (word) => {
        expect(stem(word)).toBe(stemmer(word));
      }),
    );
    for (const word of ['1st', '50', 'борщ', '小籠包', 'đa', 'x2s']) expect(stem(word)).toBe(word);
  });

  it.each([
    ['taco', 'tacos'],
    ['sandwich', 'sandwiches'],
    ['sandwich', 'sandwichs'],
    ['potato', 'potatoes'],
    ['quesadilla', 'quesadillas'],
    ['pastry', 'pastries'],
    ['smoothie', 'smoothies'],
    ['dog', 'dogs'],
    ['pie', 'pies'],
  ])('%s and %s have the same stem', (one, many) => {
    expect(stem(one)).toBe(stem(many));
  });

  it.each([
    ['taco', 'taquito'],
    ['cake', 'cupcake'],
    ['coffee', 'toffee'],
    ['corn', 'popcorn'],
    // Porter's stems of these are the same.
    ['fries', 'fried'],
    ['wraps', 'wrapped'],
    ['sweets', 'sweet'],
  ])('%s and %s have different stems', (one, other) => {
    expect(stem(one)).not.toBe(stem(other));
  });
});

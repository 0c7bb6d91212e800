import { describe, expect, it } from 'vitest';
import { capitalLetter } from '../../../../functions/model/text/capital-letter.ts';
import { fold } from '../../../../functions/model/text/tokenizer.ts';

/** All of Unicode but the halves of pairs. */
const CHARACTERS = Array.from({ length: 0x110000 }, (_, code) => code)
  .filter((code) => code < 0xd800 || code > 0xdfff)
  .map((code) => String.fromCodePoint(code));

describe('the capital form of a letter', () => {
  it('folds as the letter does, for all of Unicode', () => {
    expect(CHARACTERS.filter((letter) => fold(capitalLetter(letter)) !== fold(letter))).toEqual([]);
  });

  it('is the letter itself only where a capital would be several letters, another letter or folded', () => {
    expect(['a', 'é', 'ж', 'ω', 'ǆ', 'Z', '7'].map(capitalLetter).join('')).toBe('AÉЖΩǄZ7');
    expect(['ß', 'ᾀ', 'ς', 'ſ', 'ɨ', 'ə', 'ᵹ'].map(capitalLetter).join('')).toBe('ßᾀςſɨəᵹ');
    const kept = CHARACTERS.filter((letter) => /\p{Ll}/u.test(letter) && capitalLetter(letter) === letter);
    const withCapital = kept.filter(
      (letter) => letter.toUpperCase().toLowerCase() === letter && letter.toUpperCase() !== letter,
    );
    expect(withCapital.length).toBeLessThan(60);
  });
});

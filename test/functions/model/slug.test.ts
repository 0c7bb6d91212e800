import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { slug, textHash } from '../../../functions/model/slug.ts';

describe('slug', () => {
  it.each([
    ["Taco's Santana", 'tacos-santana'],
    ['D & T Catering', 'd-t-catering'],
    ['Crème Brûlée', 'creme-brulee'],
    ['  --  ', ''],
    ['寿司', ''],
    ['a'.repeat(60), 'a'.repeat(48)],
    ['one two three four five six seven eight nine ten eleven', 'one-two-three-four-five-six-seven-eight-nine-ten'],
  ])('%s', (text, expected) => {
    expect(slug(text)).toBe(expected);
  });

  it('is valid in a URL for any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(slug(text)).toMatch(/^(?:[a-z0-9]+(?:-[a-z0-9]+)*)?$/);
      }),
    );
  });
});

describe('textHash', () => {
  it('is 16 hexadecimal digits, of which the first four distinguish 2,000 similar names almost as well as random digits', () => {
    const hashes = Array.from({ length: 2000 }, (_, index) => textHash(`catering ${index}`));
    expect(hashes.every((hash) => /^[0-9a-f]{16}$/.test(hash))).toBe(true);
    expect(new Set(hashes).size).toBe(2000);
    // 2,000 of 65,536: 1,970 distinct ones expected, standard deviation about 5.
    expect(new Set(hashes.map((hash) => hash.slice(0, 4))).size).toBeGreaterThan(1940);
  });
});

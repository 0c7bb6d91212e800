import fc from 'fast-check';
import { stemmer } from 'stemmer';
import { describe, expect, it } from 'vitest';
import { byCodePoint } from '../../../../functions/model/comparators.ts';
import { placedWords } from '../../../../functions/model/text/highlight.ts';
import { stem } from '../../../../functions/model/text/stemming.ts';
import { fold, tokens, valueKey } from '../../../../functions/model/text/tokenizer.ts';

describe('tokens', () => {
  it.each<[string, string, string[]]>([
    ['accents', 'Crème Brûlée', ['creme', 'brulee']],
    ['accents as marks of their own', 'Cre\u0300me jalapen\u0303o', ['creme', 'jalapeno']],
    ['Vietnamese', 'Bánh mì Đà Nẵng', ['banh', 'mi', 'đa', 'nang']],
    ['the one accent of the data', 'ponzuPokè', ['ponzupoke']],
    ['straight apostrophe', "Annie's Tacos", ['annies', 'tacos']],
    ['curly apostrophe', 'Natan’s', ['natans']],
    ['modifier apostrophe', 'Natanʼs', ['natans']],
    ['prime', 'Natan′s', ['natans']],
    ['full-width apostrophe', 'Natan＇s', ['natans']],
    ['apostrophe at the end', "Tacos' and 'tacos'", ['tacos', 'and', 'tacos']],
    ["sandwich's as sandwichs", "sandwich's", ['sandwichs']],
    ['ordinals', '50 01ST ST', ['50', '1st', 'st']],
    ['zeros', '0 00 007 100 0x', ['0', '0', '7', '100', '0x']],
    ['the number after a sign', 'El Tonayanse #4 / #36', ['el', 'tonayanse', '4', '36']],
    ['ampersand', 'D & T', ['d', 't']],
    ['hyphen and slash', 'pre-packaged hot/cold', ['pre', 'packaged', 'hot', 'cold']],
    ['underscore', 'hot_dogs', ['hot', 'dogs']],
    ['colon without a blank', 'Soda:Chips:Candy', ['soda', 'chips', 'candy']],
    ['ligature', 'ﬁsh', ['fish']],
    ['full width', 'Ｔａｃｏｓ', ['tacos']],
    ['Turkish capital I', 'İSTANBUL', ['istanbul']],
    ['Greek, with the sigma of a word’s end', 'ΓΎΡΟΣ', ['γυρος']],
    ['Cyrillic', 'Борщ Ёлка', ['борщ', 'елка']],
    ['Chinese', '小籠包 dim sum', ['小籠包', 'dim', 'sum']],
    ['Devanagari keeps its marks', 'समोसा', ['समोसा']],
    ['Hebrew', 'פלאפל שניצל', ['פלאפל', 'שניצל']],
    ['Arabic', 'شاورما', ['شاورما']],
    ['emoji', '🌮 tacos 🌮', ['tacos']],
    ['emoji alone', '🌮👩‍🍳', []],
    ['NUL and controls', 'ta\0cos\tburritos\u200bx', ['ta', 'cos', 'burritos', 'x']],
    ['lone surrogates', 'ta\ud83ccos\udf2e', ['ta', 'cos']],
    ['nothing', ' \n!?—“” ', []],
  ])('%s', (_, text, expected) => {
    // Hangul and Devanagari come decomposed; compared in one form.
    expect(tokens(text).map((word) => word.normalize('NFC'))).toEqual(expected.map((word) => word.normalize('NFC')));
  });

  it.each([
    ['left quote', 'Natan‘s'],
    ['grave', 'Natan`s'],
    ['acute', 'Natan´s'],
  ])('%s as an apostrophe', (_, text) => {
    expect(tokens(text)).toEqual(['natans']);
  });

  it('are folded: no capital, no Latin accent, never empty, and stay as they are when read again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        for (const word of tokens(text)) {
          expect(word).not.toBe('');
          expect(word).not.toMatch(/[\u0300-\u036fA-Z\s]/);
          expect(tokens(word)).toEqual([word]);
        }
      }),
      { numRuns: 2000 },
    );
  });

  it('do not care for case', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z0-9 '&:éü]*$/), (text) => {
        expect(tokens(text.toUpperCase())).toEqual(tokens(text));
      }),
    );
  });

  it('end on long texts', () => {
    expect(tokens(`${"'a".repeat(50_000)} ${'é'.repeat(50_000)}`)).toHaveLength(2);
  });
});

describe('fold', () => {
  it('folds once and for all', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(fold(fold(text))).toBe(fold(text));
      }),
      { numRuns: 2000 },
    );
    const odd = fc.constantFrom('a', 'É', '\u0301', "'", '’', '′', ' ', 'ﬁ', 'İ', 'ß', 'ẞ', '①', '½', 'ſ', '\ud800');
    fc.assert(
      fc.property(fc.array(odd), (parts) => {
        expect(fold(fold(parts.join('')))).toBe(fold(parts.join('')));
      }),
      { numRuns: 2000 },
    );
  });

  it('also where U+02BC stands beside another apostrophe', () => {
    expect(fold(fold("aʼ'b"))).toBe(fold("aʼ'b"));
  });
});

describe('the shorter way of texts in ASCII', () => {
  /** The rules for every script. */
  const foldOfAll = (text: string) =>
    text
      .replace(/[\u2018\u2019\u201b\u02bc\u2032`\u00b4\uff07]/g, "'")
      .normalize('NFKD')
      .replace(/[\u0300-\u036f]/g, '')
      .toLowerCase()
      .replace(/(?<=[\p{L}\p{N}])'+(?=\p{L})/gu, '');
  const text = fc.oneof(
    fc.string({ unit: fc.constantFrom(..."aZ09'` -_.,\t\n") }),
    fc.string({ unit: 'binary-ascii' }),
    fc.string({ unit: 'binary' }),
  );

  it('says what the way of all others says', () => {
    fc.assert(
      fc.property(text, (given) => {
        const folded = foldOfAll(given);
        expect(fold(given)).toBe(folded);
        const words = (folded.match(/[\p{L}\p{N}\p{M}]+/gu) ?? []).map((word) => word.replace(/^0+(?=\d)/, ''));
        expect(tokens(given)).toEqual(words);
      }),
      { numRuns: 2_000 },
    );
  });

  it('finds the same words where they stand', () => {
    fc.assert(
      fc.property(text, (given) => {
        const plain = given.replace(/[\u2018\u2019\u201b\u02bc\u2032`\u00b4\uff07]/g, "'");
        const all = plain.matchAll(/[\p{L}\p{N}\p{M}]+(?:'+(?=\p{L})[\p{L}\p{N}\p{M}]+)*/gu);
        const places = Array.from(all, ({ 0: word, index }) => [index, index + word.length]);
        expect(placedWords(given).map(({ start, end }) => [start, end])).toEqual(places);
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('stem', () => {
  it('is Porter’s for letters a to z, and nothing else', () => {
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
  ])('%s and %s are one', (one, many) => {
    expect(stem(one)).toBe(stem(many));
  });

  it.each([
    ['taco', 'taquito'],
    ['cake', 'cupcake'],
    ['coffee', 'toffee'],
    ['corn', 'popcorn'],
  ])('%s and %s are two', (one, other) => {
    expect(stem(one)).not.toBe(stem(other));
  });
});

describe('valueKey', () => {
  it('is one for all ways to write a value', () => {
    expect(new Set(['hot_dogs', 'Hot Dogs', ' hot-dogs ', 'HÖT DOGS'].map(valueKey))).toEqual(new Set(['hot dogs']));
    expect(valueKey('Financial District/South Beach')).toBe('financial district south beach');
  });
});

describe('byCodePoint', () => {
  it('orders as the lists of code points do', () => {
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

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { placedWords } from '../../../../functions/model/text/highlight.ts';
import { fold, tokens, valueKey } from '../../../../functions/model/text/tokenizer.ts';

describe('tokens', () => {
  it.each<[string, string, string[]]>([
    ['accents', 'Crème Brûlée', ['creme', 'brulee']],
    ['accents as marks of their own', 'Cre\u0300me jalapen\u0303o', ['creme', 'jalapeno']],
    ['Vietnamese', 'Bánh mì Đà Nẵng', ['banh', 'mi', 'đa', 'nang']],
    ['the only accent in the data', 'ponzuPokè', ['ponzupoke']],
    ['straight apostrophe', "Annie's Tacos", ['annies', 'tacos']],
    ['curly apostrophe', 'Natan’s', ['natans']],
    ['modifier apostrophe', 'Natanʼs', ['natans']],
    ['prime', 'Natan′s', ['natans']],
    ['full-width apostrophe', 'Natan＇s', ['natans']],
    ['apostrophe at the end', "Tacos' and 'tacos'", ['tacos', 'and', 'tacos']],
    ["sandwich's as sandwichs", "sandwich's", ['sandwichs']],
    ['ordinals', '50 01ST ST', ['50', '1st', 'st']],
    ['leading zeros', '0 00 007 100 0x', ['0', '0', '7', '100', '0x']],
    ['a number after a sign', 'El Tonayanse #4 / #36', ['el', 'tonayanse', '4', '36']],
    ['ampersand', 'D & T', ['d', 't']],
    ['hyphen and slash', 'pre-packaged hot/cold', ['pre', 'packaged', 'hot', 'cold']],
    ['underscore', 'hot_dogs', ['hot', 'dogs']],
    ['colon without a blank', 'Soda:Chips:Candy', ['soda', 'chips', 'candy']],
    ['ligature', 'ﬁsh', ['fish']],
    ['full width', 'Ｔａｃｏｓ', ['tacos']],
    ['Turkish capital I', 'İSTANBUL', ['istanbul']],
    ['Greek, with a final sigma', 'ΓΎΡΟΣ', ['γυρος']],
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
    // The tokenizer leaves Hangul and Devanagari decomposed, so compare both in one form.
    expect(tokens(text).map((word) => word.normalize('NFC'))).toEqual(expected.map((word) => word.normalize('NFC')));
  });

  it.each([
    ['left quote', 'Natan‘s'],
    ['grave', 'Natan`s'],
    ['acute', 'Natan´s'],
  ])('%s as an apostrophe', (_, text) => {
    expect(tokens(text)).toEqual(['natans']);
  });

  it('have no capitals and no Latin accents, are never empty, and tokenize to themselves', () => {
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

  it('do not depend on case', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z0-9 '&:éü]*$/), (text) => {
        expect(tokens(text.toUpperCase())).toEqual(tokens(text));
      }),
    );
  });

  it('are found in linear time in long texts', () => {
    expect(tokens(`${"'a".repeat(50_000)} ${'é'.repeat(50_000)}`)).toHaveLength(2);
  });
});

describe('fold', () => {
  it('is idempotent', () => {
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

  it('is idempotent if U+02BC is next to another apostrophe', () => {
    expect(fold(fold("aʼ'b"))).toBe(fold("aʼ'b"));
  });
});

describe('the shortcut for ASCII texts', () => {
  /** Folding by the rules for all scripts. */
  const foldAnyScript = (text: string) =>
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

  it('returns what the rules for all scripts return', () => {
    fc.assert(
      fc.property(text, (given) => {
        const folded = foldAnyScript(given);
        expect(fold(given)).toBe(folded);
        const words = (folded.match(/[\p{L}\p{N}\p{M}]+/gu) ?? []).map((word) => word.replace(/^0+(?=\d)/, ''));
        expect(tokens(given)).toEqual(words);
      }),
      { numRuns: 2_000 },
    );
  });

  it('finds the same words at the same positions', () => {
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

describe('valueKey', () => {
  it('is the same for all spellings of a value', () => {
    expect(new Set(['hot_dogs', 'Hot Dogs', ' hot-dogs ', 'HÖT DOGS'].map(valueKey))).toEqual(new Set(['hot dogs']));
    expect(valueKey('Financial District/South Beach')).toBe('financial district south beach');
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fold, joinedForms, placedTokens, tokens, valueKey } from '../../../../functions/model/text/tokenizer.ts';

describe('tokens', () => {
  it.each<[string, string, string[]]>([
    ['accents', 'Crème Brûlée', ['creme', 'brulee']],
    ['accents as marks of their own', 'Cre\u0300me jalapen\u0303o', ['creme', 'jalapeno']],
    ['Vietnamese', 'Bánh mì Đà Nẵng', ['banh', 'mi', 'da', 'nang']],
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
    ['Chinese, in pairs', '小籠包 dim sum', ['小籠', '籠包', 'dim', 'sum']],
    ['Chinese, one character', '面', ['面']],
    ['Chinese next to other letters', 'BBQ烤鸭店x', ['bbq', '烤鸭', '鸭店', 'x']],
    ['Japanese', 'たこ焼き', ['たこ', 'こ焼', '焼き']],
    ['Korean syllables', '비빔밥', ['비빔', '빔밥']],
    [
      'letters that no accent makes',
      'Bœuf smørrebrød Weißwurst łazanki',
      ['boeuf', 'smorrebrod', 'weisswurst', 'lazanki'],
    ],
    ['initialisms with dots', 'B.B.Q. and b.l.t', ['bbq', 'and', 'blt']],
    ['initialisms with hyphens', 'B-B-Q', ['bbq']],
    ['initialisms with ampersands', "PB&J at AT&T, M&M's", ['pbj', 'at', 'att', 'mms']],
    ['words with ampersands', 'Fish&Chips', ['fish', 'chips']],
    ['dots between words', 'Dr.Tacos and Co.', ['dr', 'tacos', 'and', 'co']],
    ['fractions', '½ price', ['1', '2', 'price']],
    ['a sign that is not a word', 'Coca-Cola™', ['coca', 'cola']],
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
    const odd = fc.constantFrom(
      'a',
      'É',
      '\u0301',
      "'",
      '’',
      '′',
      ' ',
      'ﬁ',
      'İ',
      'ß',
      'ẞ',
      '①',
      '½',
      'ſ',
      'Ȿ',
      '\ud800',
    );
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
      .replace(/(?<=[\p{L}\p{N}\p{M}])'+(?=\p{L})/gu, '');
  const text = fc.oneof(
    fc.string({ unit: fc.constantFrom(..."aZ09'` -_.,&\t\n") }),
    fc.string({ unit: 'binary-ascii' }),
  );
  /** A word that is not ASCII, so that the rules for all scripts apply. */
  const OTHER = ' é';

  it('returns what the rules for all scripts return', () => {
    fc.assert(
      fc.property(text, (given) => {
        expect(fold(given)).toBe(foldAnyScript(given));
        expect(tokens(given)).toEqual(tokens(given + OTHER).slice(0, -1));
      }),
      { numRuns: 2_000 },
    );
  });

  it('finds the same words at the same positions', () => {
    fc.assert(
      fc.property(text, (given) => {
        expect(placedTokens(given)).toMatchObject(placedTokens(given + OTHER).slice(0, -1));
      }),
      { numRuns: 2_000 },
    );
  });
});

describe('the place of a word', () => {
  it('has that word, in any text', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 6 }),
      fc.constantFrom(
        'tacos',
        '小籠包',
        '비빔밥',
        'ｶﾞ',
        'か\u3099',
        '½',
        "M&M's",
        'B.B.Q',
        '\u0301',
        '’',
        '-',
        ' ',
        'स',
      ),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const whole = pieces.join('');
        const placed = placedTokens(whole);
        expect(placed.map(({ word }) => word)).toEqual(tokens(whole));
        for (const { word, start, end } of placed) expect(tokens(whole.slice(start, end))).toContain(word);
      }),
      { numRuns: 2_000 },
    );
  });

  it('of a pair of characters is these two', () => {
    const text = '吃 小籠包! 비빔밥';
    expect(placedTokens(text).map(({ start, end }) => text.slice(start, end))).toEqual([
      '吃',
      '小籠',
      '籠包',
      '비빔',
      '빔밥',
    ]);
  });
});

describe('joinedForms', () => {
  it.each<[string, string[]]>([
    ['7-Up', ['7up']],
    ['Coca-Cola and half-n-half', ['cocacola', 'halfnhalf']],
    ['B-L-T', []],
    ['hot dogs - tacos', []],
    ['D & T Catering', ['dt']],
    ['A & W or M & M & M', ['aw', 'mmm']],
    ['mac & cheese', []],
  ])('%s', (text, expected) => {
    expect(joinedForms(text)).toEqual(expected);
  });
});

describe('valueKey', () => {
  it('is the same for all spellings of a value', () => {
    expect(new Set(['hot_dogs', 'Hot Dogs', ' hot-dogs ', 'HÖT DOGS'].map(valueKey))).toEqual(new Set(['hot dogs']));
    expect(valueKey('Financial District/South Beach')).toBe('financial district south beach');
  });
});

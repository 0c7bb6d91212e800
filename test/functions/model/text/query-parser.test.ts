import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NO_DATA_WORDS, type ParsedQuery } from '../../../../functions/model/text/parsed-query.ts';
import { parserOf } from '../../../../functions/model/text/parser-of-release.ts';

const SYNONYMS = [
  ['banh mi', 'bahn mi', 'vietnamese sandwich'],
  ['hot dog', 'hotdog', 'frankfurter'],
  ['hot dog bun', 'bun'],
  ['bun', 'roll'],
  ['mac and cheese', 'mac cheese'],
  ['ice cream', 'icecream'],
];

function parse(text: string, synonyms: readonly (readonly string[])[] = SYNONYMS): ParsedQuery {
  return parserOf({ city: { synonyms }, words: NO_DATA_WORDS })({ text, strict: false, exclude: [] });
}

/** Each required clause with its synonym phrases, as stems: `hot dog|hotdog`. */
const shown = ({ required }: ParsedQuery) =>
  required.map(({ terms, synonymPhrases }) =>
    [terms.map(({ word }) => word).join(' '), ...synonymPhrases.map((stems) => stems.join(' ')).sort()].join('|'),
  );

describe('a parsed query', () => {
  it.each<[string, string, string[]]>([
    ['words', 'Fish  TACOS!', ['fish', 'tacos']],
    ['punctuation alone', ' !? ', []],
    ['a phrase', 'banh mi', ['banh mi|bahn mi|vietnames sandwich']],
    ['a phrase in the plural', 'hot dogs', ['hot dogs|frankfurt|hotdog']],
    ['another word of the same group', 'frankfurters', ['frankfurters|hot dog|hotdog']],
    ['the longest phrase', 'hot dog buns', ['hot dog buns|bun']],
    ['a word of two groups', 'bun', ['bun|hot dog bun|roll']],
    [
      'overlapping phrases: the first one wins',
      'mac and cheese ice cream',
      ['mac and cheese|mac chees', 'ice cream|icecream'],
    ],
    ['half a phrase', 'hot tacos', ['hot', 'tacos']],
    ['a phrase in the wrong order', 'dog hot', ['dog', 'hot']],
    ['a phrase with a word between', 'hot fish dog', ['hot', 'fish', 'dog']],
    ['a word twice', 'tacos fish tacos', ['tacos', 'fish']],
    ['a phrase twice', 'hot dog fish hot dog', ['hot dog|frankfurt|hotdog', 'fish']],
    ['singular and plural are both kept', 'taco tacos', ['taco', 'tacos']],
  ])('%s', (_, text, expected) => {
    expect(shown(parse(text))).toEqual(expected);
  });

  it('marks only the last word as possibly incomplete', () => {
    const prefixes = (text: string) =>
      parse(text).required.flatMap(({ terms }) => terms.filter(({ isPrefix }) => isPrefix));
    expect(prefixes('fish tac').map(({ word }) => word)).toEqual(['tac']);
    expect(prefixes('tacos banh').map(({ word }) => word)).toEqual(['banh']);
    // A phrase of the vocabularies is complete, and a repeated word asks for less than its first.
    expect(prefixes('tacos banh mi')).toEqual([]);
    expect(prefixes('tac fish tac')).toEqual([]);
    expect(prefixes('fish tac ')).toEqual([]);
    expect(prefixes('')).toEqual([]);
  });

  it('has no empty word and no empty clause, and marks at most the last word, for any text', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 8 }),
      fc.constantFrom('no', 'sin', '不要', 'без', '"', '-', ' ', 'tacos', 'vegan', 'near me', '小籠包', 'hot-dog', '½'),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
        const text = pieces.join('');
        const { required, optional, excluded } = parse(text);
        const clauses = [...required, ...optional, ...excluded];
        for (const { terms, synonymPhrases } of clauses) {
          expect(terms.length + synonymPhrases.length).toBeGreaterThan(0);
          expect([...terms.map(({ word }) => word), ...synonymPhrases.flat()]).not.toContain('');
          expect(synonymPhrases.every((phrase) => phrase.length > 0)).toBe(true);
        }
        const prefixes = clauses.flatMap(({ terms }) => terms.filter(({ isPrefix }) => isPrefix));
        expect(prefixes.length).toBeLessThanOrEqual(/\s$/.test(text) ? 0 : 1);
      }),
      { numRuns: 2000 },
    );
  });

  it('has no synonyms but those of the vocabularies without any of the city', () => {
    expect(shown(parse('brunch', []))).toEqual(['brunch|breakfast']);
    expect(shown(parse('mac cheese', []))).toEqual(['mac', 'cheese']);
    expect(shown(parse('a', [[], ['!'], ['a'], ['a', 'as']]))).toHaveLength(1);
  });

  it('drops an "and" between words, but not inside a phrase', () => {
    expect(shown(parse('chips and salsa'))).toEqual(['chips', 'salsa']);
    expect(shown(parse('and chips and'))).toEqual(['chips']);
    expect(shown(parse('and'))).toEqual(['and']);
  });

  it('excludes what follows a negation in Chinese, also if the vocabularies do not know it', () => {
    const { required, excluded } = parse('不要小籠包');
    expect([required, excluded.map(({ text }) => text)]).toEqual([[], ['小籠包']]);
  });

  it('belongs to the synonyms of its city', () => {
    expect(shown(parse('fizz', [['fizz', 'soda']]))).toEqual(['fizz|soda']);
    expect(shown(parse('fizz', [['fizz', 'cola']]))).toEqual(['fizz|cola']);
  });
});

describe('the texts of the clauses', () => {
  const word = fc.constantFrom(
    ...['hot', 'dogs', 'dog', 'bun', 'banh', 'mi', 'ice', 'cream', 'mac', 'cheese', 'fish', 'Crème'],
  );
  /** Commas keep words apart that would be a phrase; a blank after a word says that it is complete. */
  const again = ({ required }: ParsedQuery) => {
    const isTyped = required.at(-1)?.terms.at(-1)?.isPrefix ?? false;
    return parse(required.map(({ text }) => text).join(', ') + (isTyped ? '' : ' ')).required;
  };

  it('parse back to the same clauses', () => {
    fc.assert(
      fc.property(fc.array(word, { maxLength: 6 }), (words) => {
        const parsedQuery = parse(words.join(' '));
        expect(again(parsedQuery)).toEqual(parsedQuery.required);
      }),
      { numRuns: 2000 },
    );
  });

  it('parse back also if a word is repeated between two that are a phrase', () => {
    const parsedQuery = parse('hot fish dog fish');
    expect(again(parsedQuery)).toEqual(parsedQuery.required);
  });
});

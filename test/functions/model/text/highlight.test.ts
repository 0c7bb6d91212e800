import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { editDistance } from '../../../../functions/model/text/edit-distance.ts';
import { highlight } from '../../../../functions/model/text/highlight.ts';
import { NO_DATA_WORDS } from '../../../../functions/model/text/parsed-query.ts';
import { parserOf } from '../../../../functions/model/text/parser-of-release.ts';
import { stem } from '../../../../functions/model/text/stemming.ts';
import { tokens } from '../../../../functions/model/text/tokenizer.ts';

const parse = parserOf({
  city: {
    synonyms: [
      ['banh mi', 'vietnamese sandwich'],
      ['bbq', 'barbecue'],
    ],
  },
  words: NO_DATA_WORDS,
});
const parsed = (text: string) => parse({ text, strict: false, exclude: [] });

/** The text with its highlights in brackets. */
function bracketed(text: string, query: string, typos = false): string {
  let [shown, from] = ['', 0];
  for (const [start, end] of highlight(text, parsed(query), typos)) {
    shown += `${text.slice(from, start)}[${text.slice(start, end)}]`;
    from = end;
  }
  return shown + text.slice(from);
}

describe('highlight', () => {
  it.each<[string, string, string]>([
    ['tacos', 'Fish Tacos, tacos', 'Fish [Tacos], [tacos]'],
    ['taco', 'Fish tacos', 'Fish [tacos]'],
    ['tac', 'Fish tacos', 'Fish [tacos]'],
    ['tac fish', 'Fish tacos', '[Fish] tacos'],
    ['creme brulee', 'Crème Brûlée', '[Crème] [Brûlée]'],
    ['crème', 'cre\u0300me', '[cre\u0300me]'],
    ['annies', "Annie's Hot Dogs", "[Annie's] Hot Dogs"],
    ['annies', 'Annie’s Hot Dogs', '[Annie’s] Hot Dogs'],
    ['1st st', '50 01ST ST', '50 [01ST] [ST]'],
    ['banh mi', 'Vietnamese sandwiches, sandwiches', '[Vietnamese] [sandwiches], sandwiches'],
    ['barbecue', 'BBQ & Burgers', '[BBQ] & Burgers'],
    ['sushi', 'Fish tacos', 'Fish tacos'],
    ['', 'Fish tacos', 'Fish tacos'],
    ['борщ', '🌮 БОРЩ 🌮', '🌮 [БОРЩ] 🌮'],
    ['समोसा', 'समोसा chai', '[समोसा] chai'],
    ['פלאפל', 'פלאפל pita', '[פלאפל] pita'],
    ['fish', 'ﬁsh tacos', '[ﬁsh] tacos'],
    ['tacos', '', ''],
    ['best taco truck', 'The Taco Truck, best tacos', 'The [Taco] [Truck], [best] [tacos]'],
    ['tacos without onions', 'Tacos, onions', '[Tacos], onions'],
    ['"fish tacos"', 'Fish tacos, fish', '[Fish] [tacos], fish'],
    ['pescado', 'Fish tacos', '[Fish] tacos'],
    ['小籠包', '小籠包 dim sum', '[小籠包] dim sum'],
    ['b.l.t.', 'BLT, B.L.T', '[BLT], [B.L.T]'],
    ['2', '½ price', '[½] price'],
  ])('%s in %s', (query, text, expected) => {
    expect(bracketed(text, query)).toBe(expected);
  });

  it('includes misspelled words only if the search allowed typos', () => {
    expect(bracketed('Burrito, burros', 'burito', true)).toBe('[Burrito], burros');
    expect(bracketed('Burrito, burros', 'burito')).toBe('Burrito, burros');
  });

  it('covers exactly the words that match, in any position', () => {
    const word = fc.constantFrom(
      'Tacos',
      'taco',
      'BBQ',
      'barbecue',
      'Bánh',
      'mi',
      'Vietnamese',
      'sandwiches',
      '01ST',
      "Annie's",
      'x',
      'tavo',
    );
    const parts = fc.array(fc.tuple(word, fc.constantFrom(' ', ': ', ' & ', '/', ' 🌮 ', '\n')), { maxLength: 8 });
    const query = fc.constantFrom(
      'taco',
      'tac',
      'banh mi',
      'bbq',
      'barb',
      'vietnamese sandwich',
      '1st',
      'annies tacos',
      'mi x',
    );
    fc.assert(
      fc.property(parts, query, fc.boolean(), (text, asked, typos) => {
        const folded = text.map(([one]) => tokens(one)[0] ?? '');
        const parsedQuery = parsed(asked);
        const clauses = [...parsedQuery.required, ...parsedQuery.optional];
        const expected = text.flatMap(([one], at) => {
          const own = folded[at] ?? '';
          const matches = clauses.some(({ terms, synonymPhrases, isPhrase, isKnown }) => {
            const ownPhrase = terms.map((term) => term.stem);
            const isTerm = terms.some(
              (q) =>
                !isPhrase &&
                (own === q.word ||
                  stem(own) === q.stem ||
                  (q.isPrefix && own.startsWith(q.word)) ||
                  (typos &&
                    !isKnown &&
                    q.word.length >= 4 &&
                    editDistance(q.word, own, q.word.length >= 8 ? 2 : 1) !== undefined)),
            );
            const isInPhrase = [...synonymPhrases, ...(isPhrase ? [ownPhrase] : [])].some((phrase) =>
              phrase.some((_, offset) =>
                phrase.every((stemmed, other) => {
                  const there = folded[at - offset + other];
                  return there !== undefined && stem(there) === stemmed;
                }),
              ),
            );
            return isTerm || isInPhrase;
          });
          return matches ? [one] : [];
        });
        const whole = text.map(([one, blank]) => one + blank).join('');
        expect(highlight(whole, parsedQuery, typos).map(([start, end]) => whole.slice(start, end))).toEqual(expected);
      }),
      { numRuns: 2000 },
    );
  });

  it('is in order, without overlap, within the text, and never splits a character, for any text', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 6 }),
      fc.constantFrom('tacos', 'Bánh mì', '’', "'", '🌮', '\ud800', '\0'),
    );
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 8 }),
        fc.array(piece, { maxLength: 3 }),
        fc.boolean(),
        (some, asked, typos) => {
          const text = some.join('');
          const query = [...asked, some[0] ?? ''].join(' ');
          let before = 0;
          for (const [start, end] of highlight(text, parsed(query), typos)) {
            expect(start).toBeGreaterThanOrEqual(before);
            expect(end).toBeGreaterThan(start);
            expect(end).toBeLessThanOrEqual(text.length);
            expect(text.slice(start, end)).not.toMatch(/^[\udc00-\udfff]|[\ud800-\udbff]$/);
            before = end;
          }
        },
      ),
      { numRuns: 2000 },
    );
  });
});

describe('a query for a word of the text itself', () => {
  it('is highlighted', () => {
    const text = fc
      .array(fc.constantFrom('taco', 'É', "'", '’', ' ', '🌮', 'स', '0', '1ST', 'ﬁ', '-', 'e\u0300'))
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, fc.nat(), (whole, pick) => {
        const words = tokens(whole);
        const word = words[pick % Math.max(1, words.length)];
        if (word !== undefined) expect(highlight(whole, parsed(word), false)).not.toEqual([]);
      }),
      { numRuns: 3000 },
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NO_DATA_WORDS } from '../../../functions/model/text/parsed-query.ts';
import { parserOf } from '../../../functions/model/text/parser-of-release.ts';
import type { QuestionPart } from '../../../web/api/types.ts';
import { foodOf, partKey, surplusWords, withoutParts } from '../../../web/app/question-parts.ts';

const city = { synonyms: [['hot dog', 'hotdog', 'weiner']] };
const parser = parserOf({ city, words: NO_DATA_WORDS });

/** What the API understands of a question: the page gets it with every answer. */
function partsOf(text: string, strict = false): QuestionPart[] {
  return parser({ text, strict, exclude: [] }).understood.map((part) => ({ ...part, means: [...part.means] }));
}

/** The question without the first part that is written like this. */
function without(text: string, written: string): string {
  const parts = partsOf(text);
  const part = parts.find((one) => one.text === written);
  if (!part) throw new Error(`"${text}" has no part "${written}", only ${JSON.stringify(parts)}`);
  const left = withoutParts({ text, parts }, partKey(part));
  expect(left.parts.map(({ text: one }) => one).every((one) => left.text.includes(one))).toBe(true);
  return left.text;
}

describe('a part is removed from the question', () => {
  it.each<[question: string, part: string, left: string]>([
    ['tacos no pork', 'no pork', 'tacos'],
    ['no pork tacos', 'no pork', 'tacos'],
    ['tacos no pork near me', 'no pork', 'tacos near me'],
    ['tacos  no pork   near me', 'no pork', 'tacos near me'],
    ['tacos, no pork, halal', 'no pork', 'tacos, halal'],
    ['tacos, no pork', 'no pork', 'tacos'],
    ['no pork, tacos', 'no pork', 'tacos'],
    ['no pork', 'no pork', ''],
    ['Tacos No Pork', 'No Pork', 'Tacos'],
    ['Tacos No Pork NO PORK, -pork', 'No Pork', 'Tacos'],
    ['tacos sin cerdo no pork', 'sin cerdo', 'tacos'],
    ['vegan tacos VEGAN plant based', 'vegan', 'tacos'],
    ['tacos near me open now', 'near me', 'tacos open now'],
    ['tacos near me open now', 'open now', 'tacos near me'],
    ['near me tacos nearby', 'near me', 'tacos'],
    ['pork tacos no pork', 'no pork', 'pork tacos'],
    ['tacos -pork halal', 'pork', 'tacos halal'],
    ['tacos -"hot dog" halal', 'hot dog', 'tacos halal'],
    ['-"hot dog"', 'hot dog', ''],
    ['"fish tacos" no pork', 'no pork', '"fish tacos"'],
    ['no pork "fish tacos"', 'no pork', '"fish tacos"'],
    ['"fish tacos" -pork "ice cream"', 'pork', '"fish tacos" "ice cream"'],
    ['«fish tacos» vegan', 'vegan', '«fish tacos»'],
    ['gluten-free pizza', 'gluten-free', 'pizza'],
    ['不要猪肉', '猪肉', ''],
    ['塔可 不要猪肉 附近', '猪肉', '塔可 附近'],
    ['塔可，不要猪肉，附近', '猪肉', '塔可，附近'],
    ['我想吃不要猪肉的塔可', '猪肉', '我想吃的塔可'],
    ['塔可附近', '附近', '塔可'],
    ['素食塔可', '素食', '塔可'],
    ['тако без свинины рядом', 'без свинины', 'тако рядом'],
    ['tacos sin cerdo ni cebolla', 'ni cebolla', 'tacos sin cerdo'],
  ])('%s, without "%s": %s', (question, part, left) => {
    expect(without(question, part)).toBe(left);
  });

  it.each<[question: string, part: string, left: string]>([
    ['tacos without onions or peppers', 'without onions', 'tacos without peppers'],
    ['tacos without onions or peppers', 'or peppers', 'tacos without onions'],
    ['without onions, or peppers nor cheese', 'without onions', 'without peppers nor cheese'],
    ['no pork no beef', 'no pork', 'no beef'],
    ['no pork and tacos', 'no pork', 'no tacos'],
    ['tacos sin cerdo ni cebolla', 'sin cerdo', 'tacos sin cebolla'],
  ])('%s, without "%s": %s; what the same negation covers stays excluded', (question, part, left) => {
    expect(without(question, part)).toBe(left);
  });

  it.each<[question: string, part: string, left: string]>([
    ['tacos and no pork', 'no pork', 'tacos'],
    ['i want no pork', 'no pork', ''],
    ['tacos and no pork near me', 'no pork', 'tacos and near me'],
    ['best no pork', 'no pork', 'best'],
  ])('%s, without "%s": %s; words that say nothing do not remain alone at its ends', (question, part, left) => {
    expect(without(question, part)).toBe(left);
  });

  it('leaves the text alone if it does not have the part, because the user has typed on', () => {
    const [part] = partsOf('no pork');
    if (!part) throw new Error('nothing was understood');
    expect(withoutParts({ text: 'no po', parts: [part] }, partKey(part)).text).toBe('no po');
  });

  it('the API then understands all other parts as before', () => {
    const phrases = [
      'no pork',
      '-beef',
      '-"hot dog"',
      'vegan',
      'gluten free',
      'near me',
      'open now',
      'without hot dogs',
      'no cheese or peppers',
    ];
    const others = [
      'tacos',
      'the',
      'best',
      '"fish tacos"',
      'sin cebolla ni cilantro',
      'без свинины',
      'рядом',
      '不要猪肉',
      '塔可',
    ];
    const meanings = (parts: readonly QuestionPart[]) => {
      const telling = parts.filter(({ as, text }) => as !== 'ignored' && as !== 'optional' && text !== 'the');
      return [...new Set(telling.map((part) => `${partKey(part)} ${part.means.length > 0 ? '' : part.text}`))].sort();
    };
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...phrases, ...others), { minLength: 1, maxLength: 7 }),
        fc.constantFrom(' ', ', ', '  '),
        fc.nat(),
        (words, separator, choice) => {
          const text = words.join(separator);
          const parts = partsOf(text);
          const removable = parts.filter(({ as }) => ['excluded', 'diet', 'near_me', 'open_now'].includes(as));
          const part = removable[choice % removable.length];
          fc.pre(part !== undefined);
          const key = partKey(part as QuestionPart);
          const left = withoutParts({ text, parts }, key);
          expect([text, left.text, meanings(partsOf(left.text))]).toEqual([
            text,
            left.text,
            meanings(parts.filter((one) => partKey(one) !== key)),
          ]);
        },
      ),
      { numRuns: 1000 },
    );
  });
});

describe('the food that a part excludes', () => {
  it.each<[question: string, food: string]>([
    ['no pork', 'pork'],
    ['No Pork', 'Pork'],
    ['-pork', 'pork'],
    ['hold the onions', 'onions'],
    ['anything but hot dogs', 'hot dogs'],
    ['no weiner', 'weiner'],
    ['-"hot dog"', 'hot dog'],
    ['sin cerdo', 'cerdo'],
    ['без свинины', 'свинины'],
    ['不要猪肉', '猪肉'],
  ])('%s: %s', (question, food) => {
    const excluded = partsOf(question).filter(({ as }) => as === 'excluded');
    expect(excluded.map(foodOf)).toEqual([food]);
  });
});

describe('required words beyond eight', () => {
  it.each([
    'tacos',
    'one fish two fish red fish blue fish',
    'tacos burritos pho ramen curry pizza salad soup coffee tea',
    'vegan halal tacos burritos pho ramen curry pizza salad soup coffee tea',
    'tacos TACOS burritos pho ramen curry pizza salad soup tacos',
  ])('%s: the same as the API’s', (question) => {
    const { surplus } = parser({ text: question, strict: false, exclude: [] });
    expect(surplusWords(partsOf(question))).toEqual(surplus);
  });
});

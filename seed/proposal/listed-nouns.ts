import type { CityFile } from '../city-file/city-schema.ts';

type Noun = NonNullable<NonNullable<CityFile['wording']>['vendor']>;

/** Common things that cities list, by the words of a title, a file's name or a column, with their nouns in the page's languages. */
const COMMON: readonly (readonly [pattern: RegExp, noun: Noun])[] = [
  [
    /drinking[\s_-]*(?:water|fountain)|water[\s_-]*fountain/i,
    {
      en: { one: 'drinking fountain', other: 'drinking fountains' },
      es: { one: 'fuente de agua', other: 'fuentes de agua' },
      ru: {
        one: 'питьевой фонтанчик',
        few: 'питьевых фонтанчика',
        many: 'питьевых фонтанчиков',
        other: 'питьевые фонтанчики',
      },
      zh: { other: '饮水点' },
      'zh-tw': { other: '飲水點' },
    },
  ],
  [
    /\b(?:market|stalls?)\b/i,
    {
      en: { one: 'market stall', other: 'market stalls' },
      es: { one: 'puesto de mercado', other: 'puestos de mercado' },
      ru: { one: 'прилавок', few: 'прилавка', many: 'прилавков', other: 'прилавки' },
      zh: { other: '摊位' },
      'zh-tw': { other: '攤位' },
    },
  ],
  [
    /food[\s_-]*trucks?\b/i,
    {
      en: { one: 'food truck', other: 'food trucks' },
      es: { one: 'camión de comida', other: 'camiones de comida' },
      ru: { one: 'фургон с едой', few: 'фургона с едой', many: 'фургонов с едой', other: 'фургоны с едой' },
      zh: { other: '餐车' },
      'zh-tw': { other: '餐車' },
    },
  ],
];

/** Words that name a table rather than what it lists. */
const TABLE_WORDS =
  /\b(?:vendors?|permits?|licen[cs]es?|schedules?|facilit(?:y|ies)|data|list|locations?|places?|sites?)\b/i;

/** Longest noun that is taken from a title, words. */
const MOST_WORDS = 3;

/** The noun for what a table lists, by its title or its file's name. `undefined`: they do not say. */
export function nounOf(title: string, columns: readonly string[]): Noun | undefined {
  const texts = [title, ...columns];
  const common = texts.map((text) => COMMON.find(([pattern]) => pattern.test(text))?.[1]).find((noun) => noun);
  if (common) return common;
  const words = title.match(/\p{L}+/gu) ?? [];
  const last = words.at(-1) ?? '';
  if (words.length === 0 || words.length > MOST_WORDS || TABLE_WORDS.test(title) || !/[^s]s$/i.test(last))
    return undefined;
  const plural = words.join(' ').toLowerCase();
  return { en: { one: singular(plural), other: plural } };
}

/** The singular of a regular English plural. */
function singular(plural: string): string {
  if (plural.endsWith('ies')) return plural.replace(/ies$/, 'y');
  return plural.replace(/(?<=ch|sh|x|ss)es$|s$/, '');
}

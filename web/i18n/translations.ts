import { dayGroups, dayRuns, isAllWeek } from '../../functions/model/hours/day-groups.ts';
import { streetOf } from '../../functions/model/street.ts';
import type { Messages } from './languages/en.ts';
import { type LocaleFormats, localeFormats } from './locale-formats.ts';

/** The words of one language, given how its readers write numbers and times. */
export type MessagesFor = (formats: LocaleFormats) => Messages;

/** Everything that the page says, in one language, for one reader's region. */
export type Translations = Messages & LocaleFormats & Phrases;
type Phrases = ReturnType<typeof phrases>;

/** @param locale BCP 47, e.g. `es-US`: Spanish with miles */
export function createTranslations(wordsOf: MessagesFor, locale: string): Translations {
  const formats = localeFormats(locale);
  const words = wordsOf(formats);
  return { ...words, ...formats, ...phrases(words, formats) };
}

/** What is put together alike in every language. */
function phrases(words: Messages, { day, clock, range }: LocaleFormats) {
  const runName = ([first, last]: [number, number]) =>
    first === last ? day(first) : `${day(first)}${last === first + 1 ? ', ' : '–'}${day(last)}`;
  return {
    /** Hours of a week, one entry for each group of days: `Mon–Fri 11 AM–2 PM`. */
    hours: (week: readonly (readonly [number, number])[]): string[] => {
      if (isAllWeek(week)) return [words.allWeek];
      return dayGroups(week).map(({ days, ranges }) => {
        const times = ranges.map((one) => (one[1] - one[0] >= 1440 ? words.allDay : range(one)));
        return `${days.length === 7 ? words.everyDay : dayRuns(days).map(runName).join(', ')} ${times.join(', ')}`;
      });
    },
    /** A minute of the week: `Thu 12:15 PM`. */
    weekTime: (minute: number) => `${day(Math.floor(minute / 1440))} ${clock(minute)}`,
    weekTimeLong: (minute: number) => `${day(Math.floor(minute / 1440), 'long')}, ${clock(minute)}`,
    /** A kind of food, of place or of permit that the city's data names; what has no word here is shown as it is written. */
    category: (value: string) => lookUp(words.categories, value),
    facility: (value: string) => lookUp(words.facilities, value),
    status: (value: string) => lookUp(words.statuses, value),
    /** A street's folded words as a name: `2nd`, `Market`. */
    properName: (words: string) => words.replace(/(?<![\p{L}\p{N}])\p{L}/gu, (letter) => letter.toUpperCase()),
    street: streetOf,
  };
}

function lookUp(table: Readonly<Record<string, string>>, value: string): string {
  const key = value
    .trim()
    .toLowerCase()
    .replaceAll(/[\s-]+/g, '_');
  if (Object.hasOwn(table, key)) return table[key] ?? value;
  const plain = value.replaceAll('_', ' ');
  return plain.slice(0, 1).toUpperCase() + plain.slice(1);
}

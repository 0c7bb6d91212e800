import { dayGroups, dayRuns, isAllWeek } from '../../functions/model/hours/day-groups.ts';
import { streetOf } from '../../functions/model/place-label.ts';
import { distanceFormats, type Units } from './distance-formats.ts';
import type { Messages } from './languages/en.ts';
import { type LocaleFormats, localeFormats } from './locale-formats.ts';

/** The texts of one language, with numbers and times formatted for one locale. */
export type MessagesFor = (formats: LocaleFormats) => Messages;

/** All texts and formats of the page, for one language and region. */
export type Translations = Messages & LocaleFormats & Phrases;
type Phrases = ReturnType<typeof phrases>;

/** @param locale BCP 47, e.g. `es-US`: Spanish with miles */
export function createTranslations(messagesFor: MessagesFor, locale: string): Translations {
  const formats = localeFormats(locale);
  const messages = messagesFor(formats);
  return { ...messages, ...formats, ...phrases(messages, formats) };
}

/** The same texts with distances in other units. */
export function inUnits(t: Translations, units: Units): Translations {
  return { ...t, ...distanceFormats(t.locale, units) };
}

/** Texts that every language composes in the same way. */
function phrases(messages: Messages, { day, clock, range }: LocaleFormats) {
  const { separators, daySpan, dayAndTime } = messages;
  const runName = ([first, last]: [number, number]) => {
    if (first === last) return day(first);
    return last === first + 1 ? `${day(first)}${separators.list}${day(last)}` : daySpan(day(first), day(last));
  };
  return {
    /** A week's hours, one entry for each group of days: `Mon–Fri 11 AM–2 PM`. */
    hours: (week: readonly (readonly [number, number])[]): string[] => {
      if (isAllWeek(week)) return [messages.allWeek];
      return dayGroups(week).map(({ days, ranges }) => {
        const times = ranges.map((one) => (one[1] - one[0] >= 1440 ? messages.allDay : range(one)));
        const names = days.length === 7 ? messages.everyDay : dayRuns(days).map(runName).join(separators.list);
        return dayAndTime(names, times.join(separators.list));
      });
    },
    /** A minute of the week: `Thu 12:15 PM`. */
    weekTime: (minute: number) => dayAndTime(day(Math.floor(minute / 1440)), clock(minute)),
    /** A minute of the week and the minutes after it: `Thu 11 AM–2 PM`. */
    weekWindow: (minute: number, minutes: number) =>
      dayAndTime(day(Math.floor(minute / 1440)), range([minute, minute + minutes])),
    weekTimeLong: (minute: number) => dayAndTime(day(Math.floor(minute / 1440), 'long'), clock(minute)),
    /** A category, facility or permit status of the city's data; one without a translation is shown as it is. */
    category: (value: string) => lookUp(messages.categories, value),
    facility: (value: string) => lookUp(messages.facilities, value),
    status: (value: string) => lookUp(messages.statuses, value),
    /** A normalized street name in title case: `2nd`, `Market`. */
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

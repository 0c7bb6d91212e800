import type { DayRange } from '../../functions/model/hours/day-groups.ts';
import { distanceFormats, unitsOf } from './distance-formats.ts';
import { onDemand } from './on-demand.ts';

/** Monday, 1 January 2024, 00:00 UTC: the start of a week to format day names and times from. */
const MONDAY = Date.UTC(2024, 0, 1);
const DAY_MS = 86_400_000;

/** A word's forms by the plural rules of its language; `other` replaces missing ones. */
export type PluralForms = { readonly other: string } & { readonly [Rule in Intl.LDMLPluralRule]?: string };

/** Formats numbers, days, times, dates and distances for one locale. */
export type LocaleFormats = ReturnType<typeof localeFormats>;

/**
 * @param locale BCP 47, with the region if known: it decides between the 12- and the 24-hour clock, and between miles and kilometres
 * until the user chooses
 */
export function localeFormats(locale: string) {
  const numbers = new Intl.NumberFormat(locale);
  const plurals = new Intl.PluralRules(locale);
  const utc = (options: Intl.DateTimeFormatOptions) =>
    onDemand(() => new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' }));
  const days = { short: utc({ weekday: 'short' }), long: utc({ weekday: 'long' }) };
  const hourMinute = utc({ hour: 'numeric', minute: '2-digit' });
  const hourOnly = utc({ hour: 'numeric' });
  const hour = onDemand(() => (hourMinute().resolvedOptions().hour12 === true ? hourOnly() : hourMinute()));
  const longDate = utc({ dateStyle: 'long' });
  const months = { short: utc({ month: 'short', year: 'numeric' }), long: utc({ month: 'long', year: 'numeric' }) };
  const formats = {
    locale,
    number: (n: number) => numbers.format(n),
    /** `#` in the form is replaced by the number. */
    plural: (n: number, forms: PluralForms) =>
      (forms[plurals.select(n)] ?? forms.other).replace('#', numbers.format(n)),
    day: (day: number, width: 'short' | 'long' = 'short') => days[width]().format(MONDAY + (day % 7) * DAY_MS),
    /** The time of a minute of the day or week, without a line break: `11 AM`, `12:15 PM`, `11:00`. */
    clock: (minute: number) =>
      (minute % 60 === 0 ? hour : hourMinute)()
        .format(MONDAY + (minute % 1440) * 60_000)
        .replace(/\s/g, '\u00a0'),
    range: ([start, end]: DayRange) => `${formats.clock(start)}–${formats.clock(end)}`,
    /** Without the Russian abbreviation for "year", whose full stop would meet the one of a sentence. */
    date: (date: string) =>
      longDate()
        .format(Date.parse(date))
        .replace(/\sг\.$/, ''),
    month: (date: string, width: 'short' | 'long' = 'short') =>
      months[width]()
        .format(Date.parse(date))
        .replace(/\sг\.$/, ''),
    ...distanceFormats(locale, unitsOf(locale)),
  };
  return formats;
}

import type { DayRange } from '../../functions/model/hours/day-groups.ts';

const METRES_PER_MILE = 1609.344;
const METRES_PER_FOOT = 0.3048;
/** Monday, 1 January 2024, 00:00 UTC: the start of a week to format day names and times from. */
const MONDAY = Date.UTC(2024, 0, 1);
const DAY_MS = 86_400_000;

/** A word's forms by the plural rules of its language; `other` replaces missing ones. */
export type PluralForms = { readonly other: string } & { readonly [Rule in Intl.LDMLPluralRule]?: string };

/** Formats numbers, days, times, dates and distances for one locale. */
export type LocaleFormats = ReturnType<typeof localeFormats>;

/** @param locale BCP 47, with the region if known: it decides between miles and kilometres, and the 12- or 24-hour clock */
export function localeFormats(locale: string) {
  const numbers = new Intl.NumberFormat(locale);
  const plurals = new Intl.PluralRules(locale);
  const utc = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, { ...options, timeZone: 'UTC' });
  const days = { short: utc({ weekday: 'short' }), long: utc({ weekday: 'long' }) };
  const hourMinute = utc({ hour: 'numeric', minute: '2-digit' });
  const uses12Hours = hourMinute.resolvedOptions().hour12 === true;
  const hour = uses12Hours ? utc({ hour: 'numeric' }) : hourMinute;
  const longDate = utc({ dateStyle: 'long' });
  const monthYear = utc({ month: 'short', year: 'numeric' });
  const unit = (name: string, digits: number) =>
    new Intl.NumberFormat(locale, { style: 'unit', unit: name, maximumFractionDigits: digits });
  const units = {
    mile: unit('mile', 1),
    foot: unit('foot', 0),
    kilometer: unit('kilometer', 1),
    meter: unit('meter', 0),
  };
  const inMiles = usesMiles(locale);

  const formats = {
    number: (n: number) => numbers.format(n),
    /** `#` in the form is replaced by the number. */
    plural: (n: number, forms: PluralForms) =>
      (forms[plurals.select(n)] ?? forms.other).replace('#', numbers.format(n)),
    day: (day: number, width: 'short' | 'long' = 'short') => days[width].format(MONDAY + (day % 7) * DAY_MS),
    /** The time of a minute of the day or week, without a line break: `11 AM`, `12:15 PM`, `11:00`. */
    clock: (minute: number) =>
      (minute % 60 === 0 ? hour : hourMinute).format(MONDAY + (minute % 1440) * 60_000).replace(/\s/g, '\u00a0'),
    range: ([start, end]: DayRange) => `${formats.clock(start)}–${formats.clock(end)}`,
    /** Without the Russian abbreviation for "year", whose full stop would meet the one of a sentence. */
    date: (date: string) => longDate.format(Date.parse(date)).replace(/\sг\.$/, ''),
    month: (date: string) => monthYear.format(Date.parse(date)).replace(/\sг\.$/, ''),
    /** A distance in the region's units: `350 ft`, `1.2 mi`, `340 m`, `1.2 km`. */
    distance: (metres: number): string => {
      if (inMiles) {
        const miles = metres / METRES_PER_MILE;
        if (miles >= 0.1) return units.mile.format(miles);
        return units.foot.format(Math.round(metres / METRES_PER_FOOT / 10) * 10);
      }
      return metres >= 1000 ? units.kilometer.format(metres / 1000) : units.meter.format(Math.round(metres / 10) * 10);
    },
    /** Radii to choose from, in metres, that are round in the region's units. */
    radii: inMiles ? [402, 805, 1609, 3219] : [250, 500, 1000, 2000],
  };
  return formats;
}

function usesMiles(locale: string): boolean {
  return ['US', 'GB', 'LR'].includes(new Intl.Locale(locale).maximize().region ?? '');
}

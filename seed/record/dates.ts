const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** `2022-07-07`, `2022-07-07T00:00:00.000`, `2022-07-07 10:00Z` */
const ISO = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T\s]\s*[\d:.]+\s*(?:Z|[+-]\d{2}:?\d{2})?)?$/i;
/** `20220707` */
const COMPACT = /^(\d{4})(\d{2})(\d{2})$/;
/** `07/07/2022`, `07/07/2022 12:00:00 AM`, `31.12.2025`, `31-12-2025`: the column decides which number is the month */
const NUMERIC = /^(\d{1,2})([/.-])(\d{1,2})\2(\d{4})(?:\s+[\d:.]+\s*(?:[AP]M)?)?$/i;
/** `Mar 14 2013  3:34PM` (a blank pads the hour), `March 14, 2013` */
const NAMED = /^([a-z]{3})[a-z]*\.?\s+(\d{1,2}),?\s+(\d{4})(?:\s+[\d:.]+\s*(?:[AP]M)?)?$/i;

/** What cities write where a permit has no date. */
export const NO_DATE = /^(?:n\/?a|none|null|-+|0000-00-00.*)$/i;

/** Days since 1899-12-30, in Excel's counting: 1970 to 2099. Excel writes them where a cell lost its date format. */
const SERIAL = /^(\d{5})(?:\.\d+)?$/;
const SERIALS = { first: 25_569, last: 73_050, epochMs: Date.UTC(1899, 11, 30) } as const;
const DAY_MS = 86_400_000;

export type DateOrder = 'month-first' | 'day-first';

/** The day of a date, `YYYY-MM-DD`; `doubt`: why a person should look at it. */
export type DateReading = { readonly day: string; readonly doubt: 'excel_date' | 'date_order' | null };

/** The dates of one column. */
export type DateColumn = {
  readonly order: DateOrder;
  /** One sentence if some values can only have the day first and others only the month. */
  readonly warning: string | null;
  read(text: string): DateReading | undefined;
};

/**
 * Decides for a whole column whether `03/04/2025` is in March or in April: by the values of which one number is above 12, the majority
 * if they disagree, and without such values month first, as in every snapshot. A value that fits only the other order is read by that.
 * Dates with points have the day first unless the column says otherwise.
 * @param known the order that the city's file names; `null`: the values decide
 */
export function dateColumn(values: Iterable<string>, known: DateOrder | null = null): DateColumn {
  let [dayFirst, monthFirst] = [0, 0];
  let points = 0;
  for (const value of values) {
    const [, first, separator, second] = NUMERIC.exec(value.trim()) ?? [];
    if (separator === '.') points += 1;
    if (Number(first) > 12 && Number(second) <= 12) dayFirst += 1;
    if (Number(second) > 12 && Number(first) <= 12) monthFirst += 1;
  }
  const isEven = dayFirst === monthFirst;
  const order: DateOrder = known ?? ((isEven ? points > 0 : dayFirst > monthFirst) ? 'day-first' : 'month-first');
  const isMixed = dayFirst > 0 && monthFirst > 0;
  const shown = order === 'day-first' ? 'the day' : 'the month';
  return {
    order,
    warning: isMixed
      ? `${dayFirst} dates can only have the day first and ${monthFirst} only the month; those that fit both are read with ${shown} first`
      : null,
    read(text) {
      const day = readDate(text, order);
      if (day !== undefined) return { day, doubt: SERIAL.test(text.trim()) ? 'excel_date' : null };
      const other = readDate(text, order === 'day-first' ? 'month-first' : 'day-first');
      return other === undefined ? undefined : { day: other, doubt: 'date_order' };
    },
  };
}

/**
 * The calendar day, as `YYYY-MM-DD`, of a date in any notation that the city has used since 2013; `undefined` for any
 * other text. The time of day is ignored and no time zone is applied.
 */
export function readDate(text: string, order: DateOrder = 'month-first'): string | undefined {
  const trimmed = text.trim();
  const iso = ISO.exec(trimmed) ?? COMPACT.exec(trimmed);
  if (iso) return calendarDay(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const numeric = NUMERIC.exec(trimmed);
  if (numeric) {
    const [first, second] = [Number(numeric[1]), Number(numeric[3])];
    const [month, day] = order === 'day-first' ? [second, first] : [first, second];
    return calendarDay(Number(numeric[4]), month, day);
  }
  const serial = Number(SERIAL.exec(trimmed)?.[1]);
  if (serial >= SERIALS.first && serial <= SERIALS.last) {
    return new Date(SERIALS.epochMs + serial * DAY_MS).toISOString().slice(0, 10);
  }
  const named = NAMED.exec(trimmed);
  if (!named) return undefined;
  return calendarDay(Number(named[3]), MONTHS.indexOf(named[1]?.toLowerCase() ?? '') + 1, Number(named[2]));
}

function calendarDay(year: number, month: number, day: number): string | undefined {
  const date = new Date(Date.UTC(year, month - 1, day));
  if (year < 100 || date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined;
  return date.toISOString().slice(0, 10);
}

/**
 * The latest calendar day anywhere on earth at an instant (UTC+14); a later date in the data is in the future.
 * @param instant RFC 3339
 */
export function lastDayAt(instant: string): string {
  return new Date(Date.parse(instant) + 14 * 3_600_000).toISOString().slice(0, 10);
}

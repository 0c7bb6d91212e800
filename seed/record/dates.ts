const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** `2022-07-07`, `2022-07-07T00:00:00.000`, `2022-07-07 10:00Z` */
const ISO = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T\s]\s*[\d:.]+\s*(?:Z|[+-]\d{2}:?\d{2})?)?$/i;
/** `20220707` */
const COMPACT = /^(\d{4})(\d{2})(\d{2})$/;
/** `07/07/2022`, `07/07/2022 12:00:00 AM`: month first, as in every snapshot */
const SLASHED = /^(\d{1,2})\/(\d{1,2})\/(\d{4})(?:\s+[\d:.]+\s*(?:[AP]M)?)?$/i;
/** `Mar 14 2013  3:34PM` (a blank pads the hour), `March 14, 2013` */
const NAMED = /^([a-z]{3})[a-z]*\.?\s+(\d{1,2}),?\s+(\d{4})(?:\s+[\d:.]+\s*(?:[AP]M)?)?$/i;

/**
 * The calendar day, as `YYYY-MM-DD`, of a date in any notation that the city has used since 2013; `undefined` for any
 * other text. The time of day is ignored and no time zone is applied.
 */
export function readDate(text: string): string | undefined {
  const trimmed = text.trim();
  const iso = ISO.exec(trimmed) ?? COMPACT.exec(trimmed);
  if (iso) return calendarDay(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const slashed = SLASHED.exec(trimmed);
  if (slashed) return calendarDay(Number(slashed[3]), Number(slashed[1]), Number(slashed[2]));
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

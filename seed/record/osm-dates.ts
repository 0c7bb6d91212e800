const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
export const MONTH = `(?:${MONTHS.join('|')})`;
/** A day of a month, and not the hours of a time: `Apr 10:00-18:00`. */
const DAY_OF_MONTH = '(?:0?[1-9]|[12]\\d|3[01])(?!\\d|:\\d\\d)';
const RANGE = `${MONTH}(?:\\s+${DAY_OF_MONTH})?(?:\\s*-\\s*(?:${MONTH}(?:\\s+${DAY_OF_MONTH})?|${DAY_OF_MONTH}))?`;
/** Months and days of a month without a year: `Apr-Oct`, `May 1-Sep 30`, `Dec 24-26`, `Jan,Jul`. */
export const DATE_LIST = `${RANGE}(?:\\s*,\\s*${RANGE})*`;

const PARTS = new RegExp(
  `^(?<from>${MONTH})(?:\\s+(?<fromDay>\\d+))?(?:\\s*-\\s*(?<to>${MONTH})?(?:\\s*(?<toDay>\\d+))?)?$`,
);

/** The first and the last day of each year, as month x 100 + day. One that ends before it begins passes the end of the year. */
export type YearlyDates = { readonly first: number; readonly last: number };

/**
 * Reads a list of dates without years, in lower case.
 * @returns null if one of them begins with a day and ends with a month, or the other way round
 */
export function readDates(list: string): readonly YearlyDates[] | null {
  const ranges = list.split(',').map((text) => readRange(text.trim()));
  return ranges.every((range) => range !== null) ? ranges : null;
}

/** Whether a date is one of these. @param date `YYYY-MM-DD` */
export function isOneOf(ranges: readonly YearlyDates[], date: string): boolean {
  const day = Number(date.slice(5, 7)) * 100 + Number(date.slice(8, 10));
  return ranges.some(({ first, last }) => (first <= last ? first <= day && day <= last : first <= day || day <= last));
}

function readRange(text: string): YearlyDates | null {
  const { from = '', fromDay, to, toDay } = PARTS.exec(text)?.groups ?? {};
  const [month, lastMonth] = [MONTHS.indexOf(from) + 1, MONTHS.indexOf(to ?? from) + 1];
  const hasEnd = to !== undefined || toDay !== undefined;
  if (month === 0 || (hasEnd && (fromDay === undefined) !== (toDay === undefined))) return null;
  const [first, last] = [Number(fromDay ?? 1), Number(toDay ?? fromDay ?? 31)];
  // `Dec 26-24` is a mistake, and not a year without two days.
  if (hasEnd && to === undefined && last < first) return null;
  return { first: month * 100 + first, last: lastMonth * 100 + last };
}

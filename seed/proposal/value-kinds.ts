import { readDate } from '../record/dates.ts';
import { readHours } from '../record/hours-text.ts';

/** Kinds of a cell's text that tell what a column is for. A text may be of several kinds. */
export type ValueKind = keyof typeof KINDS;

/** Decimal digits with an optional sign; a comma counts as the decimal point of a table that has other delimiters. */
const NUMBER = /^[+-]?\d+(?:[.,]\d+)?$/;
/** Three decimals are 110 m: fewer do not place a stall in a street. */
const FINE_NUMBER = /^[+-]?\d{1,3}[.,]\d{3,}$/;

const WEEKDAY = /^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?$|^(?:lun|mar|mi[eé]|jue|vie|s[aá]b|dom)[a-zéá]*\.?$/i;
const CLOCK = /^(?:[01]?\d|2[0-4])(?::[0-5]\d){1,2}(?:\.0+)?\s*(?:[ap]\.?m\.?)?$|^(?:0?[1-9]|1[0-2])\s*[ap]\.?m\.?$/i;
/** Matches a weekday with a number, a season with a range of times, and words for all hours, in any notation (hours-notation.ts finds out which). */
const HOURS_WORDS =
  /\b(?:mo|tu|we|th|fr|sa|su|mon|tues?|wed|thu(?:rs?)?|fri|sat|sun|mondays?|tuesdays?|wednesdays?|thursdays?|fridays?|saturdays?|sundays?|daily|weekdays?|weekends?|ph)\b.*\d|^24\s*\/\s*7$|\b24\s*(?:hrs?|hours)\b|^(?:open\s+)?(?:all day|24 hours)$|^(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)\b.*\d\d:\d\d\s*-\s*\d\d:\d\d/i;
const STREET =
  /\d+\S*\s+\p{L}|\b(?:st|street|ave?|avenue|rd|road|blvd|boulevard|dr|drive|hwy|ln|lane|pl|plaza|sq|square|pkwy|way|block|corner|rue|calle|platz|stra(?:ss|ß)e|via|park|between)\b/iu;
const COORDINATES = /[+-]?\d{1,3}[.,]\d{3,}[\s,;]+[+-]?\d{1,3}[.,]\d{3,}/;
/** Two numbers and nothing else: few decimals are enough. */
const PAIR = /^\(?\s*[+-]?\d{1,3}[.,]\d+\s*[,;\s]\s*[+-]?\d{1,3}[.,]\d+\s*\)?$/;
const GEOMETRY = /^\s*(?:\{\s*"(?:type|coordinates|latitude|lat|lon|x)|(?:MULTI)?(?:POINT|POLYGON|LINESTRING)\s*[Z(])/i;

const KINDS = {
  number: (text: string) => NUMBER.test(text),
  wholeNumber: (text: string) => /^\d+$/.test(text),
  fineNumber: (text: string) => FINE_NUMBER.test(text),
  point: (text: string) => COORDINATES.test(text) || PAIR.test(text) || GEOMETRY.test(text),
  /** Digits alone are a date only as `20250131`. */
  date: (text: string) => (!/^\d+$/.test(text) || /^(?:19|20)\d{6}$/.test(text)) && readDate(text) !== undefined,
  /** Milliseconds since 1970, 2001 to 2286: how some portals write dates. */
  timestamp: (text: string) => /^1?\d{12}$/.test(text) && Number(text) > 978_307_200_000,
  clock: (text: string) => CLOCK.test(text),
  weekday: (text: string) => WEEKDAY.test(text),
  permitHours: (text: string) => 'week' in readHours(text),
  hours: (text: string) => HOURS_WORDS.test(text),
  webAddress: (text: string) => /^(?:https?:\/\/|www\.)\S+$/i.test(text),
  email: (text: string) => /^\S+@\S+\.\S+$/.test(text),
  phone: (text: string) =>
    /^\+?[\d\s().-]{7,20}$/.test(text) && (text.match(/\d/g)?.length ?? 0) >= 7 && /[\s().-]/.test(text),
  yesNo: (text: string) => /^(?:y|n|yes|no|true|false|0|1)$/i.test(text),
  code: (text: string) => /^(?=.*\d)[\p{L}\d/_.-]{1,40}$/u.test(text),
  street: (text: string) => STREET.test(text) && !COORDINATES.test(text),
  /** `Garcia, Maria`: also a company in a person's order is one, so the share in a column decides. */
  lastFirst: (text: string) => /^\p{L}[\p{L}'’. -]+,\s*\p{L}[\p{L}'’. -]*$/u.test(text),
  words: (text: string) => /\p{L}{2}/u.test(text),
} as const satisfies Record<string, (text: string) => boolean>;

/** Whether a cell's text is of a kind. Only the first 500 characters count: texts may be long, and their beginning is enough. */
export function isOfKind(kind: ValueKind, text: string): boolean {
  return KINDS[kind](text.length > MAX_READ ? text.slice(0, MAX_READ) : text);
}

const MAX_READ = 500;

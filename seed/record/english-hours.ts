import { DAY, type Interval, mergeWeek } from '../../functions/model/hours/week.ts';
import { type HoursReading, onDay } from './hours-text.ts';

/** A day of the week, 0 = Monday, or several. */
type DayToken = { readonly kind: 'days'; readonly days: readonly number[] };
/** Minutes after midnight: with am or pm (`half-day`), of 24 hours (`day`), or perhaps twelve hours later (`unknown`). */
type TimeToken = { readonly kind: 'time'; readonly minutes: number; readonly clock: 'half-day' | 'day' | 'unknown' };
type Token =
  | DayToken
  | TimeToken
  | { readonly kind: 'to' | 'and' | 'closed' | 'always' }
  | { readonly kind: 'word'; readonly word: string };

const NOON = 12 * 60;
const DAY_NAME =
  /^(?:mondays?|mon|mo|m|tuesdays?|tues?|tu|wednesdays?|weds?|we|w|thursdays?|thurs?|thu?|fridays?|fri|fr|f|saturdays?|sat|sa|sundays?|sun|su)$/;
const FIRST_LETTERS = ['m', 'tu', 'w', 'th', 'f', 'sa', 'su'];
const EVERY_DAY = [0, 1, 2, 3, 4, 5, 6];
/** Words that say nothing about times. */
const IGNORED = /^(?:open|hours?|hrs?|from|only|on|the|at)$/;
const TIME = /^(\d{1,2})(?:[:.]?([0-5]\d))?\s*(am|pm|a|p|noon|midnight)?$/;

/**
 * Reads hours written in English: `Monday-Friday 9am-5pm`, `Mon–Sat 11-2, Sun closed`, `10am to 6pm daily`, `24 hrs`. A range that ends at
 * or before its start ends on the next day. Without am and pm, `9-5`, `11-2` and `1-4` are by day; `6-10` could be the morning or
 * the evening, and is not read. Neither is a text with any other word, or with times for no day: nothing is guessed.
 */
export function readEnglishHours(text: string): HoursReading {
  const tokens = tokensOf(text);
  const unknown = tokens.find((token) => token.kind === 'word');
  if (tokens.length === 0) return { unreadable: 'no hours are given' };
  if (unknown?.kind === 'word') return { unreadable: `"${unknown.word}" is not a day or a time` };
  try {
    const week = weekOf(tokens);
    return week.length > 0 ? { week: mergeWeek(week), complete: true } : { unreadable: 'it has no hours' };
  } catch (error) {
    return { unreadable: (error as Error).message };
  }
}

function tokensOf(text: string): Token[] {
  const plain = text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/([ap])\.\s?m\b\.?/g, '$1m')
    .replace(/\b(?:24\s*\/\s*7|24[\s-]*(?:hours?|hrs?)(?:\s*(?:a|per)\s*day)?)\b/g, ' always ')
    .replace(/\b(?:7 days(?: (?:a|per) week)?|every\s?day|daily)\b/g, ' daily ')
    .replace(/\b(?:to|thru|through|until|till)\b|[-‐-―~]+/g, ' - ')
    .replace(/&|\band\b|[,;/+]/g, ' , ')
    .replace(/(\d)\s+(am|pm)\b/g, '$1$2')
    .replace(/:(?!\d)|[()]/g, ' ');
  return plain
    .split(/\s+/)
    .flatMap((word) => (word === '' || IGNORED.test(word) ? [] : tokenOf(word.replace(/\.$/, ''))));
}

function tokenOf(word: string): Token {
  if (word === '-') return { kind: 'to' };
  if (word === ',') return { kind: 'and' };
  if (word === 'closed' || word === 'always') return { kind: word };
  if (word === 'daily') return { kind: 'days', days: EVERY_DAY };
  if (/^weekdays?$/.test(word)) return { kind: 'days', days: [0, 1, 2, 3, 4] };
  if (/^weekends?$/.test(word)) return { kind: 'days', days: [5, 6] };
  if (DAY_NAME.test(word))
    return { kind: 'days', days: [FIRST_LETTERS.findIndex((letters) => word.startsWith(letters))] };
  return timeOf(word) ?? { kind: 'word', word };
}

function timeOf(word: string): TimeToken | undefined {
  if (word === 'noon') return { kind: 'time', minutes: NOON, clock: 'half-day' };
  if (word === 'midnight') return { kind: 'time', minutes: 0, clock: 'half-day' };
  const [, hours, minutes = '0', half] = TIME.exec(word) ?? [];
  const hour = Number(hours);
  if (hours === undefined || hour > 24 || (half !== undefined && (hour < 1 || hour > 12))) return undefined;
  if (half !== undefined) {
    const isAfternoon = half.startsWith('p') || half === 'noon';
    return { kind: 'time', minutes: ((hour % 12) + (isAfternoon ? 12 : 0)) * 60 + Number(minutes), clock: 'half-day' };
  }
  const clock = hour > 12 || hour === 0 || /^0\d/.test(hours) ? 'day' : 'unknown';
  return { kind: 'time', minutes: hour * 60 + Number(minutes), clock };
}

/** The intervals of a text: days before their times, or all times before all days. */
function weekOf(tokens: readonly Token[]): Interval[] {
  const week: Interval[] = [];
  let days: number[] = [];
  let ranges: [number, number][] = [];
  let closed: 'before' | 'after' | null = null;
  const close = () => {
    if (days.length === 0 && ranges.length > 0) throw new Error('it names no days');
    if (days.length > 0 && ranges.length === 0 && !closed) throw new Error('it names days without times');
    for (const day of days) for (const range of ranges) week.push(onDay(day, range));
    [days, ranges, closed] = [[], [], null];
  };
  const timesFirst =
    tokens.find(({ kind }) => kind === 'days' || kind === 'time' || kind === 'always')?.kind !== 'days';
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at] as Token;
    const isRange = tokens[at + 1]?.kind === 'to';
    const end = isRange ? tokens[at + 2] : undefined;
    if (token.kind === 'days') {
      // Days after times begin the next group, except in a text that has its times first.
      if ((ranges.length > 0 && !timesFirst) || closed === 'after') close();
      if (isRange && end?.kind !== 'days') throw new Error('a range of days has no end');
      days.push(...(end?.kind === 'days' ? daysFrom(token, end) : token.days));
    } else if (token.kind === 'time') {
      if (end?.kind !== 'time') throw new Error('a time has no end');
      if (closed === 'before') throw new Error('it does not say which days are closed');
      if (timesFirst && days.length > 0) close();
      ranges.push(rangeOf(token, end));
    } else if (token.kind === 'always') ranges.push([0, DAY]);
    else if (token.kind === 'closed') {
      if (ranges.length > 0) close();
      closed = days.length > 0 ? 'after' : 'before';
    } else if (token.kind === 'to') throw new Error('a range has no start');
    if (isRange) at += 2;
  }
  if (days.length === 0 && ranges.length === 1 && ranges[0]?.[1] === DAY && ranges[0][0] === 0) days = EVERY_DAY;
  close();
  return week;
}

function daysFrom({ days: [first = 0] }: DayToken, { days: [last = 0] }: DayToken): number[] {
  return Array.from({ length: ((last - first + 7) % 7) + 1 }, (_, offset) => (first + offset) % 7);
}

/** Minutes after a day's midnight; the end may be on the next day. @throws Error if morning and evening are both possible */
function rangeOf(start: TimeToken, end: TimeToken): [number, number] {
  const from = start.clock === 'unknown' ? startOf(start, end) : start.minutes;
  if (end.clock !== 'unknown' || start.clock === 'day')
    return [from, end.minutes > from ? end.minutes : end.minutes + DAY];
  // `9am-5`, `10pm-2`: the first such time after the start.
  const to = [0, NOON, DAY, DAY + NOON].map((more) => (end.minutes % NOON) + more).find((minutes) => minutes > from);
  return [from, to ?? from + DAY];
}

/** The start of `11-2pm`, `9:00-17:00` or `9-5`. */
function startOf({ minutes }: TimeToken, end: TimeToken): number {
  const hour = minutes / 60;
  if (end.clock === 'day' || hour >= 12) return minutes;
  const goesPastNoon = end.minutes % NOON <= minutes;
  // `2-6pm` is in one half of the day, `11-2pm` begins in the other.
  if (end.clock === 'half-day' && !goesPastNoon) return minutes + (end.minutes >= NOON ? NOON : 0);
  if (end.clock === 'half-day' && end.minutes >= NOON) return minutes;
  if (end.clock === 'unknown' && goesPastNoon && hour >= 6) return minutes;
  if (end.clock === 'unknown' && !goesPastNoon && hour < 5) return minutes + NOON;
  throw new Error('it does not say whether the times are in the morning or in the evening');
}

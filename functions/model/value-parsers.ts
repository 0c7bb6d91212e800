import { readCommaList } from './comma-list.ts';

/**
 * Reads a text that somebody wrote; `undefined` when it is no such value. Plain functions, because a function's cold start reads its
 * settings and its first request's parameters with them, and the library that describes answers takes 9 ms to load (2026-11-21).
 */
export type ValueParser<Value> = (text: string) => Value | undefined;

/** What a reader gives. */
export type ParsedValue<Read extends ValueParser<unknown>> = Exclude<ReturnType<Read>, undefined>;

const within = (number: number, minimum: number, maximum: number) =>
  number >= minimum && number <= maximum ? number : undefined;

/** A number in decimal digits, without an exponent. */
export function decimal(minimum: number, maximum: number): ValueParser<number> {
  return (text) => (/^[+-]?(\d+\.?\d*|\.\d+)$/.test(text) ? within(Number(text), minimum, maximum) : undefined);
}

/** A number of at most nine digits. */
export function wholeNumber(minimum: number, maximum: number): ValueParser<number> {
  return (text) => (/^\d{1,9}$/.test(text) ? within(Number(text), minimum, maximum) : undefined);
}

/** Any text, or one that matches, of at most so many UTF-16 units. */
export function matchingText({ pattern = /^/, longest = Number.POSITIVE_INFINITY } = {}): ValueParser<string> {
  return (text) => (text.length <= longest && pattern.test(text) ? text : undefined);
}

/** One of a few words. */
export function oneOf<Value extends string>(values: readonly Value[]): ValueParser<Value> {
  return (text) => values.find((value) => value === text);
}

/** At most 20 values, written as {@link readCommaList} reads them. */
export function listOf<Value>(each: ValueParser<Value>): ValueParser<Value[]> {
  return (text) => {
    const values = readCommaList(text);
    if (values === undefined) return undefined;
    const read = values.flatMap((value) => each(value) ?? []);
    return read.length === values.length && values.length <= 20 ? read : undefined;
  };
}

const TRUTHS = new Map([
  ['true', true],
  ['1', true],
  ['false', false],
  ['0', false],
]);

/** `true` or `1`, `false` or `0`. */
export const booleanWord: ValueParser<boolean> = (text) => TRUTHS.get(text.toLowerCase());

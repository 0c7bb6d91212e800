import { readValueList } from './value-list.ts';

/**
 * Reads a text that somebody wrote; `undefined` when it is no such value. Plain functions, because a function's cold start reads its
 * settings and its first request's parameters with them, and the library that describes answers takes 9 ms to load (2026-11-21).
 */
export type Reader<Value> = (text: string) => Value | undefined;

/** What a reader gives. */
export type ReadBy<Read extends Reader<unknown>> = Exclude<ReturnType<Read>, undefined>;

const within = (number: number, minimum: number, maximum: number) =>
  number >= minimum && number <= maximum ? number : undefined;

/** A number in decimal digits, without an exponent. */
export function decimal(minimum: number, maximum: number): Reader<number> {
  return (text) => (/^[+-]?(\d+\.?\d*|\.\d+)$/.test(text) ? within(Number(text), minimum, maximum) : undefined);
}

/** A number of at most nine digits. */
export function whole(minimum: number, maximum: number): Reader<number> {
  return (text) => (/^\d{1,9}$/.test(text) ? within(Number(text), minimum, maximum) : undefined);
}

/** Any text, or one that matches, of at most so many UTF-16 units. */
export function textOf({ pattern = /^/, longest = Number.POSITIVE_INFINITY } = {}): Reader<string> {
  return (text) => (text.length <= longest && pattern.test(text) ? text : undefined);
}

/** One of a few words. */
export function oneOf<Value extends string>(values: readonly Value[]): Reader<Value> {
  return (text) => values.find((value) => value === text);
}

/** At most 20 values, written as {@link readValueList} reads them. */
export function listOf<Value>(each: Reader<Value>): Reader<Value[]> {
  return (text) => {
    const values = readValueList(text);
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
export const truth: Reader<boolean> = (text) => TRUTHS.get(text.toLowerCase());

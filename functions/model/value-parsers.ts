import { readCommaList } from './comma-list.ts';

/**
 * Parses a setting or a request parameter; `undefined` if the text is not a valid value. Plain functions, because a cold start parses its
 * settings and its first request with them, and loading the schema library would cost 9 ms (2026-11-21).
 */
export type ValueParser<Value> = (text: string) => Value | undefined;

export type ParsedValue<Parser extends ValueParser<unknown>> = Exclude<ReturnType<Parser>, undefined>;

const within = (number: number, minimum: number, maximum: number) =>
  number >= minimum && number <= maximum ? number : undefined;

/** A number in decimal digits, without an exponent. */
export function decimal(minimum: number, maximum: number): ValueParser<number> {
  return (text) => (/^[+-]?(\d+(\.\d*)?|\.\d+)$/.test(text) ? within(Number(text), minimum, maximum) : undefined);
}

/** A number of at most nine digits. */
export function wholeNumber(minimum: number, maximum: number): ValueParser<number> {
  return (text) => (/^\d{1,9}$/.test(text) ? within(Number(text), minimum, maximum) : undefined);
}

/** A text of at most `longest` UTF-16 units that matches `pattern`. */
export function matchingText({ pattern = /^/, longest = Number.POSITIVE_INFINITY } = {}): ValueParser<string> {
  return (text) => (text.length <= longest && pattern.test(text) ? text : undefined);
}

/** One of a few words. */
export function oneOf<Value extends string>(values: readonly Value[]): ValueParser<Value> {
  return (text) => values.find((value) => value === text);
}

/** A comma-separated list ({@link readCommaList}) of at most 20 values. */
export function listOf<Value>(each: ValueParser<Value>): ValueParser<Value[]> {
  return (text) => {
    const values = readCommaList(text);
    if (values === undefined) return undefined;
    const parsed = values.flatMap((value) => each(value) ?? []);
    return parsed.length === values.length && values.length <= 20 ? parsed : undefined;
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

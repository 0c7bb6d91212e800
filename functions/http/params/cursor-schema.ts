/** The numbers of a cursor and the texts that it repeats. Whatever is outside of these bounds, {@link writeCursor} did not write. */
const BOUNDS = {
  /** From the year 0 to 9999, with a day for the zone's offset: what `open_at` accepts. Milliseconds since 1970. */
  instant: [-62_167_305_600_000, 253_402_387_200_000],
  /** A text score is at most a few hundred (functions/model/ranking.ts); without a text it is 1. */
  score: [0, 1_000_000],
  /** No two places are more than half the earth's circumference apart, 20,015,115 m. */
  distance: [0, 20_100_000],
} as const;

/** Checks one value of a cursor. */
type Check<Value> = (value: unknown) => value is Value;

const text =
  (maxLength: number): Check<string> =>
  (value): value is string =>
    typeof value === 'string' && value.length <= maxLength;

const number =
  ([minimum, maximum]: readonly [number, number]): Check<number> =>
  (value): value is number =>
    typeof value === 'number' && value >= minimum && value <= maximum;

const instant = number(BOUNDS.instant);

/** The value that a cursor encodes, by key: release, hash of the parameters, time, and sort values. */
const SCHEMA = {
  v: text(80),
  h: text(16),
  t: (value: unknown): value is number => instant(value) && Number.isInteger(value),
  k: sortValues,
};

export type CursorValue = {
  readonly v: string;
  readonly h: string;
  readonly t: number;
  readonly k: readonly [score: number, distanceMetres: number, name: string, id: string];
};

function sortValues(value: unknown): value is CursorValue['k'] {
  const checks = [number(BOUNDS.score), number(BOUNDS.distance), text(2000), text(100)];
  return Array.isArray(value) && value.length === checks.length && checks.every((check, at) => check(value[at]));
}

/** Whether a value has the keys of a cursor, no others, and valid values. */
export function isCursorValue(value: unknown): value is CursorValue {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const entries = Object.entries(value);
  return (
    entries.length === Object.keys(SCHEMA).length &&
    entries.every(([key, part]) => Object.hasOwn(SCHEMA, key) && SCHEMA[key as keyof typeof SCHEMA](part))
  );
}

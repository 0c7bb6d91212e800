import { ProblemError } from './problem.ts';

/** A function's answer may have 6 MB on AWS Lambda; headers and what an answer may be wrapped in take some of it. */
export const MOST_BYTES = 5_000_000;

/** The text of an answer. @throws ProblemError `too-large` when it is over {@link MOST_BYTES}. */
export function withinSizeLimit(text: string): string {
  // A UTF-16 unit is at most three bytes of UTF-8.
  const fits = text.length * 3 <= MOST_BYTES || new TextEncoder().encode(text).length <= MOST_BYTES;
  if (fits) return text;
  throw new ProblemError(
    'too-large',
    `The answer would be over ${MOST_BYTES / 1e6} MB: ask for less with limit, or take the whole data from /data/current.json`,
  );
}

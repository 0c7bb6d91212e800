/** A check found something wrong. The message says what was observed. */
export class CheckError extends Error {
  override readonly name = 'CheckError';
}

/** A check cannot run here. The message says why. */
export class SkippedError extends Error {
  override readonly name = 'SkippedError';
}

/** @throws CheckError with this message unless the condition holds */
export function expect(condition: unknown, message: string): asserts condition {
  if (!condition) throw new CheckError(message);
}

/** Time as the checks see it; a test lets it pass at once. */
export type Clock = {
  /** Milliseconds since 1970. */
  now(): number;
  sleep(ms: number): Promise<unknown>;
};

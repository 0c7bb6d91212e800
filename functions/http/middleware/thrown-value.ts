/** What was thrown, for the log: the stack of an error. It never throws, whatever the value is. */
export function describeThrown(value: unknown): string {
  try {
    const text = value instanceof Error ? value.stack || `${value.name}: ${value.message}` : undefined;
    return typeof text === 'string'
      ? text
      : `thrown: ${typeof value === 'object' ? JSON.stringify(value) : String(value)}`;
  } catch {
    return `thrown: ${typeof value} without a readable message`;
  }
}

/** The value if it is an error with a readable message, else an error that describes it: anything can be thrown. */
export function asError(value: unknown): Error {
  try {
    if (value instanceof Error && typeof value.message === 'string') return value;
  } catch {
    // Its message cannot be read.
  }
  return new Error(describeThrown(value));
}

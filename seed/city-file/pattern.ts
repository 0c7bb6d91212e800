/** The flags that a pattern may have. `g` and `y` depend on where it is used, so the code adds them. */
const FLAGS = /^[imsu]*$/;

/**
 * A regular expression of a city's file. Without slashes, upper and lower case are the same; `/…/flags` has only the flags
 * that it names.
 * @param added flags that the code needs
 * @throws SyntaxError when it is not one
 */
export function readPattern(text: string, added = ''): RegExp {
  const { source, flags } = partsOf(text);
  return new RegExp(source, flags + added);
}

/** Why a text cannot be a pattern; `undefined` if it can. */
export function patternFault(text: string): string | undefined {
  const { flags } = partsOf(text);
  if (!FLAGS.test(flags)) return `the flags /${flags} are not allowed: choose from i, m, s and u`;
  try {
    return readPattern(text).test('') ? 'matches an empty text, and so every text' : undefined;
  } catch (error) {
    return `is not a regular expression: ${(error as Error).message}`;
  }
}

function partsOf(text: string): { source: string; flags: string } {
  const [, source, flags] = /^\/(.+)\/([a-z]*)$/s.exec(text) ?? [];
  return source === undefined ? { source: text, flags: 'i' } : { source, flags: flags ?? '' };
}

import { OperatorError } from './operator-error.ts';

/** Parameters whose reader decodes `\u00a9` (`escapedText` in functions/config). */
const ESCAPED_PARAMETERS = new Set(['TilesAttribution']);

/**
 * Writes the values of parameters in ASCII, because CloudFormation returns a question mark for each other character: neither a
 * comparison with the deployed value nor the value itself would survive the next deployment.
 * @throws OperatorError for a parameter that has no escaped form
 */
export function toAsciiValues(values: ReadonlyMap<string, string>): Map<string, string> {
  return new Map(
    [...values].map(([name, value]) => {
      const ascii = escapeNonAscii(value);
      if (ascii !== value && !ESCAPED_PARAMETERS.has(name))
        throw new OperatorError(
          `${name} must have ASCII characters only, got "${value}": write a host name in punycode (xn--…), and a path with percent-encoding`,
        );
      return [name, ascii];
    }),
  );
}

/** Replaces each UTF-16 unit outside printable ASCII by `\uXXXX`. */
export function escapeNonAscii(text: string): string {
  return text.replace(/[^\x20-\x7e]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
}

/** The inverse of {@link escapeNonAscii}, for output to the operator. */
export function readableValue(text: string): string {
  return text.replace(/\\u([0-9a-f]{4})/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)));
}

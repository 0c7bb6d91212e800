import type * as z from 'zod/mini';

/** The path of a field in a city's file: `sources.permits.columns.food[0]`. */
export type FieldPath = readonly PropertyKey[];

/** One fault of a file: `path: what is wrong, got VALUE`. */
export function fault(path: FieldPath, message: string, got?: unknown): string {
  return `${pathText(path)}: ${message}${got === undefined ? '' : `, got ${shown(got)}`}`;
}

/** The faults that a schema found, each with its path and the value there. The value must have been parsed with `reportInput`. */
export function schemaFaults(issues: readonly z.core.$ZodIssue[]): string[] {
  return issues.flatMap((issue) => {
    if (issue.code === 'unrecognized_keys') {
      const messages = issue.message.split('\n');
      return issue.keys.map((key, at) => fault([...issue.path, key], messages[at] ?? ''));
    }
    if (issue.code === 'invalid_key') {
      return issue.issues.map(({ message }) => fault(issue.path, `the name ${message}`));
    }
    if (issue.code === 'invalid_union' && issue.discriminator !== undefined) {
      const { [issue.discriminator]: got } = issue.input as Readonly<Record<string, unknown>>;
      return [got === undefined ? fault(issue.path, 'is missing') : fault(issue.path, issue.message, got)];
    }
    return [isMissing(issue) ? fault(issue.path, 'is missing') : fault(issue.path, messageOf(issue), issue.input)];
  });
}

function isMissing(issue: z.core.$ZodIssue): boolean {
  return issue.input === undefined && issue.code !== 'custom';
}

/** Our own message, else one for what zod checks itself. */
function messageOf(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `must be ${TYPES[issue.expected] ?? issue.expected}`;
    case 'invalid_value':
      return `must be ${issue.values.map((value) => JSON.stringify(value)).join(' or ')}`;
    case 'too_small':
      return issue.origin === 'array' && issue.message === UNWORDED
        ? `must have at least ${issue.minimum} ${issue.minimum === 1 ? 'entry' : 'entries'}`
        : issue.message === UNWORDED
          ? `must be at least ${issue.minimum}`
          : issue.message;
    case 'too_big':
      return issue.message === UNWORDED ? `must be at most ${issue.maximum}` : issue.message;
    default:
      return issue.message;
  }
}

/** zod/mini's message for every check without one of its own. */
const UNWORDED = 'Invalid input';

const TYPES: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  boolean: 'true or false',
  object: 'an object',
  record: 'an object',
  array: 'a list',
};

function pathText(path: FieldPath): string {
  const text = path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${keyText(String(part))}`)).join('');
  return text.replace(/^\./, '') || 'the file';
}

/** Words of the publisher may be keys, with blanks and points. */
function keyText(key: string): string {
  return /^[\w$-]+$/.test(key) ? key : JSON.stringify(key.slice(0, 80));
}

/** A value, shortened: a list or an object may be of any length. */
function shown(value: unknown): string {
  const text =
    typeof value === 'object' && value !== null ? JSON.stringify(value) : (JSON.stringify(value) ?? 'nothing');
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}

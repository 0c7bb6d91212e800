import { SOURCE_FIELDS } from './source-schema.ts';

type GivenColumns = Readonly<Record<string, unknown>>;

/** The columns without which a source is of no use: our names. Those of `permits` that a city has at all must stay. */
export function requiredColumns(source: string, columns: GivenColumns): string[] {
  if (source === 'permits') {
    return ['name', ...['id', 'food', 'status'].filter((field) => columns[field] !== undefined)].sort(inOrder);
  }
  if (source === 'schedule') return ['id', columns.dayOrder === undefined ? 'dayName' : 'dayOrder', 'start', 'end'];
  return ['name', 'geometry'];
}

function inOrder(a: string, b: string): number {
  return SOURCE_FIELDS.permits.indexOf(a) - SOURCE_FIELDS.permits.indexOf(b);
}

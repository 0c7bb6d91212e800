import type { SourceSpec } from '../city.ts';
import { foldColumn, type Row, type Table } from '../table/table.ts';
import { limitCell, MAX_CELL, SHAPE_FIELDS } from './cell-limits.ts';
import { decodeEntities } from './html-entities.ts';

/** A source's columns by our names. */
export type Columns = {
  /**
   * The text of our column in a row, from the first of its names that is not blank there, with HTML entities decoded. Of a long text it
   * is only the beginning ({@link limitCell}).
   */
  read(row: Row, field: string): string | undefined;
  /** The cells of a row that are read only in part: one sentence each, with the column. */
  longCells(row: Row): string[];
  /** Whether numbers may have a decimal comma: the table's delimiter is another character. */
  readonly decimalComma: boolean;
  /** Whether the table has a column for our name. */
  has(field: string): boolean;
  /** Our names of optional columns that the table lacks. */
  readonly missing: readonly string[];
  /** Columns that the city's file does not mention, as the source writes them. */
  readonly unknown: readonly string[];
};

/**
 * Finds a source's columns by all names that the publisher has used.
 * @throws Error when a required column is missing, with the names tried and the columns found.
 */
export function resolveColumns(source: string, spec: SourceSpec, table: Table): Columns {
  const present = new Map(table.columns.flatMap((column) => cellKeys(column).map((key) => [key, column] as const)));
  const keys = new Map<string, string[]>();
  const texts: string[] = [];
  const missing: string[] = [];
  const known = new Set<string>();
  for (const [field, names] of Object.entries(spec.columns)) {
    const found = [...new Set(names.flatMap(cellKeys))].filter((key) => present.has(key));
    for (const key of names.flatMap(cellKeys)) known.add(key);
    keys.set(field, found);
    if (!SHAPE_FIELDS.has(field)) texts.push(...found);
    if (found.length > 0) continue;
    if (spec.required.includes(field)) {
      throw new Error(
        `${source}: no column for "${field}" (tried ${names.join(', ')}); the source has ${quoted(table.columns)}`,
      );
    }
    if (names.some((name) => !name.startsWith(':'))) missing.push(field);
  }
  return {
    read(row, field) {
      const names = keys.get(field);
      if (!names) throw new Error(`${source}: the city's file describes no column "${field}"`);
      for (const key of names) {
        const given = row.cells.get(key) ?? '';
        const text = decodeEntities(SHAPE_FIELDS.has(field) ? given : limitCell(given)).trim();
        if (text) return text;
      }
      return undefined;
    },
    longCells: (row) =>
      texts.flatMap((key) => {
        const { length = 0 } = row.cells.get(key) ?? {};
        if (length <= MAX_CELL) return [];
        return `${present.get(key)} has ${length} characters, and the first ${MAX_CELL} are read`;
      }),
    decimalComma: table.delimiter !== undefined && table.delimiter !== ',',
    has: (field) => (keys.get(field)?.length ?? 0) > 0,
    missing,
    unknown: table.columns.filter((column) => {
      const own = cellKeys(column);
      return !own.some((key) => known.has(key)) && !isUnread(spec, foldColumn(column));
    }),
  };
}

function isUnread(spec: SourceSpec, key: string): boolean {
  return spec.unread.some((name) =>
    name.endsWith('*') ? key.startsWith(foldColumn(name.slice(0, -1))) : key === foldColumn(name),
  );
}

/**
 * The keys that a column's cells may have: those that our reader adds to a GeoJSON feature (`:lat`) may keep their colon,
 * published names are compared folded.
 */
function cellKeys(name: string): string[] {
  return name.startsWith(':') ? [name, foldColumn(name)] : [foldColumn(name)];
}

function quoted(columns: readonly string[]): string {
  const shown = columns.slice(0, 40).map((column) => JSON.stringify(column.slice(0, 60)));
  return `${shown.join(', ') || 'no columns'}${columns.length > shown.length ? ` and ${columns.length - shown.length} more` : ''}`;
}

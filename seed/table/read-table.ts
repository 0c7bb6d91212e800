import { SourceError } from '../source-error.ts';
import { openBytes } from './bytes.ts';
import { readCsv } from './csv.ts';
import { readJson } from './json.ts';

/** One record of a source. */
export type Row = {
  /** For messages: the 1-based line of a text table, the 1-based number of the record elsewhere. */
  readonly line: number;
  /**
   * Folded column name ({@link foldColumn}) to text; an absent, null or blank cell is not there. Trimmed. What GeoJSON keeps
   * outside its properties stands under its own names too: `:lat` and `:lon` of a Point, `:geometry` (JSON) of any other shape, `:id`.
   */
  readonly cells: ReadonlyMap<string, string>;
};

/** A source's records, whatever shape the file had. */
export type Table = {
  readonly shape: 'csv' | 'json' | 'rows.json' | 'geojson';
  /** Column names as the source writes them, without the publisher's own (`:sid`, `:created_at`, …; `:@computed_region_…` stay). */
  readonly columns: readonly string[];
  readonly rows: readonly Row[];
  /** What was read in a way that a person should know of: one sentence each, naming the columns and the number of rows. */
  readonly warnings: readonly string[];
};

/**
 * Reads a table of any shape that city portals give: CSV (`,` `;` tab or `|`), Socrata's JSON and `rows.json`, GeoJSON, each
 * also gzipped. The shape is judged by the content alone. `from` is only for messages.
 * @throws SourceError for everything else: never a part of a table, and never none of its rows.
 */
export function readTable(bytes: Uint8Array, from: string): Table {
  const table = readTableOrEmpty(bytes, from);
  if (table.rows.length > 0) return table;
  throw noRows(table, from);
}

export function noRows({ columns }: Table, from: string): SourceError {
  const found = columns.length > 0 ? `the columns ${columns.slice(0, 30).join(', ')} but no rows` : 'an empty list';
  return new SourceError(from, `has ${found}: check that the address or file is the right one and complete`);
}

/** {@link readTable} for one page of several: a page may be empty. */
export function readTableOrEmpty(bytes: Uint8Array, from: string): Table {
  const content = openBytes(bytes, from);
  return buildTable(content[0] === 0x7b || content[0] === 0x5b ? readJson(content, from) : readCsv(content, from));
}

/** What a reader of one shape found: `values` lie as `columns` do; a missing one is undefined or null. */
export type Records = {
  readonly shape: Table['shape'];
  readonly columns: readonly string[];
  readonly records: readonly { readonly line: number; readonly values: readonly unknown[] }[];
};

/**
 * The form in which column names are compared: lower case, letters and digits only, accents dropped, so that "FoodItems",
 * "food_items" and "Food Items" are one.
 */
export function foldColumn(name: string): string {
  return name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '');
}

/** Names with a colon are not the publisher's data; in GeoJSON ours ({@link Row}), elsewhere Socrata's system columns. */
function isOwnName(name: string): boolean {
  return name.startsWith(':') && !name.startsWith(':@');
}

/** Makes rows of cells: text trimmed, blanks left out, columns that fold to the same name read as one. */
function buildTable({ shape, columns, records }: Records): Table {
  const kept = columns.flatMap((name, index) => (shape !== 'geojson' && isOwnName(name) ? [] : [{ name, index }]));
  const sharers = new Map<string, string[]>();
  for (const { name } of kept) {
    if (isOwnName(name)) continue;
    const names = sharers.get(foldColumn(name));
    if (names) names.push(name);
    else sharers.set(foldColumn(name), [name]);
  }
  const keys = kept.map(({ name, index }) => ({ index, folded: foldColumn(name), own: isOwnName(name) ? name : null }));
  const lost = new Map<string, number>();
  let longNumbers = 0;

  const rows = records.map(({ line, values }): Row => {
    const cells = new Map<string, string>();
    const differing = new Set<string>();
    for (const { index, folded, own } of keys) {
      const value = values[index];
      if (typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value)) longNumbers += 1;
      const text = cellText(value);
      if (text === '') continue;
      if (own !== null) cells.set(own, text);
      const first = cells.get(folded);
      if (first === undefined && folded !== '') cells.set(folded, text);
      else if (first !== text && own === null) differing.add(folded);
    }
    for (const folded of differing) lost.set(folded, (lost.get(folded) ?? 0) + 1);
    return { line, cells };
  });

  const warnings: string[] = [];
  for (const [folded, names] of sharers) {
    const count = lost.get(folded) ?? 0;
    if (folded === '' && count > 0) {
      warnings.push(
        `${amount(names.length, 'column')} without a name, with values in ${amount(count, 'row')}: they are not read`,
      );
    } else if (folded !== '' && names.length > 1) {
      const quoted = names.map((name) => `"${name}"`).join(', ');
      warnings.push(
        `the columns ${quoted} are read as one: the first that is not blank counts; they differ in ${amount(count, 'row')}`,
      );
    }
  }
  if (longNumbers > 0) {
    warnings.push(
      `${amount(longNumbers, 'whole number')} beyond 2^53 lost digits: the source should write them as text`,
    );
  }
  return { shape, columns: kept.map(({ name }) => name), rows, warnings };
}

function amount(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function cellText(value: unknown): string {
  if (value === undefined || value === null) return '';
  return (typeof value === 'object' ? JSON.stringify(value) : String(value)).trim();
}

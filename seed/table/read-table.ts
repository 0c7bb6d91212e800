import { withoutUnsafeCharacters } from '../../functions/model/text/unsafe-characters.ts';
import { amount } from '../amount.ts';
import { SourceError } from '../load-errors.ts';
import { decodeBytes } from './bytes.ts';
import { RECORD_SEPARATOR } from './json-lines.ts';
import { readCsv } from './read-csv.ts';
import { readJson } from './read-json.ts';
import { RowCells } from './row-cells.ts';
import { foldColumn, type Records, type Row, type Table } from './table.ts';

/**
 * Reads a table in any shape that city portals publish: CSV (`,` `;` tab or `|`), Socrata's JSON and `rows.json`, GeoJSON, JSON lines,
 * the answers of ArcGIS, CKAN and Opendatasoft, each also gzipped. Only the content decides the shape. `from` is for messages.
 * @throws SourceError for everything else. A table is read completely or not at all, and never without rows.
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

/** {@link readTable} for one of several pages, which may be empty. */
export function readTableOrEmpty(bytes: Uint8Array, from: string): Table {
  const { text, warnings } = decodeBytes(bytes, from);
  const isJson = text[0] === 0x7b || text[0] === 0x5b || text[0] === RECORD_SEPARATOR;
  const table = buildTable(isJson ? readJson(text, from) : readCsv(text, from));
  return { ...table, warnings: [...warnings, ...table.warnings] };
}

/** A colon marks a column that is not the publisher's: ours in GeoJSON ({@link Row}), Socrata's system columns elsewhere. */
function isOwnName(name: string): boolean {
  return name.startsWith(':') && !name.startsWith(':@');
}

/** Builds rows: cells are trimmed, unsafe characters and blank cells left out, and columns that fold to the same name are merged. */
function buildTable({ shape, delimiter, columns: written, records, page, warnings: given = [] }: Records): Table {
  const columns = written.map(withoutUnsafeCharacters);
  const hasOwn = shape === 'geojson' || shape === 'arcgis';
  const kept = columns.flatMap((name, index) => (!hasOwn && isOwnName(name) ? [] : [{ name, index }]));
  const sharers = new Map<string, string[]>();
  for (const { name } of kept) {
    if (isOwnName(name)) continue;
    const names = sharers.get(foldColumn(name));
    if (names) names.push(name);
    else sharers.set(foldColumn(name), [name]);
  }
  const keys = kept.map(({ name, index }) => ({ index, folded: foldColumn(name), own: isOwnName(name) ? name : null }));
  const positions = new Map<string, number>();
  for (const { folded, own } of keys) {
    for (const name of own === null ? [folded] : [own, folded]) {
      if (name !== '' && !positions.has(name)) positions.set(name, positions.size);
    }
  }
  const lost = new Map<string, number>();
  let longNumbers = 0;
  let unsafeCells = 0;

  const rows = records.map(({ line, values }): Row => {
    const cells = new RowCells(positions);
    const differing = new Set<string>();
    for (const { index, folded, own } of keys) {
      const value = values[index];
      if (typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value)) longNumbers += 1;
      const given = cellText(value);
      const text = withoutUnsafeCharacters(given).trim();
      if (text !== given) unsafeCells += 1;
      if (text === '') continue;
      if (own !== null) cells.set(own, text);
      const first = cells.get(folded);
      if (first === undefined && folded !== '') cells.set(folded, text);
      else if (first !== text && own === null) differing.add(folded);
    }
    for (const folded of differing) lost.set(folded, (lost.get(folded) ?? 0) + 1);
    return { line, cells };
  });

  const warnings: string[] = [...given];
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
  if (unsafeCells > 0) {
    warnings.push(
      `${amount(unsafeCells, 'cell')} with control characters, or with characters that hide or reorder text: these are left out`,
    );
  }
  if (longNumbers > 0) {
    warnings.push(
      `${amount(longNumbers, 'whole number')} beyond 2^53 lost digits: the source should write them as text`,
    );
  }
  return {
    shape,
    ...(delimiter === undefined ? {} : { delimiter }),
    columns: kept.map(({ name }) => name),
    rows,
    warnings,
    ...(page ? { page } : {}),
  };
}

function cellText(value: unknown): string {
  if (value === undefined || value === null) return '';
  return (typeof value === 'object' ? JSON.stringify(value) : String(value)).trim();
}

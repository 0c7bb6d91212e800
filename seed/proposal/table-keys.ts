import { placeNameKey } from '../record/known-places.ts';
import { foldColumn, type Row } from '../table/table.ts';
import { type ColumnProfile, columnKey } from './column-profile.ts';

/** A table with the profiles of its columns. */
export type ProfiledTable = { readonly columns: readonly ColumnProfile[]; readonly rows: readonly Row[] };

/** A column of a table and one of another that has the same values. */
export type ColumnPair = { readonly main: ColumnProfile; readonly other: ColumnProfile };

/** Columns by which the rows of two tables can be joined, measured on all rows. */
export type TableKey = {
  /** One pair, or two whose values together are unique. */
  readonly pairs: readonly ColumnPair[];
  /** Whether the values are compared as written; otherwise by their words, in any case and with any punctuation. */
  readonly isExact: boolean;
  /** The part of each table's rows with a key whose key the other table has, 0 to 1. */
  readonly mainShare: number;
  readonly otherShare: number;
  /** Different keys of the first table, divided by its rows. */
  readonly uniqueness: number;
  /** Keys that both tables have, and keys of the second that the first lacks, as the second writes them. */
  readonly examples: readonly string[];
  readonly missing: readonly string[];
  /** Another column that both tables have, and the part of the joined rows in which its values are the same, 0 to 1. */
  readonly agreement: { readonly column: string; readonly share: number } | null;
};

/** Texts that are shown. */
const MAX_SHOWN = 3;

/** The parts of a column's rows whose text is in a column of the other table, for each pair of columns that have a text in common. */
export function commonTexts(
  main: ProfiledTable,
  other: ProfiledTable,
): (ColumnPair & { readonly mainShare: number; readonly otherShare: number })[] {
  const inOther = sharesIn(main, other);
  const inMain = sharesIn(other, main);
  return main.columns.flatMap((mainColumn, at) =>
    other.columns.flatMap((otherColumn, otherAt) => {
      const mainShare = inOther[at]?.[otherAt] ?? 0;
      const otherShare = inMain[otherAt]?.[at] ?? 0;
      return mainShare > 0 || otherShare > 0 ? [{ main: mainColumn, other: otherColumn, mainShare, otherShare }] : [];
    }),
  );
}

/** For each column of one table and each of another: the part of its texts that are there. The other table is looked at one column at a time. */
function sharesIn(asked: ProfiledTable, known: ProfiledTable): number[][] {
  const shares: number[][] = asked.columns.map(() => []);
  for (const [at, { name }] of known.columns.entries()) {
    const key = columnKey(name);
    const raw = new Set(known.rows.flatMap(({ cells }) => cells.get(key) ?? []));
    const texts = new Set([...raw].map(placeNameKey));
    for (const [askedAt, column] of asked.columns.entries()) {
      const row = shares[askedAt];
      if (row) row[at] = column.shareOf((text) => texts.has(placeNameKey(text)));
    }
  }
  return shares;
}

/** Measures how well some pairs of columns join two tables. */
export function measureKey(
  main: ProfiledTable,
  other: ProfiledTable,
  pairs: readonly ColumnPair[],
  isExact: boolean,
): TableKey {
  const keyOf = (row: Row, side: keyof ColumnPair) => rowKey(row, pairs, side, isExact);
  const mainRows = new Map<string, Row>();
  let mainKeys = 0;
  for (const row of main.rows) {
    const key = keyOf(row, 'main');
    if (key === null) continue;
    mainKeys += 1;
    mainRows.set(key, row);
  }
  const otherKeys = new Set<string>();
  const joined: { readonly row: Row; readonly mainRow: Row }[] = [];
  const missing = new Set<string>();
  let withKey = 0;
  for (const row of other.rows) {
    const key = keyOf(row, 'other');
    if (key === null) continue;
    withKey += 1;
    otherKeys.add(key);
    const mainRow = mainRows.get(key);
    if (mainRow) joined.push({ row, mainRow });
    else if (missing.size < MAX_SHOWN) missing.add(writtenKey(row, pairs));
  }
  const found = main.rows.filter((row) => otherKeys.has(keyOf(row, 'main') ?? '')).length;
  return {
    pairs,
    isExact,
    mainShare: found / Math.max(1, mainKeys),
    otherShare: joined.length / Math.max(1, withKey),
    uniqueness: mainRows.size / Math.max(1, main.rows.length),
    examples: [...new Set(joined.map(({ row }) => writtenKey(row, pairs)))].slice(0, MAX_SHOWN),
    missing: [...missing],
    agreement: agreementOf(main, other, pairs, joined),
  };
}

/** The key of a row; null if one of its cells is blank. */
export function rowKey(
  { cells }: Row,
  pairs: readonly ColumnPair[],
  side: keyof ColumnPair,
  isExact: boolean,
): string | null {
  const texts = pairs.map((pair) => cells.get(columnKey(pair[side].name)) ?? '');
  if (texts.some((text) => text === '')) return null;
  return texts.map((text) => (isExact ? text : placeNameKey(text))).join('\n');
}

function writtenKey({ cells }: Row, pairs: readonly ColumnPair[]): string {
  return pairs.map(({ other }) => cells.get(columnKey(other.name)) ?? '').join(', ');
}

/** A column of words with the same name in both tables confirms a key, or shows that its numbers are the same by chance. */
function agreementOf(
  main: ProfiledTable,
  other: ProfiledTable,
  pairs: readonly ColumnPair[],
  joined: readonly { readonly row: Row; readonly mainRow: Row }[],
): TableKey['agreement'] {
  const isKey = (column: ColumnProfile) => pairs.some((pair) => pair.main === column || pair.other === column);
  const shares = main.columns.flatMap((column) => {
    const same = other.columns.find(({ name }) => foldColumn(name) === foldColumn(column.name));
    if (!same || isKey(column) || isKey(same) || column.share('words') < 0.5 || column.counts.length < 3) return [];
    const texts = joined.flatMap(({ row, mainRow }) => {
      const [one, two] = [mainRow.cells.get(columnKey(column.name)), row.cells.get(columnKey(same.name))];
      return one === undefined || two === undefined ? [] : [placeNameKey(one) === placeNameKey(two)];
    });
    if (texts.length === 0) return [];
    return [{ column: column.name, share: texts.filter(Boolean).length / texts.length }];
  });
  return shares.sort((a, b) => b.share - a.share)[0] ?? null;
}

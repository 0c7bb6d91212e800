import { foldColumn, type Row, type Table } from '../table/table.ts';
import { isOfKind, type ValueKind } from './value-kinds.ts';

/** What the cells of one column look like. */
export type ColumnProfile = {
  /** As the source writes it. */
  readonly name: string;
  /** Position in the table, from 0. */
  readonly at: number;
  /** Rows that were looked at, and those of them with a text in this column. */
  readonly rows: number;
  readonly filled: number;
  /** Each text with the number of its rows, the commonest first. */
  readonly counts: readonly (readonly [text: string, count: number])[];
  /** Up to three texts, as a person would want to see them. */
  readonly examples: readonly string[];
  /** Characters of a text, on average. */
  readonly averageLength: number;
  /** The part of the texts that are of a kind, 0 to 1; 0 for an empty column. */
  share(kind: ValueKind): number;
  /** The part of the texts for which something holds, 0 to 1; 0 for an empty column. */
  shareOf(holds: (text: string) => boolean): number;
};

/** Rows that are looked at: more cost seconds and say nothing else. They are spread evenly over the table. */
const SAMPLE_ROWS = 5_000;

/** The rows of a table that are looked at, spread evenly. */
function sampleRows(rows: readonly Row[]): readonly Row[] {
  if (rows.length <= SAMPLE_ROWS) return rows;
  return Array.from({ length: SAMPLE_ROWS }, (_, at) => rows[Math.floor((at * rows.length) / SAMPLE_ROWS)] as Row);
}

/** The profile of each column that has a name. Columns that fold to the same name are one, as the reader merges them. */
export function profileColumns({ columns, rows }: Pick<Table, 'columns' | 'rows'>): ColumnProfile[] {
  const sample = sampleRows(rows);
  const seen = new Set<string>();
  return columns.flatMap((name, at) => {
    const key = columnKey(name);
    if (foldColumn(name) === '' || seen.has(key)) return [];
    seen.add(key);
    return [
      profile(
        name,
        at,
        sample.map(({ cells }) => cells.get(key)),
      ),
    ];
  });
}

/** The name by which a row's cells are read. */
export function columnKey(name: string): string {
  return name.startsWith(':') ? name : foldColumn(name);
}

function profile(name: string, at: number, cells: readonly (string | undefined)[]): ColumnProfile {
  const texts = cells.filter((text) => text !== undefined);
  const byText = new Map<string, number>();
  for (const text of texts) byText.set(text, (byText.get(text) ?? 0) + 1);
  const counts = [...byText].sort(([, a], [, b]) => b - a);
  const shareOf = (holds: (text: string) => boolean) =>
    texts.length === 0 ? 0 : counts.reduce((sum, [text, count]) => sum + (holds(text) ? count : 0), 0) / texts.length;
  // Each kind is counted once and on demand: most columns are decided by a few kinds.
  const shares = new Map<ValueKind, number>();
  const share = (kind: ValueKind) => {
    const known = shares.get(kind) ?? shareOf((text) => isOfKind(kind, text));
    shares.set(kind, known);
    return known;
  };
  return {
    name,
    at,
    rows: cells.length,
    filled: texts.length,
    counts,
    examples: counts.slice(0, MAX_EXAMPLES).map(([text]) => text),
    averageLength: texts.reduce((sum, text) => sum + text.length, 0) / Math.max(1, texts.length),
    share,
    shareOf,
  };
}

const MAX_EXAMPLES = 3;

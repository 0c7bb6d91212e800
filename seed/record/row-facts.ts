import type { SourceSpec } from '../city.ts';
import type { Table } from '../table/table.ts';
import { resolveColumns } from './columns.ts';
import type { DroppedRow, RowNote } from './row-audit.ts';

/** Our columns with the vendor, the address and the state, best first. */
const FACTS = { vendor: ['name'], address: ['address', 'description'], state: ['status'] } as const;

/** Adds the vendor, address and state of their rows to dropped rows and notes, so that a clerk finds them. */
export function withRowFacts<Entry extends DroppedRow | RowNote>(
  entries: readonly Entry[],
  name: string,
  spec: SourceSpec,
  table: Table,
): Entry[] {
  if (entries.length === 0) return [];
  const columns = resolveColumns(name, spec, table);
  const lines = new Set(entries.map(({ line }) => line));
  const rows = new Map(table.rows.filter(({ line }) => lines.has(line)).map((row) => [row.line, row]));
  return entries.map((entry) => {
    const row = rows.get(entry.line);
    const read = (fields: readonly string[]) =>
      row && fields.filter((field) => field in spec.columns).flatMap((field) => columns.read(row, field) ?? [])[0];
    return { ...entry, vendor: read(FACTS.vendor), address: read(FACTS.address), state: read(FACTS.state) };
  });
}

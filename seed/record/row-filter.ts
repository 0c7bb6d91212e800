import type { SourceSpec } from '../city.ts';
import type { Row } from '../table/table.ts';
import type { Columns } from './columns.ts';

/** The form in which the cells of a filter's column are compared; a blank cell is an empty text. */
export function foldValue(value: string): string {
  return value.toLowerCase().replace(/\s+/g, ' ').trim();
}

/** Why a row does not count by the city's filters, with the value that decides; `null` if it counts. */
export function filteredOut({ filters }: SourceSpec, columns: Columns, row: Row): string | null {
  for (const { field, action, values } of filters) {
    const value = columns.read(row, field) ?? '';
    if (values.has(foldValue(value)) === (action === 'drop'))
      return `${field} of the city's file: ${JSON.stringify(value)}`;
  }
  return null;
}

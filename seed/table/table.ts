import type { Cells } from './row-cells.ts';

/** One record of a source. */
export type Row = {
  /** For messages: the 1-based line of a text table, or the 1-based number of the record in any other shape. */
  readonly line: number;
  /**
   * Folded column name ({@link foldColumn}) to trimmed text. Absent, null and blank cells have no entry. What GeoJSON keeps
   * outside a feature's properties has its own names too: `:lat` and `:lon` of a Point, `:geometry` (JSON) of any other
   * shape, `:id`.
   */
  readonly cells: Cells;
};

/** What a portal says in its answer about rows that it left out. */
export type PageInfo =
  /** `isCut`: there are more rows than the server returns at once. */
  | { readonly software: 'arcgis'; readonly isCut: boolean; readonly idField: string | null }
  /** `total`: rows of the whole answer. `ogc` names no parameter by which it can be paged. */
  | { readonly software: 'ckan' | 'opendatasoft' | 'ogc'; readonly total: number };

/** A source's records, whatever shape the file had. */
export type Table = {
  readonly shape: 'csv' | 'json' | 'rows.json' | 'geojson' | 'arcgis';
  /** Of CSV; in a table with `;`, numbers may have a decimal comma. */
  readonly delimiter?: string;
  /** Column names as the source writes them, without the publisher's own (`:sid`, `:created_at`, …; `:@computed_region_…` stay). */
  readonly columns: readonly string[];
  readonly rows: readonly Row[];
  /** Doubtful readings that a person should know of: one sentence each, with the columns and the number of rows. */
  readonly warnings: readonly string[];
  /** Only for answers that may be a part of the rows. */
  readonly page?: PageInfo;
};

/** The result of reading one shape, before rows are built: `values` are in the order of `columns`; a missing one is undefined or null. */
export type Records = {
  readonly shape: Table['shape'];
  readonly delimiter?: string;
  readonly columns: readonly string[];
  readonly records: readonly { readonly line: number; readonly values: readonly unknown[] }[];
  readonly page?: PageInfo;
  readonly warnings?: readonly string[];
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

import type { LatLon } from '../../functions/model/geo.ts';
import { tokens } from '../../functions/model/text/tokenizer.ts';
import type { City } from '../city.ts';
import type { Table } from '../table/table.ts';
import { type Columns, resolveColumns } from './columns.ts';
import { readPlace } from './coordinates.ts';
import type { DroppedRow, RowNote } from './row-audit.ts';
import { filteredOut } from './row-filter.ts';

/** A place of a city's table of places. */
export type KnownPlace = {
  readonly place: LatLon;
  readonly address: string | null;
  readonly area: string | null;
};

export type PlaceRecords = {
  /** The place of this name, in any case and with any punctuation. */
  placeOf(name: string): KnownPlace | undefined;
  readonly rowsIn: number;
  readonly dropped: readonly DroppedRow[];
  readonly notes: readonly RowNote[];
  readonly columns: Pick<Columns, 'missing' | 'unknown'>;
};

/**
 * Reads a city's table of places, for permits without coordinates: one row each. Of several rows with the same name, the first by
 * coordinates counts, whatever the order of the rows.
 * @throws Error when a required column is missing ({@link resolveColumns}).
 */
export function readPlaces(city: City, table: Table): PlaceRecords {
  const spec = city.sources.places;
  if (!spec) throw new Error(`${city.facts.id} has no places: leave that source out`);
  const columns = resolveColumns('places', spec, table);
  const dropped: DroppedRow[] = [];
  const notes: RowNote[] = [];
  const found = new Map<string, { known: KnownPlace; id: string; line: number }>();
  for (const row of table.rows) {
    const id = columns.read(row, 'key') ?? null;
    const text = (field: string) => columns.read(row, field);
    const drop = (reason: string, detail: string, line = row.line) => dropped.push({ id, line, reason, detail });
    for (const detail of columns.longCells(row)) notes.push({ id, line: row.line, kind: 'long_cell', detail });
    const filtered = filteredOut(spec, columns, row);
    const combined = [text('point'), text('pointText')];
    const reading = readPlace(text('lat'), text('lon'), combined, city.facts.bounds, columns.decimalComma);
    if (filtered !== null) drop('filtered', filtered);
    else if (id === null) drop('no_name', 'the row names no place');
    else if (reading.kind === 'none') drop('no_place', 'no coordinates, or 0,0');
    else if (reading.kind !== 'place') drop(reading.kind, reading.detail);
    else {
      const { place } = reading;
      const known = { place, address: text('address') ?? null, area: text('area') ?? null };
      const same = found.get(placeNameKey(id));
      const isFirst = !same || compare(place, same.known.place) < 0;
      if (same) drop('duplicate_id', 'another row has the same name', isFirst ? same.line : row.line);
      if (isFirst) found.set(placeNameKey(id), { known, id, line: row.line });
    }
  }
  return {
    placeOf: (name) => found.get(placeNameKey(name))?.known,
    rowsIn: table.rows.length,
    dropped,
    notes,
    columns,
  };
}

/** The form in which names of places are compared: their words; a name without words is itself. */
export function placeNameKey(name: string): string {
  return tokens(name).join(' ') || name;
}

function compare(a: LatLon, b: LatLon): number {
  return a.lat - b.lat || a.lon - b.lon;
}

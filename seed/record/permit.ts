import type { City } from '../city.ts';
import { foldFacility } from '../city-file/words.ts';
import type { Row, Table } from '../table/table.ts';
import { type Columns, resolveColumns } from './columns.ts';
import { readPlace } from './coordinates.ts';
import { type DateColumn, type DateOrder, dateColumn, lastDayAt, NO_DATE } from './dates.ts';
import { mergeRows } from './duplicates.ts';
import { hoursOfRow } from './hours-cells.ts';
import type { PlaceRecords } from './known-places.ts';
import type { PermitRow } from './permit-row.ts';
import { statusAt, statusOf } from './permit-status.ts';
import { placeId } from './place-id.ts';
import type { DroppedRow, RowNote } from './row-audit.ts';
import { filteredOut } from './row-filter.ts';

export type PermitRecords = {
  readonly rows: readonly PermitRow[];
  readonly rowsIn: number;
  /** `rowsIn = rows.length + dropped.length`. */
  readonly dropped: readonly DroppedRow[];
  readonly notes: readonly RowNote[];
  /** The data's own date, `YYYY-MM-DD`: the newest day on which a permit was received or approved, or `null`. */
  readonly asOf: string | null;
  /** About whole columns: one sentence each. */
  readonly warnings: readonly string[];
  /** Whether the table has a column for the state of a permit. Without one, every permit counts as approved. */
  readonly hasStatus: boolean;
  readonly columns: Pick<Columns, 'missing' | 'unknown'>;
};

type AddNote = (kind: string, detail: string) => void;

/**
 * Reads a city's permits. Rows without a place are kept: the schedule may have it. Rows with the same
 * id become one ({@link mergeRows}).
 * @param readAt RFC 3339 instant of reading; later dates are ignored
 * @param places of rows that have no coordinates
 * @throws Error when a required column is missing ({@link resolveColumns}).
 */
export function readPermits(
  city: City,
  table: Table,
  { readAt, places = null }: { readonly readAt: string; readonly places?: PlaceRecords | null },
): PermitRecords {
  const columns = resolveColumns('permits', city.sources.permits, table);
  const dropped: DroppedRow[] = [];
  const notes: RowNote[] = [];
  const dates = readDateColumns(columns, table.rows, city.permits.dateOrder);
  const asOf = newestDay(columns, dates, table.rows, lastDayAt(readAt), notes);
  const byId = new Map<string, [PermitRow, ...PermitRow[]]>();
  for (const row of table.rows) {
    const id = placeId(city.permits.idFields, columns, row);
    const given = columns.read(row, 'name')?.replace(/\s+/g, ' ');
    const drop = (reason: string, detail: string) => dropped.push({ id, line: row.line, reason, detail });
    for (const detail of columns.longCells(row)) notes.push({ id, line: row.line, kind: 'long_cell', detail });
    const filtered = filteredOut(city.sources.permits, columns, row);
    if (filtered !== null) drop('filtered', filtered);
    else if (id === null) drop('no_id', `the row has no id; its vendor is ${JSON.stringify(given ?? '')}`);
    else if (given !== undefined && city.permits.testNames.some((test) => test.test(given))) drop('test_record', given);
    else if (given === undefined && city.permits.unnamed === null) drop('no_name', 'the row names no vendor');
    else {
      const note: AddNote = (kind, detail) => notes.push({ id, line: row.line, kind, detail });
      const read = readPermit(
        city,
        { columns, dates, asOf, places },
        row,
        id,
        given ?? `${city.permits.unnamed} ${id}`,
        note,
      );
      const same = byId.get(id);
      if (same) same.push(read);
      else byId.set(id, [read]);
    }
  }
  const rows = Array.from(byId, ([id, same]) => {
    const { row, others } = mergeRows(same);
    for (const { row: other, conflict } of others) {
      dropped.push({ id, line: other.line, reason: 'duplicate_id', detail: `the same id as on line ${row.line}` });
      if (conflict !== null) notes.push({ id, line: other.line, kind: 'duplicate_conflict', detail: conflict });
    }
    return row;
  });
  return {
    rows,
    rowsIn: table.rows.length,
    dropped,
    notes,
    asOf,
    warnings: DATE_FIELDS.flatMap((field) => {
      const { warning } = dates[field];
      return warning === null ? [] : [`${field}: ${warning}`];
    }),
    hasStatus: columns.has('status'),
    columns,
  };
}

const DATE_FIELDS = ['expires', 'approved', 'received'] as const;
type DateColumns = Readonly<Record<(typeof DATE_FIELDS)[number], DateColumn>>;

function readDateColumns(columns: Columns, rows: readonly Row[], order: DateOrder | null): DateColumns {
  const valuesOf = (field: string) => rows.map((row) => columns.read(row, field) ?? '');
  const entries = DATE_FIELDS.map((field) => [field, dateColumn(valuesOf(field), order)]);
  return Object.fromEntries(entries) as DateColumns;
}

type PermitTable = {
  readonly columns: Columns;
  readonly dates: DateColumns;
  readonly asOf: string | null;
  readonly places: PlaceRecords | null;
};

function readPermit(
  city: City,
  { columns, dates, asOf, places }: PermitTable,
  row: Row,
  id: string,
  vendorName: string,
  note: AddNote,
): PermitRow {
  const text = (field: string) => columns.read(row, field) ?? null;
  const day = (field: keyof DateColumns): string | null | undefined => {
    const given = text(field);
    if (given === null || NO_DATE.test(given)) return null;
    const read = dates[field].read(given);
    if (!read) note('bad_date', `${field}: ${JSON.stringify(given)}`);
    else if (read.doubt) note(read.doubt, `${field}: ${JSON.stringify(given)} is read as ${read.day}`);
    return read?.day;
  };
  const reading = readPlace(
    text('lat') ?? undefined,
    text('lon') ?? undefined,
    [text('point') ?? undefined, text('pointText') ?? undefined],
    city.facts.bounds,
    columns.decimalComma,
  );
  if (reading.kind === 'place' && reading.shape) note('place_in_shape', `a point of a ${reading.shape}`);
  const placeName = text('placeKey') ?? text('address');
  const known = reading.kind === 'none' && placeName !== null ? places?.placeOf(placeName) : undefined;
  if (known) note('place_from_table', JSON.stringify(placeName));
  const expires = day('expires');
  return {
    id,
    line: row.line,
    vendorName,
    place: reading.kind === 'place' ? reading.place : (known?.place ?? null),
    placeFault: known ? null : faultOf(reading, places && placeName),
    address: text('address') ?? known?.address ?? text('placeKey'),
    descriptions: [text('description')].filter((one) => one !== null),
    facility: facilityOf(city, text('facility'), note),
    status: statusAt(columns.has('status') ? statusOf(city, text('status'), note) : 'approved', expires, asOf),
    permit: text('permit'),
    permitUrl: webAddress(text('permitUrl')),
    expires: expires ?? null,
    approved: day('approved') ?? null,
    received: day('received') ?? null,
    area: text('area') ?? known?.area ?? null,
    foodText: text('food') ?? '',
    hoursText: hoursOfRow(city.hours, columns, row),
  };
}

/** @param unknownName the name that the table of places does not have */
function faultOf(reading: ReturnType<typeof readPlace>, unknownName: string | null): PermitRow['placeFault'] {
  if (reading.kind === 'place') return null;
  if (reading.kind === 'none') {
    const missing = unknownName === null ? '' : `, and the source places has no ${JSON.stringify(unknownName)}`;
    return { reason: 'no_place', detail: `no coordinates, or 0,0${missing}` };
  }
  const { kind: reason, ...fault } = reading;
  return { reason, ...fault };
}

function facilityOf(city: City, given: string | null, note: AddNote): string {
  if (given === null) return 'unknown';
  const word = foldFacility(given);
  const known = city.permits.facilities[word];
  if (known === undefined) note('unknown_facility', JSON.stringify(given));
  return known ?? (word.replace(/[^\p{L}\p{N}]+/gu, '_').replace(/^_+|_+$/g, '') || 'unknown');
}

/** Only web addresses may become links: never trust the data with `javascript:`. */
function webAddress(text: string | null): string | null {
  return text !== null && /^https?:\/\/\S+$/i.test(text) ? text : null;
}

function newestDay(
  columns: Columns,
  dates: DateColumns,
  rows: readonly Row[],
  lastDay: string,
  notes: RowNote[],
): string | null {
  let newest: string | null = null;
  for (const row of rows) {
    for (const field of ['approved', 'received'] as const) {
      const given = columns.read(row, field);
      const day = given === undefined ? undefined : dates[field].read(given)?.day;
      if (day === undefined) continue;
      if (day > lastDay) {
        const detail = `${field} ${day} is after the day of reading`;
        notes.push({ id: columns.read(row, 'id') ?? null, line: row.line, kind: 'future_date', detail });
      } else if (newest === null || day > newest) newest = day;
    }
  }
  return newest;
}

import { isTextNotation } from '../city.ts';
import { LoadError } from '../load-errors.ts';
import { withoutSecrets } from '../source/url-secrets.ts';
import { foldColumn, type Table } from '../table/table.ts';
import { FIELD_NAMES, nameFit } from './column-names.ts';
import { type ColumnProfile, columnKey, profileColumns } from './column-profile.ts';
import type { FoundTable } from './found-table.ts';
import { type HoursNotation, hasRowPerHours, hoursNotation } from './hours-notation.ts';
import { findPlaces } from './place-columns.ts';
import { findScheduleKey, keyReason } from './schedule-key.ts';
import type { Sureness } from './sureness.ts';
import { type ProfiledTable, rowKey, type TableKey } from './table-keys.ts';

/** A second table that has the hours of the first table's places: a row for each weekday and range of hours, or hours in words. */
export type JoinedSchedule = {
  /** Path or URL of the second table. */
  readonly from: string;
  readonly hours: HoursNotation;
  readonly key: TableKey;
  readonly sureness: Sureness;
  readonly why: string;
  /** Its columns by our names, without those of a key of words. */
  readonly columns: Readonly<Record<string, string>>;
  /** The column of meals, if it has meals and no times. */
  readonly meal: ColumnProfile | null;
  readonly unread: readonly string[];
};

/** The part of the places that may have rows of several vendors. */
const MAX_MIXED = 0.2;

/** How a table writes hours that can be a schedule: a row for each range of hours, or a column of words. Null if it has none. */
export function scheduleHours(columns: readonly ColumnProfile[]): HoursNotation | null {
  const hours = hoursNotation(columns, undefined);
  if (hasRowPerHours(hours)) return hours;
  const [words] = columns
    .filter((column) => column.share('hours') >= 0.5 || column.share('permitHours') >= 0.5)
    .sort((a, b) => hoursNameFit(b) - hoursNameFit(a));
  const inWords = words ? hoursNotation([], words) : null;
  return inWords && isTextNotation(inWords.kind) ? inWords : null;
}

function hoursNameFit({ name }: ColumnProfile): number {
  return FIELD_NAMES.hours ? nameFit(name, FIELD_NAMES.hours) : 0;
}

/**
 * Finds the columns by which the rows of a schedule name the places of the first table.
 * @param hours how the schedule writes its hours
 * @throws LoadError if the first table has hours of its own, if no columns name its places, or if it is the schedule that lists the vendors
 */
export function joinScheduleTable(
  mainTable: Pick<Table, 'columns' | 'rows' | 'delimiter'>,
  found: FoundTable,
  otherTable: Pick<Table, 'columns' | 'rows' | 'delimiter'>,
  hours: HoursNotation,
): JoinedSchedule {
  const from = withoutSecrets(found.from);
  const main = { columns: profileColumns(mainTable), rows: mainTable.rows };
  const other = { columns: profileColumns(otherTable), rows: otherTable.rows };
  // Hours in words have one notation for both tables; a row for each range of hours takes precedence over the first table's.
  const own = scheduleHours(main.columns) ?? hoursNotation(main.columns, undefined);
  if (own && (hasRowPerHours(own) || isTextNotation(hours.kind))) {
    throw new LoadError(
      `${from}: has hours in "${hours.columns.join('", "')}", but so has the first table, in "${own.columns.join('", "')}". Try one of them alone`,
    );
  }
  const ownPlaces = findPlaces(main.columns, mainTable);
  const places = findPlaces(other.columns, otherTable);
  const isPlace = (reading: typeof places, { name }: ColumnProfile) =>
    reading.kind === 'found' && Object.values(reading.columns).some((column) => column.name === name);
  const key = findScheduleKey(
    { ...main, columns: main.columns.filter((column) => !isPlace(ownPlaces, column)) },
    { ...other, columns: other.columns.filter((one) => !hours.columns.includes(one.name) && !isPlace(places, one)) },
    from,
  );
  refuseMixedPlaces(main, other, key, from);
  const description = other.columns.find(
    (column) => FIELD_NAMES.description && nameFit(column.name, FIELD_NAMES.description) >= 0.7,
  );
  const [day = '', first = '', second = ''] = hours.columns;
  const keyNames = key.pairs.map((pair) => pair.other.name);
  const columns = {
    ...(key.isExact ? { id: keyNames[0] ?? '' } : {}),
    ...(isTextNotation(hours.kind)
      ? { hours: day }
      : { dayName: day, ...(hours.kind === 'meals' ? { meal: first } : { start: first, end: second }) }),
    ...(description ? { description: description.name } : {}),
    ...Object.fromEntries(
      places.kind === 'found'
        ? Object.entries(places.columns).flatMap(([field, { name }]) => (field === 'pointText' ? [] : [[field, name]]))
        : [],
    ),
  };
  const used = new Set([...Object.values(columns), ...keyNames]);
  return {
    from: found.from,
    hours,
    key,
    ...keyReason(key),
    columns,
    meal: hours.kind === 'meals' ? (other.columns.find(({ name }) => name === first) ?? null) : null,
    unread: other.columns.map(({ name }) => name).filter((name) => !used.has(name)),
  };
}

/** The columns of the first table that make the ids of its places, each with the schedule's name for it. */
export function keyColumns({ key }: JoinedSchedule): readonly (readonly string[])[] {
  return key.pairs.map(({ main, other }) =>
    foldColumn(main.name) === foldColumn(other.name) ? [main.name] : [main.name, other.name],
  );
}

/** A schedule with several vendors at one place lists the vendors; the first table only says where the places are. */
function refuseMixedPlaces(main: ProfiledTable, other: ProfiledTable, key: TableKey, from: string): void {
  const hints = FIELD_NAMES.name;
  const isKey = ({ name }: ColumnProfile) => key.pairs.some((pair) => pair.other.name === name);
  const name = other.columns.find((column) => hints && !isKey(column) && nameFit(column.name, hints) >= 0.7);
  if (!name) return;
  const namesByPlace = new Map<string, Set<string>>();
  for (const row of other.rows) {
    const place = rowKey(row, key.pairs, 'other', key.isExact);
    const text = row.cells.get(columnKey(name.name));
    if (place === null || text === undefined) continue;
    namesByPlace.set(place, (namesByPlace.get(place) ?? new Set()).add(text));
  }
  const known = new Set(main.rows.map((row) => rowKey(row, key.pairs, 'main', key.isExact)));
  const all = [...namesByPlace].filter(([place]) => known.has(place));
  const mixed = all.filter(([, names]) => names.size > 1);
  if (mixed.length <= MAX_MIXED * all.length) return;
  const examples = [...(mixed[0]?.[1] ?? [])].slice(0, 2).map((text) => JSON.stringify(text));
  throw new LoadError(
    `${from}: has several names in "${name.name}" at ${mixed.length} of the ${all.length} places of the first table, such as ${examples.join(' and ')}. If it lists the vendors, give it first, and the table of places with --with`,
  );
}

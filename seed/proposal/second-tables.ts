import { LoadError, SourceError } from '../load-errors.ts';
import { type LoadedSource, readSource, type SourceOptions } from '../source/read-source.ts';
import { withoutSecrets } from '../source/url-secrets.ts';
import type { Table } from '../table/table.ts';
import { profileColumns } from './column-profile.ts';
import type { FoundTable } from './found-table.ts';
import { type JoinedPlaces, joinPlaces } from './joined-places.ts';
import { type JoinedSchedule, joinScheduleTable, scheduleHours } from './joined-schedule.ts';
import { findPlaces } from './place-columns.ts';
import { findTable } from './portal-lookup.ts';

export type SecondTables = {
  /** A link or path of a table of places. */
  readonly places?: string | undefined;
  /** Links or paths of tables whose columns say what they add. */
  readonly others?: readonly string[] | undefined;
  readonly source: SourceOptions;
  readonly say: (sentence: string) => void;
};

/** How second tables add to the first one, and their rows. */
export type SecondJoins = {
  readonly joined: JoinedPlaces | undefined;
  readonly hours: JoinedSchedule | undefined;
  readonly places: LoadedSource | null;
  readonly schedule: LoadedSource | null;
};

/**
 * Reads second tables and joins each to the first: as its places, if the first has no coordinates, as its hours, or as both.
 * @param asLoadError the error for a table that cannot be read
 * @throws LoadError if a table adds nothing, or if no columns join it
 */
export async function joinSecondTables(
  main: Table,
  { places: givenPlaces, others = [], source, say }: SecondTables,
  asLoadError: (found: FoundTable, error: SourceError) => LoadError,
): Promise<SecondJoins> {
  let joins: SecondJoins = { joined: undefined, hours: undefined, places: null, schedule: null };
  const read = async (given: string) => {
    const found = await findTable(given, { given, say, signal: source.signal });
    const loaded = await readSource({ name: 'places', from: found.from }, source).catch((error: unknown) => {
      throw error instanceof SourceError ? asLoadError(found, error) : error;
    });
    return { found, loaded };
  };
  if (givenPlaces !== undefined) {
    const { found, loaded } = await read(givenPlaces);
    joins = { ...joins, joined: joinPlaces(main, found, loaded.table), places: loaded };
  }
  for (const given of others) {
    const { found, loaded } = await read(given);
    joins = withTable(joins, main, found, loaded);
  }
  return joins;
}

function withTable(joins: SecondJoins, main: Table, found: FoundTable, loaded: LoadedSource): SecondJoins {
  const from = withoutSecrets(found.from);
  const columns = profileColumns(loaded.table);
  const hasPlaces = findPlaces(columns, loaded.table).kind === 'found';
  const needsPlaces = findPlaces(profileColumns(main), main).kind !== 'found';
  const hours = scheduleHours(columns);
  if (!hours && !(hasPlaces && needsPlaces)) throw uselessTable(from, columns, hasPlaces);
  if (hours && joins.hours)
    throw new LoadError(`${from}: is a second table of hours, after ${withoutSecrets(joins.hours.from)}`);
  // A table of hours may have coordinates too; they are needed only if no other table has them.
  const givesPlaces = hasPlaces && needsPlaces && !(hours && joins.joined);
  if (givesPlaces && joins.joined) {
    throw new LoadError(`${from}: is a second table of places, after ${withoutSecrets(joins.joined.from)}`);
  }
  return {
    ...joins,
    ...(givesPlaces ? { joined: joinPlaces(main, found, loaded.table), places: loaded } : {}),
    ...(hours
      ? { hours: joinScheduleTable(main, found, loaded.table, hours), schedule: { ...loaded, name: 'schedule' } }
      : {}),
  };
}

function uselessTable(from: string, columns: readonly { readonly name: string }[], hasPlaces: boolean): LoadError {
  const names = columns
    .slice(0, 30)
    .map(({ name }) => name)
    .join(', ');
  const found = hasPlaces
    ? 'it has coordinates, which the first table has too, and no column of weekdays next to columns of times or meals, and none of hours in words'
    : 'it has neither coordinates, nor a column of weekdays next to columns of times or meals, nor one of hours in words';
  return new LoadError(
    `${from}: adds neither places nor hours: ${found}. If it is the list and the first table has its hours or places, give it first. The columns are: ${names}`,
  );
}

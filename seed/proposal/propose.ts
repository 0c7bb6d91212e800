import { amount } from '../amount.ts';
import type { FoodRules } from '../city.ts';
import { dateColumn } from '../record/dates.ts';
import type { Table } from '../table/table.ts';
import { readName } from '../vendor/names.ts';
import { cityExtent } from './city-extent.ts';
import { idOf, proposeName } from './city-name.ts';
import { facilityWord, proposeStatuses } from './city-words.ts';
import { type ColumnProfile, profileColumns } from './column-profile.ts';
import { type FieldMatch, matchFields } from './field-matching.ts';
import type { FoundTable } from './found-table.ts';
import { type HoursNotation, hasRowPerHours, hoursNotation } from './hours-notation.ts';
import type { JoinedPlaces } from './joined-places.ts';
import { type JoinedSchedule, keyColumns } from './joined-schedule.ts';
import { findPlaces } from './place-columns.ts';
import type { Proposal, Proposed, RowIdentity } from './proposal.ts';
import { proposeWording } from './proposed-wording.ts';
import type { Sureness } from './sureness.ts';
import { noNamesError, noPlacesError } from './unusable-table.ts';

/** What the person has said already. */
export type GivenFacts = {
  readonly name?: string | undefined;
  /** The table of places that the person has given. */
  readonly joined?: JoinedPlaces | undefined;
  /** The table of hours that the person has given. */
  readonly schedule?: JoinedSchedule | undefined;
};

/**
 * Proposes how to read a table: which column is which, and the facts of the city that follow from its values. Nothing is decided: what
 * is not sure is marked as a guess.
 * @param food the vocabulary by which food is recognised
 * @throws LoadError when the table has no names or no places that can be read, with what to do
 */
export function propose(found: FoundTable, table: Table, food: FoodRules, given: GivenFacts = {}): Proposal {
  const columns = profileColumns(table);
  const places = given.joined?.places ?? findPlaces(columns, table);
  if (places.kind !== 'found') throw noPlacesError(found.from, columns, places);
  const extent = cityExtent(places.places);
  // Columns of days and times are found by their form, whatever words are in them: "closed" on Saturdays is no state of a permit.
  const columnHours = hoursNotation(columns, undefined);
  const placeNames = Object.values(places.columns).map((column) => column.name);
  const taken = new Set([...placeNames, ...(columnHours?.columns ?? [])]);
  const hasRowPerDay = columnHours?.kind === 'schedule';
  const matches = withScheduleKey(
    withPlaceNames(matchFields(columns, taken, { food, hasRowPerDay }), columns, given.joined),
    columns,
    given.schedule,
  );
  if (!matches.some(({ field }) => field === 'name')) throw noNamesError(found.from, columns);
  const of = (field: string) => matches.find((match) => match.field === field)?.column;
  const hours = hoursNotation(columns, of('hours'));
  const name =
    given.name === undefined
      ? proposeName(found, extent.zone)
      : ({ value: given.name, sureness: 'sure', why: 'given' } as const);
  const identity = identityOf(matches, hours, given.schedule);
  const used = new Set([
    ...taken,
    ...matches.map(({ column }) => column.name),
    ...(hours?.columns ?? []),
    ...(given.schedule?.key.pairs.map(({ main }) => main.name) ?? []),
  ]);
  return {
    table: found,
    columns,
    id: idOf(name.value),
    name,
    zone: {
      value: extent.zone,
      sureness: extent.zoneShare >= 0.95 ? 'sure' : 'guess',
      why: `${Math.round(extent.zoneShare * 100)} % of the places are in it`,
    },
    extent,
    places,
    joined: given.joined ?? null,
    schedule: given.schedule ?? null,
    fields: matches,
    identity,
    wording: proposeWording(found, matches),
    statuses: statusesOf(of('status')),
    facilities: facilitiesOf(of('facility')),
    hours,
    dateOrder: dateOrderOf(
      ['expires', 'approved', 'received'].flatMap((field) => of(field) ?? []),
      extent.zone,
    ),
    unnamed: unnamedOf(of('name'), of('facility')),
    lastFirst: lastFirstOf(of('name')),
    unread: columns.map((column) => column.name).filter((column) => !used.has(column)),
  };
}

/** The column that names the places is the address, unless another one is. */
function withPlaceNames(
  matches: readonly FieldMatch[],
  columns: readonly ColumnProfile[],
  joined: JoinedPlaces | undefined,
): readonly FieldMatch[] {
  const column = columns.find(({ name }) => name === joined?.nameColumn);
  if (!column) return matches;
  const others = matches.filter((match) => match.column.name !== column.name);
  const field = others.some((match) => match.field === 'address') ? 'placeKey' : 'address';
  return [...others, { field, column, sureness: 'sure', why: 'it names the places of the other table' }];
}

/** The column by which a schedule names the places is the id. If it does so by words, the id is made of them. */
function withScheduleKey(
  matches: readonly FieldMatch[],
  columns: readonly ColumnProfile[],
  schedule: JoinedSchedule | undefined,
): readonly FieldMatch[] {
  if (!schedule) return matches;
  const others = matches.filter(({ field }) => field !== 'id');
  const [pair] = schedule.key.pairs;
  const column = schedule.key.isExact ? columns.find(({ name }) => name === pair?.main.name) : undefined;
  if (!column) return others;
  const sureness = sureOrLikely(schedule.sureness);
  // A permit's number that is the id is not read twice; a name stays the name.
  const kept = others.filter((match) => match.field !== 'permit' || match.column.name !== column.name);
  return [{ field: 'id', column, sureness, why: 'it names the places of the schedule' }, ...kept];
}

/** A doubtful join is one guess, which the line about the join has. */
function sureOrLikely(sureness: Sureness): Sureness {
  return sureness === 'guess' ? 'likely' : sureness;
}

function identityOf(
  matches: readonly FieldMatch[],
  hours: HoursNotation | null,
  schedule: JoinedSchedule | undefined,
): Proposed<RowIdentity> {
  if (schedule && !schedule.key.isExact) {
    const sureness = sureOrLikely(schedule.sureness);
    return {
      value: { kind: 'words', columns: keyColumns(schedule) },
      sureness,
      why: 'they name the places of the schedule',
    };
  }
  const id = matches.find(({ field }) => field === 'id');
  if (id) return { value: { kind: 'column', column: id.column.name }, sureness: id.sureness, why: id.why };
  const from = ['name', 'address', 'description'].filter((field) => matches.some((match) => match.field === field));
  return {
    value: { kind: 'made', from },
    sureness: 'guess',
    why: hasRowPerHours(hours)
      ? 'a place has several rows'
      : 'no column is a number or a code that differs in each row',
  };
}

/** A name for rows without one: the kind of facility, if all have the same. */
function unnamedOf(name: ColumnProfile | undefined, facility: ColumnProfile | undefined): Proposal['unnamed'] {
  if (name && name.filled === name.rows) return null;
  const [kind, ...others] = facility?.counts ?? [];
  const words = others.length === 0 && kind ? (facilityWord(kind[0]) ?? kind[0]).replace(/_/g, ' ') : 'vendor';
  const value = `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`;
  const count = name ? name.rows - name.filled : null;
  return {
    value,
    sureness: 'guess',
    why: count === null ? 'no column has names' : `${amount(count, 'row')} without a name`,
  };
}

function statusesOf(column: ColumnProfile | undefined): Proposal['statuses'] {
  if (!column || column.filled === 0) return null;
  const { meanings, unknown } = proposeStatuses(column.counts.map(([text]) => text));
  const hasApproved = Object.values(meanings).includes('approved');
  return {
    value: meanings,
    // Which word means that a vendor may sell is the fact on which every search depends, so a person should always look at it.
    sureness: 'guess',
    why: hasApproved
      ? `by common words${unknown.length > 0 ? `; unknown: ${unknown.join(', ')}` : ''}`
      : `no value is a common word for approved: ${unknown.slice(0, 8).join(', ')}`,
  };
}

function facilitiesOf(column: ColumnProfile | undefined): Readonly<Record<string, string>> {
  const counts = column?.counts ?? [];
  // Few words for many rows are kinds, whatever they are; a word of its own for each row is a description.
  const areKinds = counts.length <= MAX_KINDS && counts.length * MIN_ROWS_PER_KIND <= (column?.filled ?? 0);
  const entries = counts.flatMap(([text]) => {
    const word = facilityWord(text) ?? (areKinds ? slugOf(text) : undefined);
    return word === undefined ? [] : [[text.toLowerCase().trim(), word] as const];
  });
  return Object.fromEntries(entries.slice(0, MAX_FACILITIES));
}

const MAX_FACILITIES = 30;
const MAX_KINDS = 10;
const MIN_ROWS_PER_KIND = 5;

/** A word as the API names kinds of facilities; undefined if it has no Latin letter to begin with. */
function slugOf(text: string): string | undefined {
  return /[a-z][a-z0-9]*(?:_[a-z0-9]+)*/.exec(text.toLowerCase().replace(/[^a-z0-9]+/g, '_'))?.[0];
}

/** Only the values of a column can show the order of day and month; without such a value, it depends on the country. */
function dateOrderOf(columns: readonly ColumnProfile[], zone: string): Proposal['dateOrder'] {
  const dates = columns
    .flatMap(({ counts }) => counts.map(([text]) => text))
    .filter((text) => /^\d{1,2}[/.-]\d{1,2}[/.-]\d{4}/.test(text));
  if (dates.length === 0) return null;
  const isOpen = dates.every((text) =>
    text
      .split(/[/.-]/)
      .slice(0, 2)
      .every((part) => Number(part) <= 12),
  );
  if (isOpen) {
    const value = /^America\//.test(zone) ? 'month-first' : 'day-first';
    return { value, sureness: 'guess', why: `dates such as ${dates[0]} fit both orders` };
  }
  const { order, warning } = dateColumn(dates);
  return { value: order, sureness: warning === null ? 'sure' : 'guess', why: warning ?? `dates such as ${dates[0]}` };
}

/** The number of rows whose name is a person's, written last name first; not those of companies, which have commas too. */
function lastFirstOf(column: ColumnProfile | undefined): number {
  if (!column) return 0;
  const isReversed = (text: string) => text.includes(',') && readName(text).shown === firstNameFirst(text);
  return Math.round(column.shareOf(isReversed) * column.filled);
}

function firstNameFirst(text: string): string {
  return text
    .split(',')
    .reverse()
    .map((part) => part.trim())
    .join(' ');
}

import type { CityFile } from '../city-file/city-schema.ts';
import { isWebAddress } from '../city-file/schema-parts.ts';
import { nameWords } from './column-names.ts';
import { guessesOf } from './guesses.ts';
import { canReadHours, type HoursNotation } from './hours-notation.ts';
import type { Proposal } from './proposal.ts';

export type FileOptions = {
  /** Path or address of the JSON Schema, for editors; null: none. */
  readonly schema: string | null;
  /** The path or URL of the rows, as the file shall name it. */
  readonly url: string;
  /** The day of the proposal, `YYYY-MM-DD`. */
  readonly day: string;
};

/** The city's file of a proposal. Its notes have a line for each guess, beginning with the path of the field. */
export function proposedFile(proposal: Proposal, { schema, url, day }: FileOptions): CityFile {
  const { id, name, zone, extent, fields, places, statuses, facilities, hours, dateOrder, unnamed, unread, identity } =
    proposal;
  const { west, south, east, north } = extent.bounds;
  const isText = hours === null || hours.kind === 'permit-text' || hours.kind === 'english';
  const isReadable = hours === null || canReadHours(hours, identity.value.kind === 'column');
  const columns = Object.fromEntries([
    ...fields.filter(({ field }) => field !== 'hours' || isText).map(({ field, column }) => [field, column.name]),
    ...Object.entries(places.columns).map(([field, column]) => [field, column.name]),
  ]);
  const ignored = [...unread, ...(isReadable && hours?.kind !== 'schedule' ? [] : (hours?.columns ?? []))];
  return {
    ...(schema === null ? {} : { $schema: schema }),
    notes: notesOf(proposal, day),
    id,
    name: name.value,
    zone: zone.value,
    bounds: { west, south, east, north },
    center: extent.center,
    attribution: attributionOf(proposal),
    sources: {
      permits: { url, columns, ...(ignored.length > 0 ? { unread: ignored } : {}) },
      ...scheduleOf(proposal, url),
    },
    ...(statuses ? { statuses: statuses.value as CityFile['statuses'] } : {}),
    ...(Object.keys(facilities).length > 0 ? { facilities } : {}),
    ...hoursOf(hours, columns.hours !== undefined),
    ...(dateOrder ? { dateOrder: dateOrder.value } : {}),
    ...(identity.value.kind === 'made' ? { ids: { from: 'name-and-address' } } : {}),
    ...(unnamed ? { names: { unnamed: unnamed.value } } : {}),
  };
}

/** A table with a row for each day of a place is read twice: for the places, and for their hours. */
function scheduleOf({ hours, identity, columns }: Proposal, url: string): Pick<CityFile['sources'], 'schedule'> {
  if (hours?.kind !== 'schedule' || identity.value.kind !== 'column') return {};
  const [dayName, start, end] = hours.columns;
  const used = [identity.value.column, dayName, start, end];
  const unread = columns.map(({ name }) => name).filter((name) => !used.includes(name));
  return { schedule: { url, columns: { id: identity.value.column, dayName, start, end }, unread } };
}

const DAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;

/** Each weekday with the column that is named after it. */
function weekdaysOf(columns: readonly string[]): Partial<Record<(typeof DAYS)[number], string>> {
  return Object.fromEntries(
    DAYS.flatMap((day) => {
      const column = columns.find((name) => nameWords(name)[0]?.startsWith(day.slice(0, 3)));
      return column === undefined ? [] : [[day, column]];
    }),
  );
}

/** @param hasText whether `permits` has a column for hours */
function hoursOf(hours: HoursNotation | null, hasText: boolean): Pick<CityFile, 'hours'> {
  const [first = '', second = ''] = hours?.columns ?? [];
  switch (hours?.kind) {
    case 'schedule':
      return { hours: { notation: 'schedule' } };
    case 'weekday-columns':
      return { hours: { notation: 'weekday-columns', columns: weekdaysOf(hours.columns) } };
    case 'open-close-columns':
      return { hours: { notation: 'open-close-columns', columns: { opens: first, closes: second } } };
    case 'english':
      return { hours: { notation: 'english' } };
    default:
      return hasText ? { hours: { notation: 'permit-text' } } : {};
  }
}

/** Only what the portal says: without a licence, the page shows none. */
function attributionOf({ table, name }: Proposal): CityFile['attribution'] {
  const { title, publisher, page, license, licenseUrl } = table;
  return {
    text: [title ?? name.value, publisher].filter((part) => part !== null).join(', '),
    ...(page === null ? {} : { url: page }),
    ...(license === null ? {} : { license }),
    ...(licenseUrl !== null && isWebAddress(licenseUrl) ? { licenseUrl } : {}),
  };
}

function notesOf(proposal: Proposal, day: string): string[] {
  const { hours, identity } = proposal;
  return [
    `Written by "npm run city -- try" on ${day}. Check each line that begins with "Guess", then remove it.`,
    ...guessesOf(proposal).map(({ path, value, why }) => `Guess: ${path}: ${value} (${why})`),
    ...(hours && !canReadHours(hours, identity.value.kind === 'column')
      ? [`Hours: ${hours.columns.join(', ')} (${hours.kind}) cannot be read yet, so the hours are unknown`]
      : []),
  ];
}

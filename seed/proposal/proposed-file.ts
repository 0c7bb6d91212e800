import { isTextNotation } from '../city.ts';
import type { CityFile } from '../city-file/city-schema.ts';
import { isWebAddress } from '../city-file/schema-parts.ts';
import { guessesOf } from './guesses.ts';
import { hasRowPerHours } from './hours-notation.ts';
import type { Proposal } from './proposal.ts';
import { canReadHours, hoursOf, scheduleOf } from './proposed-hours.ts';

export type FileOptions = {
  /** Path or address of the JSON Schema, for editors; null: none. */
  readonly schema: string | null;
  /** The path or URL of the rows, as the file shall name it. */
  readonly url: string;
  /** The same of the tables of places and of hours; null: there is none. */
  readonly placesUrl: string | null;
  readonly scheduleUrl: string | null;
  /** The day of the proposal, `YYYY-MM-DD`. */
  readonly day: string;
};

/** The city's file of a proposal. Its notes have a line for each guess, beginning with the path of the field. */
export function proposedFile(proposal: Proposal, { schema, url, placesUrl, scheduleUrl, day }: FileOptions): CityFile {
  const { id, name, zone, extent, fields, places, statuses, facilities, hours, dateOrder, unnamed, unread, wording } =
    proposal;
  const { west, south, east, north } = extent.bounds;
  const isText = hours === null || isTextNotation(hours.kind);
  const isReadable = hours === null || canReadHours(proposal);
  const columns = Object.fromEntries([
    ...fields
      .filter(({ field }) => field !== 'hours' || (isText && !proposal.schedule?.meal))
      .map(({ field, column }) => [field, column.name]),
    ...Object.entries(places.columns).map(([field, column]) => [field, column.name]),
  ]);
  const ignored = [...unread, ...(isReadable && !hasRowPerHours(hours) ? [] : (hours?.columns ?? []))];
  return {
    ...(schema === null ? {} : { $schema: schema }),
    notes: notesOf(proposal, day),
    id,
    name: name.value,
    zone: zone.value,
    bounds: { west, south, east, north },
    center: extent.center,
    attribution: attributionOf(proposal),
    ...(wording ? { wording: wording.value } : {}),
    sources: {
      permits: { url, columns, ...(ignored.length > 0 ? { unread: ignored } : {}) },
      ...scheduleOf(proposal, url, scheduleUrl),
      ...placesOf(proposal, placesUrl),
    },
    ...(statuses ? { statuses: statuses.value as CityFile['statuses'] } : {}),
    ...(Object.keys(facilities).length > 0 ? { facilities } : {}),
    ...hoursOf(proposal, columns.hours !== undefined),
    ...(dateOrder ? { dateOrder: dateOrder.value } : {}),
    ...idsOf(proposal),
    ...(unnamed ? { names: { unnamed: unnamed.value } } : {}),
  };
}

function placesOf({ joined }: Proposal, url: string | null): Pick<CityFile['sources'], 'places'> {
  if (!joined || url === null) return {};
  const { columns, unread } = joined;
  return { places: { url, columns, ...(unread.length > 0 ? { unread: [...unread] } : {}) } };
}

function idsOf({ identity: { value } }: Proposal): Pick<CityFile, 'ids'> {
  if (value.kind === 'made') return { ids: { from: 'name-and-address' } };
  if (value.kind === 'column') return {};
  return {
    ids: {
      from: 'columns',
      columns: value.columns.map(([name = '', ...more]) => (more.length > 0 ? [name, ...more] : name)),
    },
  };
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
  const { hours } = proposal;
  return [
    `Written by "npm run city -- try" on ${day}. Check each line that begins with "Guess", then remove it.`,
    ...guessesOf(proposal).map(({ path, value, why }) => `Guess: ${path}: ${value} (${why})`),
    ...(hours && !canReadHours(proposal)
      ? [`Hours: ${hours.columns.join(', ')} (${hours.kind}) cannot be read yet, so the hours are unknown`]
      : []),
  ];
}

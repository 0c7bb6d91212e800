import { offsetAt } from '../../../model/hours/clock.ts';
import { type ZoneChange, zoneChanges } from '../../../model/hours/zone-changes.ts';
import { textHash } from '../../../model/slug.ts';
import type { BranchPlace } from '../places.ts';
import type { ResponseSource } from '../provenance.ts';
import { type Repeated, repeatedEvents, repeatedHours, textLine } from './events.ts';
import { type Component, ical, instantText, type Line, text } from './ical.ts';
import { calendarZone } from './zone.ts';

export const CALENDAR_TYPE = 'text/calendar; charset=utf-8';

/** Most events of a calendar: some programs refuse much larger ones. */
export const MOST_EVENTS = 1000;

const DAY_MS = 86_400_000;
/** How far clock changes are looked ahead; a subscriber asks again long before. */
const AHEAD_MS = 5 * 365 * DAY_MS;
/** How far back, so that the data's own date stands after a change. */
const BACK_MS = 400 * DAY_MS;

const PERMITTED = 'Permitted to operate here at this time. That does not say that it is there.';

export type CalendarWords = {
  readonly name: string;
  /** What a person should know of it. */
  readonly warnings: readonly string[];
};

/**
 * The weekly hours of places as RFC 5545 text. Only permits in force with known hours have events; what is left out is said
 * in the calendar's description and in `X-CURBSIDE-WARNING`. The same data gives the same bytes. Own code, because the
 * calendar libraries for JavaScript either have no zones or want a table of all of them (megabytes).
 */
export function calendar(
  places: readonly BranchPlace[],
  { name, warnings }: CalendarWords,
  { about }: ResponseSource,
): string {
  const { zone } = about.city;
  const from = Date.parse(about.asOf);
  const changes = zoneChanges(zone, from - BACK_MS, from + AHEAD_MS);
  const valid = places.filter(({ branch }) => branch.status === 'approved');
  const known = valid.filter(({ branch }) => branch.hours.week.length > 0);
  const events = known.flatMap((place) =>
    repeatedHours(place.branch.hours.week).map((hours) => placeEvents(place, hours, { about, from, changes })),
  );
  const lasting = events.filter((parts) => parts.length > 0);
  const said = [
    ...warnings,
    ...counted(places.length - valid.length, 'without a permit in force'),
    ...counted(valid.length - known.length, 'whose hours nobody knows'),
    ...(lasting.length > MOST_EVENTS
      ? [`it is cut: ${MOST_EVENTS} of ${lasting.length} weekly events; ask for less, with radius or limit`]
      : []),
  ];
  const { text: by, license } = about.city.attribution;
  const description = [PERMITTED, ...said, `Data of ${about.asOf}: ${by} (${license})`].join('\n');
  const lines: Line[] = [
    ['VERSION', '2.0'],
    ['PRODID', '-//Curbside//Curbside//EN'],
    ['CALSCALE', 'GREGORIAN'],
    ['METHOD', 'PUBLISH'],
    // RFC 7986, and the names of the same that most programs read.
    ['NAME', text(name)],
    ['X-WR-CALNAME', text(name)],
    ['DESCRIPTION', text(description)],
    ['X-WR-CALDESC', text(description)],
    ['X-WR-TIMEZONE', zone],
    ['REFRESH-INTERVAL;VALUE=DURATION', 'P1D'],
    ['X-PUBLISHED-TTL', 'P1D'],
    ...said.map((warning): Line => ['X-CURBSIDE-WARNING', text(warning)]),
  ];
  const parts = [calendarZone(zone, changes, offsetAt(from, zone)), ...lasting.slice(0, MOST_EVENTS).flat()];
  return ical({ name: 'VCALENDAR', lines, parts });
}

function counted(places: number, which: string): string[] {
  return places === 0 ? [] : [`not in it: ${places} ${places === 1 ? 'place' : 'places'} ${which}`];
}

type Span = { readonly about: ResponseSource['about']; readonly from: number; readonly changes: readonly ZoneChange[] };

function placeEvents({ vendor, branch }: BranchPlace, hours: Repeated, { about, from, changes }: Span): Component[] {
  const { city } = about;
  const { expires } = branch;
  const until = expires === null ? null : Date.parse(expires);
  const incomplete = branch.hours.complete ? '' : 'The source of these hours was cut off: there may be more.';
  const food = vendor.items.length > 0 ? `Food: ${vendor.items.join(', ')}` : '';
  const description = [PERMITTED, incomplete, food].filter((line) => line !== '').join('\n');
  const place = branch.address === null ? city.name : `${branch.address}, ${city.name}`;
  const uid = textHash(`${city.id} ${branch.id} ${hours.start} ${hours.minutes}`);
  return repeatedEvents(hours, { zone: city.zone, from, until, changes }, [
    ['UID', `${uid}@curbside`],
    // Not the time of the answer: the same data must give the same bytes, and with them the same ETag.
    ['DTSTAMP', instantText(from)],
    ['SUMMARY', text(`${vendor.name} (permitted to operate)`)],
    ...textLine('LOCATION', place),
    ['GEO', `${branch.lat};${branch.lon}`],
    ...textLine('DESCRIPTION', description),
    ...(vendor.categories.length > 0 ? [['CATEGORIES', vendor.categories.map(text).join(',')] as const] : []),
    ...urlLine(branch.permitUrl),
    ['STATUS', 'CONFIRMED'],
    ['TRANSP', 'TRANSPARENT'],
  ]);
}

/** Of the city's page, when it is a link that may stand there. */
function urlLine(url: string | null): Line[] {
  return url !== null && /^https?:\/\/[!-~]+$/.test(url) ? [['URL', url]] : [];
}

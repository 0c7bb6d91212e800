import { englishWords } from '../../../model/city-wording.ts';
import { offsetAt } from '../../../model/hours/clock.ts';
import { zoneChanges } from '../../../model/hours/zone-changes.ts';
import { dateInZone, permitEnd } from '../../../model/permit-end.ts';
import { placeText } from '../../../model/place-label.ts';
import { isUndated } from '../../../model/release.ts';
import { textHash } from '../../../model/slug.ts';
import type { Place } from '../places.ts';
import type { ResponseSource } from '../provenance.ts';
import { type Recurrence, recurringEvents, recurs, type WeeklyHours, weeklyHours } from './events.ts';
import { type Component, escapeText, ical, instantText, type Line } from './ical.ts';
import { calendarZone } from './zone.ts';

export const CALENDAR_TYPE = 'text/calendar; charset=utf-8';

/** Some programs refuse calendars with many more events. */
export const MAX_EVENTS = 1000;

const DAY_MS = 86_400_000;
/** How far ahead clock changes are listed; subscribers fetch the calendar again long before. */
const AHEAD_MS = 5 * 365 * DAY_MS;
/** How far back, so that there is a change before the data's own date. */
const BACK_MS = 400 * DAY_MS;

const PERMITTED = 'Permitted to operate here at this time. This does not mean that the truck is here.';
/** Of a city without permits. */
const OPEN = 'Open here at this time.';

export type CalendarLabels = {
  readonly name: string;
  readonly warnings: readonly string[];
};

/**
 * The weekly hours of places as RFC 5545 text; the parts are its lines and its events. Only permits in force with known hours have events;
 * the calendar's description and `X-CURBSIDE-WARNING` say what is left out, and how many permits have ended. On one day, the same data
 * always results in the same bytes. Our own code, because the calendar libraries for JavaScript either do not support time zones or need a table of all of them (megabytes).
 */
export function* calendar(
  places: readonly Place[],
  { name, warnings }: CalendarLabels,
  { about, now }: Pick<ResponseSource, 'about' | 'now'>,
): Generator<string> {
  const { zone } = about.city;
  const { hasPermits } = englishWords(about.city);
  const from = Date.parse(about.asOf);
  const changes = zoneChanges(zone, from - BACK_MS, from + AHEAD_MS);
  const clock = { today: dateInZone(now, zone), asOf: about.asOf, origin: about.origin };
  const approved = places.filter(({ branch }) => branch.status === 'approved');
  const ended = approved.filter(({ branch }) => permitEnd(branch.expires, clock) !== 'none').length;
  const withHours = approved.filter(({ branch }) => branch.hours.week.length > 0);
  const events: WeeklyEvent[] = [];
  for (const place of withHours) {
    for (const hours of weeklyHours(place.branch.hours.week)) {
      if (recurs(hours, { from, until: endOf(place) })) events.push({ place, hours });
    }
    // Gives way: its head depends on all events.
    yield '';
  }
  const notes = [
    ...warnings,
    ...leftOut(places.length - approved.length, hasPermits ? 'without a permit in force' : 'not in use'),
    ...leftOut(approved.length - withHours.length, 'with unknown hours'),
    ...(ended === 0 ? [] : [`the permits of ${countOf(ended)} have ended, by data of ${about.asOf}`]),
    ...(events.length > MAX_EVENTS
      ? [`showing ${MAX_EVENTS} of ${events.length} weekly events; narrow the search with radius or limit`]
      : []),
  ];
  const { text: source, license } = about.city.attribution;
  const description = [
    hasPermits ? PERMITTED : OPEN,
    ...notes,
    `${isUndated(about.version) ? 'Read on' : 'Data of'} ${about.asOf}: ${source} (${license})`,
  ].join('\n');
  const lines: Line[] = [
    ['VERSION', '2.0'],
    ['PRODID', '-//Curbside//Curbside//EN'],
    ['CALSCALE', 'GREGORIAN'],
    ['METHOD', 'PUBLISH'],
    // NAME and DESCRIPTION are RFC 7986; most programs read the X- properties instead.
    ['NAME', escapeText(name)],
    ['X-WR-CALNAME', escapeText(name)],
    ['DESCRIPTION', escapeText(description)],
    ['X-WR-CALDESC', escapeText(description)],
    ['X-WR-TIMEZONE', zone],
    ['REFRESH-INTERVAL;VALUE=DURATION', 'P1D'],
    ['X-PUBLISHED-TTL', 'P1D'],
    ...notes.map((note): Line => ['X-CURBSIDE-WARNING', escapeText(note)]),
  ];
  function* components(): Generator<Component> {
    yield calendarZone(zone, changes, offsetAt(from, zone));
    const recurrenceOf = createRecurrences({ zone, from, changes });
    for (const event of events.slice(0, MAX_EVENTS)) {
      const properties = eventProperties(event, { about, from });
      for (const component of recurrenceOf(event)) {
        yield { ...component, lines: [...properties, ...component.lines] };
      }
    }
  }
  yield* ical({ name: 'VCALENDAR', lines, components: components() });
}

type WeeklyEvent = { readonly place: Place; readonly hours: WeeklyHours };

/** When a place's permit ends; `null`: never. */
function endOf({ branch: { expires } }: Place): number | null {
  return expires === null ? null : Date.parse(expires);
}

function leftOut(places: number, reason: string): string[] {
  return places === 0 ? [] : [`left out: ${countOf(places)} ${reason}`];
}

function countOf(places: number): string {
  return `${places} ${places === 1 ? 'place' : 'places'}`;
}

/** Events without their own lines. Most places share their hours and the end of their permit, and finding clock changes takes time. */
function createRecurrences(span: Omit<Recurrence, 'until'>): (event: WeeklyEvent) => readonly Component[] {
  const known = new Map<string, readonly Component[]>();
  return ({ place, hours }) => {
    const until = endOf(place);
    const key = JSON.stringify([hours, until]);
    const components = known.get(key) ?? recurringEvents(hours, { ...span, until }, []);
    known.set(key, components);
    return components;
  };
}

/** The lines of an event that do not say when it is. */
function eventProperties(
  { place, hours }: WeeklyEvent,
  { about, from }: { about: ResponseSource['about']; from: number },
): Line[] {
  const { vendor, branch } = place;
  const { city } = about;
  const { hasPermits } = englishWords(city);
  const incomplete = branch.hours.complete ? '' : 'The source of these hours was cut off; there may be more.';
  const food = vendor.items.length > 0 ? `Food: ${vendor.items.join(', ')}` : '';
  const description = [hasPermits ? PERMITTED : OPEN, incomplete, food].filter((line) => line !== '').join('\n');
  const where = placeText(branch);
  const location = where === null ? city.name : `${where}, ${city.name}`;
  const uid = textHash(`${city.id} ${branch.id} ${hours.start} ${hours.minutes}`);
  return [
    ['UID', `${uid}@curbside`],
    // Not the time of the response: the same data must result in the same bytes, and so in the same ETag.
    ['DTSTAMP', instantText(from)],
    ['SUMMARY', escapeText(`${vendor.name} (${hasPermits ? 'permitted to operate' : 'open'})`)],
    ...textLine('LOCATION', location),
    ['GEO', `${branch.lat};${branch.lon}`],
    ...textLine('DESCRIPTION', description),
    ...(vendor.categories.length > 0 ? [['CATEGORIES', vendor.categories.map(escapeText).join(',')] as const] : []),
    ...urlLine(branch.permitUrl),
    ['STATUS', 'CONFIRMED'],
    ['TRANSP', 'TRANSPARENT'],
  ];
}

function textLine(name: string, value: string): Line[] {
  return value === '' ? [] : [[name, escapeText(value)]];
}

/** The city's page about the permit, if its URL is valid here. */
function urlLine(url: string | null): Line[] {
  return url !== null && /^https?:\/\/[!-~]+$/.test(url) ? [['URL', url]] : [];
}

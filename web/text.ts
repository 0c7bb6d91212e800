import { dayGroups, dayRuns, isAllWeek } from './hours.ts';

const METRES_PER_MILE = 1609.344;
const METRES_PER_FOOT = 0.3048;
/** Monday, 1 January 2024, 00:00 UTC: a week to print day names from. */
const MONDAY = Date.UTC(2024, 0, 1);
const DAY_MS = 86_400_000;

/** Every word that the page says, in English; numbers, times and distances as the reader's `locale` writes them. */
export function english(locale: string) {
  const count = new Intl.NumberFormat(locale);
  const weekday = new Intl.DateTimeFormat(locale, { weekday: 'short', timeZone: 'UTC' });
  const hour = new Intl.DateTimeFormat(locale, { hour: 'numeric', timeZone: 'UTC' });
  const hourMinute = new Intl.DateTimeFormat(locale, { hour: 'numeric', minute: '2-digit', timeZone: 'UTC' });
  const longDate = new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' });
  const unit = (name: string, digits: number) =>
    new Intl.NumberFormat(locale, { style: 'unit', unit: name, maximumFractionDigits: digits });
  const units = {
    mile: unit('mile', 1),
    foot: unit('foot', 0),
    kilometer: unit('kilometer', 1),
    meter: unit('meter', 0),
  };
  const inMiles = usesMiles(locale);
  const vendors = (n: number) => (n === 1 ? '1 vendor' : `${count.format(n)} vendors`);
  const locations = (n: number) => (n === 1 ? '1 location' : `${count.format(n)} locations`);
  const clock = (minute: number) =>
    (minute % 60 === 0 ? hour : hourMinute).format(MONDAY + (minute % 1440) * 60_000).replace(/\s/g, '\u00a0');
  const dayName = (day: number) => weekday.format(MONDAY + day * DAY_MS);
  const runName = ([first, last]: [number, number]) =>
    first === last ? dayName(first) : `${dayName(first)}${last === first + 1 ? ', ' : '–'}${dayName(last)}`;

  return {
    name: 'Curbside',
    tagline: (city: string | null) => (city ? `Street food in ${city}` : 'Street food near you'),
    title: (q: string, city: string | null) => [q, 'Curbside', city].filter(Boolean).join(' · '),
    skip: 'Skip to the list',

    searchLabel: 'What are you hungry for?',
    searchPlaceholder: 'Tacos, coffee, a street…',
    searchButton: 'Search',
    nearMe: 'Near me',
    locating: 'Finding you…',
    anyStatus: 'Also permits that are not approved',
    sortLabel: 'Order',
    sorts: { best: 'Best match', distance: 'Nearest first', name: 'By name' } as Record<string, string>,
    fromHere: 'Distances from your position, in a straight line',
    fromPoint: (lat: string, lon: string) => `Distances from ${lat}, ${lon}, in a straight line`,
    filter: (name: string, value: string) => `${name}: ${value}`,
    remove: (what: string) => `Remove “${what}”`,

    refusals: {
      denied: 'Your browser did not share your position. Allow it in the site settings to see what is nearest.',
      unavailable: 'Your position could not be found right now. Try again in a moment.',
      timeout: 'Finding your position took too long. Try again in a moment.',
      unsupported: 'This browser cannot tell where you are, or this page is not opened over HTTPS.',
    },

    resultsHeading: 'Results',
    found: (hits: number, places: number) => `Found ${vendors(hits)} in ${locations(places)}`,
    cut: (shown: number) => `The first ${vendors(shown)} are shown.`,
    searching: 'Searching…',
    locations,
    moreItems: (n: number) => `& ${count.format(n)} more`,
    fewerItems: 'Show less',
    moreBranches: (n: number) => (n === 1 ? '1 more location' : `${count.format(n)} more locations`),
    fewerBranches: 'Fewer locations',
    noItems: 'Food not listed',
    noAddress: 'Address not listed',
    showOnMap: 'show on the map',
    permitState: (status: string) => `Permit ${status.replaceAll('_', ' ')}`,

    idleHeading: 'What’s cooking on the curb?',
    idleIntro: (city: string | null, n: { vendors: number; branches: number } | null, sample: boolean) =>
      `Find food trucks and carts${city ? ` in ${city}` : ''} by what they cook, by name or by street.${
        n ? ` ${sample ? 'The sample' : 'The city’s list'} has ${vendors(n.vendors)} at ${locations(n.branches)}.` : ''
      }`,
    idleTry: 'Try one of these',
    examples: ['tacos', 'coffee', 'vegan'],
    showAll: 'Show everything approved',

    emptyHeading: (q: string) => (q ? `Nothing found for “${q}”` : 'Nothing found here'),
    emptyHelp: 'All words must match. Try fewer or other words, or one of these:',
    emptyAny: 'Search permits of every state',
    clear: 'Clear the search',

    failures: {
      offline: {
        heading: 'You are offline',
        help: 'The search needs a connection. It runs again by itself when you are back.',
      },
      unreachable: {
        heading: 'The search could not be reached',
        help: 'The server did not answer. Check your connection and try again.',
      },
      refused: { heading: 'This search cannot be made', help: 'The address of this page asks for something unusable:' },
      unavailable: { heading: 'The search is taking a break', help: 'The server has trouble at the moment.' },
    },
    retry: 'Try again',
    requestId: (id: string) => `Request ${id}`,
    metaFailed: 'What the map needs to know of the city could not be loaded.',

    sample: 'Sample data: these vendors are invented. Real corners, no real trucks.',
    newer: 'Newer data was loaded while you were looking.',
    asOf: (date: string) => `Data of ${longDate.format(Date.parse(date))}`,
    source: 'Source',
    realSource: 'The real data',
    licence: 'Licence',
    honest: 'A permit says where and when a vendor is permitted to operate. It does not say that it is there now.',

    map: (city: string | null) => (city ? `Map of ${city}` : 'Map'),
    zoomIn: 'Zoom in',
    zoomOut: 'Zoom out',
    outlineOnly: 'Outline only, no street map',
    marker: (vendor: string, address: string | null) => (address ? `${vendor}, ${address}` : vendor),
    originMarker: 'Distances are measured from here',
    close: 'Close',
    permitted: 'Permitted to operate',
    address: 'Address',
    food: 'Food',
    permit: 'Permit',
    expires: (date: string) => `until ${longDate.format(Date.parse(date))}`,
    directions: 'Directions',
    directionsGoogle: 'Google Maps',
    directionsApp: 'Open in a map app',
    permitLink: 'City’s permit page',
    newTab: 'opens in a new tab',

    hoursUnknown: 'Hours unknown',
    hoursCut: 'and perhaps at other times: the city’s list is cut off here',
    allWeek: 'Every day, around the clock',
    /** Hours of a week, one entry for each group of days: `Mon–Fri 11 AM–2 PM`. */
    hours: (week: readonly (readonly [number, number])[]): string[] => {
      if (isAllWeek(week)) return ['Every day, around the clock'];
      return dayGroups(week).map(({ days, ranges }) => {
        const times = ranges.map(([start, end]) => (end - start >= 1440 ? 'all day' : `${clock(start)}–${clock(end)}`));
        return `${days.length === 7 ? 'Every day' : dayRuns(days).map(runName).join(', ')} ${times.join(', ')}`;
      });
    },

    /** A distance as it is usual in the locale's region: `350 ft`, `1.2 mi`, `340 m`, `1.2 km`. */
    distance: (metres: number): string => {
      if (inMiles) {
        const miles = metres / METRES_PER_MILE;
        if (miles >= 0.1) return units.mile.format(miles);
        return units.foot.format(Math.round(metres / METRES_PER_FOOT / 10) * 10);
      }
      return metres >= 1000 ? units.kilometer.format(metres / 1000) : units.meter.format(Math.round(metres / 10) * 10);
    },

    /** An address as people write it; the city's are in capitals with padded ordinals ("50 01ST ST"). */
    street: (address: string): string => {
      if (/\p{Ll}/u.test(address)) return address;
      return address
        .toLowerCase()
        .replace(/\b0+(?=\d+(st|nd|rd|th)\b)/g, '')
        .replace(/(?<![\p{L}\p{N}'’])\p{L}|(?<=['’])\p{L}(?=\p{L})/gu, (letter) => letter.toUpperCase());
    },
  };
}

/** The page's words in one language. */
export type Text = ReturnType<typeof english>;

/** Regions whose roads are signed in miles. */
function usesMiles(locale: string): boolean {
  return ['US', 'GB', 'LR'].includes(new Intl.Locale(locale).maximize().region ?? '');
}

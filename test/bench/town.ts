import type { LatLon } from '../../functions/model/geo.ts';
import { type Interval, mergeWeek, printWeek } from '../../functions/model/hours/week.ts';
import { RELEASE_FORMAT, type ReleaseContent } from '../../functions/model/release.ts';
import type { Branch, BranchHours, Vendor } from '../../functions/model/vendor.ts';
import { Random } from './random.ts';

/** Where branches are put. */
export type Scatter = (random: Random) => LatLon;

/** Degrees to a kilometre along a meridian. */
const DEGREES_PER_KM = 1 / 111.195;

/**
 * A city of about 12 km around a place: most branches near one of 40 busy corners, the others anywhere. It may lie across the
 * date line.
 */
export function cityAround(center: LatLon): Scatter {
  const corners = new Random(40);
  const wide = DEGREES_PER_KM / Math.max(0.01, Math.cos((center.lat * Math.PI) / 180));
  const offset = (random: Random) => random.next() * 12 - 6;
  const busy = Array.from({ length: 40 }, () => [offset(corners), offset(corners)] as const);
  return (random) => {
    let [north, east] = [offset(random), offset(random)];
    if (random.chance(0.6)) {
      const [cornerNorth, cornerEast] = random.pick(busy);
      north = cornerNorth + random.normal() * 0.3;
      east = cornerEast + random.normal() * 0.3;
    }
    return onEarth(center.lat + north * DEGREES_PER_KM, center.lon + east * wide);
  };
}

/** Anywhere between two parallels, with whole degrees and their corners among them. */
export function anywhere(south: number, north: number): Scatter {
  return (random) => {
    const [lat, lon] = [south + random.next() * (north - south), random.next() * 360 - 180];
    return random.chance(0.1) ? { lat: Math.round(lat), lon: Math.round(lon / 60) * 60 } : onEarth(lat, lon);
  };
}

function onEarth(lat: number, lon: number): LatLon {
  const round = (degrees: number) => Math.round(degrees * 1e6) / 1e6 + 0;
  return {
    lat: round(Math.max(-90, Math.min(90, lat))),
    lon: round(lon > 180 ? lon - 360 : lon < -180 ? lon + 360 : lon),
  };
}

export const FOODS =
  'tacos burritos coffee sandwiches hot_dogs noodles ice_cream pizza burgers salads soup curry rice dumplings falafel kebab empanadas tamales crepes waffles donuts juice smoothies lemonade tea pastries bagels pretzels shrimp oysters lobster_rolls fish_and_chips fried_chicken barbecue_ribs pulled_pork poutine gyros shawarma pho banh_mi sushi poke ramen bibimbap kimchi churros horchata quesadillas nachos elote arepas pupusas ceviche jerk_chicken plantains gumbo jambalaya cornbread pie brownies cupcakes macarons gelato boba mochi'
    .split(' ')
    .map((food) => food.replaceAll('_', ' '));
const STYLES =
  'chicken beef pork vegan fried grilled spicy smoked cheese fish lamb tofu breakfast crispy sweet garlic lime peanut mushroom spinach'.split(
    ' ',
  );
export const KINDS =
  'mexican coffee asian hot_dogs barbecue sandwiches desserts seafood indian mediterranean vegan pizza drinks'.split(
    ' ',
  );
export const AREAS = Array.from(
  { length: 36 },
  (_, at) => `${invented(new Random(900 + at), 2)} ${['Hill', 'Park', 'Bay/Gate'][at % 3]}`,
);
export const STATUSES = ['approved', 'approved', 'approved', 'approved', 'requested', 'expired', 'suspended'];
export const SYNONYMS = [
  ['banh mi', 'vietnamese sandwich', 'sub'],
  ['hot dog', 'frankfurter', 'wiener'],
  ['barbecue', 'bbq', 'barbeque'],
  ['soda', 'pop', 'soft drink'],
  ['ice cream', 'gelato'],
];

/** A pronounceable word of invented syllables; the 4,000 most frequent ones make the names. */
function invented(random: Random, syllables: number): string {
  let word = '';
  for (let at = 0; at < syllables; at++)
    word += random.pick([...'bdfgklmnprstvz']) + random.pick(['a', 'e', 'i', 'o', 'u', 'an', 'el']);
  return word.charAt(0).toUpperCase() + word.slice(1);
}

export const NAMES = [
  ...new Set(Array.from({ length: 4_000 }, (_, at) => invented(new Random(at * 7 + 1), 2 + (at % 3)))),
];
const STREETS = Array.from({ length: 600 }, (_, at) =>
  at < 30
    ? `${String(at + 1).padStart(2, '0')}TH ST`
    : `${NAMES[at * 3]?.toUpperCase()} ${['ST', 'AVE', 'BLVD'][at % 3]}`,
);

const NO_HOURS: BranchHours = { source: 'none', text: null, week: [], complete: true };

function someHours(random: Random): BranchHours {
  if (random.chance(0.25)) return NO_HOURS;
  const [open, length] = [random.below(48) * 30, 60 + random.below(20) * 30];
  const days = random.pick([[0, 1, 2, 3, 4], [0, 1, 2, 3, 4, 5, 6], [5, 6], [random.below(7)]]);
  const week = mergeWeek(days.map((day): Interval => [day * 1440 + open, day * 1440 + open + length]));
  return {
    source: random.pick(['schedule', 'permit'] as const),
    text: printWeek(week),
    week,
    complete: !random.chance(0.05),
  };
}

function someItem(random: Random): string {
  const food = random.pickEarly(FOODS);
  const name = random.chance(0.4) ? `${random.pickEarly(STYLES)} ${food}` : food;
  return name.charAt(0).toUpperCase() + name.slice(1);
}

/**
 * Vendors with so many branches in all: most have 1 to 5, one in 500 is a chain of 60. Their words are as many, and as unevenly spread, as in
 * the city's own data: 3 to 11 dishes of 66 foods in 21 styles, 4,000 words of names, 600 streets.
 */
export function* syntheticVendors(branches: number, scatter: Scatter, seed = 1): Generator<Vendor> {
  const random = new Random(seed);
  for (let made = 0, number = 0; made < branches; number++) {
    const size = Math.min(branches - made, random.chance(0.002) ? 60 : 1 + random.below(5));
    const items = [...new Set(Array.from({ length: 3 + random.below(9) }, () => someItem(random)))];
    const name = `${random.pickEarly(NAMES)} ${random.pickEarly(NAMES)}${random.chance(0.3) ? ` ${random.pickEarly(FOODS)}` : ''}`;
    const hours = someHours(random);
    const first = made;
    made += size;
    yield {
      id: `vendor-${number.toString(36)}`,
      name,
      otherNames: random.chance(0.1) ? [`${random.pick(NAMES)} Inc.`] : [],
      items,
      searchText: [],
      categories: [...new Set([random.pickEarly(KINDS), random.pickEarly(KINDS)])].slice(0, 1 + random.below(2)),
      drinks: random.chance(0.05),
      branches: Array.from({ length: size }, (_, at) => someBranch(random, first + at, number, scatter, hours)),
    };
  }
}

function someBranch(random: Random, id: number, vendor: number, scatter: Scatter, hours: BranchHours): Branch {
  const permit = `26MFF-${String(vendor).padStart(5, '0')}`;
  return {
    id: String(1_000_000 + id),
    ...scatter(random),
    address: random.chance(0.02) ? null : `${1 + random.below(3_000)} ${random.pick(STREETS)}`,
    facility: random.chance(0.85) ? 'truck' : random.pick(['push_cart', 'unknown']),
    status: random.pick(STATUSES),
    permit,
    permitUrl: `https://town.example/permits/report?format=pdf&permit=${permit}_schedule`,
    expires: '2027-11-15',
    area: random.chance(0.05) ? null : random.pickEarly(AREAS),
    hours: random.chance(0.2) ? someHours(random) : hours,
  };
}

/** The release around synthetic vendors. */
export function syntheticContent(branches: number, center: LatLon): Omit<ReleaseContent, 'vendors'> {
  return {
    format: RELEASE_FORMAT,
    version: `synthetic-${branches}`,
    city: {
      id: 'synthetic',
      name: 'Synthetic Town',
      zone: 'America/Los_Angeles',
      bounds: { west: -180, south: -90, east: 180, north: 90 },
      center,
      outline: [],
      synonyms: SYNONYMS,
      attribution: {
        text: 'Synthetic',
        url: 'https://town.example',
        license: 'CC0',
        licenseUrl: 'https://town.example/cc0',
      },
    },
    accounts: [],
  };
}

/** When, and from where, the synthetic data was read. */
export const SYNTHETIC_PROVENANCE = { origin: 'given', asOf: '2026-11-01', sources: [] } as const;

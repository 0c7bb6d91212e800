import type { Release } from '../functions/model/release.ts';
import type { Branch, BranchHours, Vendor } from '../functions/model/vendor.ts';
import { DAY } from '../functions/model/week.ts';
import { town, WELL } from './town.ts';

/** Numbers in 0..1 that are the same in every run (mulberry32). */
function numbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const SYLLABLES = 'ba be bo ca che co da do fa fe ga go ka ki la lo ma mi na no pa po ra ri sa so ta to va zu'.split(
  ' ',
);
const FOODS = [
  'tacos',
  'burritos',
  'coffee',
  'hot dogs',
  'noodles',
  'sandwiches',
  'ice cream',
  'curry',
  'falafel',
  'tea',
];
const CATEGORIES = ['mexican', 'coffee', 'hot_dogs', 'asian', 'dessert'];
const STREETS = ['MAIN', 'ORCHARD', 'WELL', 'HARBOUR', 'CASTLE', 'MILL', 'BRIDGE', '01ST', '02ND', '24TH'];

const UNKNOWN: BranchHours = { source: 'none', text: null, week: [], complete: true };
const LUNCH: BranchHours = {
  source: 'schedule',
  text: 'Mo-Fr:11AM-2PM',
  week: [0, 1, 2, 3, 4].map((day) => [day * DAY + 660, day * DAY + 840]),
  complete: true,
};
const NIGHT: BranchHours = {
  source: 'permit',
  text: 'Fr-Sa:10PM-2AM',
  week: [4, 5].map((day) => [day * DAY + 1320, day * DAY + 1560]),
  complete: false,
};

/** The vendor of a number: the same one whoever asks, with 1 to 7 branches, 4 on average, within 30 km of the town's well. */
export function syntheticVendor(number: number): Vendor {
  const random = numbers(number * 7919 + 1);
  const pick = <Value>(values: readonly Value[]): Value => values[Math.floor(random() * values.length)] as Value;
  const word = () => pick(SYLLABLES) + pick(SYLLABLES) + pick(SYLLABLES);
  const items = Array.from({ length: 2 + Math.floor(random() * 6) }, () =>
    random() < 0.4 ? pick(FOODS) : `${pick(SYLLABLES)}${pick(SYLLABLES)} ${pick(FOODS)}`,
  );
  const branches = Array.from({ length: 1 + Math.floor(random() * 7) }, (_, at): Branch => {
    const [angle, metres] = [random() * 2 * Math.PI, 30_000 * Math.sqrt(random())];
    return {
      id: `${number}-${at}`,
      lat: round(WELL.lat + (metres * Math.sin(angle)) / 111_195),
      lon: round(WELL.lon + (metres * Math.cos(angle)) / (111_195 * Math.cos((WELL.lat * Math.PI) / 180))),
      address: `${1 + Math.floor(random() * 999)} ${pick(STREETS)} ST`,
      facility: random() < 0.8 ? 'truck' : 'push_cart',
      status: random() < 0.8 ? 'approved' : 'expired',
      permit: `21MFF-${number}`,
      permitUrl: `https://town.example/permits/${number}-${at}`,
      expires: '2027-11-15',
      area: `Area ${Math.floor(random() * 40)}`,
      hours: pick([UNKNOWN, LUNCH, NIGHT]),
    };
  });
  return {
    id: `vendor-${number}`,
    name: `${word()} ${word()}`,
    otherNames: random() < 0.1 ? [`${word()} holdings`] : [],
    items,
    searchText: [],
    categories: [pick(CATEGORIES)],
    drinks: random() < 0.2,
    branches,
  };
}

function round(degrees: number): number {
  return Math.round(degrees * 1e6) / 1e6;
}

/** A release of so many vendors. */
export function syntheticRelease(vendors: number): Release {
  const made = town(Array.from({ length: vendors }, (_, number) => syntheticVendor(number)));
  const synonyms = [['hot dog', 'frankfurter']];
  return { ...made, version: `2026-09-01-synthetic-${vendors}`, city: { ...made.city, synonyms } };
}

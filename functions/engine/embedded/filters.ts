import { distanceMetres, type LatLon } from '../../model/geo.ts';
import { OPEN_STATES, type OpenState } from '../../model/open.ts';
import type { SearchQuery } from '../../model/query.ts';
import { OPEN_FACTOR } from '../../model/ranking.ts';
import { WEEK } from '../../model/week.ts';
import { valueKey } from '../../model/words.ts';
import type { IndexFacts } from './facts.ts';
import type { Sections } from './format.ts';
import { chordOf, squareAbove, squareBelow, vectorOf } from './place.ts';

/** Groups of filters that a facet leaves out of its own counts, as bits. */
export const GROUPS = { category: 1, facility: 2, area: 4, open: 8 } as const;
export const ALL_GROUPS = 15;

/** Stands for a status when none is asked for. */
export const ANY = -2;

/** Numbers of the states as bytes; not yet judged. */
const UNJUDGED = 255;
const [OPEN, CLOSED, UNKNOWN] = (['open', 'closed', 'unknown'] as const).map((state) => OPEN_STATES.indexOf(state)) as [
  number,
  number,
  number,
];

const FACTORS = Float64Array.from(OPEN_STATES, (state: OpenState) => OPEN_FACTOR[state]);

/** The filters of one query, asked branch by branch. */
export class Filters {
  readonly #sections: Sections;
  readonly #query: SearchQuery;
  readonly #status: number;
  /** Whether neither a place nor known hours are asked for. */
  readonly #isPlain: boolean;
  readonly #facilities: Uint8Array | null;
  readonly #areas: Uint8Array | null;
  readonly #categories: Uint8Array | null;
  readonly #states: Uint8Array;
  /** Where distances are measured from; 0,0,0 without an origin. */
  readonly #x: number;
  readonly #y: number;
  readonly #z: number;
  readonly #within: number;
  readonly #beyond: number;
  readonly #origin: LatLon;
  /** Whether no group has a filter. */
  readonly areOpen: boolean;
  /** The status that is asked for when nothing else is; `null` when there is more to ask. */
  readonly onlyStatus: number | null;

  constructor(sections: Sections, facts: IndexFacts, query: SearchQuery, states: Uint8Array) {
    this.#sections = sections;
    this.#query = query;
    // A status that no branch has is -1, which is the number of none.
    this.#status = query.status === null ? ANY : facts.statuses.indexOf(query.status);
    this.#isPlain = query.radiusMetres === null && query.box === null && !query.hoursKnown;
    this.#facilities = masked(facts.facilities, query.facility);
    this.#areas = masked(facts.areas, query.area);
    this.#categories = masked(facts.categories, query.category);
    this.#states = states.fill(UNJUDGED);
    this.#origin = query.origin ?? { lat: 0, lon: 0 };
    [this.#x, this.#y, this.#z] = query.origin ? vectorOf(query.origin) : [0, 0, 0];
    const chord = query.radiusMetres === null ? Number.POSITIVE_INFINITY : chordOf(query.radiusMetres);
    this.#within = squareBelow(chord);
    this.#beyond = squareAbove(chord);
    this.areOpen = !this.#categories && !this.#facilities && !this.#areas && query.time === null;
    this.onlyStatus = this.#isPlain && this.areOpen ? this.#status : null;
  }

  /** Whether a branch has the place, the status and hours that are asked for. */
  hasPlace(branch: number): boolean {
    if (this.#status !== ANY && this.#sections.branchStatus[branch] !== this.#status) return false;
    return this.#isPlain || this.#hasPlaceItself(branch);
  }

  #hasPlaceItself(branch: number): boolean {
    const { radiusMetres, box, hoursKnown } = this.#query;
    const { branchHours, hoursFlags } = this.#sections;
    if (hoursKnown && ((hoursFlags[branchHours[branch] as number] as number) & 2) !== 0) return false;
    if (radiusMetres !== null && !this.#isWithin(branch, radiusMetres)) return false;
    return box === null || this.#isInBox(branch);
  }

  #isWithin(branch: number, radiusMetres: number): boolean {
    if (this.#query.origin === null) return false;
    const square = this.square(branch);
    return square < this.#within || (square <= this.#beyond && this.metres(branch) <= radiusMetres);
  }

  #isInBox(branch: number): boolean {
    const box = this.#query.box;
    const lat = this.#sections.places[branch * 2] as number;
    const lon = this.#sections.places[branch * 2 + 1] as number;
    if (box === null || lat < box.south || lat > box.north) return false;
    // -180 and 180 are one meridian.
    if (lon === 180 || lon === -180) return isBetween(box, 180) || isBetween(box, -180);
    return isBetween(box, lon);
  }

  /** The square of the straight line to the origin, the earth's radius being 1: quick, and right to within a metre or two. */
  square(branch: number): number {
    const { vectors } = this.#sections;
    const x = (vectors[branch * 3] as number) - this.#x;
    const y = (vectors[branch * 3 + 1] as number) - this.#y;
    const z = (vectors[branch * 3 + 2] as number) - this.#z;
    return x * x + y * y + z * z;
  }

  /** The exact distance to the origin; 0 without one. */
  metres(branch: number): number {
    if (this.#query.origin === null) return 0;
    const { places } = this.#sections;
    return distanceMetres(this.#origin, { lat: places[branch * 2] as number, lon: places[branch * 2 + 1] as number });
  }

  /** Which of the groups of filters a branch passes, as bits. */
  groups(branch: number): number {
    const { branchFacility, branchArea } = this.#sections;
    let passed = 0;
    if (this.#categories === null || this.#hasCategory(branch, this.#categories)) passed |= GROUPS.category;
    if (this.#facilities === null || this.#facilities[branchFacility[branch] as number] === 1)
      passed |= GROUPS.facility;
    if (this.#areas === null || this.#areas[branchArea[branch] as number] === 1) passed |= GROUPS.area;
    if (this.#query.time === null || this.#passesTime(branch)) passed |= GROUPS.open;
    return passed;
  }

  #hasCategory(branch: number, wanted: Uint8Array): boolean {
    const { branchVendor, vendorCategoryStarts, vendorCategories } = this.#sections;
    const vendor = branchVendor[branch] as number;
    const end = vendorCategoryStarts[vendor + 1] as number;
    for (let at = vendorCategoryStarts[vendor] as number; at < end; at++) {
      if (wanted[vendorCategories[at] as number] === 1) return true;
    }
    return false;
  }

  #passesTime(branch: number): boolean {
    const state = this.state(branch);
    return state === OPEN || (state === UNKNOWN && this.#query.time?.unknownToo === true);
  }

  /** The state of a branch as its number in {@link OPEN_STATES}. */
  state(branch: number): number {
    const hours = this.#sections.branchHours[branch] as number;
    let state = this.#states[hours] as number;
    if (state === UNJUDGED) {
      state = this.#judge(hours);
      this.#states[hours] = state;
    }
    return state;
  }

  /** What the state takes from a score. */
  openFactor(branch: number): number {
    return this.#query.timeAsked ? (FACTORS[this.state(branch)] as number) : 1;
  }

  /** As the model's `stateAt`, on the columns. */
  #judge(hours: number): number {
    const { weekStarts, weeks, hoursFlags } = this.#sections;
    const { minute, time } = this.#query;
    const outside = ((hoursFlags[hours] as number) & 1) === 1 ? UNKNOWN : CLOSED;
    const last = weekStarts[hours + 1] as number;
    for (let at = weekStarts[hours] as number; at < last; at += 2) {
      const start = weeks[at] as number;
      const end = weeks[at + 1] as number;
      const moment = minute >= start ? minute : minute + WEEK;
      if (moment >= end) continue;
      const left = end - start >= WEEK ? Number.POSITIVE_INFINITY : end - moment;
      return left >= (time?.forMinutes ?? 0) ? OPEN : outside;
    }
    return outside;
  }
}

function isBetween({ west, east }: { west: number; east: number }, lon: number): boolean {
  return west <= east ? lon >= west && lon <= east : lon >= west || lon <= east;
}

/** 1 for each value that is asked for; `null` when none is. */
function masked(values: readonly (string | null)[], wanted: readonly string[]): Uint8Array | null {
  if (wanted.length === 0) return null;
  return Uint8Array.from(values, (value) => (wanted.includes(valueKey(value ?? '')) ? 1 : 0));
}

import { type Box, distanceMetres, type LatLon } from '../../../model/geo.ts';
import type { SearchQuery } from '../../../model/query.ts';
import type { Sections } from '../file/index-format.ts';
import { type CHORD_SLACK, chordOf, squareAbove, squareBelow, vectorOf } from '../geo/unit-sphere.ts';
import { hasCategory } from './category-vendors.ts';
import { type BranchBuffers, keepIf, keepInBox, keepInCircle, keepSelected } from './filter-loops.ts';
import type { OpenStates } from './open-states.ts';
import type { ValueFilters } from './value-filters.ts';

/** The filter groups as bits. A group's facet counts ignore the group's own filter. */
export const FACET_GROUPS = { category: 1, facility: 2, area: 4, open: 8 } as const;

/** The filters of one query, applied to branch numbers. The base filters are status, radius, box and known hours; the others are in groups. */
export class BranchFilters {
  readonly #sections: Sections;
  readonly #query: SearchQuery;
  readonly #values: ValueFilters;
  /** Whether the base filters are a status at most. */
  readonly #isStatusOnly: boolean;
  readonly #states: OpenStates;
  /** The origin's vector; 0,0,0 without an origin. */
  readonly #x: number;
  readonly #y: number;
  readonly #z: number;
  /** A branch whose square is below is within the radius, and one whose square is above is not; between, the exact distance decides. */
  readonly #squareWithin: number;
  readonly #squareBeyond: number;
  readonly #origin: LatLon;
  /** Whether no group has a filter. */
  readonly #hasNoFacetFilters: boolean;

  /** @param states at the query's minute */
  constructor(sections: Sections, query: SearchQuery, values: ValueFilters, states: OpenStates) {
    this.#sections = sections;
    this.#query = query;
    this.#values = values;
    this.#isStatusOnly = query.radiusMetres === null && query.box === null && !query.hoursKnown;
    this.#states = states;
    this.#origin = query.origin ?? { lat: 0, lon: 0 };
    [this.#x, this.#y, this.#z] = query.origin ? vectorOf(query.origin) : [0, 0, 0];
    const chord = query.radiusMetres === null ? Number.POSITIVE_INFINITY : chordOf(query.radiusMetres);
    this.#squareWithin = squareBelow(chord);
    this.#squareBeyond = squareAbove(chord);
    const { categories, facilities, areas } = values;
    this.#hasNoFacetFilters = !categories && !facilities && !areas && query.time === null;
  }

  /** Keeps those of the first `count` branches that pass the filters of all groups; returns how many. */
  keepPassingGroups(matched: BranchBuffers, count: number): number {
    const { branchFacility, branchArea, branchHours } = this.#sections;
    const { facilities, areas, categories } = this.#values;
    let kept = count;
    if (facilities) kept = keepSelected(matched, kept, branchFacility, facilities);
    if (areas) kept = keepSelected(matched, kept, branchArea, areas);
    if (categories) kept = keepIf(matched, kept, (branch) => this.#hasCategory(branch, categories));
    return this.#query.time ? this.#states.keepPassing(matched, kept, branchHours) : kept;
  }

  /** Keeps those that pass the base filters; a radius is last, so that `squares` are those of the branches kept. */
  keepPassingBase(matched: BranchBuffers, count: number): number {
    const { hoursKnown, box, radiusMetres } = this.#query;
    const { statuses } = this.#values;
    const { branchStatus, branchHours } = this.#sections;
    let kept = count;
    if (statuses) kept = keepSelected(matched, kept, branchStatus, statuses);
    if (hoursKnown) kept = keepSelected(matched, kept, branchHours, this.#states.known());
    if (box) kept = this.#keepInBox(matched, kept, box);
    return radiusMetres === null ? kept : this.#keepWithin(matched, kept, radiusMetres);
  }

  #keepInBox(matched: BranchBuffers, count: number, box: Box): number {
    const isPlain = box.west > -180 && box.west <= box.east && box.east < 180;
    if (isPlain) return keepInBox(matched, count, this.#sections.coordinates, box);
    return keepIf(matched, count, (branch) => this.#isInBox(branch));
  }

  /** Keeps those of the first `count` branches that are within the query's radius, with their squares; returns how many. */
  #keepWithin(matched: BranchBuffers, count: number, radiusMetres: number): number {
    const { vectors } = this.#sections;
    const isInside = (branch: number) => this.metres(branch) <= radiusMetres;
    const [within, beyond] = [this.#squareWithin, this.#squareBeyond];
    return keepInCircle(matched, count, vectors, { center: [this.#x, this.#y, this.#z], within, beyond, isInside });
  }

  /** Writes the {@link square} of each of the first `count` branches. */
  squares(ids: Uint32Array, count: number, squares: Float64Array): void {
    const { vectors } = this.#sections;
    const [x, y, z] = [this.#x, this.#y, this.#z];
    for (let at = 0; at < count; at++) {
      const start = (ids[at] as number) * 3;
      const dx = (vectors[start] as number) - x;
      const dy = (vectors[start + 1] as number) - y;
      const dz = (vectors[start + 2] as number) - z;
      squares[at] = dx * dx + dy * dy + dz * dz;
    }
  }

  /** Whether a branch passes the base filters and those of all groups. */
  passesAll(branch: number): boolean {
    const { statuses } = this.#values;
    if (statuses && statuses[this.#sections.branchStatus[branch] as number] === 0) return false;
    return (
      (this.#isStatusOnly || this.#passesPlaceAndHours(branch)) &&
      (this.#hasNoFacetFilters || this.#passesGroups(branch))
    );
  }

  #passesPlaceAndHours(branch: number): boolean {
    const { radiusMetres, box, hoursKnown } = this.#query;
    const { branchHours, hoursFlags } = this.#sections;
    if (hoursKnown && (hoursFlags[branchHours[branch] as number] as number) & 2) return false;
    if (radiusMetres !== null && !this.#isWithin(branch, radiusMetres)) return false;
    return box === null || this.#isInBox(branch);
  }

  #isWithin(branch: number, radiusMetres: number): boolean {
    if (this.#query.origin === null) return false;
    const square = this.square(branch);
    return square < this.#squareWithin || (square <= this.#squareBeyond && this.metres(branch) <= radiusMetres);
  }

  #isInBox(branch: number): boolean {
    const box = this.#query.box;
    const lat = this.#sections.coordinates[branch * 2] as number;
    const lon = this.#sections.coordinates[branch * 2 + 1] as number;
    if (box === null || lat < box.south || lat > box.north) return false;
    // -180 and 180 are the same meridian.
    if (lon === 180 || lon === -180) return isBetween(box, 180) || isBetween(box, -180);
    return isBetween(box, lon);
  }

  /** The square of the straight line to the origin, in earth radii: fast, and accurate to within {@link CHORD_SLACK}. */
  square(branch: number): number {
    const { vectors } = this.#sections;
    const x = (vectors[branch * 3] as number) - this.#x;
    const y = (vectors[branch * 3 + 1] as number) - this.#y;
    const z = (vectors[branch * 3 + 2] as number) - this.#z;
    return x * x + y * y + z * z;
  }

  /** The exact distance to the origin in metres; 0 without an origin. */
  metres(branch: number): number {
    if (this.#query.origin === null) return 0;
    const { coordinates } = this.#sections;
    return distanceMetres(this.#origin, {
      lat: coordinates[branch * 2] as number,
      lon: coordinates[branch * 2 + 1] as number,
    });
  }

  #passesGroups(branch: number): boolean {
    const { branchFacility, branchArea, branchHours } = this.#sections;
    const { categories, facilities, areas } = this.#values;
    return (
      (categories === null || this.#hasCategory(branch, categories)) &&
      (facilities === null || facilities[branchFacility[branch] as number] === 1) &&
      (areas === null || areas[branchArea[branch] as number] === 1) &&
      (this.#query.time === null || this.#states.passes(branchHours[branch] as number))
    );
  }

  #hasCategory(branch: number, selected: Uint8Array): boolean {
    return hasCategory(this.#sections, this.#sections.branchVendor[branch] as number, selected) === 1;
  }

  /** The factor of the state in the score; 1 if the caller did not ask about a time. */
  openFactor(branch: number): number {
    return this.#query.timeAsked ? this.#states.factor(this.#sections.branchHours[branch] as number) : 1;
  }
}

function isBetween({ west, east }: { west: number; east: number }, lon: number): boolean {
  return west <= east ? lon >= west && lon <= east : lon >= west || lon <= east;
}

import type { Box } from '../../../model/geo.ts';
import type { Branch } from '../../../model/vendor.ts';
import type { Sections } from '../file/index-format.ts';
import type { IndexMetadata } from '../file/index-metadata.ts';
import { mortonCode } from '../geo/cell-ranges.ts';
import { vectorOf } from '../geo/unit-sphere.ts';
import { radixSort } from '../radix-sort.ts';
import { GrowableList } from './growable-buffers.ts';
import { HoursCollector } from './hours-collector.ts';
import { ValueDictionary } from './value-dictionary.ts';

/** Collects the columns of branches in the order of the release, and writes them in the order of the index. */
export class BranchColumns {
  /** Latitude and longitude in turn. */
  #coordinates = new Float64Array(2048);
  readonly #vendors = new GrowableList();
  readonly #statuses = new GrowableList();
  readonly #facilities = new GrowableList();
  readonly #areas = new GrowableList();
  readonly #hours = new GrowableList();
  readonly #statusValues = new ValueDictionary<string>('status');
  readonly #facilityValues = new ValueDictionary<string>('facility');
  readonly #areaValues = new ValueDictionary<string | null>('area');
  readonly hoursCollector = new HoursCollector();

  /** @throws RangeError if a column has too many distinct values. */
  add(branch: Branch, vendor: number): void {
    const at = this.length * 2;
    if (at === this.#coordinates.length) {
      const more = new Float64Array(at * 2);
      more.set(this.#coordinates);
      this.#coordinates = more;
    }
    this.#coordinates[at] = branch.lat;
    this.#coordinates[at + 1] = branch.lon;
    this.#vendors.push(vendor);
    this.#statuses.push(this.#statusValues.number(branch.status));
    this.#facilities.push(this.#facilityValues.number(branch.facility));
    this.#areas.push(this.#areaValues.number(branch.area));
    this.#hours.push(this.hoursCollector.number(branch.hours));
  }

  get length(): number {
    return this.#vendors.length;
  }

  /** The vendor of each branch. */
  get vendors(): Uint32Array {
    return this.#vendors.values;
  }

  /** The status of each branch, as an index into the metadata's statuses. */
  get statuses(): Uint32Array {
    return this.#statuses.values;
  }

  get values(): Pick<IndexMetadata, 'statuses' | 'facilities' | 'areas'> {
    return {
      statuses: this.#statusValues.values,
      facilities: this.#facilityValues.values,
      areas: this.#areaValues.values,
    };
  }

  bounds(): Box {
    let [west, south, east, north] = [180, 90, -180, -90];
    for (let at = 0; at < this.length * 2; at += 2) {
      const [lat, lon] = [this.#coordinates[at] as number, this.#coordinates[at + 1] as number];
      if (lat < south) south = lat;
      if (lat > north) north = lat;
      if (lon < west) west = lon;
      if (lon > east) east = lon;
    }
    return { west, south, east, north };
  }

  statusTotals(): IndexMetadata['statusTotals'] {
    const totals = this.#statusValues.values.map(() => ({ vendors: 0, branches: 0 }));
    const lastVendor = new Int32Array(totals.length).fill(-1);
    for (let branch = 0; branch < this.length; branch++) {
      const status = this.#statuses.values[branch] as number;
      const vendor = this.#vendors.values[branch] as number;
      const total = totals[status];
      if (!total) continue;
      total.branches++;
      if (lastVendor[status] !== vendor) total.vendors++;
      lastVendor[status] = vendor;
    }
    return totals;
  }

  /** The branches along the Morton curve. */
  order(bounds: Box): Uint32Array {
    const all = Uint32Array.from({ length: this.length }, (_, branch) => branch);
    return radixSort(all, (branch) =>
      mortonCode(bounds, this.#coordinates[branch * 2] as number, this.#coordinates[branch * 2 + 1] as number),
    );
  }

  /** @param vendorNumbers the number of each vendor in the index */
  fill(sections: Sections, bounds: Box, branchOrder: Uint32Array, vendorNumbers: Uint32Array): void {
    for (const [number, branch] of branchOrder.entries()) {
      const lat = this.#coordinates[branch * 2] as number;
      const lon = this.#coordinates[branch * 2 + 1] as number;
      sections.coordinates[number * 2] = lat;
      sections.coordinates[number * 2 + 1] = lon;
      sections.vectors.set(vectorOf({ lat, lon }), number * 3);
      sections.mortonCodes[number] = mortonCode(bounds, lat, lon);
      sections.branchVendor[number] = vendorNumbers[this.#vendors.values[branch] as number] as number;
      sections.branchStatus[number] = this.#statuses.values[branch] as number;
      sections.branchFacility[number] = this.#facilities.values[branch] as number;
      sections.branchArea[number] = this.#areas.values[branch] as number;
      sections.branchHours[number] = this.#hours.values[branch] as number;
    }
    this.hoursCollector.fill(sections);
  }
}

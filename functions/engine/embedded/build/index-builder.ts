import { byCodePoint, sortName } from '../../../model/comparators.ts';
import type { Box } from '../../../model/geo.ts';
import type { Release, ReleaseContent } from '../../../model/release.ts';
import type { Branch, Vendor } from '../../../model/vendor.ts';
import { allocateIndex, type SectionName, type Sections, sealIndex } from '../file/index-format.ts';
import { type IndexMetadata, writeJson } from '../file/index-metadata.ts';
import { PermitPages, vendorRecord } from '../file/vendor-records.ts';
import { mortonCode } from '../geo/cell-ranges.ts';
import { vectorOf } from '../geo/unit-sphere.ts';
import { radixSort } from '../radix-sort.ts';
import { GrowableBytes, GrowableList } from './growable-buffers.ts';
import { HoursCollector } from './hours-collector.ts';
import { buildPostings } from './postings-writer.ts';
import { SuggestionCollector } from './suggestion-collector.ts';
import { TermCollector } from './term-collector.ts';
import { ValueDictionary } from './value-dictionary.ts';

/** The index file of a release: the same content gives the same bytes. */
export function buildIndex({ vendors, origin, asOf, sources, ...content }: Release): Uint8Array<ArrayBuffer> {
  const builder = new IndexBuilder(content);
  for (const vendor of vendors) builder.add(vendor);
  return new Uint8Array(builder.finish());
}

/**
 * Takes a release's vendors one by one, so that they need not be in memory together, and makes its index of them.
 * Over 250 lines because the columns are collected, numbered and written by one builder: half of it makes no index.
 */
export class IndexBuilder {
  readonly #content: Omit<ReleaseContent, 'vendors'>;
  readonly #words: TermCollector;
  readonly #ids: string[] = [];
  readonly #names: string[] = [];
  readonly #records = new GrowableBytes();
  readonly #branchCounts = new GrowableList();
  readonly #categoryStarts = new GrowableList();
  readonly #categoryNumbers = new GrowableList();
  #places = new Float64Array(2048);
  readonly #vendors = new GrowableList();
  readonly #status = new GrowableList();
  readonly #facility = new GrowableList();
  readonly #area = new GrowableList();
  readonly #hours = new GrowableList();
  readonly #statuses = new ValueDictionary<string>('status');
  readonly #facilities = new ValueDictionary<string>('facility');
  readonly #areas = new ValueDictionary<string | null>('area');
  readonly #categories = new ValueDictionary<string>('category');
  readonly #hourList = new HoursCollector();
  readonly #permitPages = new PermitPages();
  readonly #suggestions = new SuggestionCollector();

  constructor(content: Omit<ReleaseContent, 'vendors'>) {
    this.#content = content;
    this.#words = new TermCollector(content.city.synonyms);
  }

  /** @throws RangeError when there are more different values of a filter than a column can number. */
  add(vendor: Vendor): void {
    const number = this.#ids.length;
    this.#ids.push(vendor.id);
    this.#names.push(sortName(vendor));
    this.#records.add(writeJson(vendorRecord(vendor, this.#permitPages)));
    this.#branchCounts.push(vendor.branches.length);
    this.#categoryStarts.push(this.#categoryNumbers.length);
    for (const category of vendor.categories) this.#categoryNumbers.push(this.#categories.number(category));
    this.#suggestions.add(vendor, this.#words.add(vendor));
    for (const branch of vendor.branches) this.#addBranch(branch, number);
  }

  #addBranch(branch: Branch, vendor: number): void {
    const at = this.#vendors.length * 2;
    if (at === this.#places.length) {
      const more = new Float64Array(at * 2);
      more.set(this.#places);
      this.#places = more;
    }
    this.#places[at] = branch.lat;
    this.#places[at + 1] = branch.lon;
    this.#vendors.push(vendor);
    this.#status.push(this.#statuses.number(branch.status));
    this.#facility.push(this.#facilities.number(branch.facility));
    this.#area.push(this.#areas.number(branch.area));
    this.#hours.push(this.#hourList.number(branch.hours));
  }

  /** The index file. The builder is used up. */
  finish(): ArrayBuffer {
    const vendorOrder = this.#order(this.#names);
    const bounds = this.#bounds();
    const branchOrder = this.#alongCurve(bounds);
    const [vendors, branches] = [vendorOrder.length, branchOrder.length];
    const facts = writeJson(this.#facts(bounds));
    const entries = buildPostings(this.#words, branchOrder, this.#vendors.values);
    const suggestions = this.#suggestions.finish({
      words: this.#words,
      numbers: entries.numbers,
      statuses: this.#statuses.values,
      branchCounts: this.#branchCounts.values,
      branchStatus: this.#status.values,
    });
    const lengths: Record<SectionName, number> = {
      ...entries.lengths,
      ...this.#hourList.lengths,
      ...suggestions.lengths,
      facts: facts.length,
      places: branches * 2,
      vectors: branches * 3,
      codes: branches,
      branchVendor: branches,
      branchStatus: branches,
      branchFacility: branches,
      branchArea: branches,
      branchHours: branches,
      vendorStarts: vendors + 1,
      vendorBranches: branches,
      vendorCategoryStarts: vendors + 1,
      vendorCategories: this.#categoryNumbers.length,
      vendorsById: vendors,
      recordStarts: vendors,
      recordEnds: vendors,
      records: this.#records.length,
    };
    const { file, sections } = allocateIndex(lengths);
    sections.facts.set(facts);
    const vendorNumbers = inverse(vendorOrder);
    this.#fillVendors(sections, vendorOrder);
    this.#fillBranches(sections, { bounds, branchOrder, vendorOrder, vendorNumbers });
    sections.vendorsById.set(this.#order(this.#ids).map((vendor) => vendorNumbers[vendor] as number));
    this.#hourList.fill(sections);
    entries.fill(sections);
    suggestions.fill(sections);
    sealIndex(file);
    return file;
  }

  /** Vendors by a text and then by id, both by code point; of equal ones the release's order. */
  #order(texts: readonly string[]): Uint32Array {
    // Where no character is above U+D7FF, the built-in comparison of UTF-16 units is that of code points.
    const isPlain = [texts, this.#ids].every((list) => list.every((text) => !/[\ud800-\uffff]/.test(text)));
    const compare = isPlain ? (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0) : byCodePoint;
    const at = (list: readonly string[], number: number) => list[number] as string;
    const order = Uint32Array.from(texts, (_, number) => number);
    return order.sort((a, b) => compare(at(texts, a), at(texts, b)) || compare(at(this.#ids, a), at(this.#ids, b)));
  }

  #bounds(): Box {
    let [west, south, east, north] = [180, 90, -180, -90];
    for (let at = 0; at < this.#vendors.length * 2; at += 2) {
      const [lat, lon] = [this.#places[at] as number, this.#places[at + 1] as number];
      if (lat < south) south = lat;
      if (lat > north) north = lat;
      if (lon < west) west = lon;
      if (lon > east) east = lon;
    }
    return { west, south, east, north };
  }

  #codeOf(branch: number, bounds: Box): number {
    return mortonCode(bounds, this.#places[branch * 2] as number, this.#places[branch * 2 + 1] as number);
  }

  #alongCurve(bounds: Box): Uint32Array {
    const all = Uint32Array.from({ length: this.#vendors.length }, (_, branch) => branch);
    return radixSort(all, (branch) => this.#codeOf(branch, bounds));
  }

  #facts(bounds: Box): IndexMetadata {
    const totals = this.#statuses.values.map(() => ({ vendors: 0, branches: 0 }));
    const last = new Int32Array(totals.length).fill(-1);
    for (let branch = 0; branch < this.#vendors.length; branch++) {
      const status = this.#status.values[branch] as number;
      const vendor = this.#vendors.values[branch] as number;
      const total = totals[status];
      if (!total) continue;
      total.branches++;
      if (last[status] !== vendor) total.vendors++;
      last[status] = vendor;
    }
    return {
      content: this.#content,
      bounds,
      vendors: this.#ids.length,
      branches: this.#vendors.length,
      statuses: this.#statuses.values,
      facilities: this.#facilities.values,
      areas: this.#areas.values,
      categories: this.#categories.values,
      permitPages: this.#permitPages.patterns,
      statusTotals: totals,
    };
  }

  #fillVendors(sections: Sections, vendorOrder: Uint32Array): void {
    const starts = this.#records.moveTo(sections.records);
    let [branches, categories] = [0, 0];
    for (const [number, vendor] of vendorOrder.entries()) {
      sections.vendorStarts[number] = branches;
      branches += this.#branchCounts.values[vendor] as number;
      sections.vendorCategoryStarts[number] = categories;
      const last = vendor + 1 === this.#ids.length;
      const end = last ? this.#categoryNumbers.length : (this.#categoryStarts.values[vendor + 1] as number);
      const own = this.#categoryNumbers.values.subarray(this.#categoryStarts.values[vendor], end);
      sections.vendorCategories.set(own, categories);
      categories += own.length;
      sections.recordStarts[number] = starts[vendor] as number;
      sections.recordEnds[number] = starts[vendor + 1] as number;
    }
    sections.vendorStarts[vendorOrder.length] = branches;
    sections.vendorCategoryStarts[vendorOrder.length] = categories;
  }

  #fillBranches(
    sections: Sections,
    order: { bounds: Box; branchOrder: Uint32Array; vendorOrder: Uint32Array; vendorNumbers: Uint32Array },
  ): void {
    const { bounds, branchOrder, vendorOrder, vendorNumbers } = order;
    for (const [number, branch] of branchOrder.entries()) {
      const lat = this.#places[branch * 2] as number;
      const lon = this.#places[branch * 2 + 1] as number;
      sections.places[number * 2] = lat;
      sections.places[number * 2 + 1] = lon;
      sections.vectors.set(vectorOf({ lat, lon }), number * 3);
      sections.codes[number] = mortonCode(bounds, lat, lon);
      sections.branchVendor[number] = vendorNumbers[this.#vendors.values[branch] as number] as number;
      sections.branchStatus[number] = this.#status.values[branch] as number;
      sections.branchFacility[number] = this.#facility.values[branch] as number;
      sections.branchArea[number] = this.#area.values[branch] as number;
      sections.branchHours[number] = this.#hours.values[branch] as number;
    }
    const branchNumbers = inverse(branchOrder);
    // A vendor's branches were added one after the other.
    const firsts = new Uint32Array(vendorOrder.length);
    for (let vendor = 1; vendor < firsts.length; vendor++) {
      firsts[vendor] = (firsts[vendor - 1] as number) + (this.#branchCounts.values[vendor - 1] as number);
    }
    for (const [number, vendor] of vendorOrder.entries()) {
      const first = firsts[vendor] as number;
      const own = branchNumbers.subarray(first, first + (this.#branchCounts.values[vendor] as number));
      sections.vendorBranches.set(own, sections.vendorStarts[number]);
    }
  }
}

/** Where each number stands in an order of all of them. */
function inverse(order: Uint32Array): Uint32Array {
  const places = new Uint32Array(order.length);
  for (const [at, number] of order.entries()) places[number] = at;
  return places;
}

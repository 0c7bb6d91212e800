import { byCodePoint, sortName } from '../../../model/comparators.ts';
import type { PublishableRelease, ReleaseContent } from '../../../model/release.ts';
import { vocabularyOf } from '../../../model/text/vocabulary/compiled-vocabulary.ts';
import type { Vendor } from '../../../model/vendor.ts';
import { fillColumnsByVendor } from '../file/columns-by-vendor.ts';
import { allocateIndex, type SectionName, type Sections, sealIndex } from '../file/index-format.ts';
import { type IndexMetadata, writeJson } from '../file/index-metadata.ts';
import { PermitPages, vendorRecord } from '../file/vendor-records.ts';
import { BranchColumns } from './branch-columns.ts';
import { GrowableBytes, GrowableList } from './growable-buffers.ts';
import { buildPostings } from './postings-writer.ts';
import { SuggestionCollector } from './suggestion-collector.ts';
import { TermCollector } from './term-collector.ts';
import { ValueDictionary } from './value-dictionary.ts';
import { buildVendorPostings } from './vendor-postings.ts';

/** Builds the index file of a release. The same content yields the same bytes. */
export function buildIndex({
  vendors,
  origin,
  asOf,
  sources,
  branches,
  ...content
}: PublishableRelease): Uint8Array<ArrayBuffer> {
  const builder = new IndexBuilder(content);
  for (const vendor of vendors) builder.add(vendor);
  return new Uint8Array(builder.finish());
}

/** Builds an index vendor by vendor, so that a release need not be in memory as a whole. */
export class IndexBuilder {
  readonly #content: Omit<ReleaseContent, 'vendors'>;
  readonly #terms: TermCollector;
  readonly #ids: string[] = [];
  readonly #names: string[] = [];
  readonly #records = new GrowableBytes();
  readonly #branchCounts = new GrowableList();
  readonly #categoryStarts = new GrowableList();
  readonly #categories = new GrowableList();
  readonly #categoryValues = new ValueDictionary<string>('category');
  readonly #branches = new BranchColumns();
  readonly #permitPages = new PermitPages();
  readonly #suggestions = new SuggestionCollector();

  constructor(content: Omit<ReleaseContent, 'vendors'>) {
    this.#content = content;
    this.#terms = new TermCollector(vocabularyOf(content.city.synonyms, content.city.vocabulary));
  }

  /** @throws RangeError if a column has too many distinct values. */
  add(vendor: Vendor): void {
    const number = this.#ids.length;
    this.#ids.push(vendor.id);
    this.#names.push(sortName(vendor));
    this.#records.add(writeJson(vendorRecord(vendor, this.#permitPages)));
    this.#branchCounts.push(vendor.branches.length);
    this.#categoryStarts.push(this.#categories.length);
    for (const category of vendor.categories) this.#categories.push(this.#categoryValues.number(category));
    this.#suggestions.add(vendor, this.#terms.add(vendor));
    for (const branch of vendor.branches) this.#branches.add(branch, number);
  }

  /** Returns the index file. The builder cannot be used afterwards. */
  finish(): ArrayBuffer {
    const vendorOrder = this.#vendorsBy(this.#names);
    const bounds = this.#branches.bounds();
    const branchOrder = this.#branches.order(bounds);
    const [vendors, branches] = [vendorOrder.length, branchOrder.length];
    const metadata = writeJson(this.#metadata(bounds));
    const postings = buildPostings(this.#terms, branchOrder, this.#branches.vendors);
    const ofVendors = buildVendorPostings(this.#terms, vendorOrder, postings.termNumbers);
    const suggestions = this.#suggestions.finish({
      terms: this.#terms,
      termNumbers: postings.termNumbers,
      statuses: this.#branches.values.statuses,
      branchCounts: this.#branchCounts.values,
      branchStatus: this.#branches.statuses,
    });
    const texts = this.#terms.texts.finish({ termNumbers: postings.termNumbers, vendorOrder, branchOrder });
    const lengths: Record<SectionName, number> = {
      ...postings.lengths,
      ...ofVendors.lengths,
      ...this.#branches.hoursCollector.lengths,
      ...suggestions.lengths,
      ...texts.lengths,
      metadata: metadata.length,
      coordinates: branches * 2,
      vectors: branches * 3,
      mortonCodes: branches,
      branchVendor: branches,
      branchStatus: branches,
      branchFacility: branches,
      branchArea: branches,
      branchHours: branches,
      vendorStarts: vendors + 1,
      vendorBranches: branches,
      vendorCategoryStarts: vendors + 1,
      vendorCategories: this.#categories.length,
      vendorsById: vendors,
      recordStarts: vendors,
      recordEnds: vendors,
      records: this.#records.length,
      statusByVendor: branches,
      facilityByVendor: branches,
      areaByVendor: branches,
      hoursByVendor: branches,
    };
    const { file, sections } = allocateIndex(lengths);
    sections.metadata.set(metadata);
    const vendorNumbers = inverse(vendorOrder);
    this.#fillVendors(sections, vendorOrder);
    this.#fillVendorBranches(sections, vendorOrder, branchOrder);
    sections.vendorsById.set(this.#vendorsBy(this.#ids).map((vendor) => vendorNumbers[vendor] as number));
    this.#branches.fill(sections, bounds, branchOrder, vendorNumbers);
    fillColumnsByVendor(sections);
    postings.fill(sections);
    ofVendors.fill(sections);
    suggestions.fill(sections);
    texts.fill(sections);
    sealIndex(file);
    return file;
  }

  /** Vendors in the order of a text and then of their ids, both by code point; equal ones in the release's order. */
  #vendorsBy(texts: readonly string[]): Uint32Array {
    // Without characters above U+D7FF, the built-in comparison of UTF-16 units has the order of code points.
    const isPlain = [texts, this.#ids].every((list) => list.every((text) => !/[\ud800-\uffff]/.test(text)));
    const compare = isPlain ? (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0) : byCodePoint;
    const at = (list: readonly string[], number: number) => list[number] as string;
    const order = Uint32Array.from(texts, (_, number) => number);
    return order.sort((a, b) => compare(at(texts, a), at(texts, b)) || compare(at(this.#ids, a), at(this.#ids, b)));
  }

  #metadata(bounds: IndexMetadata['bounds']): IndexMetadata {
    return {
      content: this.#content,
      bounds,
      vendors: this.#ids.length,
      branches: this.#branches.length,
      ...this.#branches.values,
      categories: this.#categoryValues.values,
      permitPages: this.#permitPages.patterns,
      words: this.#terms.dataWords(),
      statusTotals: this.#branches.statusTotals(),
    };
  }

  #fillVendors(sections: Sections, vendorOrder: Uint32Array): void {
    const starts = this.#records.moveTo(sections.records);
    let [branches, categories] = [0, 0];
    for (const [number, vendor] of vendorOrder.entries()) {
      sections.vendorStarts[number] = branches;
      branches += this.#branchCounts.values[vendor] as number;
      sections.vendorCategoryStarts[number] = categories;
      const isLast = vendor + 1 === this.#ids.length;
      const end = isLast ? this.#categories.length : (this.#categoryStarts.values[vendor + 1] as number);
      const own = this.#categories.values.subarray(this.#categoryStarts.values[vendor], end);
      sections.vendorCategories.set(own, categories);
      categories += own.length;
      sections.recordStarts[number] = starts[vendor] as number;
      sections.recordEnds[number] = starts[vendor + 1] as number;
    }
    sections.vendorStarts[vendorOrder.length] = branches;
    sections.vendorCategoryStarts[vendorOrder.length] = categories;
  }

  #fillVendorBranches(sections: Sections, vendorOrder: Uint32Array, branchOrder: Uint32Array): void {
    const branchNumbers = inverse(branchOrder);
    // A vendor's branches were added one after another.
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

/** The position of each number in an order of all of them. */
function inverse(order: Uint32Array): Uint32Array {
  const positions = new Uint32Array(order.length);
  for (const [at, number] of order.entries()) positions[number] = at;
  return positions;
}

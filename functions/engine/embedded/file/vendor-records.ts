import { sortName } from '../../../model/comparators.ts';
import type { Interval } from '../../../model/hours/week.ts';
import type { Branch, BranchHours, HoursSource, Vendor } from '../../../model/vendor.ts';
import type { Sections } from './index-format.ts';
import { type IndexMetadata, readJson } from './index-metadata.ts';

/** Its page as a number of the facts' `permitPages` where the permit's name stands in the address, else as it is. */
type Permit = readonly [permit: string | null, url: string | number | null, expires: string | null];
type BranchRecord = readonly [id: string, address: string | null, permit: number];

/** A vendor as it is stored. What the columns have is not repeated, and a permit of many branches stands once. */
type VendorRecord = readonly [
  id: string,
  name: string,
  otherNames: readonly string[],
  items: readonly string[],
  searchText: readonly string[],
  categories: readonly string[],
  drinks: 0 | 1,
  permits: readonly Permit[],
  branches: readonly BranchRecord[],
];

type HoursRecord = readonly [source: HoursSource, text: string | null, complete: 0 | 1];

/** Stands for a permit's name in the address of its page; no text of a city's data has it. */
const HERE = '\u0000';

/** Addresses are patterns, of which a city has a few: where each is another one, no more than these are made one. */
const MOST_PAGES = 1_000;

/** Numbers the patterns of permits' pages, of which a tenth of an index would be repetition. */
export class PermitPages {
  readonly patterns: string[] = [];
  readonly #numbers = new Map<string, number>();

  /** What stands for an address in a record. */
  shorten(permit: string | null, url: string | null): string | number | null {
    if (!permit || !url?.includes(permit) || url.includes(HERE)) return url;
    const pattern = url.split(permit).join(HERE);
    const known = this.#numbers.get(pattern);
    if (known !== undefined) return known;
    if (this.patterns.length === MOST_PAGES) return url;
    this.#numbers.set(pattern, this.patterns.length);
    return this.patterns.push(pattern) - 1;
  }
}

export function vendorRecord(vendor: Vendor, pages: PermitPages): VendorRecord {
  const permits = new Map<string, Permit>();
  const branches = vendor.branches.map(({ id, address, permit, permitUrl, expires }): BranchRecord => {
    const key = `${permit}\n${permitUrl}\n${expires}`;
    if (!permits.has(key)) permits.set(key, [permit, pages.shorten(permit, permitUrl), expires]);
    return [id, address, [...permits.keys()].indexOf(key)];
  });
  const { id, name, otherNames, items, searchText, categories, drinks } = vendor;
  return [id, name, otherNames, items, searchText, categories, drinks ? 1 : 0, [...permits.values()], branches];
}

export function hoursRecord({ source, text, complete }: BranchHours): HoursRecord {
  return [source, text, complete ? 1 : 0];
}

/** Vendors whose records are kept decoded take at most this part of the records' bytes, or 256 kB. */
const KEPT_PART = 1 / 8;
const KEPT_BYTES = 262_144;

/** A vendor, and its name as it is sorted. */
export type DecodedVendor = { readonly vendor: Vendor; readonly name: string };

/** Reads vendors by their number; the last ones read are kept. */
export function createRecordReader(sections: Sections, facts: IndexMetadata): (vendor: number) => DecodedVendor {
  const { recordStarts, recordEnds, records } = sections;
  const hours: BranchHours[] = [];
  const hoursAt = (number: number) => {
    hours[number] ??= readHours(sections, number);
    return hours[number];
  };
  const kept = new Map<number, DecodedVendor>();
  const room = Math.max(KEPT_BYTES, records.length * KEPT_PART);
  const sizeOf = (number: number) => (recordEnds[number] as number) - (recordStarts[number] as number);
  let used = 0;
  return (number) => {
    const known = kept.get(number);
    if (known) return known;
    const vendor = readVendor(sections, facts, number, hoursAt);
    const read = { vendor, name: sortName(vendor) };
    kept.set(number, read);
    used += sizeOf(number);
    for (const oldest of kept.keys()) {
      if (used <= room) break;
      kept.delete(oldest);
      used -= sizeOf(oldest);
    }
    return read;
  };
}

function readVendor(
  sections: Sections,
  facts: IndexMetadata,
  number: number,
  hoursAt: (number: number) => BranchHours,
): Vendor {
  const { recordStarts, recordEnds, records, vendorStarts, vendorBranches, places } = sections;
  const [id, name, otherNames, items, searchText, categories, drinks, permits, branches] = readJson(
    records.subarray(recordStarts[number], recordEnds[number]),
  ) as VendorRecord;
  const first = vendorStarts[number] as number;
  return {
    id,
    name,
    otherNames,
    items,
    searchText,
    categories,
    drinks: drinks === 1,
    branches: branches.map(([branchId, address, permitAt], at): Branch => {
      const branch = vendorBranches[first + at] as number;
      const [permit, page, expires] = permits[permitAt] as Permit;
      return {
        id: branchId,
        lat: places[branch * 2] as number,
        lon: places[branch * 2 + 1] as number,
        address,
        facility: facts.facilities[sections.branchFacility[branch] as number] as string,
        status: facts.statuses[sections.branchStatus[branch] as number] as string,
        permit,
        permitUrl: typeof page === 'number' ? pageOf(facts, page, permit) : page,
        expires,
        area: facts.areas[sections.branchArea[branch] as number] as string | null,
        hours: hoursAt(sections.branchHours[branch] as number),
      };
    }),
  };
}

function pageOf({ permitPages }: IndexMetadata, page: number, permit: string | null): string {
  // Not as a pattern of what to put in: a permit's name may have a $.
  return (permitPages[page] as string).split(HERE).join(permit ?? '');
}

function readHours({ weekStarts, weeks, hoursTextStarts, hoursTexts }: Sections, number: number): BranchHours {
  const bytes = hoursTexts.subarray(hoursTextStarts[number], hoursTextStarts[number + 1]);
  const [source, text, complete] = readJson(bytes) as HoursRecord;
  const week: Interval[] = [];
  const end = weekStarts[number + 1] as number;
  for (let at = weekStarts[number] as number; at < end; at += 2) {
    week.push([weeks[at] as number, weeks[at + 1] as number]);
  }
  return { source, text, week, complete: complete === 1 };
}

import { sortName } from '../../../model/comparators.ts';
import type { Interval } from '../../../model/hours/week.ts';
import type { Branch, BranchHours, HoursSource, Vendor } from '../../../model/vendor.ts';
import type { Sections } from './index-format.ts';
import { type IndexMetadata, readJson } from './index-metadata.ts';

/** `url` is an index into the metadata's `permitPages` if the URL contains the permit, otherwise the URL itself. */
type Permit = readonly [permit: string | null, url: string | number | null, expires: string | null];
type BranchRecord = readonly [id: string, address: string | null, permit: number, ...descriptions: string[]];

/** A stored vendor, without what the columns hold. A permit that several branches share is stored once. */
export type VendorRecord = readonly [
  id: string,
  name: string,
  otherNames: readonly string[],
  items: readonly string[],
  /** How many of the last items are past ones. */
  pastItems: number,
  searchText: readonly string[],
  categories: readonly string[],
  drinks: 0 | 1,
  permits: readonly Permit[],
  branches: readonly BranchRecord[],
];

type HoursRecord = readonly [source: HoursSource, text: string | null, complete: 0 | 1];

/** Placeholder for the permit in the pattern of its page's URL. No text in a city's data contains it. */
const PLACEHOLDER = '\u0000';

/** A city's page URLs follow a few patterns. If every URL is different, no more patterns than this are stored. */
const MAX_PATTERNS = 1_000;

/** Numbers the patterns of permit page URLs, whose repetition would fill a tenth of an index. */
export class PermitPages {
  readonly patterns: string[] = [];
  readonly #numbers = new Map<string, number>();

  /** The number of the URL's pattern, or the URL itself if it has none. */
  shorten(permit: string | null, url: string | null): string | number | null {
    if (!permit || !url?.includes(permit) || url.includes(PLACEHOLDER)) return url;
    const pattern = url.split(permit).join(PLACEHOLDER);
    const known = this.#numbers.get(pattern);
    if (known !== undefined) return known;
    if (this.patterns.length === MAX_PATTERNS) return url;
    this.#numbers.set(pattern, this.patterns.length);
    return this.patterns.push(pattern) - 1;
  }
}

export function vendorRecord(vendor: Vendor, pages: PermitPages): VendorRecord {
  const permits = new Map<string, { readonly at: number; readonly permit: Permit }>();
  const branches = vendor.branches.map(({ id, address, descriptions, permit, permitUrl, expires }): BranchRecord => {
    const key = `${permit}\n${permitUrl}\n${expires}`;
    const known = permits.get(key) ?? {
      at: permits.size,
      permit: [permit, pages.shorten(permit, permitUrl), expires],
    };
    permits.set(key, known);
    return [id, address, known.at, ...descriptions];
  });
  const { id, name, otherNames, items, pastItems, searchText, categories, drinks } = vendor;
  return [
    id,
    name,
    otherNames,
    items,
    pastItems.length,
    searchText,
    categories,
    drinks ? 1 : 0,
    Array.from(permits.values(), ({ permit }) => permit),
    branches,
  ];
}

export function hoursRecord({ source, text, complete }: BranchHours): HoursRecord {
  return [source, text, complete ? 1 : 0];
}

/** Decoded vendors are cached up to this share of the size of all records, or up to 256 kB if that is more. */
const CACHE_SHARE = 1 / 8;
const MIN_CACHE_BYTES = 262_144;

/** A vendor, and the name by which it is sorted. */
export type DecodedVendor = { readonly vendor: Vendor; readonly name: string };

/** Returns a function that reads a vendor by its number and caches the last vendors read. */
export function createRecordReader(sections: Sections, metadata: IndexMetadata): (vendor: number) => DecodedVendor {
  const { recordStarts, recordEnds, records } = sections;
  const hours: BranchHours[] = [];
  const hoursAt = (number: number) => {
    hours[number] ??= readHours(sections, number);
    return hours[number];
  };
  const cache = new Map<number, DecodedVendor>();
  const capacity = Math.max(MIN_CACHE_BYTES, records.length * CACHE_SHARE);
  const sizeOf = (number: number) => (recordEnds[number] as number) - (recordStarts[number] as number);
  let used = 0;
  return (number) => {
    const cached = cache.get(number);
    if (cached) return cached;
    const vendor = readVendor(sections, metadata, number, hoursAt);
    const decoded = { vendor, name: sortName(vendor) };
    cache.set(number, decoded);
    used += sizeOf(number);
    for (const oldest of cache.keys()) {
      if (used <= capacity) break;
      cache.delete(oldest);
      used -= sizeOf(oldest);
    }
    return decoded;
  };
}

function readVendor(
  sections: Sections,
  metadata: IndexMetadata,
  number: number,
  hoursAt: (number: number) => BranchHours,
): Vendor {
  const { recordStarts, recordEnds, records, vendorStarts, vendorBranches, coordinates } = sections;
  const [id, name, otherNames, items, past, searchText, categories, drinks, permits, branches] = readJson(
    records.subarray(recordStarts[number], recordEnds[number]),
  ) as VendorRecord;
  const first = vendorStarts[number] as number;
  return {
    id,
    name,
    otherNames,
    items,
    pastItems: items.slice(items.length - past),
    searchText,
    categories,
    drinks: drinks === 1,
    branches: branches.map(([branchId, address, permitAt, ...descriptions], at): Branch => {
      const branch = vendorBranches[first + at] as number;
      const [permit, page, expires] = permits[permitAt] as Permit;
      return {
        id: branchId,
        lat: coordinates[branch * 2] as number,
        lon: coordinates[branch * 2 + 1] as number,
        address,
        descriptions,
        facility: metadata.facilities[sections.branchFacility[branch] as number] as string,
        status: metadata.statuses[sections.branchStatus[branch] as number] as string,
        permit,
        permitUrl: typeof page === 'number' ? pageOf(metadata, page, permit) : page,
        expires,
        area: metadata.areas[sections.branchArea[branch] as number] as string | null,
        hours: hoursAt(sections.branchHours[branch] as number),
      };
    }),
  };
}

function pageOf({ permitPages }: IndexMetadata, page: number, permit: string | null): string {
  // `split` and `join` instead of `replace`: a permit may contain a $, which `replace` would interpret.
  return (permitPages[page] as string).split(PLACEHOLDER).join(permit ?? '');
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

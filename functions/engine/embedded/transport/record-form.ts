import { byCodePoint } from '../../../model/comparators.ts';
import type { Sections } from '../file/index-format.ts';
import { type IndexMetadata, readJson, writeJson } from '../file/index-metadata.ts';
import type { VendorRecord } from '../file/vendor-records.ts';
import type { PackedReader } from './packed-reader.ts';
import type { PackedWriter } from './packed-writer.ts';

type Permit = VendorRecord[8][number];
type BranchRecord = VendorRecord[9][number];

/**
 * The records as columns, in their order: of vendors, of their permits and of their branches. Categories and the numbers of branches are
 * in other sections.
 */
type RecordColumns = readonly [
  vendors: readonly [
    ids: readonly string[],
    names: readonly string[],
    otherNames: readonly (readonly string[])[],
    items: readonly (readonly string[])[],
    pastItems: readonly number[],
    searchTexts: readonly (readonly string[])[],
    drinks: readonly (0 | 1)[],
    permits: readonly number[],
  ],
  permits: readonly [permits: readonly Permit[0][], urls: readonly Permit[1][], expires: readonly Permit[2][]],
  branches: readonly [
    ids: readonly string[],
    addresses: readonly BranchRecord[1][],
    permits: readonly number[],
    descriptions: readonly (readonly string[])[],
  ],
];

export function readRecords(sections: Sections, input: PackedReader): void {
  const { vendorStarts, vendorCategoryStarts, vendorCategories, recordStarts, recordEnds, records } = sections;
  const { categories } = readJson(sections.metadata) as IndexMetadata;
  const order = new Uint32Array(recordEnds.length);
  let last = -1;
  for (let at = 0; at < order.length; at++) {
    last += 1 + input.signed();
    order[at] = last;
  }
  const [vendors, permits, branches] = input.json() as RecordColumns;
  const [ids, names, otherNames, items, pastItems, searchTexts, drinks, permitCounts] = vendors;
  const [branchIds, addresses, branchPermits, descriptions] = branches;
  let byte = 0;
  let permit = 0;
  let branch = 0;
  for (let at = 0; at < order.length; at++) {
    const vendor = order[at] as number;
    const ofVendor = vendorCategories.subarray(vendorCategoryStarts[vendor], vendorCategoryStarts[vendor + 1]);
    const permitEnd = permit + (permitCounts[at] as number);
    const ownPermits: Permit[] = [];
    for (; permit < permitEnd; permit++) {
      ownPermits.push([
        permits[0][permit] as Permit[0],
        permits[1][permit] as Permit[1],
        permits[2][permit] as Permit[2],
      ]);
    }
    const branchEnd = branch + (vendorStarts[vendor + 1] as number) - (vendorStarts[vendor] as number);
    const ownBranches: BranchRecord[] = [];
    for (; branch < branchEnd; branch++) {
      const own = [branchIds[branch], addresses[branch], branchPermits[branch], ...(descriptions[branch] ?? [])];
      ownBranches.push(own as unknown as BranchRecord);
    }
    const record: VendorRecord = [
      ids[at] as string,
      names[at] as string,
      otherNames[at] as string[],
      items[at] as string[],
      pastItems[at] as number,
      searchTexts[at] as string[],
      Array.from(ofVendor, (category) => categories[category] as string),
      drinks[at] as 0 | 1,
      ownPermits,
      ownBranches,
    ];
    recordStarts[vendor] = byte;
    const bytes = writeJson(record);
    records.set(bytes, byte);
    byte += bytes.length;
    recordEnds[vendor] = byte;
  }
  const idOrder = [...ids.keys()].sort((a, b) => byCodePoint(ids[a] as string, ids[b] as string));
  sections.vendorsById.set(idOrder.map((at) => order[at] as number));
}

export function writeRecords(sections: Sections, output: PackedWriter): void {
  const { recordStarts, recordEnds, records } = sections;
  const order = recordStarts.map((_, vendor) => vendor);
  order.sort((a, b) => (recordStarts[a] as number) - (recordStarts[b] as number));
  for (const [at, vendor] of order.entries()) output.signed(vendor - (order[at - 1] ?? -1) - 1);
  const all = Array.from(
    order,
    (vendor) => readJson(records.subarray(recordStarts[vendor], recordEnds[vendor])) as VendorRecord,
  );
  const permits = all.flatMap((record) => record[8]);
  const branches = all.flatMap((record) => record[9]);
  const columns: RecordColumns = [
    [
      all.map((record) => record[0]),
      all.map((record) => record[1]),
      all.map((record) => record[2]),
      all.map((record) => record[3]),
      all.map((record) => record[4]),
      all.map((record) => record[5]),
      all.map((record) => record[7]),
      all.map((record) => record[8].length),
    ],
    [permits.map((one) => one[0]), permits.map((one) => one[1]), permits.map((one) => one[2])],
    [
      branches.map(([id]) => id),
      branches.map(([, address]) => address),
      branches.map(([, , permit]) => permit),
      branches.map(([, , , ...descriptions]) => descriptions),
    ],
  ];
  output.json(columns);
}

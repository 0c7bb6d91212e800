import type { Sections } from './index-format.ts';

const COLUMNS = [
  ['statusByVendor', 'branchStatus'],
  ['facilityByVendor', 'branchFacility'],
  ['areaByVendor', 'branchArea'],
  ['hoursByVendor', 'branchHours'],
] as const;

/** Writes the columns in the order of vendors. Needs those in the order of branches, and `vendorBranches`. */
export function fillColumnsByVendor(sections: Sections): void {
  const { vendorBranches } = sections;
  for (const [byVendor, byBranch] of COLUMNS) {
    const target = sections[byVendor];
    const source = sections[byBranch];
    for (let at = 0; at < vendorBranches.length; at++) target[at] = source[vendorBranches[at] as number] as number;
  }
}

import type { Sections } from './index-format.ts';

/** Writes the columns in the order of vendors. Needs those in the order of branches, and `vendorBranches`. */
export function fillColumnsByVendor(sections: Sections): void {
  for (const [at, branch] of sections.vendorBranches.entries()) {
    sections.statusByVendor[at] = sections.branchStatus[branch] as number;
    sections.facilityByVendor[at] = sections.branchFacility[branch] as number;
    sections.areaByVendor[at] = sections.branchArea[branch] as number;
    sections.hoursByVendor[at] = sections.branchHours[branch] as number;
  }
}

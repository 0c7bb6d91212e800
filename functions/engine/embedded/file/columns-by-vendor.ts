import type { Sections } from './index-format.ts';

/** Writes the columns in the order of vendors. Needs those in the order of branches, and `vendorBranches`. */
export function fillColumnsByVendor(sections: Sections): void {
  const { vendorBranches, branchStatus, branchFacility, branchArea, branchHours } = sections;
  const { statusByVendor, facilityByVendor, areaByVendor, hoursByVendor } = sections;
  for (let at = 0; at < vendorBranches.length; at++) {
    const branch = vendorBranches[at] as number;
    statusByVendor[at] = branchStatus[branch] as number;
    facilityByVendor[at] = branchFacility[branch] as number;
    areaByVendor[at] = branchArea[branch] as number;
    hoursByVendor[at] = branchHours[branch] as number;
  }
}

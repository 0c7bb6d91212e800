import type { Release } from '../../../../functions/model/release.ts';
import { countBranches, type Vendor } from '../../../../functions/model/vendor.ts';
import { cityAround, syntheticContent, syntheticVendors } from '../../../fixtures/synthetic-city.ts';

const CENTER = { lat: 37.76, lon: -122.44 };
/** Branches of each vendor at most: 10,000 vendors are no more branches than a site may have. */
const MOST_EACH = 2;

/** An invented city with a number of vendors. */
export function cityOf(count: number): Release {
  const vendors: Vendor[] = [];
  // No vendor has more than 60 branches.
  for (const vendor of syntheticVendors(count * 70, cityAround(CENTER))) {
    vendors.push({ ...vendor, branches: vendor.branches.slice(0, MOST_EACH) });
    if (vendors.length === count) break;
  }
  return releaseOf(vendors);
}

/** An invented city with a number of branches. */
export function cityOfBranches(count: number): Release {
  return releaseOf([...syntheticVendors(count, cityAround(CENTER))]);
}

function releaseOf(vendors: readonly Vendor[]): Release {
  const content = syntheticContent(countBranches(vendors), CENTER);
  return { ...content, vendors, origin: 'given', asOf: '2026-09-01', sources: [] };
}

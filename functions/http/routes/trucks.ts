import { byCodePoint } from '../../model/comparators.ts';
import { momentAt } from '../../model/hours/clock.ts';
import type { BranchHit } from '../../model/query.ts';
import type { Vendor } from '../../model/vendor.ts';
import type { TruckPage } from '../openapi/schemas/truck-page.ts';
import { readParams } from '../params/parse.ts';
import type { BranchPlace } from '../responses/places.ts';
import { dataWarnings, type ResponseSource, responseMeta } from '../responses/provenance.ts';
import { truckResponse } from '../responses/truck.ts';

export type { TruckPage } from '../openapi/schemas/truck-page.ts';

/** Builds the answer; `open` is judged at the answer's own time. */
export function truckPage(vendor: Vendor, params: URLSearchParams, source: ResponseSource): TruckPage {
  const { about, now } = source;
  const { zone } = about.city;
  const moment = momentAt(Math.floor(now / 60_000) * 60_000, zone);
  return {
    truck: truckResponse(vendor, branchesOf(vendor), { moment, zone }),
    warnings: [...readParams({}, params).warnings, ...dataWarnings(about)],
    meta: responseMeta(source),
    attribution: about.city.attribution,
  };
}

/** A vendor's branches as places, for its calendar. */
export function vendorPlaces(vendor: Vendor): BranchPlace[] {
  return branchesOf(vendor).map((hit) => ({ ...hit, vendor }));
}

function branchesOf({ branches }: Vendor): BranchHit[] {
  return [...branches].sort((a, b) => byCodePoint(a.id, b.id)).map((branch) => ({ branch, distanceMetres: null }));
}

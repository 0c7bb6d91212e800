import type { BranchHit, SearchResult } from '../../model/query.ts';
import type { Vendor } from '../../model/vendor.ts';
import type { PlaceProperties } from '../openapi/schemas/place.ts';
import { MOST_PLACES } from '../params/parameters.ts';

/** A branch with its vendor: one feature of GeoJSON, one line of CSV, one or more events of a calendar. */
export type BranchPlace = BranchHit & { readonly vendor: Vendor };

/** The hits as places, in their order. */
export function placesOf({ hits }: Pick<SearchResult, 'hits'>): BranchPlace[] {
  return hits.flatMap(({ vendor, branches }) => branches.map((branch) => ({ ...branch, vendor })));
}

/** A release as places, without an origin. */
export function allPlaces(vendors: readonly Vendor[]): BranchPlace[] {
  return vendors.flatMap((vendor) => vendor.branches.map((branch) => ({ vendor, branch, distanceMetres: null })));
}

/**
 * The first hits that have at most so many branches together. A vendor is never split, because a page ends with a
 * vendor; the first one is there whatever its size.
 */
export function atMostPlaces(result: SearchResult, most = MOST_PLACES): SearchResult {
  let branches = 0;
  const cut = result.hits.findIndex((hit, at) => {
    branches += hit.branches.length;
    return at > 0 && branches > most;
  });
  return cut < 0 ? result : { ...result, hits: result.hits.slice(0, cut), more: true };
}

/** Builds them. `null` stands where the data has nothing. */
export function placeProperties({ vendor, branch }: BranchPlace): PlaceProperties {
  return {
    vendor_id: vendor.id,
    vendor: vendor.name,
    items: [...vendor.items],
    categories: [...vendor.categories],
    drinks: vendor.drinks,
    address: branch.address,
    facility: branch.facility,
    status: branch.status,
    permit: branch.permit,
    permit_url: branch.permitUrl,
    expires: branch.expires,
    area: branch.area,
    hours: branch.hours.text,
    hours_source: branch.hours.source,
    hours_complete: branch.hours.complete,
    week: branch.hours.week.map(([start, end]) => [start, end] as const),
  };
}

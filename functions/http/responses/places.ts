import type { BranchHit, SearchResult } from '../../model/query.ts';
import type { Vendor } from '../../model/vendor.ts';
import type { PlaceProperties } from '../openapi/schemas/place.ts';
import { MAX_PLACES } from '../params/parameters.ts';
import { weekResponse } from './branch.ts';

/** A branch with its vendor: one feature of GeoJSON, one line of CSV, the events of a calendar. */
export type Place = BranchHit & { readonly vendor: Vendor };

/** The branches of a search result, in its order. */
export function placesOf({ hits }: Pick<SearchResult, 'hits'>): Place[] {
  return hits.flatMap(({ vendor, branches }) => branches.map((branch) => ({ ...branch, vendor })));
}

/** The branches of a release, without distances. */
export function* allPlaces(vendors: readonly Vendor[]): Generator<Place> {
  for (const vendor of vendors) {
    for (const branch of vendor.branches) yield { vendor, branch, distanceMetres: null };
  }
}

/**
 * The first hits that have at most `max` branches together. A vendor is never split, because a page ends with a vendor; the first
 * one is included whatever its size.
 */
export function limitPlaces(result: SearchResult, max = MAX_PLACES): SearchResult {
  let branches = 0;
  const cut = result.hits.findIndex((hit, at) => {
    branches += hit.branches.length;
    return at > 0 && branches > max;
  });
  return cut < 0 ? result : { ...result, hits: result.hits.slice(0, cut), more: true };
}

/** The properties of a place that do not depend on a search. */
export function placeProperties({ vendor, branch }: Place): PlaceProperties {
  return {
    vendor_id: vendor.id,
    vendor: vendor.name,
    items: [...vendor.items],
    past: [...vendor.pastItems],
    categories: [...vendor.categories],
    drinks: vendor.drinks,
    address: branch.address,
    location_descriptions: [...branch.descriptions],
    facility: branch.facility,
    status: branch.status,
    permit: branch.permit,
    permit_url: branch.permitUrl,
    expires: branch.expires,
    area: branch.area,
    hours: branch.hours.text,
    hours_source: branch.hours.source,
    hours_complete: branch.hours.complete,
    week: weekResponse(branch.hours),
  };
}

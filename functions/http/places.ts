import * as z from 'zod/mini';
import type { BranchHit, SearchResult } from '../model/query.ts';
import type { Vendor } from '../model/vendor.ts';
import { hoursSourceSchema, weekSchema } from './branch-answer.ts';
import { MOST_PLACES } from './params.ts';
import { orNull, said } from './wire.ts';

/** A branch with its vendor: one feature of GeoJSON, one line of CSV, one or more events of a calendar. */
export type Place = BranchHit & { readonly vendor: Vendor };

/** The hits as places, in their order. */
export function placesOf({ hits }: Pick<SearchResult, 'hits'>): Place[] {
  return hits.flatMap(({ vendor, branches }) => branches.map((branch) => ({ ...branch, vendor })));
}

/** A release as places, without an origin. */
export function allPlaces(vendors: readonly Vendor[]): Place[] {
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

/** What is said of a place wherever it is one line or feature, whatever was asked. */
export const placeShape = {
  vendor_id: said(z.string(), 'For `/trucks/{id}`.'),
  vendor: said(z.string(), 'The name.'),
  items: said(z.array(z.string()), 'What the vendor sells.'),
  categories: z.array(z.string()),
  drinks: said(z.boolean(), 'True: pre-packed food and drinks.'),
  address: said(orNull(z.string()), 'As the city writes it.'),
  facility: said(z.string(), '`truck`, `push_cart`, … or `unknown`.'),
  status: said(z.string(), "The permit's state."),
  permit: said(orNull(z.string()), "The permit's number."),
  permit_url: said(orNull(z.string()), "The city's page about the permit."),
  expires: said(orNull(z.string()), 'Last day of the permit, `YYYY-MM-DD`.', { format: 'date' }),
  area: orNull(z.string()),
  hours: said(orNull(z.string()), 'When it is permitted to operate, for a person: `Mo-Fr:11AM-2PM`.'),
  hours_source: hoursSourceSchema(),
  hours_complete: said(z.boolean(), 'False: the source was cut off, other times are unknown.'),
  week: weekSchema(),
};

const placeSchema = z.object(placeShape);
export type PlaceProperties = z.infer<typeof placeSchema>;

/** Builds them. `null` stands where the data has nothing. */
export function placeProperties({ vendor, branch }: Place): PlaceProperties {
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

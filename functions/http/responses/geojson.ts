import type { Moment } from '../../model/hours/clock.ts';
import type { FoundFeature, GeojsonResponse, PlaceFeature } from '../openapi/schemas/geojson.ts';
import { openResponse, wholeMetres } from './branch.ts';
import { type BranchPlace, placeProperties, placesOf } from './places.ts';
import { minuteOf, responseMeta } from './provenance.ts';
import { queryEcho } from './query-echo.ts';
import { type ExecutedSearch, nextCursor, responseWarnings, type SearchResponseContext } from './search-response.ts';

export type { GeojsonResponse } from '../openapi/schemas/geojson.ts';

export const GEOJSON_TYPE = 'application/geo+json';

/** Where this answer is, and the one after it; relative links. */
export type PageLinks = { readonly self: string; readonly next: (cursor: string) => string };

/** Builds the answer. */
export function geojsonResponse(
  found: ExecutedSearch,
  context: SearchResponseContext,
  links: PageLinks,
): GeojsonResponse {
  const { request, about, now } = context;
  const places = placesOf(found.result);
  const cursor = nextCursor(found.result, context);
  const link = (rel: 'self' | 'next', href: string) => ({ rel, href, type: GEOJSON_TYPE });
  return {
    type: 'FeatureCollection',
    numberMatched: found.result.branches,
    numberReturned: places.length,
    timeStamp: minuteOf(now),
    links: [link('self', links.self), ...(cursor ? [link('next', links.next(cursor))] : [])],
    features: places.map((place) => foundFeature(place, request.moment, about.city.zone)),
    query: queryEcho(found.query, request.moment),
    facets: found.result.facets,
    relaxed: found.relaxed,
    warnings: responseWarnings(found, context, 'the link next'),
    meta: responseMeta(context),
    attribution: about.city.attribution,
  };
}

function foundFeature(place: BranchPlace, moment: Moment, zone: string): FoundFeature {
  const { type, id, geometry, properties } = placeFeature(place);
  const { branch, distanceMetres } = place;
  const asked = { distance_m: wholeMetres(distanceMetres), open: openResponse(branch.hours, moment, zone) };
  return { type, id, geometry, properties: { ...properties, ...asked } };
}

/** A place as it is in the data, for whoever asks no question. */
export function placeFeature(place: BranchPlace): PlaceFeature {
  const { id, lon, lat } = place.branch;
  const geometry: PlaceFeature['geometry'] = { type: 'Point', coordinates: [lon, lat] };
  return { type: 'Feature', id, geometry, properties: placeProperties(place) };
}

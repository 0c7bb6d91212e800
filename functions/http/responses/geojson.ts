import type { Moment } from '../../model/hours/clock.ts';
import type { GeojsonResponse, PlaceFeature, SearchFeature } from '../openapi/schemas/geojson.ts';
import { openResponse, wholeMetres } from './branch.ts';
import { jsonParts } from './json-parts.ts';
import { GEOJSON_TYPE } from './media-types.ts';
import { type Place, placeProperties, placesOf } from './places.ts';
import { floorToMinute, responseMeta } from './provenance.ts';
import { queryEcho } from './query-echo.ts';
import { type ExecutedSearch, nextCursor, type SearchResponseContext, searchWarnings } from './search-response.ts';

/** Relative links to a page of results and to the next one. */
export type PageLinks = { readonly self: string; readonly next: (cursor: string) => string };

/** The text of the GeoJSON of `/search`; the parts are its features. */
export function* geojsonParts(
  search: ExecutedSearch,
  context: SearchResponseContext,
  links: PageLinks,
): Generator<string> {
  yield* jsonParts(
    { ...withoutFeatures(search, context, links), features: [] },
    'features',
    featureTexts(search, context),
  );
}

function* featureTexts({ result }: ExecutedSearch, { request, about }: SearchResponseContext): Generator<string> {
  for (const place of placesOf(result)) {
    yield JSON.stringify(searchFeature(place, request.moment, about.city.zone));
  }
}

function withoutFeatures(search: ExecutedSearch, context: SearchResponseContext, links: PageLinks): GeojsonResponse {
  const { request, about, now } = context;
  const { query, result, relaxed } = search;
  const cursor = nextCursor(result, context);
  const link = (rel: 'self' | 'next', href: string) => ({ rel, href, type: GEOJSON_TYPE });
  return {
    type: 'FeatureCollection',
    numberMatched: result.branches,
    numberReturned: result.hits.reduce((sum, { branches }) => sum + branches.length, 0),
    timeStamp: floorToMinute(now),
    links: [link('self', links.self), ...(cursor ? [link('next', links.next(cursor))] : [])],
    features: [],
    query: queryEcho(query, request),
    facets: result.facets,
    relaxed,
    warnings: searchWarnings(search, context, 'the link "next" leads to the next page'),
    meta: responseMeta(context),
    attribution: about.city.attribution,
  };
}

function searchFeature(place: Place, moment: Moment, zone: string): SearchFeature {
  const { type, id, geometry, properties } = placeFeature(place);
  const distance_m = wholeMetres(place.distanceMetres);
  const open = openResponse(place.branch.hours, moment, zone);
  return { type, id, geometry, properties: { ...properties, distance_m, open } };
}

/** A place as a feature, without what depends on a search. */
export function placeFeature(place: Place): PlaceFeature {
  const { id, lon, lat } = place.branch;
  const geometry: PlaceFeature['geometry'] = { type: 'Point', coordinates: [lon, lat] };
  return { type: 'Feature', id, geometry, properties: placeProperties(place) };
}

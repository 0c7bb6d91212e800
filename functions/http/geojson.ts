import type { Moment } from '../model/clock.ts';
import { type AnswerContext, answerWarnings, type Found, nextCursor } from './answer.ts';
import { openAnswer, wholeMetres } from './branch-answer.ts';
import { type Place, placeProperties, placesOf } from './places.ts';
import { answerMeta, minuteOf } from './provenance.ts';
import { queryAnswer } from './query-answer.ts';
import type { FoundFeature, GeojsonAnswer, PlaceFeature } from './schemas/geojson.ts';

export type { GeojsonAnswer } from './schemas/geojson.ts';

export const GEOJSON_TYPE = 'application/geo+json';

/** Where this answer is, and the one after it; relative links. */
export type PageLinks = { readonly self: string; readonly next: (cursor: string) => string };

/** Builds the answer. */
export function geojsonAnswer(found: Found, context: AnswerContext, links: PageLinks): GeojsonAnswer {
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
    query: queryAnswer(found.query, request.moment),
    facets: found.result.facets,
    relaxed: found.relaxed,
    warnings: answerWarnings(found, context, 'the link next'),
    meta: answerMeta(context),
    attribution: about.city.attribution,
  };
}

function foundFeature(place: Place, moment: Moment, zone: string): FoundFeature {
  const { type, id, geometry, properties } = placeFeature(place);
  const { branch, distanceMetres } = place;
  const asked = { distance_m: wholeMetres(distanceMetres), open: openAnswer(branch.hours, moment, zone) };
  return { type, id, geometry, properties: { ...properties, ...asked } };
}

/** A place as it is in the data, for whoever asks no question. */
export function placeFeature(place: Place): PlaceFeature {
  const { id, lon, lat } = place.branch;
  const geometry: PlaceFeature['geometry'] = { type: 'Point', coordinates: [lon, lat] };
  return { type: 'Feature', id, geometry, properties: placeProperties(place) };
}

import * as z from 'zod/mini';
import type { Moment } from '../model/clock.ts';
import { type AnswerContext, answerWarnings, type Found, facetsSchema, nextCursor, relaxedSchema } from './answer.ts';
import { openAnswer, openSchema, wholeMetres } from './branch-answer.ts';
import { type Place, placeProperties, placeShape, placesOf } from './places.ts';
import { answerMeta, answerMetaSchema, attributionSchema, minuteOf, warningsSchema } from './provenance.ts';
import { queryAnswer, queryAnswerSchema } from './query-answer.ts';
import { named, orNull, said } from './wire.ts';

export const GEOJSON_TYPE = 'application/geo+json';

const geometrySchema = z.object({
  type: z.literal('Point'),
  coordinates: said(z.tuple([z.number(), z.number()]), '`[lon, lat]` in degrees, WGS84.'),
});

export const placeFeatureSchema = named(
  'PlaceFeature',
  'A branch as a GeoJSON feature.',
  z.object({
    type: z.literal('Feature'),
    id: said(z.string(), "The city's id of the place."),
    geometry: geometrySchema,
    properties: z.object(placeShape),
  }),
);

const foundFeatureSchema = named(
  'FoundFeature',
  'A branch that a search found, as a GeoJSON feature.',
  z.object({
    type: z.literal('Feature'),
    id: said(z.string(), "The city's id of the place."),
    geometry: geometrySchema,
    properties: z.object({
      ...placeShape,
      distance_m: said(orNull(z.int()), 'Whole metres from `query.lat`,`query.lon`; `null` without them.'),
      open: openSchema,
    }),
  }),
);

export const geojsonSchema = named(
  'FeatureCollection',
  'What a search found, as RFC 7946 has it, with the member names of OGC API Features and a few of ours.',
  z.object({
    type: z.literal('FeatureCollection'),
    numberMatched: said(z.int(), 'Branches that matched, whatever the limit.'),
    numberReturned: said(z.int(), 'Branches in this answer.'),
    timeStamp: said(z.string(), 'Time of the answer, RFC 3339.', { format: 'date-time' }),
    links: z.array(
      z.object({
        rel: z.enum(['self', 'next']),
        href: said(z.string(), "Relative to the API's root."),
        type: z.string(),
      }),
    ),
    features: z.array(foundFeatureSchema),
    query: queryAnswerSchema,
    facets: facetsSchema,
    relaxed: z.readonly(z.array(relaxedSchema)),
    warnings: warningsSchema(),
    meta: answerMetaSchema,
    attribution: attributionSchema,
  }),
);

/** `GET /search?format=geojson`. */
export type GeojsonAnswer = z.infer<typeof geojsonSchema>;

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

function foundFeature(place: Place, moment: Moment, zone: string): z.infer<typeof foundFeatureSchema> {
  const { type, id, geometry, properties } = placeFeature(place);
  const { branch, distanceMetres } = place;
  const asked = { distance_m: wholeMetres(distanceMetres), open: openAnswer(branch.hours, moment, zone) };
  return { type, id, geometry, properties: { ...properties, ...asked } };
}

/** A place as it is in the data, for whoever asks no question. */
export function placeFeature(place: Place): z.infer<typeof placeFeatureSchema> {
  const { id, lon, lat } = place.branch;
  const geometry = { type: 'Point', coordinates: [lon, lat] } satisfies z.infer<typeof geometrySchema>;
  return { type: 'Feature', id, geometry, properties: placeProperties(place) };
}

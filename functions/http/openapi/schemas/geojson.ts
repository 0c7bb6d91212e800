import * as z from 'zod/mini';
import { openSchema } from './branch.ts';
import { placeShape } from './place.ts';
import { answerMetaSchema, attributionSchema, warningsSchema } from './provenance.ts';
import { queryAnswerSchema } from './query.ts';
import { facetsSchema, relaxedSchema } from './search.ts';
import { named, orNull, said } from './wire.ts';

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
export type GeojsonResponse = z.infer<typeof geojsonSchema>;

export type PlaceFeature = z.infer<typeof placeFeatureSchema>;
export type FoundFeature = z.infer<typeof foundFeatureSchema>;

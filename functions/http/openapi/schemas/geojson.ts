import * as z from 'zod/mini';
import { openSchema } from './branch.ts';
import { placeShape } from './place.ts';
import { attributionSchema, responseMetaSchema, warningsSchema } from './provenance.ts';
import { queryEchoSchema } from './query.ts';
import { component, described, orNull } from './registry.ts';
import { facetsSchema, relaxedSchema } from './search.ts';

const geometrySchema = z.object({
  type: z.literal('Point'),
  coordinates: described(z.tuple([z.number(), z.number()]), '`[lon, lat]` in degrees, WGS84.'),
});

export const placeFeatureSchema = component(
  'PlaceFeature',
  'A branch as a GeoJSON feature.',
  z.object({
    type: z.literal('Feature'),
    id: described(z.string(), "The city's id of the place."),
    geometry: geometrySchema,
    properties: z.object(placeShape),
  }),
);

const searchFeatureSchema = component(
  'FoundFeature',
  'A branch found by a search, as a GeoJSON feature.',
  z.object({
    type: z.literal('Feature'),
    id: described(z.string(), "The city's id of the place."),
    geometry: geometrySchema,
    properties: z.object({
      ...placeShape,
      distance_m: described(orNull(z.int()), 'Whole metres from `query.lat`,`query.lon`; `null` without them.'),
      open: openSchema,
    }),
  }),
);

export const geojsonSchema = component(
  'FeatureCollection',
  'The result of a search as defined by RFC 7946, with the member names of OGC API Features and some of ours.',
  z.object({
    type: z.literal('FeatureCollection'),
    numberMatched: described(z.int(), 'Number of branches that matched, whatever the limit.'),
    numberReturned: described(z.int(), 'Number of branches in the response.'),
    timeStamp: described(z.string(), 'Time of the response, RFC 3339.', { format: 'date-time' }),
    links: z.array(
      z.object({
        rel: z.enum(['self', 'next']),
        href: described(z.string(), "Relative to the API's root."),
        type: z.string(),
      }),
    ),
    features: z.array(searchFeatureSchema),
    query: queryEchoSchema,
    facets: facetsSchema,
    relaxed: z.readonly(z.array(relaxedSchema)),
    warnings: warningsSchema(),
    meta: responseMetaSchema,
    attribution: attributionSchema,
  }),
);

/** `GET /search?format=geojson`. */
export type GeojsonResponse = z.infer<typeof geojsonSchema>;

export type PlaceFeature = z.infer<typeof placeFeatureSchema>;
export type SearchFeature = z.infer<typeof searchFeatureSchema>;

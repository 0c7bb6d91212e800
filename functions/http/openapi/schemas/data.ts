import * as z from 'zod/mini';
import { placeFeatureSchema } from './geojson.ts';
import { attributionSchema } from './provenance.ts';
import { named, said } from './wire.ts';

export const currentFilesSchema = named(
  'CurrentFiles',
  'Which release is current, and its files.',
  z.object({
    version: z.string(),
    files: z.array(
      z.object({
        name: z.string(),
        type: said(z.string(), 'The content type.'),
        href: said(z.string(), "Relative to the API's root. What is there never changes."),
      }),
    ),
  }),
);

export const placesSchema = named(
  'Places',
  'All places of a release, whatever the state of their permits: GeoJSON.',
  z.object({
    type: z.literal('FeatureCollection'),
    features: z.array(placeFeatureSchema),
    attribution: attributionSchema,
  }),
);

export const releaseSchema = named(
  'Release',
  'Everything that was loaded, as it is stored: the version ends with the first digits of the SHA-256 of these bytes. When and from where it was read is at `/meta`.',
  z.object({
    format: said(z.int(), 'Version of this shape.'),
    city: said(
      z.looseObject({ id: z.string(), name: z.string(), zone: z.string() }),
      'As at `/meta`, and its synonyms.',
    ),
    accounts: said(z.array(z.looseObject({ name: z.string() })), 'As at `/meta`.'),
    vendors: z.array(
      z.looseObject({
        id: z.string(),
        name: z.string(),
        items: z.array(z.string()),
        branches: z.array(z.looseObject({ id: z.string(), lat: z.number(), lon: z.number() })),
      }),
    ),
  }),
);

export const reportSchema = named(
  'QualityReport',
  "What the loader read, kept and dropped, with the city's ids of the rows behind each reason.",
  z.looseObject({ version: z.string(), warnings: z.array(z.string()) }),
);

/** `GET /data/current.json`. */
export type CurrentFiles = z.infer<typeof currentFilesSchema>;

/** `GET /data/{version}/places.geojson`. */
export type Places = z.infer<typeof placesSchema>;

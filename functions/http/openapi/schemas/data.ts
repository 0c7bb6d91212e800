import * as z from 'zod/mini';
import { placeFeatureSchema } from './geojson.ts';
import { attributionSchema } from './provenance.ts';
import { component, described, orNull } from './registry.ts';

export const currentFilesSchema = component(
  'CurrentFiles',
  'The current release and its files.',
  z.object({
    version: z.string(),
    files: z.array(
      z.object({
        name: z.string(),
        type: described(z.string(), 'The content type.'),
        href: described(z.string(), "Relative to the API's root. The file never changes."),
      }),
    ),
    index: z.optional(
      described(z.string(), "For the page's own search. Its file, relative to this one; absent for large cities."),
    ),
    provenance: z.optional(described(z.looseObject({ asOf: z.string() }), "For the page's own search.")),
    checkSeconds: z.optional(described(z.int(), "For the page's own search: when to look for newer data.")),
    tiles: z.optional(described(orNull(z.looseObject({ url: z.string() })), "For the page's own search.")),
    cities: z.optional(
      described(z.array(z.looseObject({ id: z.string(), page: z.string() })), 'As in `/meta`, if there are several.'),
    ),
  }),
);

export const placesSchema = component(
  'Places',
  'All places of a release as GeoJSON, whatever the status of their permits.',
  z.object({
    type: z.literal('FeatureCollection'),
    features: z.array(placeFeatureSchema),
    attribution: attributionSchema,
  }),
);

export const releaseSchema = component(
  'Release',
  'All data as it is stored. The version ends with the first digits of the SHA-256 of these bytes. `/meta` says when and from where it was read.',
  z.object({
    format: described(z.int(), 'Version of this format.'),
    city: described(
      z.looseObject({ id: z.string(), name: z.string(), zone: z.string() }),
      'The same as in `/meta`, and the synonyms.',
    ),
    accounts: described(z.array(z.looseObject({ name: z.string() })), 'The same as in `/meta`.'),
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

export const reportSchema = component(
  'QualityReport',
  "What the loader read, kept and dropped, with the city's ids of the rows for each reason.",
  z.looseObject({ version: z.string(), warnings: z.array(z.string()) }),
);

/** `GET /data/current.json`. */
export type CurrentFiles = z.infer<typeof currentFilesSchema>;

/** `GET /data/{version}/places.geojson`. */
export type Places = z.infer<typeof placesSchema>;

import * as z from 'zod/mini';
import { attributionSchema, responseMetaSchema } from './provenance.ts';
import { component, described, orNull } from './registry.ts';

export const metaSchema = component(
  'Meta',
  'The city, the data and its licence, and what a page needs to draw the map.',
  z.object({
    city: z.object({
      id: z.string(),
      name: z.string(),
      zone: described(z.string(), 'IANA time zone of all hours.'),
      bounds: described(
        z.object({ west: z.number(), south: z.number(), east: z.number(), north: z.number() }),
        'Degrees. Places outside are errors in the data.',
      ),
      center: z.object({ lat: z.number(), lon: z.number() }),
      report_url: described(orNull(z.string()), 'Where the city takes reports about a vendor or about wrong data.'),
      wording: described(
        orNull(
          z.object({
            vendor: described(
              z.record(z.string(), z.looseObject({ other: z.string() })),
              "The noun for one of the vendors, by language (`en`, `es`, `ru`, `zh`, `zh-tw`): its forms by that language's plural rules (`one`, `few`, `many`, `other`).",
            ),
            food: described(z.boolean(), 'Whether the data says what is sold.'),
            permits: described(z.boolean(), 'Whether the city gives permits.'),
          }),
        ),
        'What the list has; `null`: vendors of street food with permits.',
      ),
      languages: described(
        orNull(z.array(z.string())),
        "The page's languages that the city offers, the default first; `null`: all.",
      ),
    }),
    outline: described(
      z.array(z.array(z.tuple([z.number(), z.number()]))),
      'Rough shoreline or border: rings of `[lon, lat]` in degrees, as in GeoJSON.',
    ),
    outline_is_hull: described(
      z.boolean(),
      'Whether the outline is only a ring around the places, because the city has published none.',
    ),
    areas: described(
      z.array(
        z.object({
          name: described(z.string(), 'As in the data, and as `area` selects it.'),
          also: described(z.array(z.string()), 'Other names that people use.'),
        }),
      ),
      'The neighbourhoods that have vendors.',
    ),
    counts: z.object({ vendors: z.int(), branches: z.int() }),
    accounts: described(
      z.array(
        z.object({
          name: z.string(),
          rowsIn: z.int(),
          kept: z.int(),
          dropped: described(z.record(z.string(), z.int()), 'Number of dropped rows by reason.'),
        }),
      ),
      'Number of rows of each source: `rowsIn` = `kept` + the sum of `dropped`.',
    ),
    sources: z.array(
      z.object({
        name: z.string(),
        from: described(z.string(), 'Path or URL.'),
        fetchedAt: described(z.string(), 'When it was read, or last confirmed to be unchanged, RFC 3339.', {
          format: 'date-time',
        }),
      }),
    ),
    attribution: attributionSchema,
    tiles: described(
      orNull(z.object({ url: z.string(), attribution: z.string(), attributionUrl: z.string(), maxZoom: z.int() })),
      'The base layer of the map: images by `{z}/{x}/{y}`, or a PMTiles archive (`pmtiles://` and its URL or path); `null`: only the outline.',
    ),
    cities: described(
      z.array(
        z.object({
          id: z.string(),
          name: z.string(),
          page: described(z.string(), "Address of its map page, relative to this city's map page."),
        }),
      ),
      'The cities of this deployment, with this one. `/cities` says more about them.',
    ),
    meta: responseMetaSchema,
  }),
);

/** `GET /meta`. */
export type MetaResponse = z.infer<typeof metaSchema>;

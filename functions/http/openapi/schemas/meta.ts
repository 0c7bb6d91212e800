import * as z from 'zod/mini';
import { answerMetaSchema, attributionSchema } from './provenance.ts';
import { named, orNull, said } from './wire.ts';

const placeSchema = () => z.object({ lat: z.number(), lon: z.number() });

export const metaSchema = named(
  'Meta',
  'Which city, which data, under which terms, and what a page needs to draw the map.',
  z.object({
    city: z.object({
      id: z.string(),
      name: z.string(),
      zone: said(z.string(), 'IANA zone in which all hours are meant.'),
      bounds: said(
        z.object({ west: z.number(), south: z.number(), east: z.number(), north: z.number() }),
        'Degrees; places outside are mistakes of the data.',
      ),
      center: placeSchema(),
    }),
    outline: said(
      z.array(z.array(z.tuple([z.number(), z.number()]))),
      'Rough shoreline or border: rings of `[lon, lat]` in degrees, as in GeoJSON.',
    ),
    counts: z.object({ vendors: z.int(), branches: z.int() }),
    accounts: said(
      z.array(
        z.object({
          name: z.string(),
          rowsIn: z.int(),
          kept: z.int(),
          dropped: said(z.record(z.string(), z.int()), 'Rows by the reason why they are no place.'),
        }),
      ),
      "What became of each source's rows: `rowsIn` = `kept` + the sum of `dropped`.",
    ),
    sources: z.array(
      z.object({
        name: z.string(),
        from: said(z.string(), 'Path or URL.'),
        fetchedAt: said(z.string(), 'When it was read or last confirmed to be unchanged, RFC 3339.', {
          format: 'date-time',
        }),
      }),
    ),
    attribution: attributionSchema,
    tiles: said(
      orNull(z.object({ url: z.string(), attribution: z.string(), attributionUrl: z.string(), maxZoom: z.int() })),
      'What is under the map: pictures by `{z}/{x}/{y}`, or a PMTiles archive (`pmtiles://` and its URL or path); `null`: only the outline.',
    ),
    meta: answerMetaSchema,
  }),
);

/** `GET /meta`. */
export type MetaResponse = z.infer<typeof metaSchema>;

import * as z from 'zod/mini';
import { SORTS } from '../../../model/query.ts';
import { named, orNull, said } from './wire.ts';

export const queryAnswerSchema = named(
  'QueryAnswer',
  'The query that was answered, with its defaults, after what `relaxed` says.',
  z.object({
    q: z.string(),
    lat: said(orNull(z.number()), 'Degrees, rounded to 4 decimals.'),
    lon: said(orNull(z.number()), 'Degrees, rounded to 4 decimals.'),
    radius: said(orNull(z.number()), 'Metres.'),
    bbox: said(
      orNull(z.tuple([z.number(), z.number(), z.number(), z.number()])),
      '`minLon,minLat,maxLon,maxLat` in degrees.',
    ),
    area: z.array(z.string()),
    category: z.array(z.string()),
    facility: z.array(z.string()),
    status: z.string(),
    hours: z.enum(['any', 'known']),
    at: said(z.string(), 'The time at which `open` is judged, RFC 3339.', { format: 'date-time' }),
    open: said(z.boolean(), 'Whether that time is a filter.'),
    open_for: said(orNull(z.int()), 'Minutes for which it must stay open.'),
    sort: z.enum(SORTS),
    scale: said(z.number(), 'Metres at which an answer counts half.'),
    limit: said(z.int(), 'Most vendors in the answer.'),
  }),
);

/** The query on the wire. */
export type QueryEcho = z.infer<typeof queryAnswerSchema>;

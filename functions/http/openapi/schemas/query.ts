import * as z from 'zod/mini';
import { SORTS } from '../../../model/query.ts';
import { UNDERSTOOD_AS } from '../../../model/text/parsed-query.ts';
import { component, described, orNull } from './registry.ts';

export const queryEchoSchema = component(
  'QueryAnswer',
  'The query that was executed, with its defaults and after relaxation.',
  z.object({
    q: z.string(),
    understood: described(
      z.array(
        z.object({
          text: described(z.string(), 'The part of `q`, as it was written.'),
          as: described(
            z.enum(UNDERSTOOD_AS),
            '`word` and `phrase` are required. `diet` is required and never relaxed. `excluded` must not occur. `optional` only raises the score. `ignored` says nothing. `near_me` sorts by distance, `open_now` keeps what is open.',
          ),
          means: described(z.array(z.string()), "The same in the data's words, if that differs."),
        }),
      ),
      'The parts of `q`, and what each was understood as.',
    ),
    exclude: z.array(z.string()),
    lat: described(orNull(z.number()), 'Degrees, rounded to 4 decimals.'),
    lon: described(orNull(z.number()), 'Degrees, rounded to 4 decimals.'),
    radius: described(orNull(z.number()), 'Metres.'),
    bbox: described(
      orNull(z.tuple([z.number(), z.number(), z.number(), z.number()])),
      '`minLon,minLat,maxLon,maxLat` in degrees.',
    ),
    area: z.array(z.string()),
    category: z.array(z.string()),
    facility: z.array(z.string()),
    status: z.string(),
    hours: z.enum(['any', 'known']),
    at: described(z.string(), 'The time at which `open` is judged, RFC 3339.', { format: 'date-time' }),
    open: described(z.boolean(), 'Whether that time is a filter.'),
    open_for: described(orNull(z.int()), 'Minutes for which a branch must stay open.'),
    open_within: described(orNull(z.int()), 'Minutes within which a branch must be open at some time.'),
    sort: z.enum(SORTS),
    scale: described(z.number(), 'Distance in metres that halves a score.'),
    limit: described(z.int(), 'Maximum number of vendors in the response.'),
  }),
);

/** `query` in JSON. */
export type QueryEcho = z.infer<typeof queryEchoSchema>;

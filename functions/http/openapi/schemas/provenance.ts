import * as z from 'zod/mini';
import { ENGINE_NAMES } from '../../../engine/engine.ts';
import type { DataOrigin } from '../../../model/release.ts';
import { component, described, orNull } from './registry.ts';

const ORIGINS = ['given', 'live', 'cached', 'sample'] as const satisfies DataOrigin[];

export const attributionSchema = component(
  'Attribution',
  "The data's publisher, its licence, and the text to credit it with.",
  z.object({ text: z.string(), url: z.string(), license: z.string(), licenseUrl: z.string() }),
);

export const responseMetaSchema = component(
  'AnswerMeta',
  'Which data a response comes from, and its time.',
  z.object({
    data_version: described(z.string(), 'The release. The same data has the same version.'),
    as_of: described(
      z.string(),
      "The data's own date, `YYYY-MM-DD`. If it has none, `data_version` begins with `undated`, and this is the day on which it was read.",
      { format: 'date' },
    ),
    fetched_at: described(orNull(z.string()), 'When the oldest source was read, RFC 3339.', { format: 'date-time' }),
    origin: described(z.enum(ORIGINS), '`sample`: invented vendors, because there is no real data yet.'),
    now: described(z.string(), 'Time of the response, RFC 3339, floored to the minute so that it can be cached.', {
      format: 'date-time',
    }),
    timezone: described(z.string(), 'IANA time zone of all hours.'),
    engine: described(z.enum(ENGINE_NAMES), 'The engine that searched. All engines return the same results.'),
  }),
);

export const warningsSchema = () =>
  described(z.array(z.string()), 'Remarks on this response for a person to read; often empty.');

/** `meta` in JSON. */
export type ResponseMeta = z.infer<typeof responseMetaSchema>;

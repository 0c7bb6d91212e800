import * as z from 'zod/mini';
import { type About, ENGINE_NAMES } from '../engine/engine.ts';
import type { ReleaseOrigin } from '../model/release.ts';
import { named, orNull, said } from './wire.ts';

/** Said wherever invented data is served. */
export const SAMPLE_WARNING = 'sample data: invented vendors, not the city\u2019s';

const ORIGINS = ['given', 'live', 'cached', 'sample'] as const satisfies ReleaseOrigin[];

export const attributionSchema = named(
  'Attribution',
  'Who gives the data, on what terms, and how it wants to be named.',
  z.object({ text: z.string(), url: z.string(), license: z.string(), licenseUrl: z.string() }),
);

export const answerMetaSchema = named(
  'AnswerMeta',
  'Which data an answer comes from, and when it was made.',
  z.object({
    data_version: said(z.string(), 'The release; the same data has the same version.'),
    as_of: said(z.string(), "The data's own date, `YYYY-MM-DD`.", { format: 'date' }),
    fetched_at: said(orNull(z.string()), 'When the oldest source was read, RFC 3339.', { format: 'date-time' }),
    origin: said(z.enum(ORIGINS), '`sample`: invented vendors, no real data is here yet.'),
    now: said(z.string(), 'Time of the answer, RFC 3339, floored to the minute so that answers can be cached.', {
      format: 'date-time',
    }),
    timezone: said(z.string(), 'IANA zone in which all hours are meant.'),
    engine: said(z.enum(ENGINE_NAMES), 'What searched; every engine gives the same answer.'),
  }),
);

export const warningsSchema = () => said(z.array(z.string()), 'What a person should know of this answer; often empty.');

/** The part of every answer that says which data it comes from. */
export type AnswerMeta = z.infer<typeof answerMetaSchema>;

/** What every answer is made of besides what was found; `now` in milliseconds since 1970. */
export type AnswerSource = { readonly about: About; readonly engine: AnswerMeta['engine']; readonly now: number };

/** Builds that part. */
export function answerMeta({ about, engine, now }: AnswerSource): AnswerMeta {
  const fetched = about.sources.map((source) => source.fetchedAt).sort();
  return {
    data_version: about.version,
    as_of: about.asOf,
    fetched_at: fetched[0] ?? null,
    origin: about.origin,
    now: minuteOf(now),
    timezone: about.city.zone,
    engine,
  };
}

/** RFC 3339 of a time, floored to the minute. */
export function minuteOf(now: number): string {
  return new Date(Math.floor(now / 60_000) * 60_000).toISOString();
}

/** What must be said of the data itself. */
export function dataWarnings({ origin, warnings = [] }: Pick<About, 'origin' | 'warnings'>): string[] {
  return [...(origin === 'sample' ? [SAMPLE_WARNING] : []), ...warnings];
}

import type { About } from '../engine/engine.ts';
import type { AnswerMeta } from './schemas/provenance.ts';

/** Said wherever invented data is served. */
export const SAMPLE_WARNING = 'sample data: invented vendors, not the city\u2019s';

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

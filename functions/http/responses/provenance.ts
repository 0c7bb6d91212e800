import type { EngineInfo } from '../../engine/engine.ts';
import type { ResponseMeta } from '../openapi/schemas/provenance.ts';

/** Said wherever invented data is served. */
export const SAMPLE_WARNING = 'sample data: invented vendors, not the city\u2019s';

/** What every answer is made of besides what was found; `now` in milliseconds since 1970. */
export type ResponseSource = {
  readonly about: EngineInfo;
  readonly engine: ResponseMeta['engine'];
  readonly now: number;
};

/** Builds that part. */
export function responseMeta({ about, engine, now }: ResponseSource): ResponseMeta {
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
export function dataWarnings({ origin, warnings = [] }: Pick<EngineInfo, 'origin' | 'warnings'>): string[] {
  return [...(origin === 'sample' ? [SAMPLE_WARNING] : []), ...warnings];
}

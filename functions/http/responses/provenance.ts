import type { EngineInfo } from '../../engine/engine.ts';
import type { ResponseMeta } from '../openapi/schemas/provenance.ts';

const SAMPLE_WARNING = 'sample data: invented vendors, not the city\u2019s';

/** The data that a response comes from, and its time; `now` in milliseconds since 1970. */
export type ResponseSource = {
  readonly about: EngineInfo;
  readonly engine: ResponseMeta['engine'];
  readonly now: number;
};

/** Builds `meta`. */
export function responseMeta({ about, engine, now }: ResponseSource): ResponseMeta {
  const fetched = about.sources.map((source) => source.fetchedAt).sort();
  return {
    data_version: about.version,
    as_of: about.asOf,
    fetched_at: fetched[0] ?? null,
    origin: about.origin,
    now: floorToMinute(now),
    timezone: about.city.zone,
    engine,
  };
}

/** A time as RFC 3339, floored to the minute so that responses can be cached. */
export function floorToMinute(now: number): string {
  return new Date(Math.floor(now / 60_000) * 60_000).toISOString();
}

/** Warnings about the data itself. */
export function dataWarnings({ origin, warnings = [] }: Pick<EngineInfo, 'origin' | 'warnings'>): string[] {
  return [...(origin === 'sample' ? [SAMPLE_WARNING] : []), ...warnings];
}

/** The names of the metrics, in Prometheus and in CloudWatch. */
export const METRICS = {
  duration: 'curbside_http_request_duration_seconds',
  inFlight: 'curbside_http_requests_in_flight',
  shed: 'curbside_http_requests_shed_total',
  limited: 'curbside_http_requests_limited_total',
  cacheHits: 'curbside_response_cache_hits_total',
  cacheMisses: 'curbside_response_cache_misses_total',
  releaseAge: 'curbside_release_age_seconds',
  releaseInfo: 'curbside_release_info',
  engineUp: 'curbside_engine_up',
  engineFallback: 'curbside_engine_fallback',
} as const;

/** `2xx`, `4xx`, …: a status would multiply the number of time series. */
export function statusClass(status: number): string {
  return `${Math.floor(status / 100)}xx`;
}

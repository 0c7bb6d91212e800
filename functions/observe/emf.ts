import type { RequestRecord } from '../http/middleware/request-record.ts';
import { ageSeconds } from '../http/routes/engine-state.ts';
import { METRICS, statusClass } from './metric-names.ts';

/** What a line says besides its record. */
export type EmfContext = {
  /** The namespace of the metrics. */
  readonly namespace: string;
  /** Whether there are metrics besides the age of the data. Default: true. */
  readonly requestMetrics?: boolean;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
};

/**
 * The keys that make a line of the log a set of metrics of CloudWatch (embedded metric format), which costs no request. The duration has
 * the status class as its only dimension: each combination of dimensions is a metric of its own and costs 0.30 USD a month after the
 * first ten (2026-11), and the route is in the line for CloudWatch Logs Insights. The age is that of the data that answered.
 */
export function createEmf({ namespace, requestMetrics = true, now = Date.now }: EmfContext) {
  return ({ status, durationMs, cache, refused, sources }: RequestRecord): Record<string, unknown> => {
    const age = sources === null ? {} : { [METRICS.releaseAge]: ageSeconds(sources, now()) };
    if (!requestMetrics) return sources === null ? {} : metricKeys([metricSet(namespace, [], Object.keys(age))], age);
    const values: Record<string, number> = {
      [METRICS.duration]: durationMs / 1000,
      ...(cache === 'none' ? {} : { [METRICS.cacheHits]: cache === 'hit' ? 1 : 0 }),
      ...(refused === null ? {} : { [refused === 'shed' ? METRICS.shed : METRICS.limited]: 1 }),
      ...age,
    };
    const { [METRICS.duration]: _, ...others } = values;
    const sets = [
      metricSet(namespace, ['status_class'], [METRICS.duration]),
      metricSet(namespace, [], Object.keys(others)),
    ];
    return metricKeys(sets, { status_class: statusClass(status), ...values });
  };

  function metricKeys(sets: readonly MetricSet[], values: Readonly<Record<string, number | string>>) {
    return {
      _aws: { Timestamp: now(), CloudWatchMetrics: sets.filter(({ Metrics }) => Metrics.length > 0) },
      ...values,
    };
  }
}

type MetricSet = ReturnType<typeof metricSet>;

function metricSet(namespace: string, dimensions: readonly string[], names: readonly string[]) {
  const metrics = names.map((Name) => ({ Name, Unit: Name.endsWith('_seconds') ? 'Seconds' : 'Count' }));
  return { Namespace: namespace, Dimensions: [dimensions], Metrics: metrics };
}

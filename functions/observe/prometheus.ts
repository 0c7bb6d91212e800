import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { EngineSource } from '../engine/engine.ts';
import type { RequestObserver } from '../http/middleware/request-record.ts';
import { type EngineState, engineState } from '../http/routes/engine-state.ts';
import { METRICS, statusClass } from './metric-names.ts';

/** Upper bounds of the durations that are told apart, seconds: a cached answer takes 20 us, a search some milliseconds. */
const BUCKETS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

type Fetch = (request: Request) => Response | Promise<Response>;

/** The engines of a process by the id of their city. */
export type CityEngines = ReadonlyMap<string, EngineSource>;

/**
 * The metrics of a process for Prometheus. Only a process with a port for them loads this file and its library. They have the label `city` if
 * there are several cities.
 */
export function createPrometheus(engines: CityEngines, now: () => number = Date.now) {
  const hasCities = engines.size > 1;
  const registry = new Registry();
  const registers = [registry];
  collectDefaultMetrics({ register: registry });
  const duration = new Histogram({
    name: METRICS.duration,
    help: 'Time to build a response, by route and status class.',
    labelNames: ['route', 'status_class', ...(hasCities ? ['city'] : [])],
    buckets: BUCKETS,
    registers,
  });
  const counter = (name: string, help: string) => new Counter({ name, help, registers });
  const shed = counter(METRICS.shed, 'Requests that were refused because the server was overloaded.');
  const limited = counter(METRICS.limited, 'Requests that were refused because their client sent too many.');
  const hits = counter(METRICS.cacheHits, 'Answers from the response cache.');
  const misses = counter(METRICS.cacheMisses, 'Answers that the response cache did not have.');
  const inFlight = new Gauge({ name: METRICS.inFlight, help: 'Requests that are being answered.', registers });
  const readState = addEngineGauges(registry, engines, now);

  /** Of the requests for a city; `null`: of those that the server refuses before it knows one. */
  const observerOf = (city: string | null): RequestObserver => {
    const ofCity = hasCities ? [city ?? ''] : [];
    return ({ route, status, durationMs, cache, refused }) => {
      // Each set of labels is looked up by a text that the library builds, which takes most of the time here.
      duration.labels(route, statusClass(status), ...ofCity).observe(durationMs / 1000);
      if (cache === 'hit') hits.inc();
      else if (cache === 'miss') misses.inc();
      if (refused === 'shed') shed.inc();
      else if (refused === 'limited') limited.inc();
    };
  };

  return {
    observerOf,
    contentType: registry.contentType,
    /** The text of `/metrics`. */
    text: async () => {
      await readState();
      return registry.metrics();
    },
    /** Counts the requests that are being answered. Those that the cache answers at once are never in flight. */
    countInFlight:
      (fetch: Fetch): Fetch =>
      (request) => {
        const response = fetch(request);
        if (!(response instanceof Promise)) return response;
        inFlight.inc();
        return response.finally(() => inFlight.dec());
      },
  };
}

/** Gauges of the engines and their releases. The returned function reads their values. */
function addEngineGauges(registry: Registry, engines: CityEngines, now: () => number): () => Promise<void> {
  const hasCities = engines.size > 1;
  const gauge = (name: string, help: string, labelNames: string[] = []) =>
    new Gauge({
      name,
      help,
      labelNames: [...new Set([...labelNames, ...(hasCities ? ['city'] : [])])],
      registers: [registry],
    });
  const up = gauge(METRICS.engineUp, 'Whether the engine answers, 1 or 0.', ['engine']);
  const fallback = gauge(METRICS.engineFallback, 'Whether the embedded copy answers instead of the cluster, 1 or 0.');
  const age = gauge(METRICS.releaseAge, 'Time since the data was read or confirmed.');
  const info = gauge(METRICS.releaseInfo, 'The release that is served; always 1.', ['version', 'origin', 'city']);
  const set = (id: string, { name, isUp, isFallback, release }: EngineState) => {
    const ofCity = hasCities ? { city: id } : {};
    up.set({ engine: name, ...ofCity }, isUp ? 1 : 0);
    fallback.set(ofCity, isFallback ? 1 : 0);
    if (!release) return;
    const { version, origin, city } = release;
    age.set(ofCity, release.ageSeconds);
    info.set({ version, origin, city }, 1);
  };
  return async () => {
    for (const one of [up, info]) one.reset();
    await Promise.all([...engines].map(async ([id, engine]) => set(id, await engineState(engine(), now()))));
  };
}

import CircuitBreaker from 'opossum';
import { EVERYTHING, type SearchQuery } from '../model/query.ts';
import { CallerLeftError, type Engine, EngineError, type EngineInfo, type EngineSource } from './engine.ts';

/** The warning in every answer of the copy. */
export const COPY_WARNING = 'opensearch unavailable: answered from the embedded copy';

export type FallbackInput = {
  /** Returns an engine over the cluster for one request. */
  readonly cluster: EngineSource;
  /** Returns an engine in this process over the last release it has; `null` when it has none. */
  readonly copy: () => Engine | null;
  /** Is called when the circuit to the cluster opens, and when it closes again. */
  readonly onChange?: (event: 'open' | 'close') => void;
  readonly breaker?: Partial<BreakerOptions>;
};

type BreakerOptions = {
  /** Time until an open circuit lets one request probe the cluster, milliseconds. The others do not wait for it. */
  readonly resetTimeout: number;
  /** The circuit stays closed with fewer requests than this in ten seconds. */
  readonly volumeThreshold: number;
};

/**
 * The circuit also opens after this number of failures in a row, of searches and suggestions. If a busy cluster becomes slow, the share
 * of failures grows only as the good answers of the last ten seconds run out: all requests waited for their timeout until then.
 */
const FAILURES_IN_A_ROW = 8;

const BREAKER = { resetTimeout: 5_000, volumeThreshold: 4 } as const;

/**
 * Answers from a cluster, and from a copy in this process while the cluster is down. When most requests fail, a circuit breaker
 * opens, so that requests do not wait for a dead cluster. Call `current` once per request: a request that began on the cluster
 * moves to the copy only if both have the same release.
 */
export function withFallback({ cluster, copy, onChange, breaker: options }: FallbackInput): {
  readonly current: EngineSource;
  close(): void;
} {
  const breaker = new CircuitBreaker((act: () => Promise<unknown>) => act(), {
    ...BREAKER,
    ...options,
    // Requests to the cluster have their own timeout.
    timeout: false,
    // A search sends two requests and the first is mostly served from a cache: if half of the searches fail, so do 25 % of requests.
    errorThresholdPercentage: 25,
    rollingCountTimeout: 10_000,
    rollingPercentilesEnabled: false,
    // An error of the query says nothing about the cluster, nor does a caller who leaves.
    errorFilter: (error: unknown) => !(error instanceof EngineError) || error.isQueryFault,
  });
  if (onChange) {
    breaker.on('open', () => onChange('open'));
    breaker.on('close', () => onChange('close'));
  }
  let failures = 0;
  breaker.on('failure', () => {
    failures += 1;
    if (failures >= FAILURES_IN_A_ROW) breaker.open();
  });
  const onAnswer = () => {
    failures = 0;
  };
  breaker.on('close', onAnswer);
  return {
    current: (caller) => requestEngine(cluster(caller), copy, breaker, onAnswer),
    close: () => breaker.shutdown(),
  };
}

/**
 * The engine of one request.
 * @param onAnswer called after each answer that needs the cluster: `about` is mostly served from a cache
 */
function requestEngine(
  cluster: Engine,
  copy: () => Engine | null,
  breaker: CircuitBreaker,
  onAnswer: () => void,
): Engine {
  /** The copy, once this request has moved to it. */
  let fallback: Engine | null = null;
  /** The release of the cluster's first answer. */
  let version: string | undefined;

  async function run<Value>(act: (engine: Engine) => Promise<Value>, isCached = false): Promise<Value> {
    if (fallback) return act(fallback);
    try {
      const value = await breaker.fire(() => (breaker.halfOpen ? probe(cluster, act) : act(cluster)));
      if (!isCached) onAnswer();
      return value as Value;
    } catch (error) {
      if (error instanceof CallerLeftError) throw error;
      const candidate = copy();
      const isSame = candidate && (version === undefined || (await candidate.about()).version === version);
      if (!candidate || !isSame) throw asEngineError(error);
      fallback = candidate;
      return act(candidate);
    }
  }

  return {
    get name() {
      return (fallback ?? cluster).name;
    },
    about: async () => {
      const about = await run((engine) => engine.about(), true);
      version ??= about.version;
      // A getter, read when the answer is written: the cluster may go down between this call and the search.
      return Object.defineProperty<EngineInfo>({ ...about }, 'warnings', {
        enumerable: true,
        get: () => (fallback ? [...(about.warnings ?? []), COPY_WARNING] : (about.warnings ?? [])),
      });
    },
    search: (query) =>
      run(async (engine) => engine.search(engine === cluster ? query : await withOwnCursor(engine, query))),
    counter: (queries) => {
      const counters = new Map<Engine, ReturnType<Engine['counter']>>();
      return (query) =>
        run((engine) => {
          const count = counters.get(engine) ?? engine.counter(queries);
          counters.set(engine, count);
          return count(query);
        });
    },
    suggest: (query) => run((engine) => engine.suggest(query)),
    find: (id) => run((engine) => engine.find(id)),
  };
}

/** Closes the circuit only after a search: a cluster that can name its release may still fail to search it. */
async function probe<Value>(cluster: Engine, act: (engine: Engine) => Promise<Value>): Promise<Value> {
  await cluster.search({ ...EVERYTHING, limit: 0 });
  return act(cluster);
}

/** Replaces the cluster's cursor by the copy's own, whose numbers have more digits. */
async function withOwnCursor(engine: Engine, query: SearchQuery): Promise<SearchQuery> {
  if (!query.after) return query;
  const { id } = query.after;
  const { hits } = await engine.search({ ...query, after: null, limit: Number.MAX_SAFE_INTEGER, facets: [] });
  return { ...query, after: hits.find(({ vendor }) => vendor.id === id)?.key ?? query.after };
}

function asEngineError(error: unknown): unknown {
  if ((error as { code?: string }).code !== 'EOPENBREAKER') return error;
  return new EngineError('opensearch: skipped, because it failed a moment ago', { cause: error });
}

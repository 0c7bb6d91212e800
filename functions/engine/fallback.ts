import CircuitBreaker from 'opossum';
import { EVERYTHING, type SearchQuery } from '../model/query.ts';
import { type Engine, EngineError, type EngineInfo } from './engine.ts';

/** Said with every answer that the copy gives. */
export const COPY_WARNING = 'opensearch unavailable: answered from the embedded copy';

export type FallbackInput = {
  /** An engine over the cluster for one request. */
  readonly cluster: () => Engine;
  /** An engine in this process over the last release that it knows; `null` when it has none. */
  readonly copy: () => Engine | null;
  /** Hears when the cluster is given up, and when it answers again. */
  readonly onChange?: (event: 'open' | 'close') => void;
  readonly breaker?: Partial<BreakerOptions>;
};

type BreakerOptions = {
  /** After so long a dead cluster is tried again, milliseconds; by one request, the others do not wait for it. */
  readonly resetTimeout: number;
  /** Requests within ten seconds before their failures say anything. */
  readonly volumeThreshold: number;
};

const BREAKER = { resetTimeout: 5_000, volumeThreshold: 4 } as const;

/**
 * Answers from a cluster, and while that is down from a copy in this process. A circuit breaker keeps requests from
 * waiting for what is dead: when most of them fail it opens, and then the copy answers at once. `current` is asked once
 * a request: a request that has begun on the cluster ends on the copy only when both have the same release.
 */
export function withFallback({ cluster, copy, onChange, breaker: options }: FallbackInput): {
  readonly current: () => Engine;
  close(): void;
} {
  const breaker = new CircuitBreaker((act: () => Promise<unknown>) => act(), {
    ...BREAKER,
    ...options,
    // Each request to the cluster has a limit of its own.
    timeout: false,
    // Of each search's two requests the first is mostly answered by a cache: half of the searches are a quarter of all.
    errorThresholdPercentage: 25,
    rollingCountTimeout: 10_000,
    rollingPercentilesEnabled: false,
    // What only this question fails on says nothing about the cluster.
    errorFilter: (error: unknown) => !(error instanceof EngineError) || error.isOfQuery,
  });
  if (onChange) {
    breaker.on('open', () => onChange('open'));
    breaker.on('close', () => onChange('close'));
  }
  return { current: () => requestEngine(cluster(), copy, breaker), close: () => breaker.shutdown() };
}

/** The engine of one request. */
function requestEngine(cluster: Engine, copy: () => Engine | null, breaker: CircuitBreaker): Engine {
  /** The copy, once this request has gone over to it. */
  let instead: Engine | null = null;
  /** The release that the cluster has answered of. */
  let version: string | undefined;

  async function ask<Value>(act: (engine: Engine) => Promise<Value>): Promise<Value> {
    if (instead) return act(instead);
    try {
      return (await breaker.fire(() => (breaker.halfOpen ? probe(cluster, act) : act(cluster)))) as Value;
    } catch (error) {
      const spare = copy();
      const isSame = spare && (version === undefined || (await spare.about()).version === version);
      if (!spare || !isSame) throw asEngineError(error);
      instead = spare;
      return act(spare);
    }
  }

  return {
    get name() {
      return (instead ?? cluster).name;
    },
    about: async () => {
      const about = await ask((engine) => engine.about());
      version ??= about.version;
      // Read when the answer is written: the cluster may go down between this and the search.
      return Object.defineProperty<EngineInfo>({ ...about }, 'warnings', {
        enumerable: true,
        get: () => (instead ? [...(about.warnings ?? []), COPY_WARNING] : (about.warnings ?? [])),
      });
    },
    search: (query) =>
      ask(async (engine) => engine.search(engine === cluster ? query : await ownCursor(engine, query))),
    suggest: (query) => ask((engine) => engine.suggest(query)),
    find: (id) => ask((engine) => engine.find(id)),
  };
}

/** A cluster that says what its release is may still fail to search it: it lives when it has found something to say. */
async function probe<Value>(cluster: Engine, act: (engine: Engine) => Promise<Value>): Promise<Value> {
  await cluster.search({ ...EVERYTHING, limit: 0 });
  return act(cluster);
}

/** The cursor as the copy would have made it: its numbers have more digits than the cluster's. */
async function ownCursor(engine: Engine, query: SearchQuery): Promise<SearchQuery> {
  if (!query.after) return query;
  const { id } = query.after;
  const { hits } = await engine.search({ ...query, after: null, limit: Number.MAX_SAFE_INTEGER, facets: [] });
  return { ...query, after: hits.find(({ vendor }) => vendor.id === id)?.key ?? query.after };
}

/** The breaker says in its own words that it is open. */
function asEngineError(error: unknown): unknown {
  if ((error as { code?: string }).code !== 'EOPENBREAKER') return error;
  return new EngineError('opensearch: not asked, because it did not answer shortly before', { cause: error });
}

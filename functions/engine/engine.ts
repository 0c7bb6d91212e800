import type { FilterValues } from '../model/filter-values.ts';
import type { SearchQuery, SearchResult, Suggestion, SuggestQuery } from '../model/query.ts';
import type { Release } from '../model/release.ts';
import type { DataWords } from '../model/text/parsed-query.ts';
import type { Vendor } from '../model/vendor.ts';

/** The release that an engine searches, without its vendors. */
export type EngineInfo = Omit<Release, 'vendors' | 'format'> & {
  readonly vendors: number;
  readonly branches: number;
  /** What the query parser must know of the data. */
  readonly words: DataWords;
  /** The values that filters can select. */
  readonly values: FilterValues;
  /** What callers should know about how they are answered; none when all is well. */
  readonly warnings?: readonly string[];
};

/** Who waits for an answer. */
export type Caller = {
  /** Aborts when the caller leaves; absent where the platform does not tell. */
  readonly signal?: AbortSignal | undefined;
};

/** Returns the engine that answers one request. */
export type EngineSource = (caller?: Caller) => Engine;

/** Searches a release. Engines are interchangeable: each returns the same answer to the same query on the same release. */
export type Engine = {
  readonly name: EngineName;
  /** @throws EngineError when the engine cannot answer now. */
  search(query: SearchQuery): Promise<SearchResult>;
  /**
   * Returns a function that counts the vendors of any of these queries; the query must be one of these objects. A cluster counts all of
   * them in one request when the first is asked for; the embedded engine counts only those that are asked for.
   */
  counter(queries: readonly SearchQuery[]): (query: SearchQuery) => Promise<number>;
  /** Completions of a text: foods, then vendors, then areas. @throws EngineError */
  suggest(query: SuggestQuery): Promise<readonly Suggestion[]>;
  /** The vendor with this id, or `undefined`. @throws EngineError */
  find(id: string): Promise<Vendor | undefined>;
  /** @throws EngineError */
  about(): Promise<EngineInfo>;
};

/** The release that readers get. */
export type PublishedRelease = {
  readonly version: string;
  readonly branches: number;
  /** Versions that were rolled back from, newest first. They are published again only with `--force`. */
  readonly refused: readonly string[];
};

/** Publishes releases. Readers get the old release or the new one, never a part. Only loaders have a sink. */
export type Sink = {
  /** The release that readers get now; `undefined` before the first publication. @throws EngineError */
  current(): Promise<PublishedRelease | undefined>;
  /**
   * Makes a release current and keeps the previous one. Of a release that is already current, only the provenance is updated.
   * @param files stored with the release, by name @throws EngineError
   */
  publish(release: Release, files: Readonly<Record<string, string>>): Promise<'published' | 'unchanged'>;
  /** The text of a file that was published with a release; `undefined` if there is none. Not of a cluster, which keeps none. @throws EngineError */
  text?(version: string, name: string): Promise<string | undefined>;
  /** Makes the newest readable previous release current again. @throws EngineError when there is none. */
  rollback(): Promise<PublishedRelease>;
};

export const ENGINE_NAMES = ['embedded', 'opensearch'] as const;
export type EngineName = (typeof ENGINE_NAMES)[number];

/** The engine cannot answer, perhaps only for now. The cause is for the log, never for an API client. */
export class EngineError extends Error {
  override readonly name = 'EngineError';
  /** The query is at fault: the engine can still answer others. */
  readonly isQueryFault: boolean;
  /** The answer would have taken longer than it may. */
  readonly isTooSlow: boolean;
  constructor(
    message: string,
    options: ErrorOptions & { readonly isQueryFault?: boolean; readonly isTooSlow?: boolean } = {},
  ) {
    super(message, options);
    this.isQueryFault = options.isQueryFault ?? false;
    this.isTooSlow = options.isTooSlow ?? false;
  }
}

/** The caller left before its answer: nobody reads it, and nothing is wrong with the engine. */
export class CallerLeftError extends Error {
  override readonly name = 'CallerLeftError';
  constructor() {
    super('the caller left before its answer');
  }
}

/**
 * A file of a release cannot be read now, but may be whole: too many open files, a failing disk, a network that is down. No older release takes the
 * place of the current one because of it.
 */
export class StoreUnavailableError extends EngineError {}

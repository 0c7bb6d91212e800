import type { SearchQuery, SearchResult, Suggestion, SuggestQuery } from '../model/query.ts';
import type { Release } from '../model/release.ts';
import type { DataWords } from '../model/text/parsed-query.ts';
import type { Vendor } from '../model/vendor.ts';

/** What is known of the data behind an engine. */
export type EngineInfo = Omit<Release, 'vendors' | 'format'> & {
  readonly vendors: number;
  readonly branches: number;
  /** What the query parser must know of the data. */
  readonly words: DataWords;
  /** What a caller should know of how it is answered; none when all is well. */
  readonly warnings?: readonly string[];
};

/** Reads a release. Engines are peers: the same query on the same release gives the same answer from each. */
export type Engine = {
  readonly name: EngineName;
  /** @throws EngineError when the engine cannot answer now. */
  search(query: SearchQuery): Promise<SearchResult>;
  /** Foods, vendors and areas that a text may become, in that order. @throws EngineError */
  suggest(query: SuggestQuery): Promise<readonly Suggestion[]>;
  /** The vendor of that id, or `undefined`. @throws EngineError */
  find(id: string): Promise<Vendor | undefined>;
  /** @throws EngineError */
  about(): Promise<EngineInfo>;
};

/** Which release readers get, and how big it is. */
export type PublishedRelease = {
  readonly version: string;
  readonly branches: number;
  /** Versions that were rolled back from: they are published again only on purpose. */
  readonly refused: readonly string[];
};

/** Takes releases. Readers get the old one or the new one, never half; only loaders are given a sink. */
export type Sink = {
  /** What readers get now; `undefined` before the first release. @throws EngineError */
  current(): Promise<PublishedRelease | undefined>;
  /**
   * Makes a release the current one; the one before is kept. A release that is current already is left alone but for
   * its provenance. `files` are kept beside it, by name. @throws EngineError
   */
  publish(release: Release, files: Readonly<Record<string, string>>): Promise<'published' | 'unchanged'>;
  /** Makes the newest readable release before the current one current again. @throws EngineError when there is none. */
  rollback(): Promise<PublishedRelease>;
};

export const ENGINE_NAMES = ['embedded', 'opensearch'] as const;
export type EngineName = (typeof ENGINE_NAMES)[number];

/** The engine could not answer, perhaps only for now. The cause is for the log, never for a caller. */
export class EngineError extends Error {
  override readonly name = 'EngineError';
  /** Only this question cannot be answered; others may well be. */
  readonly isOfQuery: boolean;
  constructor(message: string, options: ErrorOptions & { readonly isOfQuery?: boolean } = {}) {
    super(message, options);
    this.isOfQuery = options.isOfQuery ?? false;
  }
}

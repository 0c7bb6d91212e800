import type { DelegatedRequest } from '../http/middleware/delegation.ts';
import type { HeaderTable } from '../http/middleware/headers.ts';
import type { PlainResponse } from '../http/middleware/plain-response.ts';
import type { Provenance } from '../model/release.ts';
import type { Tiles } from '../model/tile-url.ts';

/** What a thread gets at its start: the parts of `AppDeps` that its responses depend on. */
export type ThreadSettings = { readonly reload: string | null };

/** A release for threads: its index file in memory that all of them read. */
export type SharedRelease = { readonly index: Uint8Array<SharedArrayBuffer>; readonly provenance: Provenance };

/** What responses depend on besides the data of their city. */
export type ThreadCity = {
  /** The path of the city's map page, with slashes at both ends. */
  readonly root: string;
  readonly tiles: Tiles | null;
};

/** A release of a city. */
export type OpenRelease = SharedRelease & ThreadCity;

/** Messages to a thread. It handles them in their order. `release` is the pool's number of a release. */
export type ToThread =
  /** Open a release. The answer is `opened`. */
  | ({ readonly kind: 'open'; readonly release: number } & OpenRelease)
  /** No request for this release follows. */
  | { readonly kind: 'close'; readonly release: number }
  /** Answer a request. The answer is one `response`, also after `leave`. */
  | { readonly kind: 'request'; readonly id: number; readonly release: number; readonly request: DelegatedRequest }
  /** The caller of a request has left. */
  | { readonly kind: 'leave'; readonly id: number };

/** Messages from a thread. */
export type FromThread =
  /** `error`: why the thread cannot read the release; `null`: it can. */
  | { readonly kind: 'opened'; readonly release: number; readonly error: string | null }
  /** `null`: the thread does not have the release. */
  | { readonly kind: 'response'; readonly id: number; readonly response: ThreadResponse | null }
  /** A line for the log. */
  | { readonly kind: 'log'; readonly event: string; readonly fields: Readonly<Record<string, unknown>> };

/** A {@link PlainResponse}. A text is copied, which takes 8 us for 23 kB; bytes are moved. */
export type ThreadResponse = Pick<PlainResponse, 'status' | 'body'> & { readonly headers: HeaderTable };

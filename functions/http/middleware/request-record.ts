import type { EngineInfo } from '../../engine/engine.ts';

/** How one request was answered, for logs and metrics. It contains no text of the caller. */
export type RequestRecord = {
  readonly requestId: string;
  readonly method: string;
  /** The pattern of the route, such as `/trucks/:id`; `*` for files of the page and for paths without a route. */
  readonly route: string;
  readonly status: number;
  readonly durationMs: number;
  /** The engine that answered; `null` if none was used. */
  readonly engine: string | null;
  /** The release that answered; `null` if none was read. */
  readonly version: string | null;
  /** The sources of that release, with the times when they were read or confirmed; `null` if none was read. */
  readonly sources: EngineInfo['sources'] | null;
  /** `none` if the route has no cache. */
  readonly cache: 'hit' | 'miss' | 'none';
  /** Size of the body, if it is known without reading it. */
  readonly bytes: number | null;
  /** `shed`: refused because the server was overloaded; `limited`: because its client sent too many requests; `null`: not refused. */
  readonly refused: 'shed' | 'limited' | null;
};

/**
 * Is called once for each request when its response is ready. It must be fast, because it runs before the response is sent, and must
 * not throw. `request` is for what only a setting may log; the server has none for requests that it refuses itself.
 */
export type RequestObserver = (record: RequestRecord, request: Request | null) => void;

/** The part of a record that all requests share which the server refuses itself. */
export const REFUSED = {
  route: '*',
  engine: null,
  version: null,
  sources: null,
  cache: 'none',
  bytes: null,
} as const satisfies Partial<RequestRecord>;

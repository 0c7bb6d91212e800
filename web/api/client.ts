import { limitTime } from '../../functions/model/time-limit.ts';
import { patienceMs } from '../device/patience.ts';
import { formatSearch } from './search-params.ts';
import type { AddressedPoint } from './street-intersection.ts';
import type {
  Explanation,
  MetaAnswer,
  SearchAnswer,
  SearchParams,
  SuggestAnswer,
  SuggestionRow,
  TruckAnswer,
  TruckBranch,
} from './types.ts';

/** The service worker sets this header on a saved answer: when the server sent it. */
export const SAVED_HEADER = 'Curbside-Saved';

export type ApiErrorKind = 'offline' | 'unreachable' | 'refused' | 'unavailable';

/** A failed request. {@link createApiClient} throws no other error, except when a request is aborted. */
export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly kind: ApiErrorKind;
  /** What the API found wrong, one sentence each; plain text. */
  readonly details: readonly string[];
  /** The id under which the server logged the request. */
  readonly requestId: string | null;
  constructor(kind: ApiErrorKind, details: readonly string[] = [], requestId: string | null = null) {
    super([kind, ...details].join(': '));
    this.kind = kind;
    this.details = details;
    this.requestId = requestId;
  }
}

/** An answer; `savedAt` is when it was saved on this device, if it comes from there because the network failed. */
export type SearchReply = { readonly answer: SearchAnswer; readonly savedAt: string | null };

/** Requests to the API. All throw {@link ApiError}; an aborted request rejects with its signal's reason. */
export type ApiClient = {
  search(params: SearchParams, signal: AbortSignal): Promise<SearchReply>;
  suggest(text: string, signal: AbortSignal): Promise<readonly SuggestionRow[]>;
  /** Every branch that matches the text, whatever its permit's status. */
  addresses(text: string): Promise<readonly AddressedPoint[]>;
  /** The branches of a vendor; `null` if the city has no such vendor. */
  branches(vendor: string): Promise<readonly TruckBranch[] | null>;
  /** Explanations of the ranking, by vendor id. */
  explain(params: SearchParams): Promise<ReadonlyMap<string, Explanation>>;
  /** `fresh` bypasses the browser's cache. */
  meta(options?: { fresh?: boolean }): Promise<MetaAnswer>;
};

/** Requests that the bootstrap script has sent, by URL. Each is used once. */
export type EarlyRequests = Map<string, Promise<Response>>;

declare global {
  interface Window {
    /** Set by the bootstrap script. */
    earlyRequests?: EarlyRequests;
    /** Sends requests to the page's own API: on a static site, and while the server does not answer. */
    localApi?: typeof fetch | undefined;
  }
}

type Reply<Body> = { readonly body: Body; readonly savedAt: string | null };

/**
 * @param isOnline whether the device has a network connection
 * @param answerInstead answers a request that the server has failed to answer; `null` if it cannot
 */
export function createApiClient(
  earlyRequests: EarlyRequests,
  isOnline: () => boolean,
  answerInstead: (url: string, signal: AbortSignal | undefined) => Promise<Response | null>,
): ApiClient {
  function send(url: string, init: RequestInit): Promise<Response> {
    const early = init.cache === 'no-cache' ? undefined : earlyRequests.get(url);
    earlyRequests.delete(url);
    return early ?? (window.localApi ?? fetch)(url, init);
  }
  async function get<Body>(
    url: string,
    { signal, ...init }: RequestInit & { signal?: AbortSignal } = {},
  ): Promise<Reply<Body>> {
    const limit = limitTime(patienceMs(), signal);
    let reply: Reply<Body> | ApiError;
    let hasFailed = true;
    try {
      const response = await send(url, { ...init, signal: limit.signal });
      reply = await read<Body>(response);
      hasFailed = response.status >= 500 || response.headers.has(SAVED_HEADER);
    } catch {
      reply = new ApiError(isOnline() ? 'unreachable' : 'offline');
    } finally {
      limit.end();
    }
    signal?.throwIfAborted();
    const own = hasFailed && (await answerInstead(url, signal));
    if (own) reply = await read<Body>(own);
    if (reply instanceof ApiError) throw reply;
    return reply;
  }

  return {
    async search(params, signal) {
      const { body, savedAt } = await get<SearchAnswer>(`search?${formatSearch(params)}`, { signal });
      return { answer: body, savedAt };
    },
    async suggest(text, signal) {
      return (await get<SuggestAnswer>(`suggest?${new URLSearchParams({ q: text })}`, { signal })).body.suggestions;
    },
    async addresses(text) {
      const params = { q: text, status: 'any', strict: 'true', fields: 'branches' } as const;
      const { body } = await get<SearchAnswer>(`search?${formatSearch(params)}`);
      return body.trucks.flatMap(({ branches }) => branches);
    },
    async branches(vendor) {
      try {
        return (await get<TruckAnswer>(`trucks/${encodeURIComponent(vendor)}`)).body.truck.branches;
      } catch (error) {
        if (error instanceof ApiError && error.kind === 'refused') return null;
        throw error;
      }
    },
    async explain(params) {
      const { body } = await get<SearchAnswer>(
        `search?${formatSearch({ ...params, explain: '1', fields: 'explain' })}`,
      );
      return new Map(body.trucks.flatMap(({ id, explain }) => (explain ? [[id, explain]] : [])));
    },
    meta: async ({ fresh = false } = {}) =>
      (await get<MetaAnswer>('meta', { cache: fresh ? 'no-cache' : 'default' })).body,
  };
}

async function read<Body>(response: Response): Promise<Reply<Body> | ApiError> {
  if (response.ok) return { body: (await response.json()) as Body, savedAt: response.headers.get(SAVED_HEADER) };
  return toApiError(response.status, await response.json().catch(() => null));
}

/** Reads the details of an RFC 9457 error body, whether it is the body or its `problem`; other bodies have none. */
function toApiError(status: number, body: unknown): ApiError {
  const outer = record(body);
  const problem = record(outer.problem ?? body);
  const errors = (Array.isArray(problem.errors) ? problem.errors : [])
    .map(record)
    .map(({ parameter, detail }) => `${String(parameter)} ${String(detail)}`);
  const { detail, requestId } = problem;
  const details = errors.length === 0 && typeof detail === 'string' ? [detail] : errors;
  // Without details, and for a limit of time or rate, it is not the API that refuses this search.
  const isRefused = status < 500 && status !== 408 && status !== 429 && details.length > 0;
  return new ApiError(isRefused ? 'refused' : 'unavailable', details, typeof requestId === 'string' ? requestId : null);
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

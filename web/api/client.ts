import { formatSearch } from '../app/url-state.ts';
import type { AddressedPlace } from './intersection.ts';
import type { Explanation, MetaAnswer, SearchAnswer, SearchParams, SuggestAnswer, SuggestionRow } from './types.ts';

/** After this long without an answer the server counts as not reachable. */
const TIMEOUT_MS = 15_000;
/** Set by the page's service worker on an answer that it had saved: when the server gave it. */
export const SAVED_HEADER = 'Curbside-Saved';

export type ApiErrorKind = 'offline' | 'unreachable' | 'refused' | 'unavailable';

/** A request that brought no answer: the only error that {@link createApiClient} throws, aborts aside. */
export class ApiError extends Error {
  override readonly name = 'Failure';
  readonly kind: ApiErrorKind;
  /** What the API found wrong, one sentence each; plain text. */
  readonly faults: readonly string[];
  /** Under which the server logged it. */
  readonly requestId: string | null;
  constructor(kind: ApiErrorKind, faults: readonly string[] = [], requestId: string | null = null) {
    super([kind, ...faults].join(': '));
    this.kind = kind;
    this.faults = faults;
    this.requestId = requestId;
  }
}

/** An answer, and when it was saved if it comes from this device because there is no network. */
export type SearchReply = { readonly answer: SearchAnswer; readonly saved: string | null };

/** The page's way to the API. An aborted request rejects with the signal's own reason. */
export type ApiClient = {
  /** @throws Failure */
  search(params: SearchParams, signal: AbortSignal): Promise<SearchReply>;
  /** @throws Failure */
  suggest(text: string, signal: AbortSignal): Promise<readonly SuggestionRow[]>;
  /** Every place with those words in its address, whatever its permit's state. @throws Failure */
  places(text: string, signal: AbortSignal): Promise<readonly AddressedPlace[]>;
  /** Why each vendor of an answer stands where it does, by its id. @throws Failure */
  explain(params: SearchParams): Promise<ReadonlyMap<string, Explanation>>;
  /** `fresh` asks the server even when the browser has an answer. @throws Failure */
  meta(options?: { fresh?: boolean }): Promise<MetaAnswer>;
};

/** Requests that were sent before the page's script was there, by their address. Each is used once. */
export type EarlyRequests = Map<string, Promise<Response>>;

/** A client of the API of this origin; `isOnline` says whether the device has a network at all. */
export function createApiClient(early: EarlyRequests, isOnline: () => boolean): ApiClient {
  function send(url: string, init: RequestInit): Promise<Response> {
    const sent = init.cache === 'no-cache' ? undefined : early.get(url);
    early.delete(url);
    return sent ?? fetch(url, init);
  }
  async function answer<Body>(
    url: string,
    { signal, ...init }: RequestInit & { signal?: AbortSignal } = {},
  ): Promise<{ body: Body; saved: string | null }> {
    const timeout = AbortSignal.timeout(TIMEOUT_MS);
    try {
      const response = await send(url, { ...init, signal: signal ? AbortSignal.any([signal, timeout]) : timeout });
      signal?.throwIfAborted();
      if (response.ok) return { body: (await response.json()) as Body, saved: response.headers.get(SAVED_HEADER) };
      throw refusal(response.status, await response.json().catch(() => null));
    } catch (error) {
      signal?.throwIfAborted();
      if (error instanceof ApiError) throw error;
      throw new ApiError(isOnline() ? 'unreachable' : 'offline');
    }
  }

  return {
    async search(params, signal) {
      const { body, saved } = await answer<SearchAnswer>(`/search?${formatSearch(params)}`, { signal });
      return { answer: body, saved };
    },
    async suggest(text, signal) {
      return (await answer<SuggestAnswer>(`/suggest?${new URLSearchParams({ q: text })}`, { signal })).body.suggestions;
    },
    async places(text, signal) {
      const params = { q: text, status: 'any', strict: 'true', fields: 'branches' } as const;
      const { body } = await answer<SearchAnswer>(`/search?${formatSearch(params)}`, { signal });
      return body.trucks.flatMap(({ branches }) => branches);
    },
    async explain(params) {
      const { body } = await answer<SearchAnswer>(
        `/search?${formatSearch({ ...params, explain: '1', fields: 'explain' })}`,
      );
      return new Map(body.trucks.flatMap(({ id, explain }) => (explain ? [[id, explain]] : [])));
    },
    meta: async ({ fresh = false } = {}) =>
      (await answer<MetaAnswer>('/meta', { cache: fresh ? 'no-cache' : 'default' })).body,
  };
}

/** Reads an error's body, which is RFC 9457 or has it as `problem`; anything else has no details. */
function refusal(status: number, body: unknown): ApiError {
  const outer = record(body);
  const problem = record(outer.problem ?? body);
  const faults = (Array.isArray(problem.errors) ? problem.errors : [])
    .map(record)
    .map(({ parameter, detail }) => `${String(parameter)} ${String(detail)}`);
  const detail = problem.detail;
  const requestId = problem.requestId;
  return new ApiError(
    status < 500 ? 'refused' : 'unavailable',
    faults.length === 0 && typeof detail === 'string' ? [detail] : faults,
    typeof requestId === 'string' ? requestId : null,
  );
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

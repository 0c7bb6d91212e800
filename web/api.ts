import { hc } from 'hono/client';
import type { AppType } from '../functions/http/app.ts';
import type { MetaAnswer, SearchAnswer, SearchParams } from './wire.ts';

/** After this long without an answer the server counts as not reachable. */
const TIMEOUT_MS = 15_000;

export type FailureKind = 'offline' | 'unreachable' | 'refused' | 'unavailable';

/** A request that brought no answer: the only error that {@link createApi} throws, aborts aside. */
export class Failure extends Error {
  override readonly name = 'Failure';
  readonly kind: FailureKind;
  /** What the API found wrong, one sentence each; plain text. */
  readonly faults: readonly string[];
  /** Under which the server logged it. */
  readonly requestId: string | null;
  constructor(kind: FailureKind, faults: readonly string[] = [], requestId: string | null = null) {
    super([kind, ...faults].join(': '));
    this.kind = kind;
    this.faults = faults;
    this.requestId = requestId;
  }
}

/** The page's way to the API. An aborted request rejects with the signal's own reason. */
export type Api = {
  /** @throws Failure */
  search(params: SearchParams, signal: AbortSignal): Promise<SearchAnswer>;
  /** `fresh` asks the server even when the browser has an answer. @throws Failure */
  meta(options?: { fresh?: boolean }): Promise<MetaAnswer>;
};

/** A client of the API at `base`; `isOnline` says whether the device has a network at all. */
export function createApi(base: string, isOnline: () => boolean): Api {
  const client = hc<AppType>(base);

  async function answer<Body>(
    ask: (signal: AbortSignal) => Promise<{ ok: boolean; status: number; json(): Promise<unknown> }>,
    signal?: AbortSignal,
  ): Promise<Body> {
    const timeout = AbortSignal.timeout(TIMEOUT_MS);
    try {
      const response = await ask(signal ? AbortSignal.any([signal, timeout]) : timeout);
      if (response.ok) return (await response.json()) as Body;
      throw refusal(response.status, await response.json().catch(() => null));
    } catch (error) {
      signal?.throwIfAborted();
      if (error instanceof Failure) throw error;
      throw new Failure(isOnline() ? 'unreachable' : 'offline');
    }
  }

  return {
    search: (query, signal) =>
      answer((combined) => client.search.$get({ query }, { init: { signal: combined } }), signal),
    meta: ({ fresh = false } = {}) =>
      answer((signal) => client.meta.$get({}, { init: { signal, cache: fresh ? 'no-cache' : 'default' } })),
  };
}

/** Reads an error's body, which is RFC 9457 or has it as `problem`; anything else has no details. */
function refusal(status: number, body: unknown): Failure {
  const outer = record(body);
  const problem = record(outer.problem ?? body);
  const faults = (Array.isArray(problem.errors) ? problem.errors : [])
    .map(record)
    .map(({ parameter, detail }) => `${String(parameter)} ${String(detail)}`);
  const detail = problem.detail;
  const requestId = problem.requestId;
  return new Failure(
    status < 500 ? 'refused' : 'unavailable',
    faults.length === 0 && typeof detail === 'string' ? [detail] : faults,
    typeof requestId === 'string' ? requestId : null,
  );
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

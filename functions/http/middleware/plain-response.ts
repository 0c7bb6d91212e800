import type { HeaderTable } from './headers.ts';

/**
 * A response as its parts, which is what handlers create and the response cache stores. {@link ToResponse} converts it last, because
 * the platform's `Response` is slow to load in a cold start: `aws/lambda-adapter.ts` has the measurement.
 */
export type PlainResponse = {
  readonly status: number;
  readonly body: string | Uint8Array<ArrayBuffer> | null;
  readonly headers: HeaderTable;
};

/** Converts a response to what the server in front of the app sends. */
export type ToResponse = (response: PlainResponse) => Response;

/** The platform's own `Response`. Its headers stay a plain object, which Node sends without checking each of them again. */
export const toWebResponse: ToResponse = ({ status, body, headers }) => new Response(body, { status, headers });

/** Leaves responses as they are, for callers of the app that convert them themselves. */
export const toPlainResponse: ToResponse = (response) => response as unknown as Response;

/** The parts of a request that the app reads. Header names are in lower case. */
export type RequestParts = {
  readonly method: string;
  /** Absolute. */
  readonly url: string;
  readonly headers: Iterable<readonly [name: string, value: string]>;
  readonly signal?: AbortSignal;
};

/** Header names are case-insensitive. */
class RequestHeaders extends Map<string, string> {
  override get(name: string) {
    return super.get(name.toLowerCase()) ?? (null as never);
  }
  override has(name: string) {
    return super.has(name.toLowerCase());
  }
}

/** A request from its parts, without the platform's `Request`: `aws/lambda-adapter.ts` has the measurement. */
export function plainRequest({ method, url, headers, signal }: RequestParts): Request {
  return { method, url, headers: new RequestHeaders(headers), signal } as unknown as Request;
}

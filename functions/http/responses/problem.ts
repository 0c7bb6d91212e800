import type { ParameterFault, Problem, SearchFailure } from '../openapi/schemas/problem.ts';
import { MAX_FAULTS } from './fault-limit.ts';

/** Every kind of error. The HTTP status follows from the kind, never the other way round. */
export const PROBLEMS = {
  'invalid-parameters': { status: 400, title: 'Invalid parameters' },
  'invalid-request': { status: 400, title: 'The request is not valid HTTP' },
  'query-missing': { status: 400, title: 'The query is missing' },
  'not-found': { status: 404, title: 'Not found' },
  'method-not-allowed': { status: 405, title: 'This API is read-only' },
  'request-timeout': { status: 408, title: 'The request took too long to arrive' },
  gone: { status: 410, title: 'The data has changed' },
  'too-large': { status: 413, title: 'The response is too large' },
  'url-too-long': { status: 414, title: 'The URL is too long' },
  'expectation-failed': { status: 417, title: 'The expectation cannot be met' },
  'rate-limited': { status: 429, title: 'Too many requests' },
  'headers-too-large': { status: 431, title: 'The URL and the headers are too large' },
  internal: { status: 500, title: 'Internal error' },
  'engine-unavailable': { status: 503, title: 'The search engine is unavailable' },
  overloaded: { status: 503, title: 'The server is overloaded' },
  draining: { status: 503, title: 'The server is stopping' },
} as const;
export type ProblemCode = keyof typeof PROBLEMS;

/** Builds the body of an error; `type` links to the documentation of its kind. */
export function problem(
  code: ProblemCode,
  detail: string,
  { errors = [], requestId = null }: { errors?: ParameterFault[]; requestId?: string | null } = {},
): Problem {
  const { status, title } = PROBLEMS[code];
  return { type: `/docs#${code}`, title, status, detail, errors: errors.slice(0, MAX_FAULTS), requestId };
}

/**
 * Whether an error is wrapped in the original app's failure: on `/search`, unless the caller accepts `application/problem+json`.
 * @param path without its query
 */
export function isWrapped(path: string, accept: string | undefined): boolean {
  return path === '/search' && !accept?.includes('application/problem+json');
}

/** The body of a wrapped error ({@link isWrapped}). */
export function wrapped(body: Problem): SearchFailure {
  return { status: 'failure', msg: body.detail, problem: body };
}

/** The methods of a read-only API, as an `Allow` header. */
export const ALLOWED_METHODS = 'GET, HEAD, OPTIONS';

/** Thrown anywhere below a route; the app responds with it. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
  readonly code: ProblemCode;
  readonly faults: ParameterFault[];
  constructor(code: ProblemCode, detail: string, faults: ParameterFault[] = []) {
    super(detail);
    this.code = code;
    this.faults = faults;
  }
}

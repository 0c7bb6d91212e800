import type { ParameterFault, Problem } from '../openapi/schemas/problem.ts';

export type { ParameterFault, Problem, SearchFailure } from '../openapi/schemas/problem.ts';

/** Every kind of error that a caller can meet. The HTTP status follows from the kind, never the other way round. */
export const PROBLEMS = {
  'invalid-parameters': { status: 400, title: 'A parameter is not usable' },
  'query-missing': { status: 400, title: 'Nothing was asked for' },
  'not-found': { status: 404, title: 'There is nothing here' },
  'method-not-allowed': { status: 405, title: 'This API is read only' },
  gone: { status: 410, title: 'The data has changed' },
  'too-large': { status: 413, title: 'The answer is too large' },
  internal: { status: 500, title: 'An error of ours' },
  'engine-unavailable': { status: 503, title: 'The search engine does not answer' },
} as const;
export type ProblemCode = keyof typeof PROBLEMS;

/** Builds the body of an error; `type` is a link into this API's own documentation. */
export function problem(
  code: ProblemCode,
  detail: string,
  { errors = [], requestId = null }: { errors?: ParameterFault[]; requestId?: string | null } = {},
): Problem {
  const { status, title } = PROBLEMS[code];
  return { type: `/docs#${code}`, title, status, detail, errors, requestId };
}

/** Thrown anywhere below a route; the app turns it into an answer. */
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

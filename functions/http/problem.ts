import * as z from 'zod/mini';
import { named, orNull, said } from './wire.ts';

const faultSchema = named(
  'ParameterFault',
  'One fault of a request.',
  z.object({ parameter: said(z.string(), 'The name as the caller wrote it.'), detail: z.string() }),
);

/** One fault of a request; `parameter` is the name as the caller wrote it. */
export type ParameterFault = z.infer<typeof faultSchema>;

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

export const problemSchema = named(
  'Problem',
  'An error, as RFC 9457 says it, with the extensions `errors` and `requestId`.',
  z.object({
    type: said(z.string(), "Which kind it is: a link into this API's documentation.", {
      examples: ['/docs#invalid-parameters'],
    }),
    title: z.string(),
    status: said(z.int(), 'The HTTP status.'),
    detail: said(z.string(), 'What is wrong, in one sentence.'),
    errors: said(z.array(faultSchema), 'Every fault of the request, each with its parameter; often empty.'),
    requestId: said(orNull(z.string()), 'To find the request in the log; `null` where nothing was logged.'),
  }),
);

/** The body of an error. Every key is always there. */
export type Problem = z.infer<typeof problemSchema>;

export const searchFailureSchema = named(
  'SearchFailure',
  "An error of `/search`: the original app's two keys, and the problem beside them.",
  z.object({ status: z.literal('failure'), msg: z.string(), problem: problemSchema }),
);

/** What `/search` answers instead. */
export type SearchFailure = z.infer<typeof searchFailureSchema>;

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

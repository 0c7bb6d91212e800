import * as z from 'zod/mini';
import { named, orNull, said } from './wire.ts';

const faultSchema = named(
  'ParameterFault',
  'One fault of a request.',
  z.object({ parameter: said(z.string(), 'The name as the caller wrote it.'), detail: z.string() }),
);

/** One fault of a request; `parameter` is the name as the caller wrote it. */
export type ParameterFault = z.infer<typeof faultSchema>;

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

import * as z from 'zod/mini';
import { MAX_FAULTS } from '../../responses/fault-limit.ts';
import { component, described, orNull } from './registry.ts';

const faultSchema = component(
  'ParameterFault',
  'One fault of a request.',
  z.object({ parameter: described(z.string(), 'The name as the caller wrote it.'), detail: z.string() }),
);

/** One fault of a request; `parameter` is the name as the caller wrote it. */
export type ParameterFault = z.infer<typeof faultSchema>;

export const problemSchema = component(
  'Problem',
  'An error as defined by RFC 9457, with the extensions `errors` and `requestId`.',
  z.object({
    type: described(z.string(), "The kind of error: a link into this API's documentation.", {
      examples: ['/docs#invalid-parameters'],
    }),
    title: z.string(),
    status: described(z.int(), 'The HTTP status.'),
    detail: described(z.string(), 'What is wrong, in one sentence.'),
    errors: described(
      z.array(faultSchema).check(z.maxLength(MAX_FAULTS)),
      `The faults of the request with their parameters, at most ${MAX_FAULTS}; often empty.`,
    ),
    requestId: described(orNull(z.string()), 'Identifies the request in the log; `null` if nothing was logged.'),
  }),
);

/** The body of an error. Every key is always present. */
export type Problem = z.infer<typeof problemSchema>;

export const searchFailureSchema = component(
  'SearchFailure',
  "An error of `/search`: the original app's two keys, and the problem.",
  z.object({ status: z.literal('failure'), msg: z.string(), problem: problemSchema }),
);

/** The body of an error of `/search`. */
export type SearchFailure = z.infer<typeof searchFailureSchema>;

import type * as z from 'zod/mini';
import { PROBLEMS, type ProblemCode, problem } from '../responses/problem.ts';
import { problemSchema, searchFailureSchema } from './schemas/problem.ts';
import { registry } from './schemas/registry.ts';

/** The body of a response by content type: its schema and an example. */
export type Content = Readonly<Record<string, { readonly schema: object; readonly example: unknown }>>;

export const textContent = (type: string, example: string): Content => ({
  [type]: { schema: { type: 'string' }, example },
});

/** A reference to a component. */
export const ref = (schema: z.ZodMiniType) => ({ $ref: `#/components/schemas/${registry.get(schema)?.id}` });

const header = (description: string, example: string) => ({ description, schema: { type: 'string' }, example });

export const HEADERS = {
  ETag: header('Weak. Send it back in `If-None-Match` to get a 304 if nothing has changed.', 'W/"a70f"'),
  CacheControl: header(
    'How long the response is valid: one minute if it says which branches are open, and half of it in a shared cache.',
    'public, max-age=60, s-maxage=30',
  ),
  Link: header(
    'The next page, if there is one: `<…>; rel="next"`, relative.',
    '</search?q=tacos&limit=1&cursor=eyJ2>; rel="next"',
  ),
  ServerTiming: header('Duration of the search in milliseconds.', 'search;dur=0.4'),
  ContentDisposition: header('A name for the file.', 'attachment; filename="curbside-example.csv"'),
  RetryAfter: header('Seconds to wait before the next attempt.', '5'),
  RateLimit: header('The requests that the client has left, and the seconds until it has more.', '"client";r=0;t=1'),
  RateLimitPolicy: header('The number of requests and the seconds in which they are allowed.', '"client";q=6000;w=60'),
};

const headers = (...names: (keyof typeof HEADERS)[]) =>
  Object.fromEntries(names.map((name) => [headerName(name), { $ref: `#/components/headers/${name}` }]));

/** `CacheControl` as `Cache-Control`. */
function headerName(name: keyof typeof HEADERS): string {
  if (name.startsWith('RateLimit')) return name.replace('Policy', '-Policy');
  return name.replace(/(?<=[a-z])(?=[A-Z])/g, '-');
}

export function success(description: string, content: Content, more: readonly (keyof typeof HEADERS)[] = []) {
  return { description, headers: headers('ETag', 'CacheControl', ...more), content };
}

export const NOT_MODIFIED = {
  description: 'The response with that `ETag` is current.',
  headers: headers('ETag', 'CacheControl'),
};

/** What every path that uses the engine can fail with. */
export const SERVER_ERRORS = ['internal', 'engine-unavailable'] as const satisfies ProblemCode[];

const EXAMPLE_FIELDS: Partial<Record<ProblemCode, Parameters<typeof problem>[2]>> = {
  'invalid-parameters': {
    errors: [{ parameter: 'lat', detail: 'must be a number of degrees from -90 to 90, got "91"' }],
  },
  internal: { requestId: '6f9619ff-8b86-4d01-b42d-00cf4fc964ff' },
  'engine-unavailable': { requestId: '6f9619ff-8b86-4d01-b42d-00cf4fc964ff' },
};

/** What the server can answer on any path before the app sees the request. 400 and 503 have other kinds too. */
const SERVER_REFUSALS = ['invalid-request', 'overloaded'] as const satisfies ProblemCode[];

/** Kinds after which a caller should try again. */
const RETRIED: ReadonlySet<ProblemCode> = new Set(['rate-limited', 'engine-unavailable', 'overloaded', 'draining']);

/** Errors by status; kinds with the same status differ in their `type`. `wrapped`: in the format of `/search`. */
export function failures(ownCodes: readonly ProblemCode[], wrapped = false) {
  const codes = [...ownCodes, ...SERVER_REFUSALS];
  const byStatus = new Map<number, ProblemCode[]>();
  for (const code of codes) byStatus.set(PROBLEMS[code].status, [...(byStatus.get(PROBLEMS[code].status) ?? []), code]);
  return Object.fromEntries([...byStatus].map(([status, same]) => [status, failure(same, wrapped)]));
}

function failure(codes: readonly ProblemCode[], wrapped: boolean) {
  const examples = (wrap: (value: ReturnType<typeof exampleProblem>) => unknown) =>
    Object.fromEntries(codes.map((code) => [code, { value: wrap(exampleProblem(code)) }]));
  const plain = { 'application/problem+json': { schema: ref(problemSchema), examples: examples((value) => value) } };
  const failed = {
    schema: ref(searchFailureSchema),
    examples: examples((value) => ({ status: 'failure', msg: value.detail, problem: value })),
  };
  return {
    description: codes.map((code) => PROBLEMS[code].title).join('; '),
    headers: headers(
      'CacheControl',
      ...(wrapped ? (['ServerTiming'] as const) : []),
      ...(codes.some((code) => RETRIED.has(code)) ? (['RetryAfter'] as const) : []),
      ...(codes.includes('rate-limited') ? (['RateLimit', 'RateLimitPolicy'] as const) : []),
    ),
    content: wrapped ? { 'application/json': failed, ...plain } : plain,
  };
}

/** Errors of every path that no path has an own form of: the server answers before the app sees the request. */
export const SHARED_FAILURES = {
  RequestTimeout: failure(['request-timeout'], false),
  ExpectationFailed: failure(['expectation-failed'], false),
  UrlTooLong: failure(['url-too-long'], false),
  TooManyRequests: failure(['rate-limited'], false),
  HeadersTooLarge: {
    ...failure(['headers-too-large'], false),
    description:
      'The URL and the headers of the request are larger than 16 kB together, or the request has more than 100 headers. A proxy may have a smaller limit, and another status for it.',
  },
};

/** The responses of {@link SHARED_FAILURES} by status, as references. */
export const sharedFailures = Object.fromEntries(
  Object.entries({
    408: 'RequestTimeout',
    414: 'UrlTooLong',
    417: 'ExpectationFailed',
    429: 'TooManyRequests',
    431: 'HeadersTooLarge',
  }).map(([status, name]) => [status, { $ref: `#/components/responses/${name}` }]),
);

function exampleProblem(code: ProblemCode) {
  return problem(code, PROBLEMS[code].title, EXAMPLE_FIELDS[code]);
}

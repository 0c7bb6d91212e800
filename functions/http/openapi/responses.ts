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
    'How long the response is valid: one minute if it says which branches are open.',
    'public, max-age=60, stale-while-revalidate=600',
  ),
  Link: header(
    'The next page, if there is one: `<…>; rel="next"`, relative.',
    '</search?q=tacos&limit=1&cursor=eyJ2>; rel="next"',
  ),
  ServerTiming: header('Duration of the search in milliseconds.', 'search;dur=0.4'),
  ContentDisposition: header('A name for the file.', 'attachment; filename="curbside-example.csv"'),
  RetryAfter: header('Seconds to wait before the next attempt.', '5'),
};

const headers = (...names: (keyof typeof HEADERS)[]) =>
  Object.fromEntries(names.map((name) => [headerName(name), { $ref: `#/components/headers/${name}` }]));

/** `CacheControl` as `Cache-Control`. */
function headerName(name: keyof typeof HEADERS): string {
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

/** Errors by status; kinds with the same status differ in their `type`. `wrapped`: in the format of `/search`. */
export function failures(codes: readonly ProblemCode[], wrapped = false) {
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
      ...(codes.includes('engine-unavailable') ? (['RetryAfter'] as const) : []),
    ),
    content: wrapped ? { 'application/json': failed, ...plain } : plain,
  };
}

/** For every path: Node's HTTP server sends it before the app sees the request. */
export const HEADERS_TOO_LARGE = {
  description:
    'The URL and the headers of the request are larger than 16 kB together. The body is empty. A proxy may have a smaller limit, and another status for it.',
};
export const headersTooLarge = { $ref: '#/components/responses/HeadersTooLarge' };

function exampleProblem(code: ProblemCode) {
  return problem(code, PROBLEMS[code].title, EXAMPLE_FIELDS[code]);
}

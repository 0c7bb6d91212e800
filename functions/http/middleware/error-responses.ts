import type { Context, Next } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { CallerLeftError, EngineError } from '../../engine/engine.ts';
import type { ParameterFault, SearchFailure } from '../openapi/schemas/problem.ts';
import { quoteForMessage } from '../params/parse.ts';
import { MAX_URL_LENGTH, pathnameOf, pathOf } from '../params/url-parts.ts';
import {
  ALLOWED_METHODS,
  isWrapped,
  PROBLEMS,
  type ProblemCode,
  ProblemError,
  problem,
  wrapped,
} from '../responses/problem.ts';
import type { Env } from './env.ts';
import { asError, describeThrown } from './thrown-value.ts';

/** Receives the details of an error that a caller does not see. */
export type Log = (event: string, fields: Record<string, unknown>) => void;

const READ_METHODS: ReadonlySet<string> = new Set(ALLOWED_METHODS.split(', '));

/** Seconds after which a caller may send a request again that got a 503. */
const RETRY_AFTER_SECONDS = 5;

/** For every method that a read-only API does not have. @throws ProblemError `method-not-allowed` */
export function refuseOtherMethods(c: Context<Env>, next: Next): Promise<void> {
  if (READ_METHODS.has(c.req.method)) return next();
  c.header('Allow', ALLOWED_METHODS);
  throw new ProblemError(
    'method-not-allowed',
    `${quoteForMessage(c.req.method)} is not allowed: this API is read-only; use GET`,
  );
}

/** @throws ProblemError `url-too-long` */
export function refuseLongUrls(c: Context<Env>, next: Next): Promise<void> {
  const { length } = pathOf(c.req.url);
  if (length <= MAX_URL_LENGTH) return next();
  throw new ProblemError('url-too-long', `The URL has ${length} characters; at most ${MAX_URL_LENGTH} are accepted`);
}

/** For a path without a route. */
export function respondNotFound(c: Context<Env>) {
  const path = quoteForMessage(pathnameOf(c.req.url));
  return respondProblem(c, 'not-found', `${path} does not exist; try /search?q=tacos`);
}

/** Converts errors to problems. The cause of a failure goes to the log, never to the caller. */
export function createErrorHandler(log: Log) {
  return (thrown: unknown, c: Context<Env>) => {
    const error = asError(thrown);
    if (error instanceof ProblemError) {
      if (error.code === 'overloaded') c.set('isShed', true);
      return respondProblem(c, error.code, error.message, error.faults);
    }
    // Nobody reads it. The number is nginx's, for the log.
    if (error instanceof CallerLeftError) return c.body(null, 499 as ContentfulStatusCode);
    const id = c.get('requestId');
    if (error instanceof EngineError) {
      const cause = error.cause === undefined ? '' : asError(error.cause).message;
      log('engine unavailable', { requestId: id, error: error.message, cause });
      const fault = error.isTooSlow ? 'did not answer in time' : 'is not responding';
      return respondProblem(c, 'engine-unavailable', `The search engine ${fault}; please try again`, [], id);
    }
    if (isOutOfFiles(error)) {
      log('out of file descriptors', { requestId: id, error: error.message });
      return respondProblem(c, 'overloaded', 'The server has too many open files; please try again', [], id);
    }
    log('bug', { requestId: id, path: pathnameOf(c.req.url), error: describeThrown(error) });
    return respondProblem(
      c,
      'internal',
      'Something went wrong on our side. It is logged under this request id',
      [],
      id,
    );
  };
}

/** Whether a file could not be opened because the process or the machine has too many open ones. */
function isOutOfFiles({ code }: Error & { code?: unknown }): boolean {
  return code === 'EMFILE' || code === 'ENFILE';
}

/** RFC 9457; on `/search` inside the original app's failure, unless the caller accepts `application/problem+json`. */
function respondProblem(
  c: Context<Env>,
  code: ProblemCode,
  detail: string,
  errors: ParameterFault[] = [],
  requestId: string | null = null,
) {
  const body = problem(code, detail, { errors, requestId });
  c.header('Cache-Control', 'no-store');
  if (PROBLEMS[code].status === 503) c.header('Retry-After', String(RETRY_AFTER_SECONDS));
  if (isWrapped(c.req.path, c.req.header('Accept'))) {
    return c.json<SearchFailure>(wrapped(body), PROBLEMS[code].status);
  }
  return c.json(body, PROBLEMS[code].status, { 'Content-Type': 'application/problem+json' });
}

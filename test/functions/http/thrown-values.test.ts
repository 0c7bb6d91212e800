import { describe, expect, it, vi } from 'vitest';
import { createEventHandler, type FunctionEvent } from '../../../functions/aws/lambda-adapter.ts';
import type { Engine } from '../../../functions/engine/engine.ts';
import { createApp } from '../../../functions/http/app.ts';
import type { Log } from '../../../functions/http/middleware/error-responses.ts';
import { toPlainResponse } from '../../../functions/http/middleware/plain-response.ts';
import type { Problem, SearchFailure } from '../../../functions/http/openapi/schemas/problem.ts';
import type { Logged } from './app-of.ts';

/** An error whose message cannot be read. */
class UnreadableError extends Error {
  override get message(): string {
    throw new Error('no message for you');
  }
  override get stack(): string {
    throw new Error('no stack for you');
  }
}
class UnreadableObject {
  toJSON() {
    throw new Error('no JSON for you');
  }
}
const circular: Record<string, unknown> = {};
circular.self = circular;

const THROWN: [name: string, value: unknown][] = [
  ['a text', 'out of tacos'],
  ['null', null],
  ['undefined', undefined],
  ['a number', 42],
  ['a symbol', Symbol('taco')],
  ['a function', () => 1],
  ['an object without a message', { code: 'E_TACO' }],
  ['an object without a prototype', Object.create(null)],
  ['an object that refers to itself', circular],
  ['an object that cannot be written', new UnreadableObject()],
  ['an error without a message', new Error()],
  ['an error without a stack', Object.assign(new Error('x'), { stack: undefined })],
  ['an error with a wrong message', Object.assign(new Error('x'), { message: 7 })],
  ['an error whose message cannot be read', new UnreadableError('x')],
  ['an error with an odd cause', new Error('x', { cause: Symbol('y') })],
];

const failing = (value: unknown): Engine => {
  const fail = () => Promise.reject(value);
  return { name: 'opensearch', search: fail, counter: () => fail, suggest: fail, find: fail, about: fail };
};

const appOver = (engine: () => Engine, log: Log, cacheBytes = 0) => createApp({ engine, tiles: null, log, cacheBytes });

async function expectProblem(response: Response, path: string): Promise<Problem> {
  expect(response.status).toBe(500);
  const body = await response.json();
  const problem = path.startsWith('/search') ? (body as SearchFailure).problem : (body as Problem);
  expect(problem).toMatchObject({ type: '/docs#internal', status: 500, errors: [], requestId: expect.any(String) });
  expect(response.headers.get('X-Request-Id')).toBe(problem.requestId);
  expect(response.headers.get('Access-Control-Allow-Origin')).toBe('*');
  expect(response.headers.get('Cache-Control')).toBe('no-store');
  return problem;
}

describe.each(THROWN)('%s that is thrown', (_name, value) => {
  it.each(['/search?q=tacos', '/meta', '/trucks/a', '/readyz'])(
    'by the engine of %s ends in a logged problem',
    async (path) => {
      const logged: Logged[] = [];
      const log: Log = (event, fields) => logged.push({ event, fields });
      for (const cacheBytes of [0, 1_000_000]) {
        logged.length = 0;
        const response = await appOver(() => failing(value), log, cacheBytes).request(path);
        const { requestId } = await expectProblem(response, path);
        expect(logged).toEqual([
          { event: 'bug', fields: expect.objectContaining({ requestId, error: expect.any(String) }) },
        ]);
      }
    },
  );

  it('outside of the routes ends in a logged problem', async () => {
    const logged: Logged[] = [];
    const app = appOver(
      () => {
        throw value;
      },
      (event, fields) => logged.push({ event, fields }),
      1_000_000,
    );
    await expectProblem(await app.request('/search?q=tacos'), '/search');
    expect(logged.map(({ event }) => event)).toEqual(['bug']);
  });

  it('by the log does not cost the response', async () => {
    const error = vi.spyOn(console, 'error').mockImplementation(() => {});
    const log = () => {
      throw value;
    };
    await expectProblem(await appOver(() => failing(value), log).request('/meta'), '/meta');
    expect(error).toHaveBeenCalledOnce();
    error.mockRestore();
  });
});

describe('a host that is not one in a URL', () => {
  it.each(['1.2.3.999', 'xn--', 'a..b', '0x7f.1.1.1.1'])('%s changes no answer', async (host) => {
    const logged: Logged[] = [];
    const app = appOver(
      () => failing(new Error('down')),
      (event, fields) => logged.push({ event, fields }),
    );
    // Node's server creates such requests without the URL parser.
    const requestOf = (path: string) =>
      ({ method: 'GET', url: `http://${host}${path}`, headers: new Headers() }) as Request;
    expect((await app.fetch(requestOf('/nowhere'))).status).toBe(404);
    expect((await app.fetch(requestOf('/docs?embed=1'))).status).toBe(200);
    expect((await app.fetch(requestOf('/search?lat=91'))).status).toBe(500);
    expect(logged.map(({ event }) => event)).toEqual(['bug']);
  });

  it('in an event of Lambda ends in a problem', async () => {
    const app = createApp({
      engine: () => failing('down'),
      tiles: null,
      log: () => {},
      toResponse: toPlainResponse,
    });
    const handle = createEventHandler(app.fetch);
    const requestContext = { domainName: 'xn--', http: { method: 'GET' } };
    const event = { rawPath: '/nowhere', rawQueryString: '', headers: {}, requestContext } as unknown as FunctionEvent;
    expect(await handle(event)).toMatchObject({ statusCode: 404 });
  });
});

import { describe, expect, it } from 'vitest';
import { openEmbedded } from '../../../functions/engine/embedded/release-engine.ts';
import { createApp } from '../../../functions/http/app.ts';
import { problem } from '../../../functions/http/responses/problem.ts';
import { pageFiles } from '../../../functions/node/page-files.ts';
import { builtPage } from '../../../infra/stack/assets.ts';
import { errorPages } from '../../../infra/stack/error-pages.ts';
import { BUILD } from '../../fixtures/build-directory.ts';
import { town } from '../../fixtures/town.ts';
import { createEdge, type EdgeAnswer, type EdgeRequest } from './simulated-edge.ts';

describe('an error at the edge is the problem that the app answers with', async () => {
  const engine = openEmbedded(town());
  const parts = { engine: () => engine, tiles: null, log: () => {} };
  /** The API alone, as on Lambda, and a server with the page. */
  const api = createApp(parts);
  const server = createApp({ ...parts, page: pageFiles(`${BUILD}/web`, 'no-data') });
  const ask = async (app: typeof api, { method, path, headers }: EdgeRequest): Promise<EdgeAnswer> => {
    const response = await app.request(path, { method, ...(headers ? { headers } : {}) });
    return { status: response.status, headers: Object.fromEntries(response.headers), body: await response.text() };
  };
  const edge = createEdge({
    api: (request) => ask(api, request),
    files: new Map([...(await builtPage(BUILD)), ...errorPages()]),
  });

  const PATHS = [
    '/search?q=tacos',
    '/search',
    '/suggest',
    '/data/current.json',
    '/',
    '/assets/main.js',
    '/no/such/path',
  ];
  const OTHER_METHODS = ['POST', 'PUT', 'PATCH', 'DELETE'];
  const REQUESTS = PATHS.flatMap((path) => OTHER_METHODS.map((method) => [method, path] as const));

  it.each(REQUESTS)('%s %s', async (method, path) => {
    for (const headers of [{}, { Accept: 'application/problem+json' }, { Accept: 'text/html,*/*' }]) {
      const [uri = ''] = path.split('?');
      const [expected, got] = [
        await ask(server, { method, path, headers }),
        await edge({ method, path: uri, headers }),
      ];
      expect(got.status).toBe(405);
      expect([got.status, JSON.parse(got.body)]).toEqual([expected.status, JSON.parse(expected.body)]);
      for (const name of [
        'content-type',
        'allow',
        'cache-control',
        'access-control-allow-origin',
        'access-control-expose-headers',
        'x-content-type-options',
      ]) {
        expect([name, got.headers[name]]).toEqual([name, expected.headers[name]]);
      }
      expect(got.headers['x-request-id']).toBeTruthy();
    }
  });

  it.each(PATHS)('a preflight of %s', async (path) => {
    for (const requested of ['If-None-Match, X-Request-Id', 'a(b, c', '']) {
      const headers: Record<string, string> = requested ? { 'Access-Control-Request-Headers': requested } : {};
      const [uri = ''] = path.split('?');
      const [expected, got] = [
        await ask(server, { method: 'OPTIONS', path, headers }),
        await edge({ method: 'OPTIONS', path: uri, headers }),
      ];
      expect(got.status).toBe(204);
      const { 'x-request-id': _, 'strict-transport-security': security, ...others } = got.headers;
      const { 'x-request-id': __, ...wanted } = expected.headers;
      expect({ status: got.status, headers: others }).toEqual({ status: expected.status, headers: wanted });
      expect(security).toBe('max-age=31536000');
    }
  });

  it.each(['/no/such/path', '/wp-login.php', '/worker', '/assets', '/docs/nothing', '/errors'])(
    'a path without anything: %s',
    async (path) => {
      for (const method of ['GET', 'HEAD']) {
        const [expected, got] = [await ask(server, { method, path }), await edge({ method, path })];
        expect([got.status, got.body]).toEqual([404, expected.body]);
        expect(got.headers['content-type']).toBe('application/problem+json');
      }
    },
  );

  it.each(['/assets/main-AAAAAAAA.js', '/icons/none.png', '/basemap/other.pmtiles', '/errors/none'])(
    'a missing file of the page, without its name: %s',
    async (path) => {
      const [expected, got] = [await ask(server, { method: 'GET', path }), await edge({ method: 'GET', path })];
      expect([got.status, got.headers['content-type']]).toEqual([404, 'application/problem+json']);
      expect({ ...JSON.parse(got.body), detail: '' }).toEqual({ ...JSON.parse(expected.body), detail: '' });
    },
  );

  it.each([502, 504])('an answer of Lambda’s or CloudFront’s own: %i', async (status) => {
    const failing = createEdge({ api: async () => ({ status, headers: {}, body: '<html>' }), files: errorPages() });
    const got = await failing({ method: 'GET', path: '/search' });
    expect([got.status, got.headers['content-type']]).toEqual([500, 'application/problem+json']);
    expect({ ...JSON.parse(got.body), detail: '' }).toEqual(problem('internal', ''));
  });

  it('a file of the page, and an error of the API itself, pass unchanged', async () => {
    expect((await edge({ method: 'GET', path: '/' })).body).toContain('<!doctype html>');
    const path = '/trucks/none';
    expect((await edge({ method: 'GET', path })).body).toBe((await ask(api, { method: 'GET', path })).body);
  });
});

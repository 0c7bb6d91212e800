import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { openEmbedded } from '../../../functions/engine/embedded/release-engine.ts';
import { createApp } from '../../../functions/http/app.ts';
import { createCityRouter } from '../../../functions/http/city-router.ts';
import { pageFiles } from '../../../functions/node/page-files.ts';
import { hostedPages } from '../../../functions/site/hosted-pages.ts';
import { builtPage, withShareImage } from '../../../infra/stack/assets.ts';
import { errorPages } from '../../../infra/stack/error-pages.ts';
import { BUILD } from '../../fixtures/build-directory.ts';
import { town } from '../../fixtures/town.ts';
import { createEdge, type EdgeAnswer, type EdgeRequest } from './simulated-edge.ts';

const IDS = ['town', 'river-town'] as const;

describe('several cities at the edge', async () => {
  const releases = IDS.map((id) => ({ ...town(), city: { ...town().city, id, name: `The ${id}` } }));
  /** The apps of both cities behind their router: the API alone, as on Lambda, or a server with the page. */
  const routed = (hasPage: boolean) => {
    const apps = releases.map((release, at) => {
      const engine = openEmbedded(release);
      const mark = at === 0 ? null : release.city.id;
      return createApp({
        engine: () => engine,
        tiles: null,
        log: () => {},
        root: at === 0 ? '/' : `/${release.city.id}/`,
        ...(hasPage ? { page: pageFiles(`${BUILD}/web`, 'no-data', mark) } : {}),
      });
    });
    return createCityRouter({ fetch: (request) => apps[0]?.fetch(request) as Response }, [
      { id: IDS[1], fetch: (request) => apps[1]?.fetch(request) as Response },
    ]);
  };
  const [api, server] = [routed(false), routed(true)];
  const ask = async (fetch: typeof api, { method, path, headers }: EdgeRequest): Promise<EdgeAnswer> => {
    const response = await fetch(new Request(`http://localhost${path}`, { method, ...(headers ? { headers } : {}) }));
    return { status: response.status, headers: Object.fromEntries(response.headers), body: await response.text() };
  };
  const { pages } = hostedPages(
    readFileSync(`${BUILD}/web/index.html`, 'utf8'),
    releases.map(({ city }, at) => ({
      facts: city,
      root: at === 0 ? '/' : `/${city.id}/`,
      ownTiles: undefined,
      tiles: null,
    })),
  );
  const startPages = new Map(Object.entries(pages).map(([path, html]) => [path, Buffer.from(html)]));
  const built = await builtPage(BUILD);
  const edge = createEdge({
    api: (request) => ask(api, request),
    files: new Map([
      ...built,
      ...errorPages(),
      ...withShareImage(startPages, 'http://localhost'),
      // What a city that was taken off the list has left.
      ['old-town/index.html', Buffer.from('old')],
    ]),
    cities: IDS.join(','),
  });
  const get = (path: string): EdgeRequest => ({ method: 'GET', path });

  it('each start page is that of a server', async () => {
    for (const path of ['/', '/river-town/']) {
      const [expected, got] = [await ask(server, get(path)), await edge(get(path))];
      expect([path, got.status, got.body === expected.body]).toEqual([path, 200, true]);
    }
    expect((await edge(get('/river-town/'))).body).toContain('<html data-city="river-town" ');
    expect((await edge(get('/river-town/index.html'))).body).toBe((await edge(get('/river-town/'))).body);
  });

  it('each file of the page is also below a city', async () => {
    const paths = [...built.keys()].filter((path) => path !== 'index.html');
    expect(paths.length).toBeGreaterThan(20);
    for (const path of paths) {
      const [expected, got] = [await ask(server, get(`/river-town/${path}`)), await edge(get(`/river-town/${path}`))];
      expect([path, got.status, got.body === expected.body]).toEqual([path, 200, true]);
    }
  });

  it.each([
    '/river-town',
    '/river-town/meta',
    '/river-town/suggest',
    '/river-town/v/far-tacos',
    '/river-town/docs',
    '/docs/',
    '/river-town/docs/',
  ])('the function answers %s', async (path) => {
    const [expected, got] = [await ask(api, get(path)), await edge(get(path))];
    expect([got.status, got.body]).toEqual([expected.status, expected.body]);
    expect(got.status).toBeLessThan(500);
  });

  it.each([
    '/other-town/',
    '/other-town/index.html',
    '/other-town/search',
    '/town/',
    '/River-Town/',
    '/v/far-tacos/',
    '/trucks/1/',
    '/rivendocs/',
    '/river-town/docs/docs/',
    '/river-town/v/far-tacos/',
    '/river-town/other/',
    '/river-town/river-town/',
    `/${'long/'.repeat(20)}`,
  ])('the app’s own 404 is the answer to %s', async (path) => {
    const [expected, got] = [await ask(server, get(path)), await edge(get(path))];
    expect([got.status, got.body]).toEqual([404, expected.body]);
    expect(got.headers['content-type']).toBe('application/problem+json');
    expect(got.headers['cache-control']).toBe('no-store');
    expect(await edge({ method: 'HEAD', path })).toMatchObject({ status: 404, body: '' });
  });

  it.each([
    '/old-town/',
    '/old-town/index.html',
    '/other-town/assets/main.js',
    '/town/worker.js',
    '/river-town/icons/none',
  ])('a 404 without the path is the answer to %s', async (path) => {
    const got = await edge(get(path));
    expect([got.status, got.headers['content-type']]).toEqual([404, 'application/problem+json']);
  });

  it.each(['/river-town/search', '/river-town/', '/river-town/assets/main.js', '/other-town/search', '/other-town/'])(
    'a POST to %s is refused as by the app',
    async (path) => {
      for (const headers of [{}, { Accept: 'application/problem+json' }]) {
        const request = { method: 'POST', path, headers };
        const [expected, got] = [await ask(server, request), await edge(request)];
        expect([got.status, JSON.parse(got.body)]).toEqual([405, JSON.parse(expected.body)]);
        expect(got.headers['content-type']).toBe(expected.headers['content-type']);
      }
    },
  );

  it('a single city has no folders', async () => {
    const alone = createEdge({ api: (request) => ask(api, request), files: built, cities: 'river-town' });
    expect((await alone(get('/river-town/'))).status).toBe(404);
  });
});

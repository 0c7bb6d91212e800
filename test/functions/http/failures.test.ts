import { describe, expect, it } from 'vitest';
import { openEmbedded } from '../../../functions/engine/embedded/release-engine.ts';
import { type Engine, EngineError } from '../../../functions/engine/engine.ts';
import { createApp } from '../../../functions/http/app.ts';
import type { Problem, SearchFailure } from '../../../functions/http/openapi/schemas/problem.ts';
import type { SearchResponse } from '../../../functions/http/openapi/schemas/search.ts';
import { town } from '../../fixtures/town.ts';
import { appOf, type Logged } from './app-of.ts';

describe('invalid requests', () => {
  it.each([
    ['lat=91&lon=0', ['lat must be a number of degrees from -90 to 90, got "91"']],
    ['lat=40', ['lon is missing: lat was given without it']],
    ['q=x&radius=500', ['radius needs lat and lon to measure from']],
    ['q=x&sort=distance', ['sort distance needs lat and lon']],
    ['q=x&sort=hash', ['sort must be best, distance, name, got "hash"']],
    ['q=x&limit=0', ['limit must be a whole number from 1 to 200, got "0"']],
    ['q=x&limit=1e2', ['limit must be a whole number from 1 to 200, got "1e2"']],
    [
      'lat=0x10&lon=NaN',
      [
        'lat must be a number of degrees from -90 to 90, got "0x10"',
        'lon must be a number of degrees from -180 to 180, got "NaN"',
      ],
    ],
    ['bbox=1,2,3', ['bbox must be minLon,minLat,maxLon,maxLat in degrees with minLat <= maxLat, got "1,2,3"']],
    ['bbox=0,10,1,9', ['bbox must be minLon,minLat,maxLon,maxLat in degrees with minLat <= maxLat, got "0,10,1,9"']],
    ['bbox=1,2,3,4,5', [expect.stringMatching(/^bbox must be/)]],
    ['q=a&q=b', ['q was given more than once']],
    ['lat=1&latitude=2&lon=3', ['latitude was given more than once']],
    [`q=${'x'.repeat(101)}`, [expect.stringMatching(/^q must be at most 100 characters/)]],
    ['status=a%00b&q=x', [expect.stringMatching(/^status must be .*got "a\ufffdb"$/)]],
  ])('%s', async (params, expected) => {
    const response = await appOf().request(`/search?${params}`);
    expect(response.status).toBe(400);
    const { status, problem } = (await response.json()) as SearchFailure;
    expect(status).toBe('failure');
    expect(problem.errors.map(({ parameter, detail }) => `${parameter} ${detail}`)).toEqual(expected);
    for (const { parameter } of problem.errors) expect(problem.detail).toContain(parameter);
  });

  it('warn about an unknown parameter and succeed', async () => {
    const response = await appOf().request('/search?q=tacos&utm_source=mail');
    expect(((await response.json()) as SearchResponse).warnings).toEqual([
      'unknown parameter "utm_source" was ignored',
    ]);
  });
});

describe('errors of the whole app', () => {
  const broken = (error: Error): Engine => ({
    name: 'opensearch',
    search: () => Promise.reject(error),
    counter: () => () => Promise.reject(error),
    suggest: () => Promise.reject(error),
    find: () => Promise.reject(error),
    about: () => Promise.reject(error),
  });

  it('are a 503 with Retry-After if the engine is down, without its message', async () => {
    const logged: Logged[] = [];
    const down = new EngineError('no answer', { cause: new Error('ECONNREFUSED 10.0.0.7:9200') });
    const response = await appOf(broken(down), logged).request('/search?q=tacos');
    expect(response.status).toBe(503);
    expect(response.headers.get('Retry-After')).toBe('5');
    const text = await response.text();
    expect(text).not.toContain('ECONNREFUSED');
    const { problem } = JSON.parse(text) as SearchFailure;
    expect(logged).toEqual([
      { event: 'engine unavailable', fields: expect.objectContaining({ requestId: problem.requestId }) },
    ]);
    expect(JSON.stringify(logged)).toContain('ECONNREFUSED 10.0.0.7:9200');
  });

  it('are a 500 with a request id for a bug, without its message', async () => {
    const logged: Logged[] = [];
    const response = await appOf(broken(new TypeError('secret.path is undefined')), logged).request('/meta');
    expect(response.status).toBe(500);
    expect(response.headers.get('Content-Type')).toContain('application/problem+json');
    const text = await response.text();
    expect(text).not.toContain('secret');
    expect(logged[0]?.fields.requestId).toBe((JSON.parse(text) as Problem).requestId);
    expect(JSON.stringify(logged)).toContain('secret.path');
  });

  it('are a 404 for an unknown path and a 405 for a write', async () => {
    const missing = await appOf().request('/nothing');
    expect(missing.status).toBe(404);
    expect(((await missing.json()) as Problem).detail).toContain('/nothing');
    const written = await appOf().request('/search?q=tacos', { method: 'POST' });
    expect(written.status).toBe(405);
    expect(written.headers.get('Allow')).toBe('GET, HEAD, OPTIONS');
  });

  it.each(['PUT', 'DELETE', 'PROPFIND', 'QUERY', 'LOCK', 'M-SEARCH', 'BREW'])('are a 405 for %s', async (method) => {
    for (const path of ['/search?q=tacos', '/meta', '/nothing', '/']) {
      const response = await appOf().request(path, { method });
      expect([path, response.status, response.headers.get('Allow')]).toEqual([path, 405, 'GET, HEAD, OPTIONS']);
    }
  });

  it('are a 503 with Retry-After if no file can be opened, which is logged', async () => {
    const logged: Logged[] = [];
    const full = Object.assign(new Error('EMFILE: too many open files'), { code: 'EMFILE' });
    const response = await appOf(broken(full), logged).request('/meta');
    expect([response.status, response.headers.get('Retry-After')]).toEqual([503, '5']);
    expect(((await response.json()) as Problem).type).toBe('/docs#overloaded');
    expect(logged).toMatchObject([{ event: 'out of file descriptors' }]);
  });

  it('are a 503 of /readyz while the process is draining, with its reason', async () => {
    let isDraining = false;
    const app = createApp({
      engine: () => openEmbedded(town()),
      tiles: null,
      log: () => {},
      isDraining: () => isDraining,
    });
    expect((await app.request('/readyz')).status).toBe(200);
    isDraining = true;
    const response = await app.request('/readyz');
    expect([response.status, response.headers.get('Cache-Control')]).toEqual([503, 'no-store']);
    expect(response.headers.get('Retry-After')).toBe('5');
    expect(await response.json()).toMatchObject({ type: '/docs#draining', status: 503 });
    expect((await app.request('/search?q=tacos')).status).toBe(200);
  });

  it('are a plain problem if the request accepts one', async () => {
    const response = await appOf().request('/search', { headers: { Accept: 'application/problem+json' } });
    expect(response.headers.get('Content-Type')).toContain('application/problem+json');
    expect(await response.json()).toMatchObject({ title: 'The query is missing', status: 400 });
  });
});

describe('HTTP', () => {
  it('responds with a 304 if the ETag matches, to HEAD without a body, and to every origin', async () => {
    const first = await appOf().request('/search?q=tacos', { headers: { Origin: 'https://elsewhere.example' } });
    expect(first.headers.get('Access-Control-Allow-Origin')).toBe('*');
    expect(first.headers.get('Cache-Control')).toContain('max-age=60');
    const tag = first.headers.get('ETag') ?? '';
    expect(tag).toMatch(/^W\//);
    const second = await appOf().request('/search?q=tacos', { headers: { 'If-None-Match': tag } });
    expect(second.status).toBe(304);
    expect(await second.text()).toBe('');
    const head = await appOf().request('/search?q=tacos', { method: 'HEAD' });
    expect([head.status, await head.text()]).toEqual([200, '']);
    expect(head.headers.get('ETag')).toBe(tag);
  });

  it('returns the same time within a minute', async () => {
    const { meta } = (await (await appOf().request('/search?q=tacos')).json()) as SearchResponse;
    expect(meta).toMatchObject({
      now: '2026-09-03T18:20:00.000Z',
      engine: 'embedded',
      data_version: '2026-09-01-town',
    });
  });

  it('allows the page to load only tiles from other origins', async () => {
    const tiles = {
      url: 'https://{s}.tiles.example/{z}/{x}/{y}.png',
      attribution: 'T',
      attributionUrl: '',
      maxZoom: 19,
    };
    const app = createApp({ engine: () => openEmbedded(town()), tiles, log: () => {} });
    const policy = (await app.request('/docs')).headers.get('Content-Security-Policy') ?? '';
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("img-src 'self' data: https://*.tiles.example");
    expect(policy).not.toMatch(/unsafe|\s\*[\s;]/);
    const data = await app.request('/meta');
    expect(data.headers.get('Content-Security-Policy')).toBe("default-src 'none'; frame-ancestors 'none'");
    expect(data.headers.get('X-Content-Type-Options')).toBe('nosniff');
  });

  it.each([
    ['pmtiles:///basemap/city.pmtiles', "connect-src 'self';"],
    ['pmtiles://https://tiles.example/city.pmtiles', "connect-src 'self' https://tiles.example;"],
  ])('lets the page request ranges of an archive at its origin: %s', async (url, source) => {
    const tiles = { url, attribution: 'T', attributionUrl: '', maxZoom: 19 };
    const app = createApp({ engine: () => openEmbedded(town()), tiles, log: () => {} });
    const policy = (await app.request('/docs')).headers.get('Content-Security-Policy') ?? '';
    expect(policy).toContain(source);
    expect(policy).toContain("img-src 'self' data:;");
  });
});

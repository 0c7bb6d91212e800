import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CitiesResponse } from '../../../functions/http/openapi/schemas/city-entry.ts';
import type { CurrentFiles } from '../../../functions/http/openapi/schemas/data.ts';
import type { MetaResponse } from '../../../functions/http/openapi/schemas/meta.ts';
import type { SearchFailure } from '../../../functions/http/openapi/schemas/problem.ts';
import type { SearchResponse } from '../../../functions/http/openapi/schemas/search.ts';
import { type InventedCities, jsonOf, startInventedCities } from '../../fixtures/invented-cities.ts';
import { type Running, startServer } from '../../fixtures/server-process.ts';

let invented: InventedCities;
beforeAll(async () => {
  invented = await startInventedCities();
});
afterAll(() => invented.end());

describe('a server with two cities', () => {
  let server: Running;
  const get = <Body>(path: string) => jsonOf<Body>(`${server.url}${path}`);
  const names = async (path: string) => (await get<SearchResponse>(path)).trucks.map(({ name }) => name);
  beforeAll(async () => {
    invented.publishTable('alpha', 3);
    invented.publishTable('beta', 5);
    const cities = [await invented.cityFile('alpha'), await invented.cityFile('beta', { zone: 'Asia/Tokyo' })];
    const args = cities.flatMap((path) => ['--city', path]);
    server = await startServer([...args, '--data-dir', invented.newData(), '--tiles', 'off', '--threads', '1']);
  });
  afterAll(() => server?.stop());

  it('answers the first at the root, and the other by its path and by the parameter', async () => {
    expect(await names('/search?q=pierogi')).toHaveLength(3);
    expect(await names('/search?q=pierogi&city=alpha')).toHaveLength(3);
    const below = await names('/beta/search?q=pierogi');
    expect(below).toHaveLength(5);
    expect(below.every((name) => name.startsWith('beta'))).toBe(true);
    // Twice: the second answer is from the cache.
    for (const path of ['/search?q=pierogi&city=beta', '/search?q=pierogi&city=beta', '/beta/search?q=pierogi']) {
      expect(await names(path)).toEqual(below);
    }
    expect(await names('/search?q=pierogi')).toHaveLength(3);
  });

  it('keeps zone, suggestions, vendors and data of the cities apart', async () => {
    expect((await get<MetaResponse>('/meta')).city).toMatchObject({ id: 'alpha', zone: 'America/Chicago' });
    for (const path of ['/beta/meta', '/meta?city=beta']) {
      expect((await get<MetaResponse>(path)).city).toMatchObject({ id: 'beta', zone: 'Asia/Tokyo' });
    }
    const { trucks } = await get<SearchResponse>('/beta/search?q=stall&limit=1');
    const id = trucks[0]?.id;
    expect((await fetch(`${server.url}/trucks/${id}`)).status).toBe(404);
    for (const path of [`/beta/trucks/${id}`, `/trucks/${id}?city=beta`]) {
      expect(await get(path)).toMatchObject({ truck: { id }, warnings: [], meta: { timezone: 'Asia/Tokyo' } });
    }
    const { files } = await get<CurrentFiles>('/beta/data/current.json');
    for (const { href } of files) {
      expect(href).toMatch(/^\/beta\/data\//);
      expect([href, (await fetch(`${server.url}${href}`)).status]).toEqual([href, 200]);
    }
    const named = await get<CurrentFiles>('/data/current.json?city=beta');
    expect(named.files.map(({ href }) => href)).toContain(files[0]?.href);
    expect(await get('/debug?city=beta')).toMatchObject({ msg: expect.stringContaining('beta') });
  });

  it('has pages whose links stay in their city', async () => {
    const { trucks } = await get<SearchResponse>('/beta/search?q=stall&limit=1');
    const vendor = `/beta/v/${trucks[0]?.id}`;
    for (const path of ['/beta/data/list.html', '/beta/data/quality.html', vendor]) {
      const html = await (await fetch(`${server.url}${path}`)).text();
      const links = [...html.matchAll(/ (?:href|src)="(\/[^"]*)"/g)].map(([, link]) => link ?? '');
      expect(links.length).toBeGreaterThan(1);
      for (const link of links) {
        expect(link).toMatch(/^\/beta\//);
        expect([link, (await fetch(`${server.url}${link}`)).status]).toEqual([link, 200]);
      }
    }
    const html = await (await fetch(`${server.url}${vendor}`)).text();
    expect(html).toContain(`<link rel="canonical" href="${server.url}${vendor}">`);
    expect(await (await fetch(`${server.url}/beta/sitemap.xml`)).text()).toContain(`<loc>${server.url}${vendor}</loc>`);
    const robots = await (await fetch(`${server.url}/robots.txt`)).text();
    expect(robots.match(/^Sitemap: .*$/gm)).toEqual(
      ['', '/beta'].map((path) => `Sitemap: ${server.url}${path}/sitemap.xml`),
    );
  });

  it('serves the page below the path of the city, with its mark, its worker and its scripts', async () => {
    const moved = await fetch(`${server.url}/beta?q=x`, { redirect: 'manual' });
    expect([moved.status, moved.headers.get('Location')]).toEqual([308, '/beta/?q=x']);
    const page = await fetch(`${server.url}/beta/`);
    const html = await page.text();
    expect(page.headers.get('Content-Security-Policy')).toContain("script-src 'self' 'sha256-");
    expect(html).toContain('<html data-city="beta" lang="en">');
    expect(await (await fetch(server.url)).text()).not.toContain('data-city');
    const script = /src="(assets\/main-\w+\.js)"/.exec(html)?.[1];
    for (const file of [script, 'worker.js', 'manifest.webmanifest']) {
      const response = await fetch(`${server.url}/beta/${file}`);
      expect([file, response.status]).toEqual([file, 200]);
    }
    const cached = await fetch(`${server.url}/beta/${script}`);
    expect(cached.headers.get('Cache-Control')).toContain('immutable');
  });

  it('leads to the next page of the same city', async () => {
    for (const path of ['/beta/search?q=pierogi&limit=2', '/search?q=pierogi&limit=2&city=beta']) {
      const first = await fetch(`${server.url}${path}`);
      const [, next] = /^<([^>]+)>; rel="next"$/.exec(first.headers.get('Link') ?? '') ?? [];
      expect(next?.startsWith(path.slice(0, path.indexOf('?')))).toBe(true);
      const second = await get<SearchResponse>(next ?? '');
      expect(second.trucks).toHaveLength(2);
      expect(second.meta.timezone).toBe('Asia/Tokyo');
      expect(second.warnings.join()).not.toContain('unknown parameter');
    }
  });

  it('lists the cities, each from where the page is', async () => {
    const { cities } = await get<CitiesResponse>('/cities');
    const meta = await get<MetaResponse>('/beta/meta');
    expect(cities).toMatchObject([
      { id: 'alpha', name: 'Alpha', page: './', counts: { vendors: 3 }, origin: 'live' },
      { id: 'beta', name: 'Beta', page: 'beta/', counts: { vendors: 5 }, data_version: meta.meta.data_version },
    ]);
    expect(cities[1]).toMatchObject({ bounds: meta.city.bounds, center: meta.city.center, as_of: meta.meta.as_of });
    expect(meta.cities).toEqual([
      { id: 'alpha', name: 'Alpha', page: '../' },
      { id: 'beta', name: 'Beta', page: './' },
    ]);
    expect((await get<CitiesResponse>('/beta/cities')).cities.map(({ page }) => page)).toEqual(['../', './']);
    expect(await get('/readyz')).toMatchObject({ notes: [], cities: [{ id: 'alpha' }, { id: 'beta' }] });
  });

  it.each([
    ['/search?q=pierogi&city=gamma', 'must be one of alpha, beta, got "gamma"'],
    ['/suggest?q=p&city=gamma', 'must be one of alpha, beta, got "gamma"'],
    ['/meta?city=gamma', 'must be one of alpha, beta, got "gamma"'],
    ['/data/current.json?city=gamma', 'must be one of alpha, beta, got "gamma"'],
    ['/trucks/x?city=Beta', 'must be one of alpha, beta, got "Beta"'],
    ['/beta/search?q=pierogi&city=alpha', 'must be beta, got "alpha"'],
    ['/search?q=pierogi&city=beta&city=alpha', 'was given more than once'],
  ])('refuses %s', async (path, detail) => {
    const response = await fetch(`${server.url}${path}`);
    expect(response.status).toBe(400);
    const body = (await response.json()) as SearchFailure | SearchFailure['problem'];
    const { errors } = 'problem' in body ? body.problem : body;
    expect('problem' in body).toBe(path.includes('/search'));
    expect(errors).toEqual([{ parameter: 'city', detail }]);
  });

  it.each([
    ['/search?q=pierogi&city=gamma&limit=0&open_at=noon', ['city', 'limit', 'open_at']],
    ['/suggest?q=p&city=gamma&limit=x', ['city', 'limit']],
    ['/trucks/x.ics?city=gamma&place=a&place=b', ['city', 'place']],
    ['/search?city=gamma', ['city', 'q']],
  ])('names every fault of %s', async (path, parameters) => {
    const response = await fetch(`${server.url}${path}`, { headers: { Accept: 'application/problem+json' } });
    expect(response.status).toBe(400);
    const { errors } = (await response.json()) as SearchFailure['problem'];
    expect(errors.map(({ parameter }) => parameter).sort()).toEqual(parameters);
  });

  it('takes an ETag of one city for no answer of another', async () => {
    const tagOf = async (path: string) => (await fetch(`${server.url}${path}`)).headers.get('ETag') ?? '';
    const tag = await tagOf('/search?q=pierogi');
    const other = await fetch(`${server.url}/beta/search?q=pierogi`, { headers: { 'If-None-Match': tag } });
    expect(other.status).toBe(200);
    const own = await tagOf('/beta/search?q=pierogi');
    const same = await fetch(`${server.url}/beta/search?q=pierogi`, { headers: { 'If-None-Match': own } });
    expect(same.status).toBe(304);
  });

  it('names the city in each line of its log', async () => {
    const before = server.said().length;
    await fetch(`${server.url}/beta/suggest?q=p`);
    await expect.poll(() => server.said().slice(before)).toMatch(/"route":"\/suggest".*"city":"beta"/);
  });
});

import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { SearchResponse } from '../../../functions/http/openapi/schemas/search.ts';
import { noMoto } from '../../fixtures/aws-emulators.ts';
import { jsonOf } from '../../fixtures/invented-cities.ts';
import { startServer } from '../../fixtures/server-process.ts';
import { citiesInBucket } from './cities-in-bucket.ts';

describe.skipIf(noMoto)('a function with two cities', () => {
  const cities = citiesInBucket();

  it('answers as a server does with the same data', async () => {
    const store = await cities.newStore();
    const paths = [await store.cityFile('alpha', 3), await store.cityFile('beta', 5)];
    const args = ['--data-dir', store.data, '--tiles', 'off', '--threads', '0', '--city', paths.join()];
    const server = await startServer(args);
    cities.stopLater(server);
    // The server publishes what it has loaded at its start.
    for (const id of ['alpha', 'beta'] as const) {
      await expect.poll(() => existsSync(`${store.data}/releases/${id}/current.json`)).toBe(true);
      await store.upload(id);
    }
    const api = await store.start();
    const { trucks } = await jsonOf<SearchResponse>(`${server.url}/beta/search?q=stall&limit=1`);
    const vendor = trucks[0]?.id;
    const version = (await jsonOf<{ version: string }>(`${server.url}/beta/data/current.json`)).version;
    const requests = [
      '/search?q=pierogi',
      '/search?q=pierogi&city=alpha',
      '/search?q=pierogi&city=beta',
      '/beta/search?q=pierogi',
      '/beta/search?q=pierogi&city=beta',
      '/beta/search?q=pierogi&open_at=tue09:30',
      '/beta/search?q=pierogi&open_at=2026-09-01T11:00',
      '/beta/search?q=pierogi&format=csv',
      '/search?q=pierogi&format=geojson&city=beta',
      '/beta/search?q=stall&limit=2',
      '/search?q=stall&limit=2&city=beta',
      '/suggest?q=pie',
      '/beta/suggest?q=beta',
      '/suggest?q=beta&city=beta',
      '/cities',
      '/beta/cities',
      '/meta',
      '/meta?city=beta',
      '/beta/meta',
      '/readyz',
      '/beta/readyz',
      '/healthz',
      '/beta/healthz',
      '/debug',
      '/debug?city=beta',
      '/beta?q=x',
      `/trucks/${vendor}`,
      `/trucks/${vendor}?city=beta`,
      `/beta/trucks/${vendor}`,
      `/beta/trucks/${vendor}.ics`,
      `/beta/v/${vendor}`,
      `/v/${vendor}`,
      '/data/current.json',
      '/data/current.json?city=beta',
      '/beta/data/list.html',
      '/beta/data/quality.html',
      `/beta/data/${version}/places.csv`,
      `/beta/data/${version}/quality.json`,
      `/data/${version}/places.csv`,
      '/robots.txt',
      '/sitemap.xml',
      '/beta/sitemap.xml',
      '/beta/docs',
      '/search?q=pierogi&city=gamma',
      '/suggest?q=p&city=Beta',
      '/beta/search?q=pierogi&city=alpha',
      '/search?q=pierogi&city=beta&city=alpha',
      '/gamma/search?q=pierogi',
      '/beta/nothing',
    ];
    const answer = async (url: string, path: string) => {
      const response = await fetch(url + path, { redirect: 'manual', headers: { 'Accept-Encoding': 'identity' } });
      const text = await response.text();
      const body = text
        .replaceAll(/https?:\/\/127\.0\.0\.1:\d+/g, 'ORIGIN')
        .replaceAll(/"age_seconds":\d+|"request_id":"[^"]+"/g, '');
      // The ETag of a page with its own address, or with an age, is of that text.
      const names = ['content-type', 'cache-control', 'link', 'location', 'x-data-version', 'retry-after'];
      if (body === text) names.push('etag');
      const headers = names.map((name) => [name, response.headers.get(name)]);
      return { path, status: response.status, headers, body };
    };
    // Answers name the minute, so both are asked again if it has changed between them.
    for (const path of requests) {
      const same = async () => {
        expect(await answer(api.url, path)).toEqual(await answer(server.url, path));
        return true;
      };
      expect(await same().catch(same)).toBe(true);
    }
    for (const path of ['/search?q=pierogi', '/beta/search?q=pierogi']) {
      const tag = (await fetch(api.url + path)).headers.get('ETag') ?? '';
      const statusOf = async (other: string) =>
        (await fetch(api.url + other, { headers: { 'If-None-Match': tag } })).status;
      expect(await statusOf(path)).toBe(304);
      expect(await statusOf(path.startsWith('/beta') ? '/search?q=pierogi' : '/beta/search?q=pierogi')).toBe(200);
    }
  }, 60_000);
});

import { describe, expect, it } from 'vitest';
import type { CitiesResponse } from '../../../functions/http/openapi/schemas/city-entry.ts';
import type { MetaResponse } from '../../../functions/http/openapi/schemas/meta.ts';
import type { SearchFailure } from '../../../functions/http/openapi/schemas/problem.ts';
import type { SearchResponse } from '../../../functions/http/openapi/schemas/search.ts';
import { readCurrentRelease } from '../../../functions/releases/directory-reader.ts';
import { releaseFolderOf } from '../../../functions/releases/release-folder.ts';
import { createS3Sink } from '../../../functions/releases/s3-sink.ts';
import { readFiles } from '../../../infra/stack/zip.ts';
import { noMoto } from '../../fixtures/aws-emulators.ts';
import { BUILD } from '../../fixtures/build-directory.ts';
import { jsonOf } from '../../fixtures/invented-cities.ts';
import { minimalCity } from '../../fixtures/minimal-city.ts';
import { citiesInBucket } from './cities-in-bucket.ts';

describe.skipIf(noMoto)('a function with two cities', () => {
  const cities = citiesInBucket();
  /** The release that the build puts into the package. */
  async function bundle(): Promise<Record<string, Uint8Array>> {
    const files = await readFiles(`${BUILD}/lambda/releases`, () => false);
    return Object.fromEntries([...files].map(([path, bytes]) => [`releases/${path}`, bytes]));
  }
  const hits = async (url: string) => (await jsonOf<SearchResponse>(url)).hits;

  it('reads the data of a city at its first request, and waits for no other', async () => {
    const store = await cities.newStore();
    await store.publish('alpha', 3);
    await store.publish('beta', 5);
    const before = cities.proxy.paths.length;
    const api = await store.start();
    const read = () => new Set(cities.proxy.paths.slice(before).map((path) => path.split('/').slice(2, -1).join('/')));
    expect(await hits(`${api.url}/search?q=pierogi`)).toBe(3);
    expect([...read()].filter((folder) => folder.startsWith('cities'))).toEqual([]);
    expect(await hits(`${api.url}/beta/search?q=pierogi`)).toBe(5);
    expect([...read()]).toContain('cities/beta');
    cities.proxy.decide((path) => (path.includes('/cities/beta/') ? 'hang' : 'pass'));
    api.later(31_000);
    const began = performance.now();
    expect(await hits(`${api.url}/search?q=pierogi&limit=1`)).toBe(3);
    expect(performance.now() - began).toBeLessThan(2_000);
    // A look that gets no answer ends after 3 s, and the data that there is stays.
    expect(await hits(`${api.url}/beta/search?q=pierogi&limit=1`)).toBe(5);
  });

  it('answers a city without data with a 503 and the reason until it has some', async () => {
    const store = await cities.newStore();
    await store.publish('alpha', 3);
    const api = await store.start();
    const refused = await fetch(`${api.url}/search?q=pierogi&city=beta`);
    expect([refused.status, refused.headers.get('Retry-After')]).toEqual([503, '5']);
    const reason = 'There is no data of Beta yet: none has been published';
    expect(((await refused.json()) as SearchFailure).msg).toBe(reason);
    for (const path of ['/beta/meta', '/beta/readyz', '/beta/data/current.json']) {
      expect([path, (await fetch(api.url + path)).status]).toEqual([path, 503]);
    }
    expect(await hits(`${api.url}/search?q=pierogi`)).toBe(3);
    expect(await jsonOf(`${api.url}/readyz`)).toMatchObject({
      status: 'ok',
      notes: ['beta has no data yet; the log says why'],
      cities: [{ id: 'alpha' }, { id: 'beta', version: null }],
    });
    const { bounds } = minimalCity();
    const { cities: listed } = await jsonOf<CitiesResponse>(`${api.url}/cities`);
    expect(listed[1]).toMatchObject({
      id: 'beta',
      name: 'Beta',
      counts: null,
      bounds,
      center: { lat: 40.5, lon: -89.5 },
    });
    await store.publish('beta', 5);
    expect(await hits(`${api.url}/beta/search?q=pierogi`)).toBe(5);
    expect(await jsonOf(`${api.url}/readyz`)).toMatchObject({ notes: [] });
  });

  it('takes up a new release of a city half a minute after its publication', async () => {
    const store = await cities.newStore();
    await store.publish('alpha', 3);
    await store.publish('beta', 5);
    const api = await store.start();
    expect(await hits(`${api.url}/beta/search?q=pierogi`)).toBe(5);
    await store.publish('beta', 6);
    expect(await hits(`${api.url}/beta/search?q=pierogi`)).toBe(5);
    api.later(31_000);
    expect(await hits(`${api.url}/beta/search?q=pierogi`)).toBe(6);
    expect(api.said()).toMatch(/"event":"release",[^\n]*"city":"beta"/);
  });

  it('answers the other city when the bucket fails for one, and tries again at its next request', async () => {
    const store = await cities.newStore();
    await store.publish('alpha', 3);
    await store.publish('beta', 5);
    const api = await store.start();
    cities.proxy.decide((path) => (path.includes('/cities/beta/') ? { status: 500, type: 'InternalError' } : 'pass'));
    const refused = await fetch(`${api.url}/beta/search?q=pierogi`);
    expect(refused.status).toBe(503);
    const reason = 'There is no data of Beta yet: what is saved of it cannot be read now; please try again';
    expect(((await refused.json()) as SearchFailure).msg).toBe(reason);
    expect(api.said()).toMatch(/"event":"release_not_read",[^\n]*"city":"beta"/);
    expect(await hits(`${api.url}/search?q=pierogi`)).toBe(3);
    cities.proxy.decide(() => 'pass');
    expect(await hits(`${api.url}/beta/search?q=pierogi`)).toBe(5);
  });

  it('knows the hours by the clock of each city', async () => {
    const store = await cities.newStore();
    await store.publish('alpha', 3);
    await store.publish('beta', 5);
    const api = await store.start();
    const open = async () => {
      const found = (path: string) => hits(`${api.url}${path}/search?q=pierogi&open_now=true&strict=true`);
      return { alpha: await found(''), beta: await found('/beta') };
    };
    // Stalls are open on Tuesdays from 10 to 14. 1970-01-06 was one.
    const [DAY, HOUR] = [86_400_000, 3_600_000];
    const sinceTuesday = (Date.now() - 5 * DAY) % (7 * DAY);
    const inTokyo = 7 * DAY - sinceTuesday + 2 * HOUR;
    api.later(inTokyo);
    expect(await open()).toEqual({ alpha: 0, beta: 5 });
    api.later(15 * HOUR);
    expect(await open()).toEqual({ alpha: 3, beta: 0 });
  });

  it('writes the age of the data that answered, and of the oldest data for the scheduled check', async () => {
    const store = await cities.newStore();
    await store.publish('alpha', 3);
    await store.publish('beta', 5);
    const published = await readCurrentRelease(`${store.data}/releases/beta`);
    if (!published) throw new Error('beta has no release');
    const fetchedAt = new Date(Date.now() - 3 * 86_400_000).toISOString();
    const old = { ...published.release, sources: published.release.sources.map((one) => ({ ...one, fetchedAt })) };
    await createS3Sink(releaseFolderOf(store.bucket, 'beta', false)).publish(old, {});
    const api = await store.start();
    for (const path of ['/readyz', '/search?q=pierogi', '/beta/search?q=pierogi']) await fetch(api.url + path);
    const lines = api
      .said()
      .split('\n')
      .filter((line) => line.includes('"event":"request"'));
    const records = lines.map((line) => JSON.parse(line));
    expect(records.map(({ route, city }) => [route, city])).toEqual([
      ['/readyz', 'alpha'],
      ['/search', 'alpha'],
      ['/search', 'beta'],
    ]);
    const days = records.map((record) => Math.floor(record.curbside_release_age_seconds / 86_400));
    expect(days).toEqual([3, 0, 3]);
  });

  it('has the tiles of each city, unless a setting has others', async () => {
    const store = await cities.newStore();
    await store.publish('alpha', 3);
    await store.publish('beta', 5);
    const url = 'pmtiles://https://tiles.example.org/alpha.pmtiles';
    const tiles = { url, attribution: 'Alpha', attributionUrl: '', maxZoom: 19 };
    const list = [
      { id: 'alpha', name: 'Alpha', tiles },
      { id: 'beta', name: 'Beta', tiles: null },
    ];
    const files = { 'cities.json': Buffer.from(JSON.stringify(list)) };
    const tilesOf = async (url: string) => (await jsonOf<MetaResponse>(`${url}/meta`)).tiles;
    const both = await store.start({ TILES_URL: '' }, files);
    expect([await tilesOf(both.url), await tilesOf(`${both.url}/beta`)]).toEqual([tiles, null]);
    const alone = await store.start({ TILES_URL: '', CITY: 'alpha' }, files);
    expect(await tilesOf(alone.url)).toEqual(tiles);
    const set = await store.start({ TILES_URL: 'https://tiles.example.org/{z}/{x}/{y}.png' }, files);
    for (const path of ['', '/beta'])
      expect(await tilesOf(set.url + path)).toMatchObject({ url: expect.stringContaining('{z}') });
  });

  it('uses the id of a city as its name if the list has no such city', async () => {
    const store = await cities.newStore();
    const api = await store.start({}, { 'cities.json': Buffer.from('[{ "id": "alpha", "name": "Alpha" }]') });
    const { cities: listed } = await jsonOf<CitiesResponse>(`${api.url}/cities`);
    expect(listed).toMatchObject([{ name: 'Alpha' }, { name: 'beta', page: 'beta/' }]);
    expect(api.said()).toContain('"warning":"cities.json has no city beta"');
  });

  it('does not serve a release in its package that is not of the first city', async () => {
    const api = await (await cities.newStore()).start({}, await bundle());
    const refused = await fetch(`${api.url}/search?q=tacos`);
    expect(refused.status).toBe(503);
    expect(((await refused.json()) as SearchFailure).msg).toContain('There is no data of Alpha yet');
    expect((await fetch(`${api.url}/readyz`)).status).toBe(503);
  });

  it('needs a bucket, even with a release in its package', async () => {
    const store = await cities.newStore();
    await expect(store.start({ RELEASES_BUCKET: '' })).rejects.toThrow(/neither a release nor RELEASES_BUCKET/);
    await expect(store.start({ RELEASES_BUCKET: '' }, await bundle())).rejects.toThrow(
      /needs RELEASES_BUCKET, and CITY names alpha, beta/,
    );
  });
});

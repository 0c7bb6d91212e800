import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CitiesResponse } from '../../../functions/http/openapi/schemas/city-entry.ts';
import type { SearchFailure } from '../../../functions/http/openapi/schemas/problem.ts';
import type { SearchResponse } from '../../../functions/http/openapi/schemas/search.ts';
import { type InventedCities, jsonOf, startInventedCities } from '../../fixtures/invented-cities.ts';
import { run, startServer } from '../../fixtures/server-process.ts';

const eventually = <Value>(value: () => Value) => expect.poll(value, { timeout: 40_000, interval: 50 });

let invented: InventedCities;
beforeAll(async () => {
  invented = await startInventedCities();
});
afterAll(() => invented.end());

describe('a city whose data cannot be loaded', () => {
  it('is answered with a 503 and the reason until it is, and delays no other', async () => {
    invented.publishTable('alpha', 2);
    const cities = `${await invented.cityFile('alpha')},${await invented.cityFile('late')}`;
    const server = await startServer(['--data-dir', invented.newData(), '--tiles', 'off', '--refresh', '1s'], {
      CITY: cities,
    });
    try {
      expect((await jsonOf<SearchResponse>(`${server.url}/search?q=pierogi`)).hits).toBe(2);
      const refused = await fetch(`${server.url}/search?q=pierogi&city=late`);
      expect([refused.status, refused.headers.get('Retry-After')]).toEqual([503, '5']);
      const reason = `There is no data of Late yet: permits (${invented.portal.origin}/late.csv)`;
      expect(((await refused.json()) as SearchFailure).msg).toContain(reason);
      expect((await fetch(`${server.url}/late/data/current.json`)).status).toBe(503);
      expect((await fetch(`${server.url}/late/readyz`)).status).toBe(503);
      expect((await fetch(`${server.url}/late/`)).status).toBe(200);
      expect(await jsonOf(`${server.url}/readyz`)).toMatchObject({
        status: 'ok',
        notes: ['late has no data yet; the log says why'],
        cities: [{ id: 'alpha' }, { id: 'late', version: null }],
      });
      const { cities: listed } = await jsonOf<CitiesResponse>(`${server.url}/cities`);
      expect(listed[1]).toMatchObject({ id: 'late', name: 'Late', counts: null, origin: null });
      await eventually(server.said).toContain('late: no data yet; next try in about 1 s: permits');

      invented.publishTable('late', 4);
      await eventually(async () => (await fetch(`${server.url}/late/readyz`)).status).toBe(200);
      expect((await jsonOf<SearchResponse>(`${server.url}/late/search?q=pierogi`)).hits).toBe(4);
      expect(await jsonOf(`${server.url}/readyz`)).toMatchObject({ notes: [] });
    } finally {
      await server.stop();
    }
  }, 60_000);

  it('keeps its previous data after a later failure, and so does the other', async () => {
    invented.publishTable('alpha', 2);
    invented.publishTable('late', 4);
    const cities = `${await invented.cityFile('alpha')},${await invented.cityFile('late')}`;
    const args = ['--data-dir', invented.newData(), '--tiles', 'off', '--refresh', '2s'];
    const server = await startServer(args, { CITY: cities });
    try {
      invented.portal.publishFile('/late.csv', Buffer.from('Id\n'), 'text/csv');
      invented.publishTable('alpha', 3);
      await eventually(async () => (await jsonOf<SearchResponse>(`${server.url}/search?q=pierogi`)).hits).toBe(3);
      await eventually(server.said).toContain('late: the data was not loaded, the previous data stays');
      expect((await jsonOf<SearchResponse>(`${server.url}/late/search?q=pierogi`)).hits).toBe(4);
    } finally {
      await server.stop();
    }
  }, 60_000);

  it('can be the first one', async () => {
    invented.publishTable('alpha', 2);
    const cities = `${await invented.cityFile('missing')},${await invented.cityFile('alpha')}`;
    const server = await startServer(['--city', cities, '--data-dir', invented.newData(), '--tiles', 'off']);
    try {
      expect((await fetch(`${server.url}/search?q=pierogi`)).status).toBe(503);
      expect((await fetch(`${server.url}/search?q=pierogi&city=nowhere`)).status).toBe(400);
      expect((await jsonOf<SearchResponse>(`${server.url}/alpha/search?q=pierogi`)).hits).toBe(2);
      expect(await jsonOf(`${server.url}/readyz`)).toMatchObject({ version: null, cities: [{ version: null }, {}] });
    } finally {
      await server.stop();
    }
  });

  it('is served without downloads once it has been published', async () => {
    invented.publishTable('alpha', 2);
    invented.publishTable('seeded', 1);
    const [alpha, seeded] = [await invented.cityFile('alpha'), await invented.cityFile('seeded')];
    const data = invented.newData();
    expect((await run('seed', ['--city', alpha, '--data-dir', data])).code).toBe(0);
    const args = ['--data-dir', data, '--tiles', 'off', '--refresh', 'off'];
    const server = await startServer([...args, '--city', alpha, '--city', seeded]);
    try {
      expect((await fetch(`${server.url}/seeded/search?q=pierogi`)).status).toBe(503);
      expect((await run('seed', ['--city', seeded, '--data-dir', data])).code).toBe(0);
      await eventually(async () => (await fetch(`${server.url}/seeded/search?q=pierogi`)).status).toBe(200);
    } finally {
      await server.stop();
    }
  });

  it('stops the start if no other can be served', async () => {
    const args = [
      '--city',
      await invented.cityFile('nothing'),
      '--city',
      await invented.cityFile('nowhere'),
      '--data-dir',
      invented.newData(),
    ];
    const { code, stderr } = await run('server', [...args, '--port', '0']);
    expect(code).toBe(1);
    expect(stderr).toMatch(/^curbside: no city can be served\nnothing: permits .*\nnowhere: permits /m);
  });
});

describe('cities that cannot be served together', () => {
  it.each([
    [async () => [await invented.cityFile('search'), 'a city with the id "search" cannot be below /search/']],
    [async () => [await invented.cityFile('assets'), 'a city with the id "assets" cannot be below /assets/']],
    [async () => [await invented.cityFile('basemap'), 'a city with the id "basemap" cannot be below /basemap/']],
    [async () => [await invented.cityFile('alpha'), 'CITY must be names of files']],
    [async () => ['atlantis', 'there is no city "atlantis"']],
  ])('are refused at the start %#', async (input) => {
    const [second, sentence] = await input();
    const { code, stderr } = await run('server', [
      ...['--city', await invented.cityFile('alpha'), '--city', `${second}`],
      ...['--port', '0', '--data-dir', invented.newData()],
    ]);
    expect(code).toBe(1);
    expect(stderr).toContain(sentence?.replace('CITY', '--city'));
  });

  it('are refused with tables that are given on the command line', async () => {
    const cities = ['--city', await invented.cityFile('alpha'), '--city', await invented.cityFile('beta')];
    const { code, stderr } = await run('server', [...cities, '--source', 'permits=x.csv', '--port', '0']);
    expect([code, stderr]).toEqual([1, expect.stringContaining('--source and SOURCE_… need a single city')]);
  });
});

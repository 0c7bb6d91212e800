import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SearchResponse } from '../../../functions/http/openapi/schemas/search.ts';
import { type InventedCities, jsonOf, startInventedCities } from '../../fixtures/invented-cities.ts';
import { type Running, run, startServer } from '../../fixtures/server-process.ts';
import { clusterUrl, noCluster, type Scratch, scratch } from '../engine/opensearch/cluster.ts';

describe.skipIf(noCluster)('two cities in a cluster', () => {
  let invented: InventedCities;
  let place: Scratch;
  let server: Running;
  const engineFlags = (alias: string) => [
    ...['--engine', 'opensearch', '--opensearch-url', clusterUrl, '--opensearch-alias', alias],
  ];
  beforeAll(async () => {
    invented = await startInventedCities();
    invented.publishTable('alpha', 3);
    invented.publishTable('beta', 5);
    place = scratch();
    const cities = [await invented.cityFile('alpha'), await invented.cityFile('beta')];
    const args = [...engineFlags(place.alias), ...cities.flatMap((path) => ['--city', path]), '--tiles', 'off'];
    server = await startServer([...args, '--data-dir', invented.newData()]);
  });
  afterAll(async () => {
    await server?.stop();
    await place?.close();
    await invented?.end();
  });

  const search = (path: string) => jsonOf<SearchResponse>(`${server.url}${path}`);

  it('are each searched behind an alias of their own', async () => {
    for (const [path, count, city] of [
      ['/search?q=pierogi', 3, 'alpha'],
      ['/beta/search?q=pierogi', 5, 'beta'],
      ['/search?q=pierogi&city=beta', 5, 'beta'],
    ] as const) {
      await expect.poll(async () => (await search(path)).meta.engine, { timeout: 30_000 }).toBe('opensearch');
      const { hits, trucks } = await search(path);
      expect(hits).toBe(count);
      expect(trucks.every(({ name }) => name.startsWith(city))).toBe(true);
    }
    const { body } = await place.client.indices.getAlias({ index: `${place.alias}-*` });
    const aliases = Object.values(body as Record<string, { aliases: object }>).flatMap((one) =>
      Object.keys(one.aliases),
    );
    expect(aliases.sort()).toEqual([place.alias, `${place.alias}-beta`]);
  });

  it('are each loaded alone behind the alias that they have in the server', async () => {
    const seedBeta = async (cities: string, alias: string, ...more: string[]) => {
      const args = ['--city', cities, '--data-dir', invented.newData(), ...engineFlags(alias), ...more];
      const { code, stdout } = await run('seed', args);
      expect(code).toBe(0);
      return /in opensearch, alias (\S+)/.exec(stdout)?.[1];
    };
    const [alpha, beta] = [await invented.cityFile('alpha'), await invented.cityFile('beta')];
    expect(await seedBeta(`${alpha},${beta}`, place.alias, '--only', 'beta')).toBe(`${place.alias}-beta`);
    // With a star, the alias is the same without the other cities.
    expect(await seedBeta(beta, `${place.alias}-*`)).toBe(`${place.alias}-beta`);
  });
});

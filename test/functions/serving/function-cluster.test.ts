import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CitiesResponse } from '../../../functions/http/openapi/schemas/city-entry.ts';
import type { SearchResponse } from '../../../functions/http/openapi/schemas/search.ts';
import { noMoto } from '../../fixtures/aws-emulators.ts';
import { jsonOf } from '../../fixtures/invented-cities.ts';
import { clusterUrl, noCluster, type Scratch, scratch } from '../engine/opensearch/cluster.ts';
import { citiesInBucket } from './cities-in-bucket.ts';

describe.skipIf(noMoto || noCluster)('two cities of the functions in a cluster', () => {
  const cities = citiesInBucket();
  let place: Scratch;
  beforeAll(() => {
    place = scratch();
  });
  afterAll(() => place?.close());
  const env = () => ({ ENGINE: 'opensearch', OPENSEARCH_URL: clusterUrl, OPENSEARCH_ALIAS: place.alias });

  it('are each published and searched behind an alias of their own', async () => {
    const store = await cities.newStore();
    await store.cityFile('alpha', 3);
    await store.cityFile('beta', 5);
    expect(await store.refresh({}, env())).toMatchObject({ result: { cities: { alpha: {}, beta: {} } } });
    const api = await store.start(env());
    for (const [path, hits, city] of [
      ['/search?q=pierogi', 3, 'alpha'],
      ['/beta/search?q=pierogi', 5, 'beta'],
      ['/search?q=pierogi&city=beta', 5, 'beta'],
    ] as const) {
      const found = await jsonOf<SearchResponse>(`${api.url}${path}`);
      expect(found).toMatchObject({ hits, meta: { engine: 'opensearch' } });
      expect(found.trucks.every(({ name }) => name.startsWith(city))).toBe(true);
    }
    const { cities: listed } = await jsonOf<CitiesResponse>(`${api.url}/cities`);
    expect(listed).toMatchObject([{ counts: { branches: 3 } }, { counts: { branches: 5 } }]);
    const { body } = await place.client.indices.getAlias({ index: `${place.alias}-*` });
    const aliases = Object.values(body as Record<string, { aliases: object }>).flatMap((one) =>
      Object.keys(one.aliases),
    );
    expect(aliases.sort()).toEqual([place.alias, `${place.alias}-beta`]);
  });

  it('are rolled back one by one', async () => {
    const store = await cities.newStore();
    await store.cityFile('alpha', 3);
    await store.cityFile('beta', 5);
    await store.refresh({}, env());
    const before = await place.sink.current();
    await store.cityFile('beta', 6);
    const api = await store.start(env());
    const hits = async () => (await jsonOf<SearchResponse>(`${api.url}/beta/search?q=pierogi&limit=1`)).hits;
    expect((await store.refresh({ city: 'beta' }, env())).result).toMatchObject({ outcome: 'published', branches: 6 });
    await expect.poll(hits).toBe(6);
    const { result } = await store.refresh({ city: 'beta', rollback: true }, env());
    expect(result).toMatchObject({ outcome: 'rolled back', branches: 5 });
    api.later(61_000);
    await expect.poll(hits).toBe(5);
    expect(await place.sink.current()).toMatchObject({ version: before?.version });
  });
});

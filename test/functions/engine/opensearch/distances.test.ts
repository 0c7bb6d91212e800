import { Client } from '@opensearch-project/opensearch';
import { afterAll, describe, expect, it } from 'vitest';
import { distanceMetres } from '../../../../functions/model/geo.ts';
import { WELL } from '../../../fixtures/town.ts';

const url = process.env.OPENSEARCH_URL;
if (!url && process.env.CI === 'true') throw new Error('OPENSEARCH_URL is not set: in CI that is a failure');
if (!url) console.warn('skipped: tests on a real OpenSearch; start one and set OPENSEARCH_URL=http://127.0.0.1:9200');

describe.skipIf(!url)('a real OpenSearch', () => {
  const client = new Client({ node: url ?? 'http://127.0.0.1:9200' });
  const index = `curbside-smoke-${process.pid}`;
  afterAll(() => client.indices.delete({ index, ignore_unavailable: true }));

  it('accepts a geo_point and computes the same distance', async () => {
    await client.indices.create({
      index,
      body: { mappings: { dynamic: 'strict', properties: { place: { type: 'geo_point' } } } },
    });
    const place = { lat: 40.0123, lon: -100.0456 };
    await client.index({ index, id: 'one', body: { place }, refresh: true });
    const { body } = await client.search({
      index,
      body: {
        query: { match_all: {} },
        sort: [{ _geo_distance: { place: WELL, order: 'asc', unit: 'm', distance_type: 'arc' } }],
      },
    });
    expect(body.hits.hits.map((hit) => hit._id)).toEqual(['one']);
    const [metres] = body.hits.hits[0]?.sort ?? [];
    expect(Math.abs(Number(metres) - distanceMetres(WELL, place))).toBeLessThan(0.02);
  });
});

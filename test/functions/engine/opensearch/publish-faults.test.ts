import { afterAll, describe, expect, it } from 'vitest';
import { createClient } from '../../../../functions/engine/opensearch/client.ts';
import { openOpenSearch } from '../../../../functions/engine/opensearch/engine.ts';
import { LAYOUT } from '../../../../functions/engine/opensearch/mapping.ts';
import { type Fate, startFaultyProxy } from '../../../fixtures/faulty-proxy.ts';
import { syntheticRelease } from '../../../fixtures/synthetic-release.ts';
import { clusterUrl, noCluster, type Scratch, scratch } from './cluster.ts';

describe.skipIf(noCluster)('publishing into a failing cluster', () => {
  const closing: (() => unknown)[] = [];
  afterAll(async () => {
    for (const close of closing) await close();
  });

  /** A sink through a proxy that decides about each request. */
  async function sinkThrough(fate: (path: string, body: Buffer) => Fate, tries = 6) {
    const proxy = await startFaultyProxy(clusterUrl);
    const { alias } = scratch();
    const client = await createClient({
      url: proxy.url,
      alias,
      auth: { kind: 'none' },
      caFile: null,
      timeoutMs: 20_000,
    });
    const place = scratch({ client, alias, retryPolicy: { tries, firstWaitMs: 5 } });
    proxy.decide(fate);
    closing.push(
      () => client.close(),
      () => proxy.close(),
    );
    const reader = scratch({ alias });
    return { ...place, alias, reader, proxy };
  }

  const release = syntheticRelease(400);

  async function expectWhole({ client }: Scratch, alias: string): Promise<void> {
    expect(await openOpenSearch(client, alias)().about()).toMatchObject({ version: release.version, vendors: 400 });
  }
  async function cleanUp({ client }: Scratch, alias: string): Promise<string[]> {
    const index = Object.keys((await client.indices.get({ index: `${alias}-*` })).body);
    if (index.length > 0) await client.indices.delete({ index });
    await client.close();
    return index;
  }

  it.each([
    [429, 'opensearch_rejected_execution_exception'],
    [503, 'unavailable_shards_exception'],
  ])('retries while the cluster is busy (%i)', async (status, type) => {
    let busy = 3;
    const { sink, reader, alias } = await sinkThrough((path) =>
      path.includes('_bulk') && busy-- > 0 ? { status, type } : 'pass',
    );
    expect(await sink.publish(release, {})).toBe('published');
    await expectWhole(reader, alias);
    await cleanUp(reader, alias);
  });

  it('retries after a connection is cut', async () => {
    let cuts = 2;
    const { sink, reader, alias } = await sinkThrough((path) =>
      path.includes('_bulk') && cuts-- > 0 ? 'cut' : 'pass',
    );
    expect(await sink.publish(release, {})).toBe('published');
    await expectWhole(reader, alias);
    await cleanUp(reader, alias);
  });

  it('halves requests that are too large (413)', async () => {
    let refused = 0;
    const { sink, reader, alias } = await sinkThrough((path, body) => {
      if (!path.includes('_bulk') || body.length < 200_000) return 'pass';
      refused++;
      return { status: 413, type: 'content_too_long_exception' };
    });
    expect(await sink.publish(release, {})).toBe('published');
    expect(refused).toBeGreaterThan(1);
    await expectWhole(reader, alias);
    await cleanUp(reader, alias);
  });

  it('fails with one sentence after the last try, and removes its draft', async () => {
    const { sink, reader, alias } = await sinkThrough(
      (path) => (path.includes('_bulk') ? { status: 429, type: 'busy' } : 'pass'),
      3,
    );
    await expect(sink.publish(release, {})).rejects.toThrow(/did not accept \d+ documents in 3 tries: status 429/);
    expect(await cleanUp(reader, alias)).toEqual([]);
  });

  it('fails when the index is read-only, as after a full disk', async () => {
    const admin = scratch();
    let blocked = false;
    const { sink, reader, alias } = await sinkThrough(() => 'pass', 3);
    const watching = (async () => {
      while (!blocked) {
        const index = Object.keys((await admin.client.indices.get({ index: `${alias}-*` })).body);
        if (index.length > 0) {
          await admin.client.indices.putSettings({
            index,
            body: { index: { blocks: { read_only_allow_delete: true } } } as never,
          });
          blocked = true;
        }
      }
    })();
    const failed = sink.publish(syntheticRelease(20_000), {});
    await expect(failed).rejects.toThrow(/opensearch/);
    await watching;
    expect(await cleanUp(reader, alias)).toEqual([]);
    await admin.close();
  });

  it.each([
    ['of another layout', { layout: '0' }, `has the layout "0" of another version of this program, not "${LAYOUT}"`],
    [
      'without its data words',
      { about: { vendors: 0, branches: 0 } },
      'has no list of the words that the query parser needs',
    ],
  ])('rejects an index %s, and publishes it again', async (_what, change, sentence) => {
    const place = scratch();
    await place.sink.publish(release, {});
    const [index = ''] = await place.indices();
    const { body } = await place.client.indices.getMapping({ index });
    const { _meta } = (body as unknown as Record<string, { mappings: { _meta: object } }>)[index]?.mappings ?? {};
    await place.client.indices.putMapping({ index, body: { _meta: { ..._meta, ...change } } as never });
    await expect(openOpenSearch(place.client, place.alias)().about()).rejects.toThrow(sentence);
    expect(await place.sink.publish(release, {})).toBe('published');
    await expectWhole(place, place.alias);
    await place.close();
  });
});

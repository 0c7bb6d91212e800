import { afterAll, describe, expect, it } from 'vitest';
import { EngineError } from '../../../../functions/engine/engine.ts';
import { openOpenSearch } from '../../../../functions/engine/opensearch/engine.ts';
import type { Release } from '../../../../functions/model/release.ts';
import { ANYTHING } from '../../../fixtures/query.ts';
import { syntheticVendor } from '../../../fixtures/synthetic-release.ts';
import { branch, town, vendor } from '../../../fixtures/town.ts';
import { noCluster, type Scratch, scratch } from './cluster.ts';

const made: Scratch[] = [];
const place = (...options: Parameters<typeof scratch>) => {
  const one = scratch(...options);
  made.push(one);
  return one;
};
afterAll(() => Promise.all(made.map((one) => one.close())));

const release = (version: string, vendors = 3): Release => ({
  ...town(Array.from({ length: vendors }, (_, number) => syntheticVendor(number))),
  version,
});

const found = async ({ client, alias }: Scratch) => (await openOpenSearch(client, alias)().search(ANYTHING)).vendors;
const versionOf = async ({ client, alias }: Scratch) => (await openOpenSearch(client, alias)().about()).version;

describe.skipIf(noCluster)('publishing into a cluster', () => {
  it('creates an index for each release, and keeps the two previous ones', async () => {
    const one = place();
    expect(await one.sink.current()).toBeUndefined();
    for (const version of ['v1', 'v2', 'v3', 'v4']) {
      expect(await one.sink.publish(release(version), {})).toBe('published');
      expect([await versionOf(one), await found(one)]).toEqual([version, 3]);
    }
    const indices = await one.indices();
    expect(indices.map((name) => name.slice(one.alias.length + 1, -7))).toEqual(['v2', 'v3', 'v4']);
  });

  it('updates only the provenance of a release that is already current, which readers then see', async () => {
    const one = place();
    await one.sink.publish(release('v1'), {});
    const before = await one.indices();
    const sources = [{ name: 'permits', from: 'again.csv', fetchedAt: '2026-09-03T10:00:00Z' }];
    const current = openOpenSearch(one.client, one.alias);
    expect((await current().about()).asOf).not.toBe('2026-09-03');
    expect(await one.sink.publish({ ...release('v1'), asOf: '2026-09-03', sources }, {})).toBe('unchanged');
    expect(await one.indices()).toEqual(before);
    await expect.poll(async () => (await current().about()).asOf, { timeout: 5000 }).toBe('2026-09-03');
    expect(await current().about()).toMatchObject({ version: 'v1', sources });
  });

  it('rolls back, remembers the refused version, and publishes it again when asked', async () => {
    const one = place();
    for (const version of ['v1', 'v2', 'v3']) await one.sink.publish(release(version), {});
    expect(await one.sink.rollback()).toMatchObject({ version: 'v2', refused: ['v3'] });
    expect([await versionOf(one), await one.sink.current()]).toMatchObject(['v2', { version: 'v2', refused: ['v3'] }]);
    expect(await one.sink.rollback()).toMatchObject({ version: 'v1', refused: ['v2', 'v3'] });
    await expect(one.sink.rollback()).rejects.toThrow('no release before v1');
    expect(await one.sink.publish(release('v3'), {})).toBe('published');
    expect(await one.sink.current()).toMatchObject({ version: 'v3', refused: ['v2'] });
  });

  it('follows the alias within two seconds, and answers each request from one release', async () => {
    const one = place();
    await one.sink.publish(release('v1', 3), {});
    const current = openOpenSearch(one.client, one.alias);
    const request = current();
    expect((await request.about()).version).toBe('v1');
    await one.sink.publish(release('v2', 5), {});
    // The request began before the alias moved, so it stays with its release.
    expect((await request.search(ANYTHING)).vendors).toBe(3);
    await expect.poll(async () => (await current().about()).version, { timeout: 2000 }).toBe('v2');
    expect((await current().search(ANYTHING)).vendors).toBe(5);
  });

  it('finds the new index when the cached one was removed', async () => {
    const one = place();
    await one.sink.publish(release('v1', 3), {});
    const current = openOpenSearch(one.client, one.alias);
    await current().about();
    const [old = ''] = await one.indices();
    await one.sink.publish(release('v2', 5), {});
    await one.client.indices.delete({ index: old });
    expect((await current().search(ANYTHING)).vendors).toBe(5);
  });

  it('publishes again when the index exists but has lost documents', async () => {
    const one = place();
    await one.sink.publish(release('v1', 20), {});
    const [index = ''] = await one.indices();
    await one.client.indices.putSettings({ index, body: { index: { blocks: { write: false } } } as never });
    await one.client.delete({ index, id: 'vendor-7', refresh: true });
    await expect(found(one)).rejects.toThrow('has 19 of 20 vendors');
    await one.client.deleteByQuery({ index, body: { query: { match_all: {} } }, refresh: true });
    await expect(found(one)).rejects.toThrow('has 0 of 20 vendors');
    expect(await one.sink.publish(release('v1', 20), {})).toBe('published');
    expect(await found(one)).toBe(20);
  });

  it('names rejected documents, and the current release stays', async () => {
    const one = place();
    await one.sink.publish(release('v1'), {});
    const bad = town([
      vendor('Good', ['tea'], [branch('a', 0, 0)]),
      vendor('Bad', [], [branch('b', 0, 0, { lat: 95 })]),
    ]);
    const failed = one.sink.publish({ ...bad, version: 'v2' }, {});
    await expect(failed).rejects.toThrow(EngineError);
    await expect(failed).rejects.toThrow(/rejected 1 document: bad \(/);
    expect([await versionOf(one), (await one.indices()).length]).toEqual(['v1', 1]);
  });

  it('accepts extreme texts: words of thousands of letters, and 300 branches', async () => {
    const one = place();
    const long = 'x'.repeat(40_000);
    const many = Array.from({ length: 300 }, (_, at) => branch(`b${at}`, at * 10, 0));
    await one.sink.publish({ ...town([vendor('Long', [long, `${'ab'.repeat(150)}`], many)]), version: 'v1' }, {});
    const engine = openOpenSearch(one.client, one.alias)();
    for (const text of ['x'.repeat(100), 'ab'.repeat(150)]) {
      expect(await engine.search({ ...ANYTHING, text })).toMatchObject({ vendors: 1, branches: 300 });
    }
    expect((await engine.search(ANYTHING)).hits[0]?.branches).toHaveLength(300);
  });

  it('rejects an index in place of the alias', async () => {
    const one = place();
    await one.client.indices.create({ index: one.alias });
    await expect(one.sink.publish(release('v1'), {})).rejects.toThrow('is an index, not an alias');
    await one.client.indices.delete({ index: one.alias });
  });

  it('reports its progress', async () => {
    const heard: [number, number | null][] = [];
    const one = place({ progress: (done, total) => heard.push([done, total]) });
    await one.sink.publish(release('v1', 3000), {});
    const counts = heard.map(([done]) => done);
    expect(counts.length).toBeGreaterThan(1);
    expect(counts).toEqual([...counts].sort((a, b) => a - b));
    expect(counts.at(-1)).toBeGreaterThan(3000);
  });
});

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
  it('gives each release an index of its own, and keeps the two before the current one', async () => {
    const one = place();
    expect(await one.sink.current()).toBeUndefined();
    for (const version of ['v1', 'v2', 'v3', 'v4']) {
      expect(await one.sink.publish(release(version), {})).toBe('published');
      expect([await versionOf(one), await found(one)]).toEqual([version, 3]);
    }
    const indices = await one.indices();
    expect(indices.map((name) => name.slice(one.alias.length + 1, -7))).toEqual(['v2', 'v3', 'v4']);
  });

  it('does nothing for the release that is current, but for where and when it was read', async () => {
    const one = place();
    await one.sink.publish(release('v1'), {});
    const before = await one.indices();
    const sources = [{ name: 'permits', from: 'again.csv', fetchedAt: '2026-09-03T10:00:00Z' }];
    expect(await one.sink.publish({ ...release('v1'), sources }, {})).toBe('unchanged');
    expect(await one.indices()).toEqual(before);
    expect(await openOpenSearch(one.client, one.alias)().about()).toMatchObject({ version: 'v1', sources });
  });

  it('goes back, remembers what from, and takes it again on purpose', async () => {
    const one = place();
    for (const version of ['v1', 'v2', 'v3']) await one.sink.publish(release(version), {});
    expect(await one.sink.rollback()).toMatchObject({ version: 'v2', refused: ['v3'] });
    expect([await versionOf(one), await one.sink.current()]).toMatchObject(['v2', { version: 'v2', refused: ['v3'] }]);
    expect(await one.sink.rollback()).toMatchObject({ version: 'v1', refused: ['v2', 'v3'] });
    await expect(one.sink.rollback()).rejects.toThrow('no release before v1');
    expect(await one.sink.publish(release('v3'), {})).toBe('published');
    expect(await one.sink.current()).toMatchObject({ version: 'v3', refused: ['v2'] });
  });

  it('follows the alias within two seconds, and answers a request from one release', async () => {
    const one = place();
    await one.sink.publish(release('v1', 3), {});
    const current = openOpenSearch(one.client, one.alias);
    const request = current();
    expect((await request.about()).version).toBe('v1');
    await one.sink.publish(release('v2', 5), {});
    // Begun before the alias moved: it ends on what it began with.
    expect((await request.search(ANYTHING)).vendors).toBe(3);
    await expect.poll(async () => (await current().about()).version, { timeout: 2000 }).toBe('v2');
    expect((await current().search(ANYTHING)).vendors).toBe(5);
  });

  it('finds the new index when the one it knew is gone', async () => {
    const one = place();
    await one.sink.publish(release('v1', 3), {});
    const current = openOpenSearch(one.client, one.alias);
    await current().about();
    const [old = ''] = await one.indices();
    await one.sink.publish(release('v2', 5), {});
    await one.client.indices.delete({ index: old });
    expect((await current().search(ANYTHING)).vendors).toBe(5);
  });

  it('loads again what was lost, though the index exists', async () => {
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

  it('names the rows that the cluster refuses, and leaves readers what they had', async () => {
    const one = place();
    await one.sink.publish(release('v1'), {});
    const bad = town([
      vendor('Good', ['tea'], [branch('a', 0, 0)]),
      vendor('Bad', [], [branch('b', 0, 0, { lat: 95 })]),
    ]);
    const failed = one.sink.publish({ ...bad, version: 'v2' }, {});
    await expect(failed).rejects.toThrow(EngineError);
    await expect(failed).rejects.toThrow(/refuses 1 documents: bad \(/);
    expect([await versionOf(one), (await one.indices()).length]).toEqual(['v1', 1]);
  });

  it('takes texts that no city writes: words of thousands of letters, and 300 branches', async () => {
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

  it('tells a name that is an index from an alias', async () => {
    const one = place();
    await one.client.indices.create({ index: one.alias });
    await expect(one.sink.publish(release('v1'), {})).rejects.toThrow('is an index, not an alias');
    await one.client.indices.delete({ index: one.alias });
  });

  it('shows its progress', async () => {
    const heard: [number, number | null][] = [];
    const one = place({ progress: (done, total) => heard.push([done, total]) });
    await one.sink.publish(release('v1', 3000), {});
    const counts = heard.map(([done]) => done);
    expect(counts.length).toBeGreaterThan(1);
    expect(counts).toEqual([...counts].sort((a, b) => a - b));
    expect(counts.at(-1)).toBeGreaterThan(3000);
  });
});

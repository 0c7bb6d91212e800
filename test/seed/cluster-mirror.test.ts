import { describe, expect, it } from 'vitest';
import type { Sink } from '../../functions/engine/engine.ts';
import type { Release } from '../../functions/model/release.ts';
import { createClusterMirror } from '../../seed/cluster-mirror.ts';
import { syntheticRelease } from '../fixtures/synthetic-release.ts';

/** A shared place in memory: what a sink promises, and nothing else. */
function createShelf(): Sink {
  const releases: Release[] = [];
  let refused: string[] = [];
  const published = ({ version, vendors }: Release) => ({
    version,
    branches: vendors.reduce((sum, vendor) => sum + vendor.branches.length, 0),
    refused,
  });
  const current = async () => {
    const last = releases.at(-1);
    return last && published(last);
  };
  return {
    current,
    publish: async (release) => {
      if (releases.at(-1)?.version === release.version) return 'unchanged';
      releases.push(release);
      return 'published';
    },
    rollback: async () => {
      refused = [releases.pop()?.version ?? '', ...refused];
      const last = releases.at(-1);
      if (!last) throw new Error('there is none before it');
      return published(last);
    },
  };
}

describe('a mirror', () => {
  function mirrored() {
    const sink = createShelf();
    const said: string[] = [];
    const there = async () => Number((await sink.current())?.version.split('-').at(-1));
    return { sink, said, there, mirror: createClusterMirror(sink, (line) => said.push(line)) };
  }

  it('passes on what it is offered, one after the other', async () => {
    const { mirror, there, said } = mirrored();
    const offers = [20, 30, 40].map((vendors) => mirror.offer(syntheticRelease(vendors)));
    await Promise.all(offers);
    expect(await there()).toBe(40);
    expect(said).toHaveLength(3);
    await mirror.offer(syntheticRelease(40));
    expect(said).toHaveLength(3);
  });

  it('leaves the shared place as it is when the data has lost more than half, and says both numbers', async () => {
    const { mirror, there, said } = mirrored();
    await mirror.offer(syntheticRelease(40));
    await mirror.offer(syntheticRelease(5));
    expect(await there()).toBe(40);
    expect(said.at(-1)).toMatch(/keeps the data it has: the new data has \d+ branches/);
  });

  it('does not bring back what was rolled back from', async () => {
    const { mirror, sink, there, said } = mirrored();
    await mirror.offer(syntheticRelease(30));
    await mirror.offer(syntheticRelease(40));
    await sink.rollback();
    await mirror.offer(syntheticRelease(40));
    expect(await there()).toBe(30);
    expect(said.at(-1)).toContain('was rolled back from');
  });

  it('says what failed, and takes the next offer', async () => {
    const { sink } = mirrored();
    const said: string[] = [];
    let isDown = true;
    const shaky: Sink = {
      ...sink,
      publish: async (...all) => (isDown ? Promise.reject(new Error('it is down')) : sink.publish(...all)),
    };
    const mirror = createClusterMirror(shaky, (line) => said.push(line));
    await mirror.offer(syntheticRelease(10));
    expect(said).toEqual(['the cluster keeps the data it has: it is down']);
    isDown = false;
    await mirror.offer(syntheticRelease(10));
    expect((await sink.current())?.version).toBe(syntheticRelease(10).version);
  });
});

import { describe, expect, it } from 'vitest';
import type { Sink } from '../../functions/engine/engine.ts';
import type { Release } from '../../functions/model/release.ts';
import { countBranches } from '../../functions/model/vendor.ts';
import { createClusterMirror } from '../../seed/cluster-mirror.ts';
import { syntheticRelease } from '../fixtures/synthetic-release.ts';

/** A sink in memory. */
function createMemorySink(): Sink {
  const releases: Release[] = [];
  let refused: string[] = [];
  const describeRelease = ({ version, vendors }: Release) => ({ version, branches: countBranches(vendors), refused });
  const current = async () => {
    const last = releases.at(-1);
    return last && describeRelease(last);
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
      if (!last) throw new Error('there is no previous release');
      return describeRelease(last);
    },
  };
}

describe('the cluster mirror', () => {
  function mirrored() {
    const sink = createMemorySink();
    const said: string[] = [];
    const currentSize = async () => Number((await sink.current())?.version.split('-').at(-1));
    return { sink, said, currentSize, mirror: createClusterMirror(sink, (line) => said.push(line)) };
  }

  it('publishes the offered releases one after the other', async () => {
    const { mirror, currentSize, said } = mirrored();
    const offers = [20, 30, 40].map((vendors) => mirror.offer(syntheticRelease(vendors)));
    await Promise.all(offers);
    expect(await currentSize()).toBe(40);
    expect(said).toHaveLength(3);
    await mirror.offer(syntheticRelease(40));
    expect(said).toHaveLength(3);
  });

  it('keeps the cluster’s release if the new one has lost more than half, and says both numbers', async () => {
    const { mirror, currentSize, said } = mirrored();
    await mirror.offer(syntheticRelease(40));
    await mirror.offer(syntheticRelease(5));
    expect(await currentSize()).toBe(40);
    expect(said.at(-1)).toMatch(/keeps the data it has: the new data has \d+ branches/);
  });

  it('does not publish a version again that was rolled back from', async () => {
    const { mirror, sink, currentSize, said } = mirrored();
    await mirror.offer(syntheticRelease(30));
    await mirror.offer(syntheticRelease(40));
    await sink.rollback();
    await mirror.offer(syntheticRelease(40));
    expect(await currentSize()).toBe(30);
    expect(said.at(-1)).toContain('was rolled back from');
  });

  it('reports a failure, and publishes the next offer', async () => {
    const { sink } = mirrored();
    const said: string[] = [];
    let isDown = true;
    const unreliable: Sink = {
      ...sink,
      publish: async (...all) => (isDown ? Promise.reject(new Error('it is down')) : sink.publish(...all)),
    };
    const mirror = createClusterMirror(unreliable, (line) => said.push(line));
    await mirror.offer(syntheticRelease(10));
    expect(said).toEqual(['the cluster keeps the data it has: it is down']);
    isDown = false;
    await mirror.offer(syntheticRelease(10));
    expect((await sink.current())?.version).toBe(syntheticRelease(10).version);
  });
});

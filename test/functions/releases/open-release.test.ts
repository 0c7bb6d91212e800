import { describe, expect, it } from 'vitest';
import { buildIndex } from '../../../functions/engine/embedded/build/index-builder.ts';
import type { Release } from '../../../functions/model/release.ts';
import { openOrBuild } from '../../../functions/releases/open-release.ts';
import { ANYTHING } from '../../fixtures/query.ts';
import { releaseOf } from './release-of.ts';

const [a, b] = [releaseOf(3), releaseOf(5)];

describe('the index that was published with a release', () => {
  it('is used; where it cannot be, it is made anew, and that is said', async () => {
    const index = buildIndex(a);
    const damaged = index.slice();
    const middle = damaged.length >> 1;
    damaged[middle] = (damaged[middle] ?? 0) ^ 1;
    const opened = async (release: Release, bytes: () => Promise<Uint8Array<ArrayBuffer> | undefined>) => {
      const warnings: string[] = [];
      const { engine } = await openOrBuild({
        version: release.version,
        provenance: release,
        index: bytes,
        release: async () => release,
        warn: (sentence) => warnings.push(sentence),
      });
      return [await engine.about(), await engine.search(ANYTHING), warnings.join()] as const;
    };
    const [about, found, nothing] = await opened(a, async () => index);
    expect([about.version, nothing]).toEqual([a.version, '']);
    for (const [bytes, why] of [
      [undefined, 'it is not there'],
      [new Uint8Array([1, 2, 3]), 'it is not an index'],
      [damaged, 'damaged'],
    ] as const) {
      const [again, same, warned] = await opened(a, async () => bytes);
      expect([again, same]).toEqual([about, found]);
      expect(warned).toContain(why);
      expect(warned).toContain(a.version);
    }
    // An index of another release is not believed, and one that is not given is not waited for.
    expect((await opened(b, async () => index))[2]).toContain(`it is the index of release ${a.version}`);
    expect((await opened(b, () => Promise.reject(new Error('S3 GET: 503'))))[0].version).toBe(b.version);
  });
});

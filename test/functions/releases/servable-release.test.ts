import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buildIndex } from '../../../functions/engine/embedded/build/index-builder.ts';
import { indexFileOf } from '../../../functions/engine/embedded/build/index-cache.ts';
import { openEmbedded } from '../../../functions/engine/embedded/release-engine.ts';
import { createDirectorySink } from '../../../functions/releases/directory-sink.ts';
import { readServableRelease } from '../../../functions/releases/servable-release.ts';
import { ANYTHING } from '../../fixtures/query.ts';
import { releaseOf } from './release-of.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'curbside-servable-'));
});
afterEach(() => rm(directory, { recursive: true }));

const published = releaseOf(5);
const bytesOf = (file: Uint8Array<ArrayBufferLike>) => Buffer.from(file);
const isShared = (file: Uint8Array<ArrayBufferLike>) => file.buffer instanceof SharedArrayBuffer;

describe('a release that is read to be served', () => {
  it('has its published index, in memory for threads, also when its provenance is another', async () => {
    await createDirectorySink(directory).publish(published, {});
    const { release } = (await readServableRelease(directory)) ?? expect.fail();
    for (const one of [release, { ...release, origin: 'cached' as const }]) {
      const file = indexFileOf(one);
      expect(isShared(file)).toBe(true);
      expect(bytesOf(file).equals(bytesOf(buildIndex(published)))).toBe(true);
      expect((await openEmbedded(one).search(ANYTHING)).branches).toBe(5);
    }
    // Another content is another index.
    const other = { ...release, version: 'other' };
    expect(isShared(indexFileOf(other))).toBe(false);
  });

  it.each([
    ['missing', (path: string) => rm(path)],
    ['damaged', (path: string) => writeFile(path, 'damaged')],
    ['of another release', (path: string) => writeFile(path, buildIndex(releaseOf(3)))],
  ])('has its index built when the file is %s', async (_, damage) => {
    await createDirectorySink(directory).publish(published, {});
    await damage(join(directory, published.version, 'index.bin'));
    const { release, warnings } = (await readServableRelease(directory)) ?? expect.fail();
    expect(warnings).toEqual([]);
    expect(isShared(indexFileOf(release))).toBe(false);
    expect((await openEmbedded(release).search(ANYTHING)).branches).toBe(5);
  });

  it('is undefined before the first publication', async () => {
    expect(await readServableRelease(directory)).toBeUndefined();
  });
});

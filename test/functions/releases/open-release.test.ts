import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buildIndex } from '../../../functions/engine/embedded/build/index-builder.ts';
import type { Release } from '../../../functions/model/release.ts';
import { createDirectorySink } from '../../../functions/releases/directory-sink.ts';
import { openCurrentRelease, openRelease } from '../../../functions/releases/open-release.ts';
import type { ReleaseReader } from '../../../functions/releases/release-reader.ts';
import { ANYTHING } from '../../fixtures/query.ts';
import { releaseOf } from './release-of.ts';

const [a, b] = [releaseOf(3), releaseOf(5)];

describe('opening a release', () => {
  it('uses the published index, and rebuilds it with a warning when it is unusable', async () => {
    const index = buildIndex(a);
    const damaged = index.slice();
    const middle = damaged.length >> 1;
    damaged[middle] = (damaged[middle] ?? 0) ^ 1;
    const opened = async (release: Release, bytes: () => Promise<Uint8Array<ArrayBuffer> | undefined>) => {
      const warnings: string[] = [];
      const content: ReleaseReader['content'] = async (_version, { head, vendors }) => {
        const { vendors: all, origin, asOf, sources, ...facts } = release;
        head?.(facts);
        vendors?.(all);
      };
      const reader = { provenance: async () => release, index: bytes, content };
      const { engine } = await openRelease(reader, release.version, (sentence) => warnings.push(sentence));
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
    // The index of another release is rejected, and one that cannot be read is rebuilt.
    expect((await opened(b, async () => index))[2]).toContain(`it is the index of release ${a.version}`);
    expect((await opened(b, () => Promise.reject(new Error('S3 GET: 503'))))[0].version).toBe(b.version);
  });
});

describe('opening the current release of a directory', () => {
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'curbside-current-'));
  });
  afterEach(() => rm(directory, { recursive: true }));

  const [before, current] = [a, b];
  const indexOf = (version: string) => join(directory, version, 'index.bin');
  const publishBoth = async () => {
    for (const release of [before, current]) await createDirectorySink(directory).publish(release, {});
  };

  it('does not need the release’s content', async () => {
    await publishBoth();
    await rm(join(directory, current.version, 'release.json'));
    const opened = await openCurrentRelease(directory);
    expect(opened?.warnings).toEqual([]);
    expect(await opened?.engine.about()).toMatchObject({ version: current.version, origin: current.origin });
    expect((await opened?.engine.search(ANYTHING))?.branches).toBe(5);
  });

  const damages: [what: string, damage: () => Promise<unknown>, sentence: RegExp][] = [
    ['is missing', () => rm(indexOf(current.version)), /no such file/],
    [
      'is another kind of file',
      () => writeFile(indexOf(current.version), 'hello, world'),
      /it is not an index of Curbside/,
    ],
    [
      'has one byte changed',
      async () => {
        const bytes = await readFile(indexOf(current.version));
        bytes[2_000] = (bytes[2_000] ?? 0) ^ 1;
        await writeFile(indexOf(current.version), bytes);
      },
      /cut short or damaged/,
    ],
    [
      'is cut short',
      async () => writeFile(indexOf(current.version), (await readFile(indexOf(current.version))).subarray(0, -8)),
      /cut short or damaged/,
    ],
    [
      'belongs to another release',
      () => cp(indexOf(before.version), indexOf(current.version)),
      new RegExp(`it is the index of release ${before.version}`),
    ],
  ];

  it.each(damages)(
    'rebuilds an index that %s, and without the content opens the previous release',
    async (_what, damage, sentence) => {
      await publishBoth();
      await damage();
      const rebuilt = await openCurrentRelease(directory);
      expect(await rebuilt?.engine.about()).toMatchObject({ version: current.version });
      expect((await rebuilt?.engine.search(ANYTHING))?.branches).toBe(5);
      expect(rebuilt?.warnings.join()).toMatch(sentence);
      await rm(join(directory, current.version, 'release.json'));
      const opened = await openCurrentRelease(directory);
      expect(await opened?.engine.about()).toMatchObject({ version: before.version });
      expect(opened?.warnings.join()).toMatch(sentence);
      expect(opened?.warnings.join()).toContain(indexOf(current.version));
      for (const name of ['index.bin', 'release.json']) await rm(join(directory, before.version, name));
      await expect(openCurrentRelease(directory)).rejects.toThrow(/release.json/);
    },
  );

  it('returns undefined before the first publication', async () => {
    expect(await openCurrentRelease(directory)).toBeUndefined();
  });
});

import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDirectorySink } from '../../../functions/releases/directory-sink.ts';
import { openCurrentRelease } from '../../../functions/releases/open-directory.ts';
import { ANYTHING } from '../../fixtures/query.ts';
import { releaseOf } from './release-of.ts';

describe('the index of the current release', () => {
  let directory: string;
  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'curbside-current-'));
  });
  afterEach(() => rm(directory, { recursive: true }));

  const [before, current] = [releaseOf(3), releaseOf(5)];
  const indexOf = (version: string) => join(directory, version, 'index.bin');
  const publishBoth = async () => {
    for (const release of [before, current]) await createDirectorySink(directory).publish(release, {});
  };

  it('is opened without the release beside it', async () => {
    await publishBoth();
    await rm(join(directory, current.version, 'release.json'));
    const opened = await openCurrentRelease(directory);
    expect(opened?.warnings).toEqual([]);
    expect(await opened?.engine.about()).toMatchObject({ version: current.version, origin: current.origin });
    expect((await opened?.engine.search(ANYTHING))?.branches).toBe(5);
  });

  const damages: [what: string, damage: () => Promise<unknown>, sentence: RegExp][] = [
    ['is missing', () => rm(indexOf(current.version)), /no such file/],
    ['is a stranger', () => writeFile(indexOf(current.version), 'hello, world'), /it is not an index of Curbside/],
    [
      'has a byte changed',
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
      'is the one of another release',
      () => cp(indexOf(before.version), indexOf(current.version)),
      new RegExp(`it is the index of release ${before.version}`),
    ],
  ];

  it.each(damages)(
    'is made anew when it %s, and gives way to the one before without the content',
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

  it('is nothing where nothing was published', async () => {
    expect(await openCurrentRelease(directory)).toBeUndefined();
  });
});

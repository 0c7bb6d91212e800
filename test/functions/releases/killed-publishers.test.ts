import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { build } from 'esbuild';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { countBranches } from '../../../functions/model/vendor.ts';
import {
  readCurrentRelease,
  readDirectoryPointer,
  readDirectoryRelease,
} from '../../../functions/releases/directory-reader.ts';
import { createDirectorySink } from '../../../functions/releases/directory-sink.ts';
import { releaseOf } from './release-of.ts';

let scratch: string;
let directory: string;
beforeAll(async () => {
  scratch = await mkdtemp(`${tmpdir()}/curbside-crashes-`);
  await build({
    entryPoints: ['test/functions/releases/publisher.ts'],
    outfile: `${scratch}/publisher.mjs`,
    bundle: true,
    platform: 'node',
    format: 'esm',
    logLevel: 'warning',
  });
});
afterAll(() => rm(scratch, { recursive: true }));
beforeEach(async () => {
  directory = await mkdtemp(join(scratch, 'releases-'));
});

const running = new Set<ChildProcess>();
afterEach(() => {
  for (const child of running) child.kill('SIGKILL');
});

/** Starts a publisher, and waits for its first release. */
async function startPublisher(from: number, to: number) {
  const child = spawn(process.execPath, [`${scratch}/publisher.mjs`, directory, String(from), String(to)]);
  running.add(child);
  let published = 0;
  let said = '';
  child.stdout.on('data', (dots: Buffer) => {
    published += dots.length;
  });
  child.stderr.on('data', (text: Buffer) => {
    said += text;
  });
  await once(child.stdout, 'data');
  return {
    published: () => published,
    said: () => said,
    kill: async () => {
      child.kill('SIGKILL');
      await once(child, 'exit');
      running.delete(child);
    },
  };
}

/** How long a publication takes now, in milliseconds: the average of 5. */
async function measurePublication(): Promise<number> {
  const publisher = await startPublisher(2, 9);
  const [began, before] = [performance.now(), publisher.published()];
  while (publisher.published() < before + 5) await sleep(5);
  const took = performance.now() - began;
  await publisher.kill();
  return took / 5;
}

/** Reads in a loop until aborted; every release read must be whole and within the range. */
async function readUntil(stop: AbortSignal, from: number, to: number): Promise<number> {
  let readings = 0;
  while (!stop.aborted) {
    const { release, warnings } = (await readCurrentRelease(directory)) ?? { release: null, warnings: [] };
    expect(warnings).toEqual([]);
    const branches = countBranches(release?.vendors ?? []);
    expect(branches).toBeGreaterThanOrEqual(from);
    expect(branches).toBeLessThanOrEqual(to);
    expect(release).toEqual(releaseOf(branches));
    readings++;
  }
  return readings;
}

describe('readers always get a whole release', () => {
  it('when publishers are killed at 20 random moments', async () => {
    await createDirectorySink(directory).publish(releaseOf(2), {});
    const stop = new AbortController();
    const reading = readUntil(stop.signal, 2, 9);
    const publicationMs = await measurePublication();
    let published = 0;
    for (let kill = 0; kill < 20; kill++) {
      const publisher = await startPublisher(2, 9);
      // A publication takes 5 ms on an idle machine; on a busy one 120 ms were too short for a second one.
      await sleep(Math.random() * Math.max(120, 4 * publicationMs));
      await publisher.kill();
      published += publisher.published();
      // The pointer leads to a whole release.
      const pointer = await readDirectoryPointer(directory);
      const release = await readDirectoryRelease(directory, pointer?.version ?? '');
      expect(countBranches(release.vendors)).toBe(pointer?.branches);
    }
    stop.abort();
    expect(await reading).toBeGreaterThan(20);
    expect(published).toBeGreaterThan(20);
    expect(await createDirectorySink(directory).publish(releaseOf(30), {})).toBe('published');
  });

  it('when two publishers run at the same time', async () => {
    const publishers = await Promise.all([startPublisher(2, 9), startPublisher(6, 13)]);
    const stop = new AbortController();
    const reading = readUntil(stop.signal, 2, 13);
    while (publishers.some(({ published }) => published() < 60)) await sleep(20);
    stop.abort();
    expect(await reading).toBeGreaterThan(5);
    for (const publisher of publishers) {
      expect(publisher.said()).toBe('');
      await publisher.kill();
    }
    const pointer = await readDirectoryPointer(directory);
    for (const version of [pointer?.version ?? '', ...(pointer?.previous ?? [])]) {
      const quality = JSON.parse(await readFile(join(directory, version, 'quality.json'), 'utf8')) as object;
      const { vendors } = await readDirectoryRelease(directory, version);
      expect(quality).toEqual({ branches: countBranches(vendors) });
    }
    // Only the drafts of the two killed publishers may be left.
    const left = await readdir(directory);
    expect(left.filter((name) => /^\.(draft|damaged)/.test(name)).length).toBeLessThanOrEqual(2);
  });
});

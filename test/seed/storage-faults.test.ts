import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { readCurrentRelease, readDirectoryPointer } from '../../functions/releases/directory-reader.ts';
import { createDirectorySink } from '../../functions/releases/directory-sink.ts';
import { releaseOf } from '../functions/releases/release-of.ts';
import {
  directory,
  eventually,
  pointer,
  portal,
  publishCity,
  said,
  startServing,
  stopServing,
  times,
  vendors,
} from './serving-fixture.ts';

const store = () => join(directory, 'releases');
const saved = async () => (await readCurrentRelease(store()).catch(() => undefined))?.release.vendors.length;
const unsaved = () => said.filter((line) => line.startsWith('warning: the new release is served, but not saved'));

describe('the data directory', () => {
  it('deleted while serving: nothing is lost, and the next refresh saves the data again', async () => {
    publishCity(200);
    const server = await startServing({ everyMs: 300 });
    await eventually(server.search).toMatchObject({ hits: 200 });
    await eventually(saved).toBe(200);
    // The server may write a file into a folder while it is deleted (ENOTEMPTY): then delete the rest again.
    await rm(directory, { recursive: true, maxRetries: 20, retryDelay: 10 });
    await eventually(saved).toBe(200);
    publishCity(201);
    await eventually(server.search).toMatchObject({ hits: 201 });
    await eventually(saved).toBe(201);
    expect(await server.search()).toMatchObject({ status: 200, hits: 201 });
  });
});

const canMount = process.platform === 'linux' && process.getuid?.() === 0 && tryMount();
if (!canMount)
  console.warn('skipped: tests of a full and of a read-only disk, which need to mount a tmpfs (root on Linux)');

function mount(...args: string[]): void {
  const { status, stderr } = spawnSync('mount', args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
}

function tryMount(): boolean {
  const place = spawnSync('mktemp', ['-d'], { encoding: 'utf8' }).stdout.trim();
  const { status } = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', place]);
  if (status === 0) spawnSync('umount', [place]);
  spawnSync('rmdir', [place]);
  return status === 0;
}

describe.skipIf(!canMount)('a disk', () => {
  afterEach(async () => {
    await stopServing();
    spawnSync('umount', [store()]);
  });

  it('full while a release is published: the old one stays saved, the new one is served, and is saved when there is space', async () => {
    await mkdir(store(), { recursive: true });
    mount('-t', 'tmpfs', '-o', 'size=512k', 'tmpfs', store());
    publishCity(200);
    const server = await startServing({ everyMs: 300 });
    await eventually(server.search).toMatchObject({ hits: 200 });
    await eventually(saved).toBe(200);
    const dishes = Array.from({ length: 400 }, (_, at) => `tacos ${at}`).join(': ');
    publishCity(201, { fooditems: dishes });
    await eventually(server.search).toMatchObject({ hits: 201 });
    await eventually(unsaved).not.toEqual([]);
    expect(unsaved()[0]).toContain('ENOSPC');
    expect(await saved()).toBe(200);
    expect((await readdir(store())).filter((name) => name.startsWith('.draft-'))).toEqual([]);
    mount('-o', 'remount,size=16m', store());
    await eventually(saved).toBe(201);
  }, 60_000);

  it('read-only while serving: the new data is served, and the log says that it is not saved', async () => {
    await mkdir(store(), { recursive: true });
    mount('-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', store());
    publishCity(200);
    const server = await startServing({ everyMs: 300 });
    await eventually(saved).toBe(200);
    mount('-o', 'remount,ro', store());
    publishCity(201);
    await eventually(server.search).toMatchObject({ hits: 201 });
    await eventually(unsaved).not.toEqual([]);
    expect(unsaved()[0]).toContain('EROFS');
    expect(await saved()).toBe(200);
    mount('-o', 'remount,rw', store());
    await eventually(saved).toBe(201);
  }, 60_000);
});

describe('jumps of the clock', () => {
  afterEach(() => vi.useRealTimers());
  const HOUR = 3_600_000;

  it('of any size do not stop the refreshes, nor remove releases', async () => {
    publishCity(200);
    // Only one table changes: a refresh that reads two of them while they change would publish a mixture, and so one release more.
    portal.publish('jjew-r69b', times(205));
    const server = await startServing({ everyMs: 50 });
    await eventually(server.search).toMatchObject({ hits: 200 });
    await eventually(saved).toBe(200);
    vi.useFakeTimers({ toFake: ['Date'] });
    let count = 200;
    // Ten years ahead and back, an hour as at the ends of summer time, and before 1970.
    for (const jump of [87_600 * HOUR, -87_600 * HOUR, HOUR, -HOUR, -600_000 * HOUR]) {
      vi.setSystemTime(Date.now() + jump);
      portal.publish('rqzj-sfat', vendors(++count));
      await eventually(server.search).toMatchObject({ hits: count });
      await eventually(saved).toBe(count);
      const { previous = [] } = (await readDirectoryPointer(store())) ?? {};
      for (const version of previous) expect(existsSync(join(store(), version, 'release.json'))).toBe(true);
      expect(previous.length).toBe(Math.min(2, count - 200));
    }
    expect(said.filter((line) => /not loaded|not saved/.test(line))).toEqual([]);
  }, 60_000);

  it('of one of two publishers do not remove what the other one is writing', async () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    // Every file looks two hours old, so that all that is unneeded is removed at once.
    vi.setSystemTime(Date.now() + 2 * HOUR);
    const publishAll = async (from: number) => {
      const sink = createDirectorySink(store());
      for (let round = 0; round < 15; round++)
        await sink.publish(releaseOf(from + (round % 4)), { 'quality.json': '{}' });
    };
    await Promise.all([publishAll(2), publishAll(5)]);
    const current = await readCurrentRelease(store());
    expect(current?.warnings).toEqual([]);
    // The last round of either.
    expect([4, 7]).toContain(current?.release.vendors[0]?.branches.length);
  }, 60_000);
});

describe('two servers on one directory', () => {
  it('serve and save the same data, and lose no release', async () => {
    publishCity(200);
    const servers = [await startServing({ everyMs: 60 }), await startServing({ everyMs: 60 })];
    for (let count = 200; count < 206; count++) {
      publishCity(count);
      for (const { search } of servers) await eventually(search).toMatchObject({ hits: count });
      await eventually(saved).toBe(count);
    }
    expect(JSON.parse(await pointer()).previous).toHaveLength(2);
    expect(said.filter((line) => /not loaded|cannot be read|damaged|not saved/.test(line))).toEqual([]);
    expect(portal.requests.length).toBeGreaterThan(0);
  }, 60_000);
});

import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { type Running, startServer } from '../fixtures/server-process.ts';
import { startCityServer } from '../seed/city-server.ts';
import { permitsTable, seedTable, served } from './tables.ts';

const folder = mkdtempSync(`${tmpdir()}/curbside-directory-`);
afterAll(() => rmSync(folder, { recursive: true }));
let directory: string;
let count = 0;
beforeEach(() => {
  directory = `${folder}/${count++}`;
  mkdirSync(directory);
});

/** Mounts need a mount namespace: root's, or one of the user's own. */
const unshare = process.getuid?.() === 0 ? ['unshare', '-m'] : ['unshare', '-rm'];
const noMounts = spawnSync('unshare', [...unshare.slice(1), 'mount', '-t', 'tmpfs', 'tmpfs', folder]).status !== 0;
if (noMounts)
  console.warn('skipped: full and read-only file systems; they need unshare and mount, as root or in a user namespace');

/** Runs shell commands in a mount namespace, and then the server's command. */
const inNamespace = (script: string) => [...unshare, 'sh', '-c', `${script}; exec "$@"`, 'sh'];

const eventually = <Value>(value: () => Value) => expect.poll(value, { timeout: 20_000, interval: 50 });
const hits = async ({ url }: Running) => (await served(url)).hits;

describe('a data directory', () => {
  it('that is deleted: the server goes on, and follows the next release', async () => {
    await seedTable(directory, 20);
    const server = await startServer(['--data-dir', directory, '--refresh', 'off']);
    const { version } = await served(server.url);
    rmSync(directory, { recursive: true });
    for (const path of ['/data/current.json', `/data/${version}/quality.txt`, `/data/${version}/places.csv`, '/']) {
      expect([200, 404, 503], path).toContain((await fetch(`${server.url}${path}`)).status);
    }
    expect(await served(server.url)).toMatchObject({ hits: 20, version });
    await seedTable(directory, 31);
    await eventually(() => hits(server)).toBe(31);
    expect(await server.stop()).toBe(0);
    expect(server.said()).not.toContain('"event":"bug"');
  });

  it('that two servers and two publishers use: both servers follow, and nobody gets a part', async () => {
    await seedTable(directory, 20);
    const args = ['--data-dir', directory, '--refresh', 'off'];
    const servers = await Promise.all([startServer(args), startServer(args)]);
    await Promise.all([seedTable(directory, 30), seedTable(directory, 31)]);
    const settled = async () => new Set(await Promise.all(servers.map(hits)));
    await eventually(async () => [...(await settled())].filter((one) => one >= 30).length).toBe(1);
    await seedTable(directory, 40);
    await eventually(async () => [...(await settled())]).toEqual([40]);
    expect(await Promise.all(servers.map((server) => server.stop()))).toEqual([0, 0]);
  });

  it.skipIf(noMounts)(
    'that is full: the previous release stays, and one sentence says why',
    { timeout: 60_000 },
    async () => {
      for (const vendors of [20, 6_000]) writeFileSync(`${directory}/${vendors}.csv`, permitsTable(vendors));
      const disk = `${directory}/disk`;
      mkdirSync(disk);
      const seed = (vendors: number) =>
        `"$1" dist/test/seed.js --data-dir ${disk} --quiet --force --source permits=${directory}/${vendors}.csv; echo "seed ended with $?"`;
      // `$1` is Node.
      const script = `mount -t tmpfs -o size=400k tmpfs ${disk}; ${seed(20)}; ${seed(6_000)}`;
      const server = await startServer(['--data-dir', disk, '--refresh', 'off'], {}, undefined, inNamespace(script));
      const ends = [...server.said().matchAll(/seed ended with (\d+)/g)].map(([, code]) => code);
      expect(ends, server.said()).toEqual(['0', '1']);
      expect(server.said()).toMatch(/^curbside: .*(ENOSPC|no space)/m);
      expect(server.said()).not.toMatch(/\n\s+at /);
      expect(await served(server.url)).toMatchObject({ hits: 20, origin: 'cached' });
      expect(await server.stop()).toBe(0);
    },
  );

  it.skipIf(noMounts)(
    'that is read-only: the server serves and refreshes its sources',
    { timeout: 60_000 },
    async () => {
      const portal = await startCityServer();
      const publish = (vendors: number) =>
        portal.publishFile('/permits.csv', Buffer.from(permitsTable(vendors)), 'text/csv');
      publish(20);
      const script = `mount -t tmpfs -o ro tmpfs ${directory}`;
      const source = ['--source', `permits=${portal.origin}/permits.csv`, '--refresh', '1s'];
      const server = await startServer(['--data-dir', directory, ...source], {}, undefined, inNamespace(script));
      expect(await served(server.url)).toMatchObject({ hits: 20, origin: 'given' });
      publish(30);
      await eventually(() => hits(server)).toBe(30);
      expect(await server.stop()).toBe(0);
      await portal.stop();
    },
  );
});

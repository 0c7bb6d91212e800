import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { RawConnection } from '../attack/raw-connection.ts';
import { startServer } from '../fixtures/server-process.ts';
import { seedTable, served } from './tables.ts';

/** util-linux; every Linux distribution has it. */
const noPrlimit = spawnSync('prlimit', ['--version']).status !== 0;
if (noPrlimit) console.warn('skipped: a server without free file descriptors; it needs prlimit of util-linux');

const folder = mkdtempSync(`${tmpdir()}/curbside-descriptors-`);
afterAll(() => rmSync(folder, { recursive: true }));

const get = (path: string) => Buffer.from(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`);
const options = { methods: ['GET'], timeoutMs: 10_000 };

describe.skipIf(noPrlimit)('a server without a free file descriptor', () => {
  it('answers from memory, refuses files with a 503, and recovers', { timeout: 60_000 }, async () => {
    await seedTable(folder, 20);
    const args = ['--data-dir', folder, '--refresh', 'off'];
    const server = await startServer(args, {}, undefined, ['prlimit', '--nofile=48']);
    const { version } = await served(server.url);
    const port = Number(new URL(server.url).port);
    const known = await RawConnection.open(port);
    expect((await known.exchange(get('/readyz'), options)).answers[0]?.status).toBe(200);
    const silent = await Promise.all(Array.from({ length: 80 }, () => RawConnection.open(port)));
    await sleep(300);
    const statuses: Record<string, number | undefined> = {};
    for (const path of [
      '/search?q=tacos&limit=2',
      '/meta',
      '/',
      `/data/${version}/quality.txt`,
      '/data/current.json',
    ]) {
      const { answers } = await known.exchange(get(path), options);
      statuses[path] = answers[0]?.status;
      expect([200, 503], `${path}: ${statuses[path]}`).toContain(statuses[path]);
    }
    expect(statuses['/search?q=tacos&limit=2']).toBe(200);
    expect(statuses['/meta']).toBe(200);
    for (const connection of silent) connection.close();
    await expect.poll(async () => (await fetch(`${server.url}/data/${version}/quality.txt`)).status).toBe(200);
    expect((await served(server.url)).hits).toBe(20);
    known.close();
    expect(await server.stop()).toBe(0);
    expect(server.said()).not.toContain('"event":"bug"');
  });
});

import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { mkdtemp, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { Agent, get as httpGet, type IncomingMessage } from 'node:http';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { json } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readDirectoryPointer } from '../../functions/releases/directory-reader.ts';
import { type Running, run, startServer } from '../fixtures/server-process.ts';

let directory: string;
let server: Running | undefined;
beforeEach(async () => {
  directory = await mkdtemp(`${tmpdir()}/curbside-storage-`);
});
afterEach(async () => {
  await server?.stop();
  server = undefined;
  await rm(directory, { recursive: true });
});

const releases = (...path: string[]) => join(directory, 'releases', 'san-francisco', ...path);
const offline = () => ['--refresh', 'off', '--data-dir', directory];
const HEADER = 'locationid,Applicant,FoodItems,Status,Received,Latitude,Longitude';

/** Publishes this number of vendors with the real command. */
async function seed(count: number): Promise<string> {
  const path = join(directory, 'permits.csv');
  const rows = Array.from(
    { length: count },
    (_, at) => `${at},Vendor ${at},Tacos,APPROVED,20240829,37.77,-122.${410 + at}`,
  );
  await writeFile(path, [HEADER, ...rows, ''].join('\n'));
  const { code, stderr } = await run('seed', ['--source', `permits=${path}`, '--data-dir', directory, '--quiet']);
  expect([code, stderr]).toEqual([0, '']);
  return (await readDirectoryPointer(releases()))?.version ?? '';
}

async function ask<Answer>(path: string): Promise<Answer> {
  return (await (await fetch(`${server?.url}${path}`)).json()) as Answer;
}
const version = async () => (await ask<{ meta: { data_version: string } }>('/search?q=tacos')).meta.data_version;
const notes = async () => (await ask<{ notes: string[] }>('/readyz')).notes;

describe('the built server on a damaged store', () => {
  it.each(['', '{"version":', 'garbage', '{"version":"../..","branches":1,"previous":[],"refused":[]}', null])(
    'with the pointer %j serves the newest release, and says so in the log and in its health',
    async (text) => {
      await seed(20);
      const newest = await seed(21);
      if (text === null) await rm(releases('current.json'));
      else await writeFile(releases('current.json'), text);
      server = await startServer(offline());
      expect(await version()).toBe(newest);
      expect(await notes()).toHaveLength(1);
      expect((await notes()).join()).not.toContain(directory);
      expect(server.said()).toMatch(/warning: \S+current\.json is (damaged|missing).*takes its place/);
    },
  );

  it('with a damaged release serves the one before it, until it is published again', async () => {
    const older = await seed(20);
    const newest = await seed(21);
    await writeFile(releases(newest, 'provenance.json'), '{}');
    server = await startServer(offline());
    expect(await version()).toBe(older);
    expect(await notes()).toHaveLength(1);
    expect(await seed(21)).toBe(newest);
    await expect.poll(version, { timeout: 20_000 }).toBe(newest);
    expect(await notes()).toEqual([]);
  });

  it('keeps its data when the pointer is damaged while it serves', async () => {
    await seed(20);
    const newest = await seed(21);
    server = await startServer(offline());
    expect(await notes()).toEqual([]);
    await writeFile(releases('current.json'), 'garbage');
    await expect.poll(notes, { timeout: 20_000 }).toHaveLength(1);
    expect(await version()).toBe(newest);
  });

  it('keeps its data when the data directory is deleted', async () => {
    const newest = await seed(21);
    server = await startServer(offline());
    await rename(directory, `${directory}-gone`);
    try {
      await expect.poll(notes, { timeout: 20_000 }).toHaveLength(1);
      expect(server.said()).toContain('the saved releases are gone; the previous data stays');
      expect(await version()).toBe(newest);
      expect((await fetch(`${server.url}/data/${newest}/quality.txt`)).status).not.toBe(500);
    } finally {
      await rename(`${directory}-gone`, directory);
    }
    await expect.poll(notes, { timeout: 20_000 }).toEqual([]);
  });
});

/** Reading it fails with EIO. */
const FAILING_FILE = '/proc/self/mem';
const isLinux = process.platform === 'linux';
if (!isLinux) console.warn('skipped: tests of failing reads, which need Linux');

describe.skipIf(!isLinux)('a file that cannot be read now', () => {
  it.each(['current.json', 'release.json'])(
    'stops the start, with %s in the error: no sample is served',
    async (name) => {
      await seed(20);
      const newest = await seed(21);
      const path = name === 'current.json' ? releases(name) : releases(newest, name);
      await rm(path);
      await symlink(FAILING_FILE, path);
      await expect(startServer(offline())).rejects.toThrow(/ended with 1: curbside: .*EIO/);
    },
  );

  it('is a 503 with Retry-After in a request', async () => {
    const version = await seed(20);
    server = await startServer(offline());
    const url = `${server.url}/data/${version}/quality.txt`;
    const text = await (await fetch(url)).text();
    const path = releases(version, 'quality.txt');
    await rm(path);
    await symlink(FAILING_FILE, path);
    const failed = await fetch(url);
    expect([failed.status, failed.headers.get('Retry-After')]).toEqual([503, expect.stringMatching(/^\d+$/)]);
    expect(await failed.text()).not.toContain(directory);
    await rm(path);
    await writeFile(path, text);
    expect(await (await fetch(url)).text()).toBe(text);
  });
});

const prlimit = isLinux && spawnSync('prlimit', ['--version']).status === 0;
if (!prlimit) console.warn('skipped: the test of too many open files, which needs prlimit');

describe.skipIf(!prlimit)('too many open files', () => {
  it('are a 503 with Retry-After for what needs a file, and searches go on', async () => {
    const older = await seed(20);
    const newest = await seed(21);
    server = await startServer(offline());
    const { port } = new URL(server.url);
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const request = (path: string) =>
      new Promise<IncomingMessage>((resolve, reject) => {
        httpGet(`${server?.url}${path}`, { agent }, resolve).once('error', reject);
      });
    const status = async (path: string) => {
      const response = await request(path);
      await json(response).catch(() => {});
      return [response.statusCode, response.headers['retry-after'] !== undefined];
    };
    const sockets: Socket[] = [];
    try {
      expect(await status('/readyz')).toEqual([200, false]);
      const open = readdirSync(`/proc/${server.child.pid}/fd`).length;
      spawnSync('prlimit', ['--pid', String(server.child.pid), `--nofile=${open + 8}:`]);
      for (let at = 0; at < 40; at++) {
        const socket = connect(Number(port), '127.0.0.1');
        socket.on('error', () => {});
        sockets.push(socket);
      }
      await expect.poll(() => status(`/data/${older}/release.json`), { timeout: 20_000 }).toEqual([503, true]);
      expect(await status('/search?q=tacos')).toEqual([200, false]);
    } finally {
      for (const socket of sockets) socket.destroy();
      agent.destroy();
    }
    await expect
      .poll(async () => (await fetch(`${server?.url}/data/${older}/release.json`)).status, { timeout: 20_000 })
      .toBe(200);
    expect(await version()).toBe(newest);
    expect(JSON.parse(await readFile(releases('current.json'), 'utf8'))).toMatchObject({ version: newest });
  });
});

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { openSocket, sendRaw } from '../../fixtures/raw-http.ts';
import { type Running, startServer } from '../../fixtures/server-process.ts';
import { faultsOf } from '../http/openapi/conforming.ts';

const scratch = mkdtempSync(`${tmpdir()}/curbside-limits-`);
const running: Running[] = [];
const sockets: Socket[] = [];
afterAll(async () => {
  for (const socket of sockets) socket.destroy();
  await Promise.all(running.map((server) => server.stop()));
  rmSync(scratch, { recursive: true });
});

async function start(...args: string[]): Promise<Running> {
  const server = await startServer(['--refresh', 'off', '--data-dir', scratch, ...args]);
  running.push(server);
  return server;
}

/** Resident memory of a process, MB. */
function memoryOf({ child }: Running): number {
  const [, kB] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${child.pid}/status`, 'utf8')) ?? [];
  return Number(kB) / 1024;
}

describe('the limit of each client', () => {
  it('is a 429 with RateLimit headers and Retry-After, for one address or /64, and never for the health of the server', async () => {
    const server = await start('--rate-limit', '20', '--trusted-proxies', '127.0.0.0/8');
    const as = (client: string, path = '/meta', headers = {}) =>
      fetch(`${server.url}${path}`, { headers: { 'X-Forwarded-For': client, ...headers } });
    const first = await as('203.0.113.7');
    expect([first.status, first.headers.get('RateLimit')]).toEqual([200, null]);
    const answers: Response[] = [];
    for (let number = 0; number < 19; number++) answers.push(await as('203.0.113.7', '/healthz?x'));
    expect(answers.map(({ status }) => status)).toEqual(Array(19).fill(200));
    expect(answers.at(-1)?.headers.get('RateLimit')).toMatch(/^"client";r=\d;t=\d$/);
    const refused = await as('203.0.113.7');
    expect([refused.status, refused.headers.get('Content-Type')]).toEqual([429, 'application/problem+json']);
    expect(refused.headers.get('RateLimit')).toMatch(/^"client";r=0;t=[123]$/);
    expect(refused.headers.get('RateLimit-Policy')).toBe('"client";q=20;w=60');
    expect(Number(refused.headers.get('Retry-After'))).toBeGreaterThan(0);
    expect(refused.headers.get('Access-Control-Expose-Headers')).toContain('Retry-After');
    const problem = await refused.json();
    expect(problem).toMatchObject({ type: '/docs#rate-limited', status: 429 });
    expect(faultsOf({ $ref: '#/components/schemas/Problem' }, problem)).toEqual([]);
    const search = await (await as('203.0.113.7', '/search?q=tacos')).json();
    expect(search).toMatchObject({ status: 'failure', problem: { status: 429 } });
    expect(faultsOf({ $ref: '#/components/schemas/SearchFailure' }, search)).toEqual([]);
    for (const path of ['/healthz', '/readyz']) expect((await as('203.0.113.7', path)).status).toBe(200);

    // Whatever a client sends itself, the proxy's entry counts.
    expect((await as('198.51.100.1, 203.0.113.7')).status).toBe(429);
    expect((await as('203.0.113.8')).status).toBe(200);
    for (let number = 0; number < 20; number++) await as(`2001:db8:1:2::${number}`);
    expect((await as('2001:db8:1:2:ffff::1')).status).toBe(429);
    expect((await as('2001:db8:1:3::1')).status).toBe(200);
    expect(server.said()).toMatch(/"event":"request refused","kind":"rate-limited"/);
    // Addresses are personal data.
    expect(server.said()).not.toContain('203.0.113');
  });

  it('leaves out this machine, and is off if it is turned off', async () => {
    const local = await start('--rate-limit', '2');
    for (let number = 0; number < 10; number++) expect((await fetch(`${local.url}/meta`)).status).toBe(200);
    const off = await start('--rate-limit', 'off', '--trusted-proxies', '1');
    for (let number = 0; number < 10; number++) {
      expect((await fetch(`${off.url}/meta`, { headers: { 'X-Forwarded-For': '203.0.113.7' } })).status).toBe(200);
    }
  });
});

describe('the limit of connections', () => {
  it('is a 503 on a new one, closes idle ones first, and lets the next one in', async () => {
    const server = await start('--max-connections', '10', '--request-timeout', '2s');
    const silent = await Promise.all(Array.from({ length: 10 }, () => openSocket(server.url)));
    sockets.push(...silent);
    await sleep(100);
    const refused = await sendRaw(server.url, 'GET /meta HTTP/1.1\r\nHost: a\r\n\r\n', 3_000);
    expect(refused.status).toBe(503);
    expect(refused.head).toMatch(/^retry-after: \d+\r?$/im);
    expect(JSON.parse(refused.body)).toMatchObject({ type: '/docs#overloaded' });
    expect(refused.closedMs).not.toBeNull();
    // Health is never refused, and silent connections end after the time for a request.
    const health = await sendRaw(server.url, 'GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n', 3_000);
    expect(health.status).toBe(200);
    await sleep(3_500);
    expect((await fetch(`${server.url}/meta`)).status).toBe(200);

    // Idle connections make place.
    const idle = await Promise.all(Array.from({ length: 10 }, () => openSocket(server.url)));
    sockets.push(...idle);
    for (const socket of idle) socket.write('GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n');
    await sleep(300);
    await fetch(`${server.url}/healthz`);
    await sleep(200);
    expect((await fetch(`${server.url}/meta`)).status).toBe(200);
  });

  it('drops what is far above it, which is logged once', async () => {
    const server = await start('--max-connections', '10');
    sockets.push(...(await Promise.all(Array.from({ length: 100 }, () => openSocket(server.url)))));
    await sleep(300);
    expect(server.said().match(/"event":"connection refused"/g)).toHaveLength(1);
    expect(server.child.exitCode).toBeNull();
  });
});

describe('a client that does not read its answers', () => {
  const ASK = 'GET /search?status=any&lat=37.7&lon=-122.4 HTTP/1.1\r\nHost: a\r\n\r\n';

  it('is disconnected after the write timeout, and one that reads is not', async () => {
    const server = await start('--write-timeout', '2s', '--max-delay', 'off');
    const stalled = await openSocket(server.url);
    const steady = await openSocket(server.url);
    sockets.push(stalled, steady);
    stalled.pause();
    let received = 0;
    steady.pause();
    steady.on('data', (chunk: Buffer) => {
      received += chunk.length;
    });
    for (const socket of [stalled, steady]) socket.write(ASK.repeat(100));
    // Some 100 kB every 50 ms: slow, and above the smallest rate.
    let isSteadyClosed = false;
    steady.on('close', () => {
      isSteadyClosed = true;
    });
    const reader = setInterval(() => {
      steady.resume();
      setTimeout(() => steady.pause(), 2);
    }, 50);
    await expect.poll(() => server.said(), { timeout: 15_000 }).toContain('"kind":"slow reader"');
    await sleep(2_000);
    clearInterval(reader);
    steady.resume();
    await expect.poll(() => received, { timeout: 15_000 }).toBeGreaterThan(4_000_000);
    expect(isSteadyClosed).toBe(false);
    expect(server.said().match(/"kind":"slow reader","count":(\d+)/)?.[1]).toBe('1');
  });

  it('may send up to 100 requests at once, which are answered one after the other', async () => {
    const server = await start();
    const one = 'GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n';
    const last = 'GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n';
    const socket = await openSocket(server.url);
    let text = '';
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString();
    });
    socket.write(one.repeat(99) + last);
    await new Promise((resolve) => socket.once('close', resolve));
    expect(text.match(/HTTP\/1\.1 200 OK/g)).toHaveLength(100);
    expect((await sendRaw(server.url, one.repeat(500))).closedMs).toBeLessThan(5_000);
    expect((await fetch(`${server.url}/healthz`)).status).toBe(200);
  });

  it('costs bounded memory, which is freed', async () => {
    const server = await start('--write-timeout', '3s', '--max-unsent-mb', '1', '--max-delay', 'off');
    const status = async () => (await fetch(`${server.url}/meta`)).status;
    expect(await status()).toBe(200);
    const before = memoryOf(server);
    const stalled = await Promise.all(Array.from({ length: 60 }, () => openSocket(server.url)));
    sockets.push(...stalled);
    for (const socket of stalled) {
      socket.pause();
      socket.write(ASK.repeat(100));
    }
    await expect.poll(status, { timeout: 12_000 }).toBe(503);
    expect(server.said()).toContain('The server has too many answers to send');
    expect(memoryOf(server) - before).toBeLessThan(200);
    await expect.poll(status, { timeout: 15_000 }).toBe(200);
    expect(server.said()).toContain('"kind":"slow reader"');
  });
});

import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { Agent, get } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { BUILD } from '../../fixtures/build-directory.ts';
import { openSocket } from '../../fixtures/raw-http.ts';
import { sampleServer } from '../../fixtures/sample-server.ts';

const server = sampleServer();

const agent = new Agent({ keepAlive: true, maxSockets: 1 });
/** Uses one connection for all requests. */
const ask = (path: string) =>
  new Promise<{ status: number; retryAfter: string; body: string }>((resolve, reject) => {
    get(`${server.url}${path}`, { agent }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (chunk) => {
        body += chunk;
      });
      response.on('error', reject);
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, retryAfter: response.headers['retry-after'] ?? '', body }),
      );
    }).on('error', reject);
  });

describe.skipIf(process.platform !== 'linux')('a server without a file descriptor to spare', () => {
  it('answers from memory, answers 503 where it needs a file, and recovers', async () => {
    const asset = `/${/"(assets\/main-\w+\.js)"/.exec(readFileSync(`${BUILD}/web/index.html`, 'utf8'))?.[1]}`;
    expect((await ask(asset)).status).toBe(200);
    const used = readdirSync(`/proc/${server.child.pid}/fd`).length;
    execFileSync('prlimit', ['--pid', String(server.child.pid), `--nofile=${used + 10}:`]);
    const sockets = await Promise.all(Array.from({ length: 60 }, () => openSocket(server.url)));
    await sleep(300);
    for (const path of ['/', asset, '/manifest.webmanifest']) {
      const { status, retryAfter, body } = await ask(path);
      expect([path, status, retryAfter]).toEqual([path, 503, '5']);
      expect(JSON.parse(body)).toMatchObject({ type: '/docs#overloaded' });
    }
    for (const path of ['/search?q=tacos', '/healthz', '/readyz']) expect((await ask(path)).status).toBe(200);
    for (const socket of sockets) socket.destroy();
    await expect.poll(async () => (await ask('/')).status).toBe(200);
    expect((await ask(asset)).body.length).toBeGreaterThan(1_000);
    expect((await fetch(`${server.url}/meta`)).status).toBe(200);
    expect(server.said()).not.toContain('"event":"bug"');
  });
});

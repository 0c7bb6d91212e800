import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { type Running, startServer } from '../../fixtures/server-process.ts';

const directory = mkdtempSync(join(tmpdir(), 'curbside-observed-'));
const running: Running[] = [];
afterAll(async () => {
  await Promise.all(running.map((server) => server.stop()));
  rmSync(directory, { recursive: true });
});

async function start(...args: string[]): Promise<Running> {
  const server = await startServer(['--refresh', 'off', '--data-dir', directory, ...args]);
  running.push(server);
  return server;
}

type Line = { event?: string; route?: string; status?: number; path?: string; client?: string; requestId?: string };

const requestLines = (server: Running) =>
  server
    .said()
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Line)
    .filter(({ event }) => event === 'request');

describe('the requests of a server', () => {
  it('are logged when its output is no terminal, and the last ones before it ends', async () => {
    const server = await start();
    const response = await fetch(`${server.url}/search?q=tacos`);
    await expect.poll(() => requestLines(server)).toMatchObject([{ route: '/search', status: 200 }]);
    expect(requestLines(server)[0]?.requestId).toBe(response.headers.get('X-Request-Id'));
    expect(server.said()).not.toContain('tacos"');
    // Ended before the next batch would be written.
    await fetch(`${server.url}/trucks/nobody`);
    await server.stop();
    expect(requestLines(server).slice(1)).toMatchObject([{ route: '/trucks/:id', status: 404 }]);
    expect(server.said()).not.toContain('nobody');
  });

  it('are not logged with access-log=off, and with their personal data with full', async () => {
    const [silent, full] = await Promise.all([start('--access-log', 'off'), start('--access-log', 'full')]);
    for (const { url } of [silent, full]) await fetch(`${url}/search?q=tacos`);
    await expect.poll(() => requestLines(full)).toMatchObject([{ path: '/search?q=tacos', client: '127.0.0.1' }]);
    await silent.stop();
    expect(requestLines(silent)).toEqual([]);
  });

  it('have the id and the address of a client only from a trusted proxy', async () => {
    const [direct, proxied] = await Promise.all([
      start('--access-log', 'full'),
      start('--access-log', 'full', '--trusted-proxies', '127.0.0.0/8'),
    ]);
    const headers = { 'X-Forwarded-For': '198.51.100.7, 203.0.113.9', 'X-Request-Id': 'from-the-proxy' };
    const answers = await Promise.all([direct, proxied].map(({ url }) => fetch(`${url}/meta`, { headers })));
    expect(answers[0]?.headers.get('X-Request-Id')).not.toBe('from-the-proxy');
    expect(answers[1]?.headers.get('X-Request-Id')).toBe('from-the-proxy');
    await expect.poll(() => requestLines(direct)).toMatchObject([{ client: '127.0.0.1' }]);
    await expect
      .poll(() => requestLines(proxied))
      .toMatchObject([{ client: '203.0.113.9', requestId: 'from-the-proxy' }]);
  });

  it('that the server refuses itself are logged and counted', async () => {
    const server = await start('--rate-limit', '1', '--trusted-proxies', '1', '--metrics-port', '0');
    const headers = { 'X-Forwarded-For': '203.0.113.9' };
    const statuses = [];
    for (let at = 0; at < 3; at++) statuses.push((await fetch(`${server.url}/meta`, { headers })).status);
    expect(statuses).toEqual([200, 429, 429]);
    const [, url = ''] = /^metrics: (\S+)$/m.exec(server.said()) ?? [];
    expect(await (await fetch(url)).text()).toContain('curbside_http_requests_limited_total 2');
    const refused = { event: 'request', status: 429, refused: 'limited', route: '*', method: 'GET' };
    await expect.poll(() => requestLines(server)).toMatchObject([{ status: 200, refused: null }, refused, refused]);
  });

  it('are counted on a port of their own', async () => {
    const server = await start('--metrics-port', '0');
    for (const path of ['/search?q=tacos', '/search?q=tacos', '/search?lat=91']) await fetch(`${server.url}${path}`);
    const [, url = ''] = /^metrics: (\S+)$/m.exec(server.said()) ?? [];
    const text = await (await fetch(url)).text();
    expect(text).toContain('curbside_http_request_duration_seconds_count{route="/search",status_class="2xx"} 2');
    expect(text).toContain('curbside_http_request_duration_seconds_count{route="/search",status_class="4xx"} 1');
    expect(text).toContain('curbside_response_cache_hits_total 1');
    expect(text).toContain('curbside_engine_up{engine="embedded"} 1');
    expect((await fetch(`${server.url}/metrics`)).status).toBe(404);
  });
});

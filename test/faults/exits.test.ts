import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { headerOf } from '../attack/answer-reader.ts';
import { RawConnection } from '../attack/raw-connection.ts';
import { startServer } from '../fixtures/server-process.ts';
import { startLoad } from './steady-load.ts';

/** Docker sends SIGKILL after 10 s, Kubernetes after 30 s. */
const LIMIT_MS = 9_500;

const folder = mkdtempSync(`${tmpdir()}/curbside-exits-`);
afterAll(() => rmSync(folder, { recursive: true }));
/** With the time that a load balancer needs to notice. */
const start = () => startServer(['--refresh', 'off', '--data-dir', `${folder}/none`], { DRAIN: '2s' });
const portOf = (url: string) => Number(new URL(url).port);

/** The exit code, and how long the exit took. */
async function timedStop(server: Awaited<ReturnType<typeof start>>): Promise<{ code: number | null; tookMs: number }> {
  const began = performance.now();
  const killed = setTimeout(() => server.child.kill('SIGKILL'), 20_000);
  const code = await server.stop();
  clearTimeout(killed);
  return { code, tookMs: performance.now() - began };
}

const HEAD = 'GET /search?q=tacos HTTP/1.1\r\nHost: 127.0.0.1\r\n';
const UNFINISHED: [string, string][] = [
  ['nothing', ''],
  ['half of a request head', HEAD],
  ['half of a request line', 'GET /sea'],
  ['half of a body', 'POST /search HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100\r\n\r\nhalf'],
  ['half of a request after a whole one', `${HEAD}\r\n${HEAD}`],
];

describe('a server that is told to stop', () => {
  it('ends in time whatever its connections have sent, and with all of them open', { timeout: 60_000 }, async () => {
    const server = await start();
    const connections = await Promise.all(
      [...UNFINISHED, ...UNFINISHED].map(async ([, text]) => {
        const connection = await RawConnection.open(portOf(server.url));
        connection.write(Buffer.from(text));
        return connection;
      }),
    );
    // A client that asked for much and does not read it.
    const stuck = await RawConnection.open(portOf(server.url));
    stuck.pause();
    stuck.write(Buffer.from('GET /search?q= HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n'.repeat(200)));
    await sleep(200);
    const { code, tookMs } = await timedStop(server);
    for (const connection of [...connections, stuck]) connection.close();
    expect(code).toBe(0);
    expect(tookMs).toBeLessThan(LIMIT_MS);
  });

  it('loses no request of busy clients that honour Connection: close', { timeout: 60_000 }, async () => {
    const server = await start();
    const load = startLoad(server.url, {
      clients: 8,
      target: (client, at) => `/search?q=tacos&lat=37.${client}${at % 1000}&lon=-122.4`,
      endsOnClose: true,
    });
    await sleep(500);
    const { code, tookMs } = await timedStop(server);
    await load.ended;
    expect(load.result).toMatchObject({ lost: 0, faults: [] });
    expect(load.result.statuses[200]).toBeGreaterThan(50);
    expect(code).toBe(0);
    expect(tookMs).toBeLessThan(LIMIT_MS);
  });

  it('is not ready at once, answers what was sent before, and closes the connection', async () => {
    const server = await start();
    const options = { methods: ['GET'], timeoutMs: 3_000 };
    const [ready, searching] = [
      await RawConnection.open(portOf(server.url)),
      await RawConnection.open(portOf(server.url)),
    ];
    const ask = (path: string) => Buffer.from(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n`);
    expect((await ready.exchange(ask('/readyz'), options)).answers[0]?.status).toBe(200);
    const stopped = server.stop();
    // The signal arrives before the next request.
    await sleep(30);
    const [refused, found] = await Promise.all([
      ready.exchange(ask('/readyz'), options),
      searching.exchange(ask('/search?q=coffee'), options),
    ]);
    expect(refused.answers[0]?.status).toBe(503);
    expect(headerOf(refused.answers[0] ?? { headers: [] }, 'retry-after')).toMatch(/^\d+$/);
    expect(found.answers[0]?.status).toBe(200);
    for (const { answers } of [refused, found])
      expect(headerOf(answers[0] ?? { headers: [] }, 'connection')).toBe('close');
    expect(await stopped).toBe(0);
  });
});

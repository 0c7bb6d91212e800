import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, get } from 'node:http';
import { tmpdir } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { openSocket, sendRaw } from '../../fixtures/raw-http.ts';
import { type Running, startServer } from '../../fixtures/server-process.ts';

const scratch = mkdtempSync(`${tmpdir()}/curbside-drain-`);
afterAll(() => rmSync(scratch, { recursive: true }));
const start = (...args: string[]) => startServer(['--refresh', 'off', '--data-dir', scratch, ...args]);

/** Stops a server, and returns its exit code and the seconds that it took. */
async function timedStop(server: Running): Promise<{ code: number | null; seconds: number }> {
  const from = performance.now();
  const code = await server.stop();
  return { code, seconds: (performance.now() - from) / 1000 };
}

type Answer = { readonly status: number; readonly connection: string; readonly length: number };

function request(url: string, agent: Agent): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = get(url, { agent }, (response) => {
      let length = 0;
      response.on('data', (chunk: Buffer) => {
        length += chunk.length;
      });
      response.on('error', reject);
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, connection: response.headers.connection ?? '', length }),
      );
    });
    sent.on('error', reject);
  });
}

/** Sends one request after the other until told to stop, or until the server accepts no connection. */
async function client(url: string, agent: Agent, isOver: () => boolean) {
  const answers: Answer[] = [];
  const lost: string[] = [];
  while (!isOver()) {
    try {
      answers.push(await request(`${url}/search?q=tacos&limit=${1 + (answers.length % 50)}`, agent));
    } catch (error) {
      const { code = '' } = error as NodeJS.ErrnoException;
      if (code === 'ECONNREFUSED') break;
      lost.push(code);
    }
  }
  agent.destroy();
  return { answers, lost };
}

const keepAlive = () => new Agent({ keepAlive: true, maxSockets: 1 });
const reconnecting = () => new Agent({ keepAlive: false });

describe('a server that is told to stop', () => {
  it.each([
    ['a silent connection', ''],
    ['half a request head', 'GET /meta HTTP/1.1\r\nHost: a'],
    ['half a request line', 'GET /me'],
    ['half a body', 'POST /meta HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nx'],
    ['an idle connection', 'GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n'],
  ])('does not wait for %s', async (_name, bytes) => {
    const server = await start();
    const socket = await openSocket(server.url);
    socket.write(bytes);
    await sleep(200);
    const { code, seconds } = await timedStop(server);
    socket.destroy();
    expect(code).toBe(0);
    expect(seconds).toBeLessThan(4);
    expect(server.said()).toContain('"event":"stopped","lostRequests":0');
  });

  it('is not ready at once, still accepts connections, and closes each after its answer', async () => {
    const server = await start('--drain', '2s');
    const agent = keepAlive();
    expect(await request(`${server.url}/healthz`, agent)).toMatchObject({ status: 200, connection: 'keep-alive' });
    const stopped = timedStop(server);
    await sleep(100);
    expect(await request(`${server.url}/healthz`, agent)).toMatchObject({ status: 200, connection: 'close' });
    const ready = await fetch(`${server.url}/readyz`);
    expect([ready.status, ready.headers.get('Connection')]).toEqual([503, 'close']);
    expect(await ready.json()).toMatchObject({ type: '/docs#draining' });
    await sleep(1_000);
    expect(await request(`${server.url}/search?q=tacos`, reconnecting())).toMatchObject({
      status: 200,
      connection: 'close',
    });
    const { code, seconds } = await stopped;
    expect(code).toBe(0);
    expect(seconds).toBeGreaterThan(2);
    expect(seconds).toBeLessThan(6);
    await expect(fetch(`${server.url}/healthz`)).rejects.toThrow();
  });

  it('loses no request of busy clients behind a load balancer', async () => {
    const server = await start('--drain', '1s', '--max-delay', 'off');
    let isOver = false;
    const clients = [...Array(8)].flatMap(() => [
      client(server.url, keepAlive(), () => isOver),
      client(server.url, reconnecting(), () => isOver),
    ]);
    await sleep(1_000);
    const stopped = timedStop(server);
    // What a load balancer does: it sends no more requests once the server is not ready.
    while ((await fetch(`${server.url}/readyz`)).status === 200) await sleep(50);
    await sleep(200);
    isOver = true;
    const results = await Promise.all(clients);
    expect(results.flatMap(({ lost }) => lost)).toEqual([]);
    const kept = results.filter((_, at) => at % 2 === 0);
    for (const { answers } of kept) {
      expect(answers.filter(({ status, length }) => status !== 200 || length < 100)).toEqual([]);
      expect(answers[0]?.connection).toBe('keep-alive');
      expect(answers.at(-1)?.connection).toBe('close');
    }
    expect((await stopped).code).toBe(0);
    expect(server.said()).toContain('"lostRequests":0');
  });

  it('cuts no answer to clients that go on until they are refused', async () => {
    const server = await start('--max-delay', 'off');
    const clients = [...Array(8)].map(() => client(server.url, keepAlive(), () => false));
    await sleep(1_000);
    const { code, seconds } = await timedStop(server);
    const results = await Promise.all(clients);
    expect(results.every(({ answers }) => answers.length > 10)).toBe(true);
    // A connection that the kernel accepted just before the socket was closed is reset without an answer. Nobody cut an answer.
    const lost = results.flatMap((result) => result.lost);
    expect(lost.filter((error) => error !== 'ECONNRESET')).toEqual([]);
    expect(lost.length).toBeLessThanOrEqual(8);
    expect([code, seconds < 6]).toEqual([0, true]);
  });
});

describe('an answer that a client does not read', () => {
  /** An answer that the buffers of two sockets cannot hold. */
  async function openStalled(server: Running, answers: number) {
    const socket = await openSocket(server.url);
    socket.pause();
    socket.write('GET /search?status=any&lat=37.7&lon=-122.4 HTTP/1.1\r\nHost: a\r\n\r\n'.repeat(answers));
    await sleep(1_500);
    return socket;
  }

  it('is cut at the limit, and said to be lost', async () => {
    const server = await start('--stop-timeout', '2s', '--max-delay', 'off');
    const socket = await openStalled(server, 90);
    const { code, seconds } = await timedStop(server);
    socket.destroy();
    expect(seconds).toBeGreaterThan(1.8);
    expect(seconds).toBeLessThan(6);
    expect(server.said()).toMatch(/"event":"stopped","lostRequests":[1-9]/);
    expect(code).toBe(1);
  });

  it('is sent whole to a client that reads it in time', async () => {
    const server = await start('--stop-timeout', '20s', '--max-delay', 'off');
    const socket = await openStalled(server, 90);
    let text = '';
    const stopped = timedStop(server);
    await sleep(500);
    socket.on('data', (chunk: Buffer) => {
      text += chunk.toString('latin1');
    });
    socket.resume();
    await once(socket, 'close');
    expect((await stopped).code).toBe(0);
    const answers = text.split('HTTP/1.1 200 OK').slice(1);
    expect(text.length).toBeGreaterThan(3_000_000);
    for (const answer of answers) {
      const [head = '', body = ''] = answer.split('\r\n\r\n', 2);
      expect(body.length).toBe(Number(/content-length: (\d+)/i.exec(head)?.[1]));
    }
  });

  it('is cut at once by a second signal', async () => {
    const server = await start('--drain', '5s', '--stop-timeout', '60s');
    const from = performance.now();
    const ended = once(server.child, 'exit');
    server.child.kill('SIGTERM');
    await sleep(300);
    expect((await sendRaw(server.url, 'GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n')).status).toBe(200);
    server.child.kill('SIGINT');
    expect((await ended)[0]).toBe(0);
    expect(performance.now() - from).toBeLessThan(4_000);
  });
});

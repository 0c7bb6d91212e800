import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../../../functions/config/config.ts';
import { createHttpServer } from '../../../functions/node/http-server.ts';
import { openSocket, sendRaw } from '../../fixtures/raw-http.ts';

/** Signals of the requests, by path. */
const signals = new Map<string, AbortSignal>();
let finish: () => void = () => {};
const finished = new Promise<void>((resolve) => {
  finish = resolve;
});

/** Answers `/slow` once {@link finish} is called, and everything else at once. */
async function fetchSlowly(request: Request): Promise<Response> {
  const { pathname } = new URL(request.url);
  signals.set(pathname, request.signal);
  if (pathname === '/late') await finished;
  if (pathname.startsWith('/slow')) await new Promise((resolve) => request.signal.addEventListener('abort', resolve));
  return new Response('done');
}

const { server } = createHttpServer(fetchSlowly, readConfig([], {}), { report: () => {}, onRefused: () => {} });
let url = '';
beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

const ask = (path: string) => `GET ${path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`;

describe('the signal of a request', () => {
  it.each(['closing', 'resetting'] as const)('is aborted when the client leaves by %s', async (how) => {
    const socket = await openSocket(url);
    socket.write(ask(`/slow/${how}`));
    await expect.poll(() => signals.has(`/slow/${how}`)).toBe(true);
    expect(signals.get(`/slow/${how}`)?.aborted).toBe(false);
    if (how === 'resetting') socket.resetAndDestroy();
    else socket.destroy();
    await expect.poll(() => signals.get(`/slow/${how}`)?.aborted).toBe(true);
  });

  it('is aborted too if it is read only after the client has left', async () => {
    const socket = await openSocket(url);
    socket.write(ask('/late'));
    await expect.poll(() => signals.has('/late')).toBe(true);
    socket.destroy();
    await new Promise((resolve) => setTimeout(resolve, 200));
    finish();
    expect(signals.get('/late')?.aborted).toBe(true);
  });

  it('is not aborted by a client that reads its answer', async () => {
    expect((await sendRaw(url, ask('/quick'))).body).toContain('done');
    expect(signals.get('/quick')?.aborted).toBe(false);
  });
});

import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer as createTcpServer } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { limitTime } from '../../../functions/model/time-limit.ts';
import { readSource } from '../../../seed/source/read-source.ts';
import { refusal, swift } from './portal.ts';
import { startWebServer } from './web-server.ts';

/** Collects garbage every few milliseconds until `work` is done: the loss of a timeout depends on it. */
async function collecting<Value>(work: Promise<Value>): Promise<Value> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const timer = setInterval(collect, 10);
  return work.finally(() => clearInterval(timer));
}

describe('time limits survive the garbage collector', () => {
  it('of one try', async () => {
    const origin = await startWebServer(() => {});
    const options = { ...swift, tries: 1, tryTimeoutMs: 300, signal: new AbortController().signal };
    const started = performance.now();
    const { message } = await refusal(collecting(readSource({ name: 'permits', from: `${origin}/a` }, options)));
    expect(message).toContain('no complete answer within 0.3 s');
    expect(performance.now() - started).toBeLessThan(5_000);
  });

  it('of a source with all its tries', async () => {
    const origin = await startWebServer(() => {});
    const options = { ...swift, totalTimeoutMs: 300, signal: new AbortController().signal };
    const started = performance.now();
    const { message } = await refusal(collecting(readSource({ name: 'permits', from: `${origin}/a` }, options)));
    expect(message).toContain('out of time');
    expect(performance.now() - started).toBeLessThan(5_000);
  });

  it('and abort with their parent, or at once if it is aborted', () => {
    const parent = new AbortController();
    const limit = limitTime(60_000, parent.signal);
    expect(limit.signal.aborted).toBe(false);
    parent.abort(new Error('enough'));
    expect(limit.signal.reason).toEqual(new Error('enough'));
    limit.end();
    const late = limitTime(60_000, parent.signal);
    expect(late.signal.reason).toEqual(new Error('enough'));
    late.end();
  });
});

describe('a permanent fault is not retried', () => {
  it('if the server does not speak HTTP', async () => {
    let connections = 0;
    const server = createTcpServer((socket) => {
      connections += 1;
      socket.on('error', () => {});
      socket.end('SSH-2.0-OpenSSH_9.6\r\n');
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const from = `http://127.0.0.1:${(server.address() as AddressInfo).port}/a`;
    const { message } = await refusal(readSource({ name: 'permits', from }, swift));
    server.close();
    expect(connections).toBe(1);
    expect(message).toMatch(
      /the connection failed \(.*\); check the address, or give a file with --source permits=PATH$/,
    );
  });

  it('if the server does not speak TLS', async () => {
    let connections = 0;
    const server = createTcpServer((socket) => {
      connections += 1;
      socket.on('error', () => {});
      socket.end('HTTP/1.1 400 Bad Request\r\n\r\n');
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const from = `https://127.0.0.1:${(server.address() as AddressInfo).port}/a`;
    const { message } = await refusal(readSource({ name: 'permits', from }, swift));
    server.close();
    expect([connections, message]).toEqual([1, expect.stringContaining('; check the address, or')]);
  });

  it.each([
    ['http://no-such-host.invalid/a', 'the host no-such-host.invalid was not found'],
    ['http://127.0.0.1:22/a', 'the connection failed (bad port)'],
  ])('%s', async (from, fault) => {
    const { message } = await refusal(readSource({ name: 'permits', from }, swift));
    expect(message.startsWith(`permits (${from}): ${fault}`), message).toBe(true);
  });

  it.each([501, 505])('status %i', async (status) => {
    let requests = 0;
    const origin = await startWebServer((_, response) => {
      requests += 1;
      response.writeHead(status).end();
    });
    await refusal(readSource({ name: 'permits', from: `${origin}/a` }, swift));
    expect(requests).toBe(1);
  });
});

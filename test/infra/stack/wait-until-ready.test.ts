import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { waitUntilReady } from '../../../infra/stack/wait-until-ready.ts';

describe('waitUntilReady', () => {
  const servers: Server[] = [];
  afterEach(() => {
    for (const server of servers.splice(0)) server.close();
  });
  async function serve(statuses: number[]): Promise<string> {
    const server = createServer((_request, response) => {
      response.writeHead(statuses.length > 1 ? (statuses.shift() ?? 500) : (statuses[0] ?? 500)).end('{"status":"ok"}');
    });
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  it('polls until the answer is 200 and prints each new answer once', async () => {
    const printed: string[] = [];
    const url = await serve([503, 503, 200]);
    expect(await waitUntilReady(url, { limitMs: 5_000, everyMs: 5, print: (line) => printed.push(line) })).toMatch(
      /^200/,
    );
    expect(printed).toEqual(['  not ready yet: 503 {"status":"ok"}']);
  });

  it('fails with the last answer at the time limit', async () => {
    const url = await serve([403]);
    await expect(waitUntilReady(url, { limitMs: 30, everyMs: 5, print: () => {} })).rejects.toThrow(
      /readyz is still not ready: 403/,
    );
  });
});

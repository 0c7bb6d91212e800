import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { afterAll, describe, expect, it } from 'vitest';
import { startServer } from '../fixtures/server-process.ts';

const scratch = mkdtempSync(`${tmpdir()}/curbside-threads-`);
afterAll(() => rmSync(scratch, { recursive: true }));

describe('a server with threads', () => {
  it.each(['0', '2'])('answers all requests before it ends: --threads %s', async (threads) => {
    // On a busy machine, the limit of overload would refuse some of the requests.
    const limits = ['--max-delay', 'off'];
    const server = await startServer(['--refresh', 'off', '--data-dir', scratch, '--threads', threads, ...limits], {
      ACCESS_LOG: 'on',
    });
    expect((await fetch(`${server.url}/search?q=tacos`)).status).toBe(200);
    // More than the threads have at a time, and none of them is in the cache.
    const answers = Array.from({ length: 60 }, async (_, at) => {
      const response = await fetch(`${server.url}/search?q=zzzz+qqqq+burger+taco&limit=${at + 1}`);
      return [response.status, ((await response.json()) as { status: string }).status];
    });
    await expect.poll(() => server.said().split('"route":"/search"').length).toBeGreaterThan(2);
    expect(await server.stop()).toBe(0);
    expect(await Promise.all(answers)).toEqual(Array(60).fill([200, 'success']));
    expect(server.said()).not.toContain('search thread');
  });
});

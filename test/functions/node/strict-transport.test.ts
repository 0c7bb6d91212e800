import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { afterAll, expect, it } from 'vitest';
import { type Running, startServer } from '../../fixtures/server-process.ts';

const scratch = mkdtempSync(`${tmpdir()}/curbside-tls-`);
const running: Running[] = [];
afterAll(async () => {
  await Promise.all(running.map((server) => server.stop()));
  rmSync(scratch, { recursive: true });
});

const PATHS = ['/', '/search?q=tacos', '/search?q=tacos', '/no/such/path', '/healthz'];

/** The `Strict-Transport-Security` of each path, the last of a refused request. */
async function sent(args: readonly string[], protocol: string | null): Promise<(string | null)[]> {
  const server = await startServer(['--refresh', 'off', '--data-dir', scratch, ...args]);
  running.push(server);
  const headers: Record<string, string> = protocol === null ? {} : { 'X-Forwarded-Proto': protocol };
  const requests = [...PATHS.map((path) => ({ path, method: 'GET' })), { path: '/', method: 'POST' }];
  const answers = requests.map(({ path, method }) => fetch(`${server.url}${path}`, { method, headers }));
  return (await Promise.all(answers)).map((answer) => answer.headers.get('Strict-Transport-Security'));
}

it('a browser is told to use TLS only, where a declared proxy says that it did', async () => {
  const all = (value: string | null) => Array(PATHS.length + 1).fill(value);
  expect(await sent(['--trusted-proxies', '1'], 'https')).toEqual(all('max-age=31536000'));
  expect(await sent(['--trusted-proxies', '1'], 'http')).toEqual(all(null));
  expect(await sent(['--trusted-proxies', '1'], null)).toEqual(all(null));
  expect(await sent([], 'https')).toEqual(all(null));
});

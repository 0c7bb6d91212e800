import { execFileSync } from 'node:child_process';
import { readdirSync, statSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Running, startServer } from '../../fixtures/server-process.ts';
import { copyProject, type ProjectCopy } from './project-copy.ts';

/** A build takes 4 s on two idle cores, and several times that on a busy machine. */
const BUILD_TIMEOUT_MS = 120_000;

describe('npm run build while a server runs from the same tree', () => {
  let copy: ProjectCopy;
  const build = () => execFileSync('npm', ['run', '--silent', 'build'], { cwd: copy.root, stdio: 'inherit' });
  const chunks = () => readdirSync(`${copy.root}/dist/chunks`).filter((name) => /^later-.*\.js$/.test(name));
  let server: Running;
  beforeAll(async () => {
    copy = copyProject();
    build();
    const args = ['--refresh', 'off', '--data-dir', '/nonexistent'];
    server = await startServer(args, {}, `${copy.root}/dist/server.js`);
  }, BUILD_TIMEOUT_MS);
  afterAll(async () => {
    await server.stop();
    copy.remove();
  });

  it(
    'does nothing when no source has changed',
    () => {
      const { mtimeMs } = statSync(`${copy.root}/dist/server.js`);
      build();
      expect(statSync(`${copy.root}/dist/server.js`).mtimeMs).toBe(mtimeMs);
    },
    BUILD_TIMEOUT_MS,
  );

  it(
    'keeps the chunks that the server loads on a first request',
    async () => {
      const before = chunks();
      // The server and the command that writes a site have one each.
      expect(before).toHaveLength(2);
      copy.edit('functions/http/openapi/document.ts', (text) => `${text}\nconsole.log('changed');\n`);
      build();
      expect(chunks()).toHaveLength(4);
      expect(chunks()).toEqual(expect.arrayContaining(before));
      const response = await fetch(`${server.url}/openapi.json`);
      expect([response.status, server.said()]).toEqual([200, expect.not.stringContaining('changed')]);
      const page = await (await fetch(server.url)).text();
      const [, script] = /src="(assets\/main-\w+\.js)"/.exec(page) ?? [];
      expect((await fetch(`${server.url}/${script}`)).status).toBe(200);
    },
    BUILD_TIMEOUT_MS,
  );
});

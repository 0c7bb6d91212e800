import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

describe('npm run dev', () => {
  // A copy of the sources, so that the test may change them.
  const root = mkdtempSync(`${tmpdir()}/curbside-dev-`);
  let dev: ChildProcess;
  let said = '';

  beforeAll(() => {
    for (const part of ['functions', 'seed', 'web', 'infra', 'package.json', 'tsconfig.json']) {
      cpSync(part, `${root}/${part}`, { recursive: true });
    }
    symlinkSync(resolve('node_modules'), `${root}/node_modules`);
    dev = spawn('npm', ['run', '--silent', 'dev', '--', '--port', '0', '--refresh', 'off'], {
      cwd: root,
      detached: true,
    });
    const hear = (chunk: Buffer) => {
      said += chunk;
    };
    dev.stdout?.on('data', hear);
    dev.stderr?.on('data', hear);
  });

  afterAll(async () => {
    const ended = once(dev, 'exit');
    // npm does not pass a signal on to what it started.
    if (dev.pid) process.kill(-dev.pid, 'SIGTERM');
    await ended;
    rmSync(root, { recursive: true, force: true });
  });

  const urls = () => [...said.matchAll(/^Curbside: (http:\S+)$/gm)].map(([, url]) => url ?? '');
  const started = (times: number) =>
    expect.poll(() => urls().length, { timeout: 20_000 }).toBeGreaterThanOrEqual(times);

  it('serves, rebuilds what changed, and tells the open page', async () => {
    await started(1);
    const page = await fetch(`${urls()[0]}/`);
    const [, reload] =
      /connect-src 'self' (http:\/\/127\.0\.0\.1:\d+)/.exec(page.headers.get('Content-Security-Policy') ?? '') ?? [];
    const events = (await fetch(reload ?? '')).body?.getReader();
    const heard = async () => new TextDecoder().decode((await events?.read())?.value);
    expect(await heard()).toContain('connected');

    const app = `${root}/functions/http/app.ts`;
    writeFileSync(app, readFileSync(app, 'utf8').replace("'/healthz'", "'/changed'"));
    await started(2);
    expect((await fetch(`${urls().at(-1)}/changed`)).status).toBe(200);
    expect(await heard()).toContain('changed');

    writeFileSync(`${root}/web/style.css`, `${readFileSync(`${root}/web/style.css`, 'utf8')}\n.brand-new{color:red}\n`);
    expect(await heard()).toContain('changed');
    expect(await (await fetch(`${urls().at(-1)}/assets/style.css`)).text()).toContain('.brand-new');
  });
});

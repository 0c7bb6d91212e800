import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { copyProject, type ProjectCopy } from './project-copy.ts';

describe('npm run dev', () => {
  let copy: ProjectCopy;
  let dev: ChildProcess;
  let said = '';

  beforeAll(() => {
    copy = copyProject();
    dev = spawn('npm', ['run', '--silent', 'dev', '--', '--port', '0', '--refresh', 'off'], {
      cwd: copy.root,
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
    // npm does not forward signals to the processes it started.
    if (dev.pid) process.kill(-dev.pid, 'SIGTERM');
    await ended;
    copy.remove();
  });

  const urls = () => [...said.matchAll(/^Curbside: (http:\S+)$/gm)].map(([, url]) => url ?? '');
  const started = (times: number) =>
    expect.poll(() => urls().length, { timeout: 20_000 }).toBeGreaterThanOrEqual(times);

  it('serves, rebuilds what changed, and tells the open page to reload', async () => {
    await started(1);
    const page = await fetch(`${urls()[0]}/`);
    const [, reload] =
      /connect-src 'self' (http:\/\/127\.0\.0\.1:\d+)/.exec(page.headers.get('Content-Security-Policy') ?? '') ?? [];
    const events = (await fetch(reload ?? '')).body?.getReader();
    const heard = async () => new TextDecoder().decode((await events?.read())?.value);
    expect(await heard()).toContain('connected');

    copy.edit('functions/http/app.ts', (text) => text.replace("'/healthz'", "'/changed'"));
    await started(2);
    expect((await fetch(`${urls().at(-1)}/changed`)).status).toBe(200);
    expect(await heard()).toContain('changed');

    copy.edit('web/view/style.css', (text) => `${text}\n.brand-new{color:red}\n`);
    expect(await heard()).toContain('changed');
    expect(await (await fetch(`${urls().at(-1)}/assets/style.css`)).text()).toContain('.brand-new');
  });
});

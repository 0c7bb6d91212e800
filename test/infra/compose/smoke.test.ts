import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { createProject, run } from '../../../infra/compose/docker.ts';
import { CHANGED } from '../../../infra/compose/reload-checks.ts';
import { assert, createSteps, StepError } from '../../../infra/compose/steps.ts';

describe('npm run compose:smoke', () => {
  it('explains how to get a Docker engine if there is none', () => {
    // Port 1 refuses connections; a machine without the `docker` command fails too.
    const { status, stdout, stderr } = spawnSync('npm', ['run', '--silent', 'compose:smoke'], {
      encoding: 'utf8',
      env: { ...process.env, DOCKER_HOST: 'tcp://127.0.0.1:1' },
    });
    expect([status, stdout]).toEqual([1, expect.stringContaining('nothing was started')]);
    expect(stderr).toContain('compose:smoke: a Docker engine with compose: ');
    expect(stderr).toContain('https://docs.docker.com/engine/install/');
    expect(stderr).not.toMatch(/\n\s+at /);
  });
});

describe('createSteps', () => {
  it('prints each step with its time, and names the first failed step', async () => {
    const printed: string[] = [];
    const steps = createSteps((line) => printed.push(line));
    await steps.run('one', async () => 'as it should be');
    const failing = steps.run('two', async () => assert(1 > 2, 'one is less than two'));
    await expect(failing).rejects.toThrow(new StepError('two: one is less than two'));
    expect(printed).toEqual([
      expect.stringMatching(/^ok +\d+\.\d s {2}one: as it should be$/),
      expect.stringMatching(/^FAIL +\d+\.\d s {2}two$/),
    ]);
    expect(steps.count()).toBe(1);
  });
});

describe('createProject', () => {
  const project = createProject({ name: 'mine', directory: '/', settings: { A: '1' }, unset: ['REFRESH'] });

  it('ignores .env and the unset variables of the environment', async () => {
    const [command, args] = project.with({ B: '2' }).command('up');
    expect([command, ...args].join(' ')).toBe(
      'env -u REFRESH A=1 B=2 docker compose --project-name mine --project-directory / --env-file /dev/null up',
    );
  });

  it('reports the output of a failed command, without its settings', async () => {
    const failing = run('env', ['KEY=hidden', 'sh', '-c', 'echo why >&2; exit 3']);
    await expect(failing).rejects.toThrow(new StepError('env sh -c echo why >&2; exit 3 failed with exit code 3: why'));
  });
});

describe('measureReload', () => {
  it('changes sources that exist', () => {
    expect(readFileSync(CHANGED.route, 'utf8')).toContain("'/healthz'");
    expect(readFileSync(CHANGED.style, 'utf8')).toMatch(/\{/);
  });
});

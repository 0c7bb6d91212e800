import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { createProject, run } from '../../../infra/compose/docker.ts';
import { createSteps, must, StepError } from '../../../infra/compose/steps.ts';

describe('npm run compose:smoke', () => {
  it('without a Docker engine is an error that says how to get one', () => {
    // Port 1 refuses; where there is no `docker` at all, that is said.
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

describe('the steps of a check', () => {
  it('are said with their time, and the first that fails is named', async () => {
    const said: string[] = [];
    const steps = createSteps((line) => said.push(line));
    await steps.run('one', async () => 'as it should be');
    const failing = steps.run('two', async () => must(1 > 2, 'one is less than two'));
    await expect(failing).rejects.toThrow(new StepError('two: one is less than two'));
    expect(said).toEqual([
      expect.stringMatching(/^ok +\d+\.\d s {2}one: as it should be$/),
      expect.stringMatching(/^no +\d+\.\d s {2}two$/),
    ]);
    expect(steps.count()).toBe(1);
  });
});

describe('a compose project of its own', () => {
  const project = createProject({ name: 'mine', directory: '/', settings: { A: '1' }, without: ['REFRESH'] });

  it('takes neither a file .env nor the settings of whoever runs it', async () => {
    const [command, args] = project.with({ B: '2' }).command('up');
    expect([command, ...args].join(' ')).toBe(
      'env -u REFRESH A=1 B=2 docker compose --project-name mine --project-directory / --env-file /dev/null up',
    );
  });

  it('says what a command said that failed, without the settings', async () => {
    const failing = run('env', ['KEY=hidden', 'sh', '-c', 'echo why >&2; exit 3']);
    await expect(failing).rejects.toThrow(new StepError('env sh -c echo why >&2; exit 3 ended with 3: why'));
  });
});

import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { HELP } from '../../../infra/stack/arguments.ts';

type Step = { readonly uses?: string; readonly run?: string; readonly with?: Readonly<Record<string, unknown>> };
type Job = {
  readonly if?: string;
  readonly needs?: string;
  readonly environment?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly services?: unknown;
  readonly steps: readonly Step[];
};

const text = readFileSync('.github/workflows/deploy.yml', 'utf8');
const workflow = parse(text) as {
  readonly permissions: Readonly<Record<string, string>>;
  readonly concurrency: Readonly<Record<string, unknown>>;
  readonly jobs: Readonly<Record<'build' | 'deploy', Job>>;
};
const { build, deploy } = workflow.jobs;
const stepsOf = (job: Job) => job.steps.map(({ uses, run }) => (run ?? uses ?? '').replace(/@.*/, ''));
const position = (job: Job, name: string) => {
  const index = stepsOf(job).findIndex((step) => step.startsWith(name));
  expect(index, name).toBeGreaterThanOrEqual(0);
  return index;
};

describe('deployment from GitHub', () => {
  it('tests and builds without credentials, before the job that deploys', () => {
    expect(Object.keys(workflow.jobs)).toEqual(['build', 'deploy']);
    expect(workflow.permissions).toEqual({ contents: 'read' });
    expect(build.permissions).toBeUndefined();
    expect(deploy.needs).toBe('build');
    const wanted = ['npm ci', 'npm run lint', 'npm run types', 'npm test', 'npm run build', 'actions/upload-artifact'];
    const positions = wanted.map((name) => position(build, name));
    expect(positions).toEqual([...positions].sort((a, b) => a - b));
  });

  it('tests without OpenSearch, as the tests allow outside CI', () => {
    expect(build.services).toBeUndefined();
    expect(build.env).toMatchObject({ CI: '' });
    expect(build.env).not.toHaveProperty('OPENSEARCH_URL');
  });

  it('has a token only where it deploys what the other job has built', () => {
    expect(deploy.permissions).toEqual({ contents: 'read', 'id-token': 'write' });
    expect(text).not.toMatch(/secrets\.|aws-access-key/);
    const assumeRole = position(deploy, 'aws-actions/configure-aws-credentials');
    expect(deploy.steps[assumeRole]?.with?.['role-to-assume']).toBe('${'.concat('{ vars.AWS_ROLE }}'));
    expect(position(deploy, 'npm ci --ignore-scripts')).toBeLessThan(assumeRole);
    expect(position(deploy, 'actions/download-artifact')).toBeLessThan(assumeRole);
    // With credentials, only the tool runs; `npm run deploy` would build again.
    const after = stepsOf(deploy).slice(assumeRole + 1);
    expect(after).toHaveLength(1);
    expect(after[0]).toMatch(/^npm run aws -- deploy --yes /);
    const artifact = (job: Job, name: string) => job.steps[position(job, name)]?.with;
    expect(artifact(deploy, 'actions/download-artifact')).toMatchObject({ name: 'dist', path: 'dist' });
    expect(artifact(build, 'actions/upload-artifact')).toMatchObject({ name: 'dist', path: 'dist' });
  });

  it('keeps the token of the checkout out of the files', () => {
    for (const job of [build, deploy]) {
      expect(job.steps[position(job, 'actions/checkout')]?.with).toMatchObject({ 'persist-credentials': false });
    }
  });

  it('runs one at a time, and only if a role is set', () => {
    expect(workflow.concurrency).toMatchObject({ 'cancel-in-progress': false });
    expect(build.if).toBe("vars.AWS_ROLE != ''");
  });

  it('deploys in the environment that the role trusts, with the boundary of its template', () => {
    const role = parse(readFileSync('infra/github-role.yaml', 'utf8'), { logLevel: 'silent' });
    expect(deploy.environment).toBe(role.Parameters.Environment.Default);
    for (const { Description } of Object.values<{ Description: string }>(role.Outputs)) {
      const [, variable] = /^Value of the repository variable (\w+)\.$/.exec(Description) ?? [];
      expect(text).toContain(`vars.${variable}`);
    }
  });

  it.each([
    ['', []],
    ['./my city.json,vancouver', ['--city', './my city.json,vancouver']],
  ])('passes the cities "%s" as one flag, or none', (CITIES, expected) => {
    const command = deploy.steps.at(-1)?.run?.replace('npm run aws', 'printf "%s\\n"') ?? '';
    const env = { STACK: 'curbside', BOUNDARY: 'arn', CITIES, REFRESH: '' };
    const printed = execFileSync('bash', ['-c', command], { encoding: 'utf8', env }).trim().split('\n');
    const after = printed.indexOf('PermissionsBoundary=arn') + 1;
    expect([after > 0, printed.slice(after)]).toEqual([true, expected]);
  });

  it('passes inputs in variables only, and flags that the tool has', () => {
    const commands = [build, deploy].flatMap(({ steps }) => steps.flatMap(({ run }) => run ?? []));
    expect(commands.length).toBeGreaterThan(5);
    // An expression in the command would allow code injection.
    for (const command of commands) expect(command).not.toContain('{{');
    const flags = commands.at(-1)?.match(/ --\w+/g) ?? [];
    expect(flags.length).toBeGreaterThan(2);
    for (const flag of flags) expect(HELP).toContain(flag);
  });
});

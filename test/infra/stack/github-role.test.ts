import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse, parseDocument } from 'yaml';
import { at, type Json } from './template.ts';

const workflow = parse(readFileSync('.github/workflows/deploy.yml', 'utf8')) as Record<string, Json>;
const role = parseDocument(readFileSync('infra/github-role.yaml', 'utf8'), { logLevel: 'silent' }).toJS() as Json;

describe('deployment from GitHub', () => {
  const job = at(workflow, 'jobs', 'deploy');
  const steps = at(job, 'steps') as Record<string, Json>[];

  it('assumes a role with an OIDC token, and otherwise has read permission only', () => {
    expect(workflow.permissions).toEqual({ contents: 'read', 'id-token': 'write' });
    expect(JSON.stringify(workflow)).not.toMatch(/secrets\.|aws-access-key/);
    const assumeRole = steps.find(({ uses }) => String(uses).startsWith('aws-actions/configure-aws-credentials@'));
    expect(at(assumeRole, 'with', 'role-to-assume')).toBe('${'.concat('{ vars.AWS_ROLE }}'));
  });

  it('runs one at a time, and only if a role is set', () => {
    expect(workflow.concurrency).toMatchObject({ 'cancel-in-progress': false });
    expect(at(job, 'if')).toBe("vars.AWS_ROLE != ''");
  });

  it('runs existing commands, and passes inputs in variables only', () => {
    const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };
    const commands = steps.flatMap(({ run }) => (run ? [String(run)] : []));
    expect(commands.length).toBeGreaterThan(1);
    for (const command of commands) {
      const [, name = ''] = /^npm (?:run )?([\w:]+)/.exec(command) ?? [];
      expect([...Object.keys(scripts), 'ci']).toContain(name);
      // An expression in the command would allow code injection.
      expect(command).not.toContain('{{');
    }
  });

  it('trusts exactly the environment and repository of the job', () => {
    const [trust] = at(role, 'Resources', 'Role', 'Properties', 'AssumeRolePolicyDocument', 'Statement') as Json[];
    expect(at(trust, 'Condition')).toEqual({
      StringEquals: {
        'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com',
        'token.actions.githubusercontent.com:sub': expect.stringMatching(
          /^repo:\$\{Repository\}:environment:\$\{Environment\}$/,
        ),
      },
    });
    expect(at(role, 'Parameters', 'Environment', 'Default')).toBe(at(job, 'environment'));
    const policies = at(role, 'Resources', 'Role', 'Properties', 'Policies') as Json[];
    for (const statement of at(policies[0], 'PolicyDocument', 'Statement') as Json[]) {
      expect(at(statement, 'Resource')).toMatch(/:role\/\$\{Stack\}-\*$/);
    }
  });

  it('has a role template that passes cfn-lint', () => {
    const { status, stdout, error } = spawnSync('cfn-lint', ['infra/github-role.yaml'], { encoding: 'utf8' });
    if (error && process.env.CI !== 'true')
      return void console.warn('skipped: cfn-lint is not installed (PyPI has it)');
    expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
  }, 120_000);
});

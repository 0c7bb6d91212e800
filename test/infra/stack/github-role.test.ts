import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { budgetName } from '../../../infra/stack/budget.ts';
import { type AccessRequest, isAllowed, statementsIn } from './iam-evaluation.ts';
import { resolveTemplate } from './resolved-template.ts';
import { RESOURCE_SAMPLES } from './resource-samples.ts';
import { at, Resources as stackResources, text as stackText } from './template.ts';

const text = readFileSync('infra/github-role.yaml', 'utf8');
const BOUNDARY = 'arn:aws:iam::123456789012:policy/curbside-github/boundary';
const { Parameters } = parse(text, { logLevel: 'silent' }) as {
  Parameters: Record<string, { AllowedPattern: string; Default?: string }>;
};
const roleFor = (Repository: string) =>
  resolveTemplate(text, { Repository, HostedZone: 'Z1ABC' }, { Boundary: BOUNDARY });

describe('the role of GitHub', () => {
  const canAssume = (repository: string, subject: string, audience = 'sts.amazonaws.com') => {
    const provider = 'token.actions.githubusercontent.com';
    const trust = statementsIn(at(roleFor(repository), 'Role', 'Properties', 'AssumeRolePolicyDocument'));
    const context = { [`${provider}:aud`]: audience, [`${provider}:sub`]: subject };
    return isAllowed(trust, { action: 'sts:AssumeRoleWithWebIdentity', resource: '', context });
  };

  it.each([
    ['cook/food', 'repo:cook/food:environment:production'],
    ['cook@12/food@345', 'repo:cook@12/food@345:environment:production'],
    ['cook@12/food@345', 'repo:cook/food:environment:production'],
    ['a.b-c/d_e.f', 'repo:a.b-c/d_e.f:environment:production'],
  ])('of %s accepts the subject %s', (repository, subject) => {
    expect(canAssume(repository, subject)).toBe(true);
    expect(canAssume(repository, subject, 'https://github.com/cook')).toBe(false);
  });

  it.each([
    ['of another owner', 'repo:crook/food:environment:production'],
    ['of another owner with the same name', 'repo:cook@13/food@345:environment:production'],
    ['of another repository with the same name', 'repo:cook@12/food@346:environment:production'],
    ['with a wildcard', 'repo:cook@*/food@*:environment:production'],
    ['of another environment', 'repo:cook@12/food@345:environment:staging'],
    ['of a branch', 'repo:cook@12/food@345:ref:refs/heads/main'],
    ['of a pull request', 'repo:cook@12/food@345:pull_request'],
    ['with more after it', 'repo:cook@12/food@345:environment:production:x'],
    ['of an environment that contains this subject', 'repo:cook@12/x:environment:y/food@345:environment:production'],
    ['with one id', 'repo:cook@12/food:environment:production'],
    ['in capitals', 'repo:Cook@12/Food@345:environment:production'],
  ])('refuses a subject %s', (_, subject) => {
    expect(canAssume('cook@12/food@345', subject)).toBe(false);
  });

  it.each([
    ['cook/food', true],
    ['cook@12/food@345', true],
    ['cook', false],
    ['*/*', false],
    ['cook/*', false],
    ['cook@*/food@*', false],
    ['cook@12/food', false],
    ['cook/food:environment:x', false],
    ['cook/food/more', false],
    ['', false],
  ])('can be created for the repository "%s": %s', (repository, isAccepted) => {
    expect(new RegExp(`^(?:${Parameters.Repository?.AllowedPattern})$`).test(repository)).toBe(isAccepted);
  });

  it('has a template that passes cfn-lint', () => {
    const { status, stdout, error } = spawnSync('cfn-lint', ['infra/github-role.yaml'], { encoding: 'utf8' });
    if (error && process.env.CI !== 'true')
      return void console.warn('skipped: cfn-lint is not installed (PyPI has it)');
    expect({ status, stdout }).toEqual({ status: 0, stdout: '' });
  }, 120_000);
});

describe('the permissions of the role of GitHub', () => {
  const resources = roleFor('cook/food');
  const statements = statementsIn(at(resources, 'Role', 'Properties', 'Policies'));
  const boundary = statementsIn(at(resources, 'Boundary', 'Properties'));
  const allows = (request: AccessRequest) => isAllowed(statements, request);
  const iam = (path: string) => `arn:aws:iam::123456789012:${path}`;
  const STACK_ROLE = iam('role/curbside/curbside/curbside-ApiRole-1ABC');
  const OWN_ROLE = iam('role/curbside-github/curbside-github-Role-1ABC');
  const withBoundary = { 'iam:PermissionsBoundary': BOUNDARY };

  it('include the roles of the stack, with the boundary', () => {
    for (const action of ['iam:CreateRole', 'iam:PutRolePolicy', 'iam:PutRolePermissionsBoundary']) {
      expect(allows({ action, resource: STACK_ROLE, context: withBoundary }), action).toBe(true);
    }
    for (const service of ['lambda', 'scheduler', 'codedeploy']) {
      const context = { 'iam:PassedToService': `${service}.amazonaws.com` };
      expect(allows({ action: 'iam:PassRole', resource: STACK_ROLE, context })).toBe(true);
    }
  });

  it.each<[string, AccessRequest]>([
    ['create a role without the boundary', { action: 'iam:CreateRole', resource: STACK_ROLE }],
    [
      'create a role with another boundary',
      {
        action: 'iam:CreateRole',
        resource: STACK_ROLE,
        context: { 'iam:PermissionsBoundary': 'arn:aws:iam::aws:policy/AdministratorAccess' },
      },
    ],
    [
      'create a role outside the path of the stack',
      { action: 'iam:CreateRole', resource: iam('role/curbside-admin'), context: withBoundary },
    ],
    ['give a policy to a role without the boundary', { action: 'iam:PutRolePolicy', resource: STACK_ROLE }],
    ['give a policy to itself', { action: 'iam:PutRolePolicy', resource: OWN_ROLE, context: withBoundary }],
    ['change who may assume it', { action: 'iam:UpdateAssumeRolePolicy', resource: OWN_ROLE }],
    ['attach a policy', { action: 'iam:AttachRolePolicy', resource: STACK_ROLE, context: withBoundary }],
    ['remove a boundary', { action: 'iam:DeleteRolePermissionsBoundary', resource: STACK_ROLE, context: withBoundary }],
    ['replace a boundary', { action: 'iam:PutRolePermissionsBoundary', resource: STACK_ROLE }],
    ['change the boundary itself', { action: 'iam:CreatePolicyVersion', resource: BOUNDARY }],
    [
      'pass a role to a service that gives its permissions to users',
      { action: 'iam:PassRole', resource: STACK_ROLE, context: { 'iam:PassedToService': 'ec2.amazonaws.com' } },
    ],
    [
      'pass itself',
      { action: 'iam:PassRole', resource: OWN_ROLE, context: { 'iam:PassedToService': 'lambda.amazonaws.com' } },
    ],
    ['assume another role', { action: 'sts:AssumeRole', resource: iam('role/OrganizationAccountAccessRole') }],
    ['create a user', { action: 'iam:CreateUser', resource: iam('user/curbside/curbside/x') }],
    ['create a key', { action: 'iam:CreateAccessKey', resource: iam('user/admin') }],
    [
      'change the code of a function outside the stack, which may have a stronger role',
      { action: 'lambda:UpdateFunctionCode', resource: 'arn:aws:lambda:us-east-1:123456789012:function:payroll' },
    ],
    [
      'change its own stack',
      {
        action: 'cloudformation:UpdateStack',
        resource: 'arn:aws:cloudformation:us-east-1:123456789012:stack/curbside-github/1',
      },
    ],
    [
      'run a command on a machine',
      { action: 'ssm:SendCommand', resource: 'arn:aws:ec2:us-east-1:123456789012:instance/i-1' },
    ],
    [
      'read the secrets of others',
      { action: 'ssm:GetParameter', resource: 'arn:aws:ssm:us-east-1:123456789012:parameter/payroll/password' },
    ],
    [
      'change the records of another hosted zone',
      { action: 'route53:ChangeResourceRecordSets', resource: 'arn:aws:route53:::hostedzone/Z2OTHER' },
    ],
    ['read the buckets of others', { action: 's3:GetObject', resource: 'arn:aws:s3:::payroll/2026.csv' }],
  ])('do not let it %s', (_, request) => {
    expect(allows(request)).toBe(false);
  });

  it('end, for the roles that it creates, at the boundary', () => {
    for (const action of ['iam:PutRolePolicy', 'sts:AssumeRole', 'lambda:UpdateFunctionCode', 's3:PutBucketPolicy']) {
      expect(isAllowed(boundary, { action, resource: '*' }), action).toBe(false);
    }
    const others = boundary.filter(({ Action }) => ![Action].flat().every((action) => action.startsWith('xray:Put')));
    expect(others).toHaveLength(boundary.length - 1);
    expect(JSON.stringify(others)).not.toMatch(/:\*"|"\*"/);
  });

  it('include, for these roles, all that the template gives them', () => {
    const references = {
      Bucket: 'curbside-bucket-1abc',
      'Bucket.Arn': 'arn:aws:s3:::curbside-bucket-1abc',
      'ApiLog.Arn': 'arn:aws:logs:us-east-1:123456789012:log-group:/aws/lambda/curbside-api:*',
      'RefreshLog.Arn': 'arn:aws:logs:us-east-1:123456789012:log-group:/aws/lambda/curbside-refresh:*',
      'DeadLetters.Arn': 'arn:aws:sqs:us-east-1:123456789012:curbside-DeadLetters-1ABC',
      'RefreshFunction.Arn': 'arn:aws:lambda:us-east-1:123456789012:function:curbside-refresh',
      ApiAlias: 'arn:aws:lambda:us-east-1:123456789012:function:curbside-api:live',
      'ApiFunction.Arn': 'arn:aws:lambda:us-east-1:123456789012:function:curbside-api',
      Distribution: 'E1ABC',
    };
    const stack = Object.values(resolveTemplate(stackText, {}, references));
    const needed = [
      ...stack.filter(({ Type }) => Type === 'AWS::IAM::Role').map(({ Properties }) => Properties.Policies ?? []),
      ...stack.filter(({ Type }) => Type === 'AWS::IAM::RolePolicy').map(({ Properties }) => Properties),
    ].flatMap(statementsIn);
    const requests = needed.flatMap(({ Action, Resource = [] }) =>
      [Action].flat().flatMap((action) => [Resource].flat().map((resource) => ({ action, resource }))),
    );
    expect(requests.length).toBeGreaterThan(20);
    // For a new permission in the template, extend the boundary in infra/github-role.yaml.
    expect(requests.filter((request) => !isAllowed(boundary, request))).toEqual([]);
    for (const { Type, Properties } of stack.filter(({ Type }) => Type === 'AWS::IAM::Role')) {
      expect(Properties, Type).toMatchObject({ Path: '/curbside/curbside/', PermissionsBoundary: expect.anything() });
    }
  });

  it('suffice for the budget, which the deploy script makes by its API', () => {
    const resource = `arn:aws:budgets::123456789012:budget/${budgetName('curbside', 'eu-north-1')}`;
    for (const action of ['budgets:ViewBudget', 'budgets:ModifyBudget'])
      expect(allows({ action, resource })).toBe(true);
  });

  it('suffice for every type of resource of the stack', () => {
    const types = new Set(Object.values(stackResources).map(({ Type }) => Type));
    expect(types.size).toBeGreaterThan(15);
    const denied = [...types].filter((type) => {
      const [action, resource] = type.startsWith('AWS::CloudFront::')
        ? ['cloudfront:Create', '*']
        : (RESOURCE_SAMPLES[type] ?? []);
      return !action || !allows({ action, resource: resource ?? '', context: withBoundary });
    });
    // For a new type, add its permission to infra/github-role.yaml and a sample here.
    expect(denied).toEqual([]);
  });
});

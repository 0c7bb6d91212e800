import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { afterAll, describe, expect, it } from 'vitest';
import { awsErrorMessage } from '../../../infra/stack/operator-error.ts';
import { type Answer, awsError } from './aws-query-server.ts';
import { scriptWithServer } from './script-with-server.ts';

const caller: Answer = [200, '<Arn>arn:aws:iam::123456789012:user/cook</Arn><Account>123456789012</Account>'];
const stackWithStatus = (status: string): Answer => [
  200,
  `<Stacks><member><StackName>curbside</StackName><StackId>id</StackId><CreationTime>2026-01-01T00:00:00Z</CreationTime><StackStatus>${status}</StackStatus></member></Stacks>`,
];

describe('an error of AWS', () => {
  const aws = scriptWithServer();
  const home = mkdtempSync(`${tmpdir()}/curbside-home-`);
  afterAll(() => rmSync(home, { recursive: true }));

  const noCredentials = { HOME: home, AWS_EC2_METADATA_DISABLED: 'true', NODE_NO_WARNINGS: '1' };
  const keys = { AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'secret-of-the-kitchen' };

  async function errorOf(
    command: string,
    env: Record<string, string>,
    answers: Record<string, Answer> = {},
  ): Promise<string> {
    aws.api.answer(Object.fromEntries(Object.entries(answers).map(([action, answer]) => [action, () => answer])));
    const { code, err } = await aws.script.run([command, '--yes', '--poll', '1'], { ...noCredentials, ...env });
    expect(code).toBe(1);
    // One line, no stack trace, no key.
    expect(err).toMatch(/^curbside: [^\n]+\n$/);
    expect(err).not.toContain('secret-of-the-kitchen');
    return err;
  }
  const credentials = () => ({ ...keys, AWS_REGION: 'us-east-1', AWS_ENDPOINT_URL: aws.api.url });

  it('explains missing credentials and a missing region', async () => {
    expect(await errorOf('status', { AWS_REGION: 'us-east-1' })).toMatch(/there are no AWS credentials: .*AWS_PROFILE/);
    expect(await errorOf('status', keys)).toMatch(/no AWS region is set: set AWS_REGION/);
  });

  it('explains that AWS cannot be reached', async () => {
    const text = await errorOf('status', { ...credentials(), AWS_ENDPOINT_URL: 'http://127.0.0.1:1' });
    expect(text).toMatch(/AWS cannot be reached: .*ECONNREFUSED.*is the region right\?/);
  });

  it('explains unknown credentials, and credentials that have expired before or during a command', async () => {
    const unknown = { GetCallerIdentity: awsError(403, 'InvalidClientTokenId', 'The security token is invalid') };
    expect(await errorOf('deploy', credentials(), unknown)).toContain('rejects the credentials: The security token');
    const expired = awsError(403, 'ExpiredToken', 'The token has expired');
    expect(await errorOf('deploy', credentials(), { GetCallerIdentity: expired })).toContain(
      'credentials have expired',
    );
    const later = { GetCallerIdentity: caller, DescribeStacks: expired };
    expect(await errorOf('deploy', credentials(), later)).toMatch(/have expired: .*Sign in again and repeat/);
  });

  it('explains a missing permission', async () => {
    const denied = awsError(
      403,
      'AccessDenied',
      'User cook is not authorized to perform: cloudformation:DescribeStacks',
    );
    const text = await errorOf('status', credentials(), { GetCallerIdentity: caller, DescribeStacks: denied });
    expect(text).toContain('do not allow this: User cook is not authorized');
  });

  it.each(['destroy', 'deploy'])(
    'is reported by %s for a stack that is being changed, without touching its data',
    async (command) => {
      const busy = { GetCallerIdentity: caller, DescribeStacks: stackWithStatus('UPDATE_ROLLBACK_IN_PROGRESS') };
      expect(await errorOf(command, credentials(), busy)).toContain(
        'being changed right now (UPDATE_ROLLBACK_IN_PROGRESS)',
      );
      expect(new Set(aws.api.requestedActions())).toEqual(new Set(['GetCallerIdentity', 'DescribeStacks']));
    },
  );

  it('of a failed first deployment is cleaned up before the next one starts', async () => {
    let status = 'ROLLBACK_COMPLETE';
    let kind: string | null = null;
    aws.api.answer({
      GetCallerIdentity: () => caller,
      DescribeStacks: () => stackWithStatus(status),
      DescribeStackEvents: () => [200, ''],
      DeleteStack: () => {
        status = 'DELETE_COMPLETE';
        return [200, ''];
      },
      DescribeChangeSet: () => awsError(404, 'ChangeSetNotFound', 'does not exist'),
      CreateChangeSet: (request) => {
        kind = request.get('ChangeSetType');
        return awsError(400, 'ValidationError', 'enough for this test');
      },
    });
    const { err } = await aws.script.run(['deploy', '--yes', '--sample', '--poll', '1'], {
      ...noCredentials,
      ...credentials(),
    });
    expect(err).toBe('curbside: CloudFormation rejects the template: enough for this test\n');
    expect([kind, status]).toEqual(['CREATE', 'DELETE_COMPLETE']);
    expect(aws.api.requestedActions().indexOf('DeleteStack')).toBeLessThan(
      aws.api.requestedActions().indexOf('CreateChangeSet'),
    );
  });
});

describe('awsErrorMessage', () => {
  const error = (fields: Record<string, unknown>) => Object.assign(new Error('why'), fields);
  it.each([
    [{ code: 'ENOTFOUND' }, /cannot be reached: why/],
    [{ name: 'TimeoutError' }, /cannot be reached/],
    [
      { name: '403', message: 'UnknownError', $metadata: { httpStatusCode: 403 } },
      /do not allow this: AWS answered 403$/,
    ],
    [{ name: 'Throttling', $metadata: { httpStatusCode: 400 } }, /^AWS rejects the request: Throttling: why$/],
  ])('explains %j', (fields, message) => {
    expect(awsErrorMessage(error(fields))).toMatch(message);
  });

  it('explains no bug of this program', () => {
    expect(awsErrorMessage(new TypeError('x is not a function'))).toBeUndefined();
    expect(awsErrorMessage('text')).toBeUndefined();
  });
});

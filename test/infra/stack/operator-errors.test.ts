import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { errorMessage } from '../../../infra/stack/error-message.ts';
import { type Answer, refusal, startQueryApi } from './query-api.ts';
import { buildScript } from './script.ts';

const caller: Answer = [200, '<Arn>arn:aws:iam::123456789012:user/cook</Arn><Account>123456789012</Account>'];
const stackThatIs = (status: string): Answer => [
  200,
  `<Stacks><member><StackName>curbside</StackName><StackId>id</StackId><CreationTime>2026-01-01T00:00:00Z</CreationTime><StackStatus>${status}</StackStatus></member></Stacks>`,
];

describe('what the script says when AWS does not do what it is asked', () => {
  let script: Awaited<ReturnType<typeof buildScript>>;
  let api: Awaited<ReturnType<typeof startQueryApi>>;
  const home = mkdtempSync(`${tmpdir()}/curbside-home-`);
  beforeAll(async () => {
    api = await startQueryApi();
    script = await buildScript();
  });
  afterAll(() => {
    api?.stop();
    script?.remove();
    rmSync(home, { recursive: true });
  });

  const nobody = { HOME: home, AWS_EC2_METADATA_DISABLED: 'true', NODE_NO_WARNINGS: '1' };
  const keys = { AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'secret-of-the-kitchen' };

  async function sentence(
    verb: string,
    env: Record<string, string>,
    given: Record<string, Answer> = {},
  ): Promise<string> {
    api.answer(Object.fromEntries(Object.entries(given).map(([action, answer]) => [action, () => answer])));
    const { code, err } = await script.run([verb, '--yes', '--poll', '1'], { ...nobody, ...env });
    expect(code).toBe(1);
    // One line, no stack trace, no key.
    expect(err).toMatch(/^curbside: [^\n]+\n$/);
    expect(err).not.toContain('secret-of-the-kitchen');
    return err;
  }
  const known = () => ({ ...keys, AWS_REGION: 'us-east-1', AWS_ENDPOINT_URL: api.url });

  it('without credentials, or without a region', async () => {
    expect(await sentence('status', { AWS_REGION: 'us-east-1' })).toMatch(
      /there are no AWS credentials: .*AWS_PROFILE/,
    );
    expect(await sentence('status', keys)).toMatch(/no AWS region is set: set AWS_REGION/);
    expect(await sentence('status', { AWS_REGION: 'us-east-1', AWS_PROFILE: 'nowhere' })).toMatch(
      /there are no AWS credentials/,
    );
  });

  it('when there is no way to AWS', async () => {
    const text = await sentence('status', { ...known(), AWS_ENDPOINT_URL: 'http://127.0.0.1:1' });
    expect(text).toMatch(/AWS cannot be reached: .*ECONNREFUSED.*is the region right\?/);
  });

  it('when the credentials are unknown or have expired, at once or half-way', async () => {
    const unknown = { GetCallerIdentity: refusal(403, 'InvalidClientTokenId', 'The security token is invalid') };
    expect(await sentence('deploy', known(), unknown)).toContain('does not take the credentials: The security token');
    const expired = refusal(403, 'ExpiredToken', 'The token has expired');
    expect(await sentence('deploy', known(), { GetCallerIdentity: expired })).toContain('credentials have expired');
    const later = { GetCallerIdentity: caller, DescribeStacks: expired };
    expect(await sentence('deploy', known(), later)).toMatch(/have expired: .*Sign in again and repeat/);
  });

  it('when something is not allowed', async () => {
    const denied = refusal(
      403,
      'AccessDenied',
      'User cook is not authorized to perform: cloudformation:DescribeStacks',
    );
    const text = await sentence('status', known(), { GetCallerIdentity: caller, DescribeStacks: denied });
    expect(text).toContain('may not do that: User cook is not authorized');
  });

  it.each(['destroy', 'deploy'])(
    '%s touches nothing of a stack that is being changed, above all not its data',
    async (verb) => {
      const busy = { GetCallerIdentity: caller, DescribeStacks: stackThatIs('UPDATE_ROLLBACK_IN_PROGRESS') };
      expect(await sentence(verb, known(), busy)).toContain('being changed right now (UPDATE_ROLLBACK_IN_PROGRESS)');
      expect(new Set(api.asked())).toEqual(new Set(['GetCallerIdentity', 'DescribeStacks']));
    },
  );

  it('removes what is left of a first try that failed, before it begins anew', async () => {
    let status = 'ROLLBACK_COMPLETE';
    let kind: string | null = null;
    api.answer({
      GetCallerIdentity: () => caller,
      DescribeStacks: () => stackThatIs(status),
      DescribeStackEvents: () => [200, ''],
      DeleteStack: () => {
        status = 'DELETE_COMPLETE';
        return [200, ''];
      },
      DescribeChangeSet: () => refusal(404, 'ChangeSetNotFound', 'does not exist'),
      CreateChangeSet: (sent) => {
        kind = sent.get('ChangeSetType');
        return refusal(400, 'ValidationError', 'enough for this test');
      },
    });
    const { err } = await script.run(['deploy', '--yes', '--sample', '--poll', '1'], { ...nobody, ...known() });
    expect(err).toBe('curbside: CloudFormation does not take the template: enough for this test\n');
    expect([kind, status]).toEqual(['CREATE', 'DELETE_COMPLETE']);
    expect(api.asked().indexOf('DeleteStack')).toBeLessThan(api.asked().indexOf('CreateChangeSet'));
  });
});

describe('the sentence of an error', () => {
  const error = (fields: Record<string, unknown>) => Object.assign(new Error('why'), fields);
  it.each([
    [{ code: 'ENOTFOUND' }, /cannot be reached: why/],
    [{ name: 'TimeoutError' }, /cannot be reached/],
    [{ name: '403', message: 'UnknownError', $metadata: { httpStatusCode: 403 } }, /may not do that: AWS says 403$/],
    [{ name: 'Throttling', $metadata: { httpStatusCode: 400 } }, /^AWS refuses: Throttling: why$/],
  ])('%j', (fields, sentence) => {
    expect(errorMessage(error(fields))).toMatch(sentence);
  });

  it('is not made up for a fault of our own', () => {
    expect(errorMessage(new TypeError('x is not a function'))).toBeUndefined();
    expect(errorMessage('text')).toBeUndefined();
  });
});

import { beforeEach, describe, expect, it } from 'vitest';
import { updateProtection } from '../../../infra/stack/termination-protection.ts';
import { type Answers, cloudFormation } from './aws-query-server.ts';
import { scriptWithServer } from './script-with-server.ts';
import { hasTerminal, runInTerminal } from './terminal.ts';

describe('termination protection', () => {
  const aws = cloudFormation();
  const update = (isProtected: boolean, from: string, to: string) =>
    updateProtection(aws.client, { stack: 'curbside', isProtected, from, to });
  let requests: string[];
  beforeEach(() => {
    requests = [];
    aws.api.answer({
      UpdateTerminationProtection: (request) => {
        requests.push(`${request.get('StackName')} ${request.get('EnableTerminationProtection')}`);
        return [200, ''];
      },
    });
  });

  it.each<[string, boolean, string, string, string[]]>([
    ['is switched on for a new production stack', false, '', 'production', ['curbside true']],
    ['is switched on when a stack becomes production', false, 'development', 'production', ['curbside true']],
    ['is switched on again if it was removed', false, 'production', 'production', ['curbside true']],
    ['stays on', true, 'production', 'production', []],
    ['is switched off when a stack is production no longer', true, 'production', 'development', ['curbside false']],
    ['stays off in development', false, 'development', 'development', []],
    ['stays on in development if an operator has switched it on', true, 'development', 'development', []],
  ])('%s', async (_, isProtected, from, to, expected) => {
    const line = await update(isProtected, from, to);
    expect(requests).toEqual(expected);
    expect(line === undefined).toBe(expected.length === 0);
  });
});

describe('npm run destroy', () => {
  const aws = scriptWithServer();

  const env = () => ({
    AWS_ENDPOINT_URL: aws.api.url,
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_REGION: 'us-east-1',
    NODE_NO_WARNINGS: '1',
  });
  const answers = (isProtected: boolean): Answers => ({
    GetCallerIdentity: () => [200, '<Arn>arn:aws:iam::123456789012:user/cook</Arn><Account>123456789012</Account>'],
    DescribeStacks: () => [
      200,
      `<Stacks><member><StackName>curbside</StackName><StackId>id</StackId><CreationTime>2026-01-01T00:00:00Z</CreationTime><StackStatus>CREATE_COMPLETE</StackStatus><EnableTerminationProtection>${isProtected}</EnableTerminationProtection></member></Stacks>`,
    ],
    DescribeStackResources: () => [200, '<StackResources></StackResources>'],
    DescribeStackEvents: () => [200, '<StackEvents></StackEvents>'],
  });
  const READS = new Set(['GetCallerIdentity', 'DescribeStacks', 'DescribeStackResources']);

  it('refuses a protected stack before it touches the data, with --yes too, and says the command', async () => {
    aws.api.answer(answers(true));
    for (const flags of [['--yes'], []]) {
      const { code, err } = await aws.script.run(['destroy', ...flags], env());
      expect({ code, err }).toMatchObject({
        code: 1,
        err: expect.stringContaining(
          'aws cloudformation update-termination-protection --stack-name curbside --no-enable-termination-protection',
        ),
      });
    }
    expect(aws.api.requestedActions().filter((action) => !READS.has(action))).toEqual([]);
  });

  it.skipIf(!hasTerminal)("asks for the stack's name, and accepts nothing else", async () => {
    const destroy = async (answer: string) => {
      aws.api.answer(answers(false));
      const { command, env: fullEnv } = aws.script.commandLine(['destroy'], env());
      const { shown } = await runInTerminal(command, { env: fullEnv, prompt: 'Type "curbside" to confirm:', answer });
      return { shown, isStarted: aws.api.requestedActions().includes('DeleteStack') };
    };
    for (const answer of ['y', 'yes', '', 'curb']) {
      const { shown, isStarted } = await destroy(answer);
      expect(shown).toContain('nothing was deleted');
      expect(isStarted).toBe(false);
    }
    expect((await destroy('curbside')).isStarted).toBe(true);
  });
});

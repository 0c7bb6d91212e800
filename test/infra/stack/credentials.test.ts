import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type Answer, awsError, startQueryServer } from './aws-query-server.ts';
import { buildScript } from './script.ts';
import { hasTerminal, runInTerminal } from './terminal.ts';

const MFA_DEVICE = 'arn:aws:iam::123456789012:mfa/cook';
const CONFIG = `
[default]
region = eu-west-1
[profile kitchen]
region = eu-north-1
[profile cook]
region = eu-central-1
role_arn = arn:aws:iam::123456789012:role/cook
source_profile = kitchen
mfa_serial = ${MFA_DEVICE}
[profile sso]
region = eu-west-3
sso_session = corp
sso_account_id = 123456789012
sso_role_name = admin
[sso-session corp]
sso_region = us-east-1
sso_start_url = https://corp.awsapps.com/start
[profile old-sso]
region = eu-west-3
sso_region = us-east-1
sso_start_url = https://corp.awsapps.com/start
sso_account_id = 123456789012
sso_role_name = admin
[profile console]
region = eu-west-3
login_session = arn:aws:iam::123456789012:user/cook
`;

describe('the credentials of the AWS CLI', () => {
  const home = mkdtempSync(`${tmpdir()}/curbside-home-`);
  let api: Awaited<ReturnType<typeof startQueryServer>>;
  let script: Awaited<ReturnType<typeof buildScript>>;
  const assumed: URLSearchParams[] = [];

  beforeAll(async () => {
    mkdirSync(`${home}/.aws/sso/cache`, { recursive: true });
    writeFileSync(`${home}/.aws/config`, CONFIG);
    writeFileSync(
      `${home}/.aws/credentials`,
      '[kitchen]\naws_access_key_id = AKIDEXAMPLE\naws_secret_access_key = secret\n',
    );
    api = await startQueryServer();
    script = await buildScript();
  });
  beforeEach(() => {
    assumed.length = 0;
    api.answer({
      GetCallerIdentity: () => [200, '<Arn>arn:aws:iam::123456789012:user/cook</Arn><Account>123456789012</Account>'],
      DescribeStacks: () => awsError(400, 'ValidationError', 'Stack with id curbside does not exist'),
      AssumeRole: (request): Answer => {
        assumed.push(request);
        if (request.get('TokenCode') !== '123456')
          return awsError(403, 'AccessDenied', 'MultiFactorAuthentication failed with invalid MFA one time pass code.');
        const expiration = new Date(Date.now() + 3_600_000).toISOString();
        return [
          200,
          `<Credentials><AccessKeyId>ASIA1</AccessKeyId><SecretAccessKey>s</SecretAccessKey><SessionToken>t</SessionToken><Expiration>${expiration}</Expiration></Credentials>`,
        ];
      },
    });
  });
  afterAll(() => {
    api?.stop();
    script?.remove();
    rmSync(home, { recursive: true });
  });

  const settings = () => ({
    HOME: home,
    AWS_ENDPOINT_URL: api.url,
    AWS_EC2_METADATA_DISABLED: 'true',
    NODE_NO_WARNINGS: '1',
  });
  const status = (env: Record<string, string>) => script.run(['status'], { ...settings(), ...env });
  const KEYS = { AWS_ACCESS_KEY_ID: 'AKIDEXAMPLE', AWS_SECRET_ACCESS_KEY: 'secret' };

  it.each<[string, Record<string, string>, string]>([
    ['AWS_DEFAULT_REGION', { ...KEYS, AWS_DEFAULT_REGION: 'us-west-1' }, 'us-west-1'],
    [
      'AWS_REGION before AWS_DEFAULT_REGION',
      { ...KEYS, AWS_REGION: 'us-west-2', AWS_DEFAULT_REGION: 'us-west-1' },
      'us-west-2',
    ],
    ['the default profile', KEYS, 'eu-west-1'],
    ['the chosen profile', { AWS_PROFILE: 'kitchen' }, 'eu-north-1'],
    ['the profile of AWS_DEFAULT_PROFILE', { AWS_DEFAULT_PROFILE: 'kitchen' }, 'eu-north-1'],
    ['AWS_DEFAULT_REGION before the profile', { AWS_PROFILE: 'kitchen', AWS_DEFAULT_REGION: 'us-west-1' }, 'us-west-1'],
  ])('use the region of %s', async (_, env, region) => {
    const { out, err } = await status(env);
    expect(err).toContain('there is no stack curbside');
    expect(out).toBe(`account 123456789012 (arn:aws:iam::123456789012:user/cook), ${region}\n`);
  });

  it('name a mistyped profile and the existing ones', async () => {
    for (const name of ['AWS_PROFILE', 'AWS_DEFAULT_PROFILE']) {
      const { code, err } = await status({ [name]: 'kichten' });
      expect({ code, err }).toMatchObject({
        code: 1,
        err: expect.stringContaining('there is no AWS profile "kichten" in '),
      });
      expect(err).toContain('there are: console, cook, default, kitchen, old-sso');
      expect(err.split('\n')).toHaveLength(2);
    }
  });

  it.each([
    ['sso', 'aws sso login --profile sso'],
    ['old-sso', 'aws sso login --profile old-sso'],
    ['console', 'aws login --profile console'],
  ])('of the profile %s are renewed with `%s`', async (profile, command) => {
    const { code, err } = await status({ AWS_PROFILE: profile });
    expect({ code, err }).toMatchObject({
      code: 1,
      err: expect.stringContaining(
        `sign-in to AWS is missing or has expired: run \`${command}\` and repeat the command`,
      ),
    });
    expect(err.split('\n')).toHaveLength(2);
  });

  it('of SSO that have expired are renewed with the same command', async () => {
    const file = `${home}/.aws/sso/cache/${createHash('sha1').update('corp').digest('hex')}.json`;
    writeFileSync(file, JSON.stringify({ accessToken: 'x', expiresAt: '2026-01-01T00:00:00Z', region: 'us-east-1' }));
    const { err } = await status({ AWS_PROFILE: 'sso' });
    rmSync(file);
    expect(err).toContain('run `aws sso login --profile sso` and repeat');
  });

  it('that need an MFA code say so where there is no terminal', async () => {
    const { code, err } = await status({ AWS_PROFILE: 'cook' });
    expect({ code, err }).toMatchObject({
      code: 1,
      err: expect.stringContaining('needs an MFA code, and there is no terminal'),
    });
    expect(err).toContain('aws configure export-credentials --profile cook --format env');
    expect(assumed).toEqual([]);
  });

  it.skipIf(!hasTerminal)('that need an MFA code ask for it once', async () => {
    const { command, env } = script.commandLine(['status'], { ...settings(), AWS_PROFILE: 'cook' });
    const { shown } = await runInTerminal(command, { env, prompt: `MFA code of ${MFA_DEVICE}: `, answer: '123456' });
    expect(shown).toContain('account 123456789012');
    expect(shown).toContain('eu-central-1');
    expect(shown).toContain('there is no stack curbside');
    expect(assumed.map((request) => request.get('SerialNumber'))).toEqual([MFA_DEVICE]);
  });

  it.skipIf(!hasTerminal)('report a wrong MFA code', async () => {
    const { command, env } = script.commandLine(['status'], { ...settings(), AWS_PROFILE: 'cook' });
    const { code, shown } = await runInTerminal(command, { env, prompt: 'MFA code of ', answer: '000000' });
    expect(code).toBe(1);
    expect(shown).toContain('do not allow this: MultiFactorAuthentication failed');
  });
});

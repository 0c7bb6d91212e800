import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createClient } from '../../../../functions/engine/opensearch/client.ts';
import { BUILD } from '../../../fixtures/build-directory.ts';

const PROFILES = `[default]
aws_access_key_id = AKIDDEFAULT
aws_secret_access_key = of-the-default

[kitchen]
aws_access_key_id = AKIDKITCHEN
aws_secret_access_key = of-the-kitchen
aws_session_token = for-an-hour
`;

describe('requests to OpenSearch Service, without keys in the environment', () => {
  const home = mkdtempSync(`${tmpdir()}/curbside-aws-`);
  let seen: IncomingHttpHeaders[] = [];
  const server = createServer((request, response) => {
    seen.push(request.headers);
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"status":"green"}');
  });
  beforeAll(() => {
    writeFileSync(`${home}/credentials`, PROFILES);
    // A program that returns different keys each time, which expire within the timeout of a request.
    writeFileSync(
      `${home}/keys.mjs`,
      `import { appendFileSync, statSync } from 'node:fs';
       appendFileSync('${home}/asked', '.');
       const AccessKeyId = 'AKID' + statSync('${home}/asked').size;
       const Expiration = new Date(Date.now() + 50_000).toISOString();
       console.log(JSON.stringify({ Version: 1, AccessKeyId, SecretAccessKey: 'of-the-program', Expiration }));`,
    );
    writeFileSync(`${home}/config`, `[profile program]\ncredential_process = ${process.execPath} ${home}/keys.mjs\n`);
    return new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  });
  afterAll(() => {
    server.close();
    rmSync(home, { recursive: true });
  });

  const files = { AWS_SHARED_CREDENTIALS_FILE: `${home}/credentials`, AWS_CONFIG_FILE: `${home}/config` };
  const url = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const signedBy = (key: string) =>
    new RegExp(
      `^AWS4-HMAC-SHA256 Credential=${key}/\\d{8}/us-west-2/es/aws4_request, SignedHeaders=\\S*host\\S*, Signature=[0-9a-f]{64}$`,
    );

  describe('in a process', () => {
    beforeEach(() => {
      seen = [];
      for (const name of Object.keys(process.env)) if (name.startsWith('AWS_')) vi.stubEnv(name, undefined);
      vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true');
      for (const [name, value] of Object.entries(files)) vi.stubEnv(name, value);
    });
    afterEach(() => {
      vi.unstubAllEnvs();
    });
    const open = () =>
      createClient({
        url: url(),
        alias: 'a',
        auth: { kind: 'sigv4', region: 'us-west-2', credentials: null },
        caFile: null,
        timeoutMs: 60_000,
      });

    it('are signed with the keys of the named profile, or of the default one', async () => {
      vi.stubEnv('AWS_PROFILE', 'kitchen');
      const named = await open();
      await named.cluster.health();
      await named.close();
      expect(seen[0]?.authorization).toMatch(signedBy('AKIDKITCHEN'));
      expect(seen[0]?.['x-amz-security-token']).toBe('for-an-hour');
      vi.stubEnv('AWS_PROFILE', undefined);
      const other = await open();
      await other.cluster.health();
      await other.close();
      expect(seen[1]?.authorization).toMatch(signedBy('AKIDDEFAULT'));
    });

    it('are signed with new keys before the old ones expire', async () => {
      vi.stubEnv('AWS_PROFILE', 'program');
      const client = await open();
      const keys = () => seen.map(({ authorization = '' }) => /Credential=(AKID\d+)\//.exec(authorization)?.[1]);
      await vi.waitFor(async () => {
        await client.cluster.health();
        expect(new Set(keys()).size).toBeGreaterThanOrEqual(3);
      }, 20_000);
      await client.close();
      expect(keys()).not.toContain(undefined);
    });

    it('are not sent when there are none', async () => {
      vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', `${home}/nothing`);
      vi.stubEnv('AWS_CONFIG_FILE', `${home}/nothing`);
      await expect(open()).rejects.toThrow(/^there are no AWS credentials to sign requests .*set AWS_PROFILE/);
      expect(seen).toEqual([]);
    });
  });

  it('are signed by the built program too, without any packages next to it', async () => {
    seen = [];
    const alone = mkdtempSync(`${tmpdir()}/curbside-alone-`);
    for (const part of ['seed.js', 'chunks', 'sample']) {
      if (existsSync(`${BUILD}/${part}`)) cpSync(`${BUILD}/${part}`, `${alone}/${part}`, { recursive: true });
    }
    writeFileSync(`${alone}/package.json`, '{"type":"module"}');
    const settings = ['--engine', 'opensearch', '--opensearch-url', url(), '--opensearch-auth', 'sigv4'];
    const args = ['seed.js', '--rollback', ...settings, '--aws-region', 'us-west-2', '--data-dir', `${alone}/data`];
    // A named profile wins over keys, as with AWS's own tools.
    const keys = { AWS_ACCESS_KEY_ID: 'AKIDOTHER', AWS_SECRET_ACCESS_KEY: 'of-another' };
    const env = { PATH: process.env.PATH ?? '', HOME: home, AWS_PROFILE: 'kitchen', ...keys, ...files };
    const child = spawn(process.execPath, args, { cwd: alone, env, stdio: ['ignore', 'ignore', 'pipe'] });
    let said = '';
    child.stderr.on('data', (chunk) => {
      said += chunk;
    });
    const [code] = await once(child, 'close');
    rmSync(alone, { recursive: true });
    // The server is not a cluster with releases; only the signatures matter.
    expect([code, said]).toEqual([1, expect.stringContaining('opensearch')]);
    expect(seen.length, said).toBeGreaterThan(0);
    for (const { authorization } of seen) expect(authorization).toMatch(signedBy('AKIDKITCHEN'));
    expect(said).not.toContain('of-the-kitchen');
  });

  it('do not enlarge a Lambda function: its bundle has no credential provider', () => {
    const meta = (name: string) => Object.keys(JSON.parse(readFileSync(`${BUILD}/meta/${name}.json`, 'utf8')).inputs);
    const parts = (name: string) => meta(name).filter((path) => path.includes('credential-provider-node'));
    expect(parts('seed').length).toBeGreaterThan(0);
    for (const name of ['lambda-index', 'refresh-index']) expect(parts(name), name).toEqual([]);
  });
});

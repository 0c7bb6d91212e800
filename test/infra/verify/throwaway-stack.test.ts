import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { resolve } from 'node:path';
import { CloudFormationClient, ListStacksCommand } from '@aws-sdk/client-cloudformation';
import { ListBucketsCommand, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readProjectTemplate } from '../../../infra/stack/merge-template.ts';
import { awsEnvironment, noMoto, type RunningService, startMoto } from '../../fixtures/aws-emulators.ts';
import { BUILD } from '../../fixtures/build-directory.ts';
import { startProxy } from '../stack/aws-proxy.ts';
import { reduceTemplate } from '../stack/reduced-template.ts';

type Outcome = { readonly code: number | null; readonly out: string; readonly err: string };

describe.skipIf(noMoto)('npm run aws:verify against moto', () => {
  const work = mkdtempSync(`${tmpdir()}/curbside-verify-`);
  mkdirSync('dist/tools', { recursive: true });
  // In the project directory, so that Node finds its packages.
  const tools = mkdtempSync(resolve('dist/tools/verify-'));
  let moto: RunningService;
  let proxy: Awaited<ReturnType<typeof startProxy>>;
  let refresh: Server;
  let cloudFormation: CloudFormationClient;

  beforeAll(async () => {
    await build({
      entryPoints: { aws: 'infra/stack/cli.ts', 'aws-verify': 'infra/verify/verify.ts' },
      outdir: tools,
      bundle: true,
      platform: 'node',
      format: 'esm',
      packages: 'external',
    });
    writeFileSync(`${work}/template.yaml`, reduceTemplate(await readProjectTemplate()).text);
    moto = await startMoto();
    const access = {
      endpoint: moto.url,
      region: 'us-east-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
    };
    cloudFormation = new CloudFormationClient(access);
    const s3 = new S3Client({ ...access, forcePathStyle: true });
    const release = { version: '2026-11-27-abc', branches: 122 };
    // moto runs no functions: this answers as the refresh does, after it has published a release.
    refresh = createServer(async (_request, response) => {
      const Body = JSON.stringify({ ...release, previous: [], confirmedAt: '2026-11-27T00:00:00Z' });
      for (const { Name: Bucket } of (await s3.send(new ListBucketsCommand({}))).Buckets ?? []) {
        await s3.send(new PutObjectCommand({ Bucket, Key: 'data/current.json', Body }));
      }
      response.end(JSON.stringify({ outcome: 'published', ...release }));
    });
    await new Promise<void>((done) => refresh.listen(0, '127.0.0.1', done));
    const ofAnyStack = new (class extends Map<string, () => Promise<string>> {
      override has = (name: string) => /^verify-\w+-refresh$/.test(name);
      override get = (name: string) => (this.has(name) ? async () => url(refresh) : undefined);
    })();
    proxy = await startProxy(moto.url, ofAnyStack);
  }, 180_000);
  afterAll(() => {
    proxy?.stop();
    moto?.stop();
    refresh?.close();
    for (const directory of [work, tools]) rmSync(directory, { recursive: true, force: true });
  });
  const url = (server: Server) => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  async function verify(
    args: readonly string[],
    onOutput: (out: string, pid: number) => void = () => {},
  ): Promise<Outcome> {
    const options = ['--dist', BUILD, '--template', `${work}/template.yaml`, '--report', `${work}/report.md`];
    const child = spawn(
      process.execPath,
      [`${tools}/aws-verify.js`, ...options, '--sample', '--no-wait', '--poll', '50', ...args],
      { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...awsEnvironment(proxy.url) } },
    );
    let [out, err] = ['', ''];
    child.stdout.on('data', (chunk) => {
      out += chunk;
      onOutput(out, child.pid ?? 0);
    });
    child.stderr.on('data', (chunk) => {
      err += chunk;
    });
    const [code] = (await once(child, 'close')) as [number | null];
    return { code, out, err };
  }
  /** The names of the stacks that are not deleted. */
  const stacks = async () => {
    const { StackSummaries = [] } = await cloudFormation.send(new ListStacksCommand({}));
    return StackSummaries.filter(({ StackStatus }) => StackStatus !== 'DELETE_COMPLETE').map(
      ({ StackName }) => StackName,
    );
  };

  it('creates nothing without a confirmation', async () => {
    const { code, err } = await verify([]);
    expect({ code, err }).toEqual({
      code: 1,
      err: expect.stringMatching(/Create the stack verify-\w{8} in account.*add --yes/s),
    });
    expect(await stacks()).toEqual([]);
  });

  it('deploys, checks what the emulator has, names what it lacks, and destroys', async () => {
    const { code, out, err } = await verify(['--yes']);
    const report = readFileSync(`${work}/report.md`, 'utf8');
    expect({ code, err }, out).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/^ok .*a second deployment has nothing to do/m);
    expect(out).toMatch(/^ok .*a refresh loads the city's data from within AWS: published/m);
    expect(out).not.toMatch(/^FAIL/m);
    expect(report).toMatch(/the function URL refuses .* \| the emulator did not create ApiUrl \|/);
    expect(report).toMatch(/a plus sign in the query is a space .* the emulator has no CloudFront \|/);
    expect(report).toMatch(/the budget exists .* use --email \|/);
    expect(report).toMatch(/verify-\w{8} is deleted; nothing is left/);
    expect(report).not.toMatch(/\d{12}/);
    expect(await stacks()).toEqual([]);
  }, 120_000);

  it.each([
    ['while it deploys', /creating the bucket first/],
    ['while it checks', /^(ok|skip|FAIL) /m],
  ])(
    'destroys when it is interrupted %s',
    async (_when, moment) => {
      let interrupted = false;
      const { code, out } = await verify(['--yes'], (text, pid) => {
        if (interrupted || !moment.test(text)) return;
        interrupted = true;
        process.kill(pid, 'SIGINT');
      });
      expect({ code, out }).toEqual({ code: 130, out: expect.stringContaining('interrupted: destroying the stack') });
      expect(readFileSync(`${work}/report.md`, 'utf8')).toMatch(/nothing is left|no resource has its name/);
      expect(await stacks()).toEqual([]);
    },
    120_000,
  );

  it('keeps the stack with --keep, and says how to destroy it', async () => {
    const { out } = await verify(['--yes', '--keep', '--only', 'arm64']);
    const [, name] = /npm run destroy -- --stack (verify-\w+)/.exec(out) ?? [];
    expect(await stacks()).toEqual([name]);
  }, 120_000);
});

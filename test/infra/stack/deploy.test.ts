import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { ACMClient, ListCertificatesCommand } from '@aws-sdk/client-acm';
import { BudgetsClient, DescribeBudgetsCommand } from '@aws-sdk/client-budgets';
import {
  CloudFormationClient,
  CreateChangeSetCommand,
  DeleteChangeSetCommand,
  DescribeStackEventsCommand,
  DescribeStackResourcesCommand,
  DescribeStacksCommand,
} from '@aws-sdk/client-cloudformation';
import { CloudWatchLogsClient, CreateLogStreamCommand, PutLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import {
  CreateAliasCommand,
  GetAliasCommand,
  GetFunctionConfigurationCommand,
  LambdaClient,
  ListVersionsByFunctionCommand,
  PublishVersionCommand,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { CreateHostedZoneCommand, Route53Client } from '@aws-sdk/client-route-53';
import {
  GetObjectCommand,
  HeadObjectCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { AwsClient } from 'aws4fetch';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { parseDocument } from 'yaml';
import { readConfig } from '../../../functions/config/config.ts';
import type { SearchResponse } from '../../../functions/http/openapi/schemas/search.ts';
import {
  awsEnvironment,
  type LambdaEmulator,
  noLambdaEmulator,
  noMoto,
  type RunningService,
  startMoto,
} from '../../fixtures/aws-emulators.ts';
import { startProxy } from './aws-proxy.ts';
import { reduceTemplate } from './reduced-template.ts';
import { runDeployed } from './run-deployed.ts';
import { buildScript, type Outcome } from './script.ts';
import { text } from './template.ts';

// Over 250 lines because all tests use one stack, in order: creating one takes most of the time.
const STACK = 'curbside-test';

/** The recorded event of a function URL, changed to another path and query. */
function eventFor(path: string, query = ''): unknown {
  const event = JSON.parse(readFileSync('test/infra/stack/cloudfront-search.json', 'utf8'));
  const { headers, requestContext } = event;
  const { 'accept-encoding': _, ...uncompressed } = headers;
  const http = { ...requestContext.http, path };
  return {
    ...event,
    rawPath: path,
    rawQueryString: query,
    headers: uncompressed,
    requestContext: { ...requestContext, http },
  };
}

describe.skipIf(noMoto || noLambdaEmulator)('npm run aws against moto', () => {
  const reduced = reduceTemplate(text);
  const work = mkdtempSync(`${tmpdir()}/curbside-deploy-`);
  const emulators: LambdaEmulator[] = [];
  const started = new Map<string, Promise<LambdaEmulator>>();
  let moto: RunningService;
  let proxy: Awaited<ReturnType<typeof startProxy>>;
  let city: Server;
  let permits = '';
  let s3: S3Client;
  let cloudFormation: CloudFormationClient;
  let bucket = '';

  let script: Awaited<ReturnType<typeof buildScript>>;
  /** Runs a command of the script. */
  const aws = (...args: string[]): Promise<Outcome> =>
    script.run([...args, '--stack', STACK, '--poll', '50'], awsEnvironment(proxy.url));
  const deploy = (...args: string[]) =>
    aws('deploy', '--template', `${work}/template.yaml`, '--sample', '--no-wait', '--yes', ...args);

  /** The deployed function, started at its first use. */
  function deployed(kind: 'lambda' | 'refresh'): Promise<LambdaEmulator> {
    const running = started.get(kind);
    if (running) return running;
    const starting = (async () => {
      const { port } = city.address() as AddressInfo;
      const { Contents = [] } = await s3.send(
        new ListObjectsV2Command({ Bucket: await bucketName(), Prefix: `code/${kind}` }),
      );
      const emulator = await runDeployed(moto.url, {
        name: `${STACK}-${kind === 'lambda' ? 'api' : 'refresh'}`,
        bucket: await bucketName(),
        key: Contents[0]?.Key ?? '',
        extra: {
          ...awsEnvironment(moto.url),
          ...(kind === 'refresh'
            ? { SOURCE_PERMITS: `http://127.0.0.1:${port}/permits.csv`, DATA_DIR: `${work}/scratch` }
            : {}),
        },
      });
      emulators.push(emulator);
      return emulator;
    })();
    started.set(kind, starting);
    return starting;
  }
  async function bucketName(): Promise<string> {
    const { StackResources = [] } = await cloudFormation.send(new DescribeStackResourcesCommand({ StackName: STACK }));
    return StackResources.find(({ LogicalResourceId }) => LogicalResourceId === 'Bucket')?.PhysicalResourceId ?? '';
  }
  const readObject = async (key: string) => {
    const { Body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    return (await Body?.transformToString()) ?? '';
  };

  const access = () => ({
    endpoint: moto.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });

  beforeAll(async () => {
    script = await buildScript();
    writeFileSync(`${work}/template.yaml`, reduced.text);
    permits = readFileSync('seed/sample/permits.csv', 'utf8');
    city = createServer((_request, response) => response.setHeader('Content-Type', 'text/csv').end(permits));
    await new Promise<void>((resolve) => city.listen(0, '127.0.0.1', resolve));
    vi.stubEnv('MOTO_ACM_VALIDATION_WAIT', '1');
    moto = await startMoto();
    proxy = await startProxy(moto.url, new Map([[`${STACK}-refresh`, async () => (await deployed('refresh')).url]]));
    s3 = new S3Client({ ...access(), forcePathStyle: true });
    cloudFormation = new CloudFormationClient(access());
  }, 180_000);
  afterAll(() => {
    for (const emulator of emulators) emulator.stop();
    proxy?.stop();
    moto?.stop();
    city?.close();
    script?.remove();
    rmSync(work, { recursive: true, force: true });
    vi.unstubAllEnvs();
  });

  it('leaves parts out of the template, which template.test.ts checks instead', () => {
    console.info(
      `left out of the template, because moto would silently skip them:\n  ${reduced.resources.join('\n  ')}`,
    );
    console.info(`and the parts that refer to them:\n  ${reduced.parts.join('\n  ')}`);
    expect(reduced.resources.length).toBeGreaterThan(10);
    expect(reduced.parts).toContain('RefreshFunction.Environment.Variables.OPENSEARCH_URL');
  });

  it('creates nothing without a confirmation', async () => {
    const { code, out, err } = await aws('deploy', '--template', `${work}/template.yaml`, '--sample');
    expect(code).toBe(1);
    expect(out).toContain('account 123456789012');
    expect(out).toMatch(/1,000,000 searches a month: \$\d+\.\d\d/);
    expect(err).toMatch(/add --yes/);
    expect((await s3.send(new ListBucketsCommand({}))).Buckets).toEqual([]);
  });

  it('explains why a deployment failed after creating the bucket, and can be repeated', async () => {
    // The proxy forwards the change set of the bucket and refuses the second one.
    let executions = 0;
    proxy.refuse((body) => body.includes('Action=ExecuteChangeSet') && ++executions === 2);
    const { code, err } = await deploy();
    proxy.refuse(null);
    expect({ code, err }).toMatchObject({
      code: 1,
      err: expect.stringMatching(/do not allow this: .*not this time\n$/),
    });
    const names = async () => {
      const { StackResources = [] } = await cloudFormation.send(
        new DescribeStackResourcesCommand({ StackName: STACK }),
      );
      return StackResources.map(({ LogicalResourceId }) => LogicalResourceId);
    };
    expect(await names()).toEqual(['Bucket']);
    // The next attempt shows the price again, because it still creates most of the stack.
    const again = await aws('deploy', '--template', `${work}/template.yaml`, '--sample', '--no-wait');
    expect(again).toMatchObject({ code: 1, out: expect.stringContaining('searches a month: $') });
    expect(again.err).toContain('Create the stack curbside-test with all of this?');
    expect(await names()).toEqual(['Bucket']);
  }, 120_000);

  it('creates everything that moto supports, and loads the first release with the real function', async () => {
    const { code, out, err } = await deploy();
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/data published: .+, \d+ locations/);
    const { StackResources = [] } = await cloudFormation.send(new DescribeStackResourcesCommand({ StackName: STACK }));
    const created = StackResources.flatMap(
      ({ LogicalResourceId }) => LogicalResourceId?.replace(/^(ApiVersion).+/, '$1') ?? [],
    );
    const { Resources } = parseDocument(reduced.text, { logLevel: 'silent' }).toJS() as {
      Resources: Record<string, { Condition?: string }>;
    };
    const expected = Object.entries(Resources).flatMap(([name, { Condition }]) => (Condition ? [] : [name]));
    expect(created.sort()).toEqual(expected.sort());
    bucket = await bucketName();
  }, 120_000);

  it('uploads the page with content types and cache headers', async () => {
    const head = (Key: string) => s3.send(new HeadObjectCommand({ Bucket: bucket, Key }));
    const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: 'page/assets/main' }));
    expect(await head('page/index.html')).toMatchObject({
      ContentType: 'text/html; charset=utf-8',
      CacheControl: 'no-cache',
    });
    expect(await head(Contents[0]?.Key ?? '')).toMatchObject({
      ContentType: 'text/javascript; charset=utf-8',
      CacheControl: 'public, max-age=31536000, immutable',
    });
  });

  it('does nothing if nothing has changed', async () => {
    const count = async () =>
      (await cloudFormation.send(new DescribeStackEventsCommand({ StackName: STACK }))).StackEvents?.length;
    const [events, pointer] = [await count(), await readObject('data/current.json')];
    const { code, out } = await deploy();
    expect(code).toBe(0);
    expect(out).toContain('Nothing has changed');
    expect([await count(), await readObject('data/current.json')]).toEqual([events, pointer]);
  });

  it('updates the headers of an uploaded file', async () => {
    const Key = 'page/index.html';
    const Body = await readObject(Key);
    await s3.send(
      new PutObjectCommand({ Bucket: bucket, Key, Body, ContentType: 'text/html', CacheControl: 'no-store' }),
    );
    expect(await deploy()).toMatchObject({ code: 0, out: expect.stringMatching(/^page: 1 file uploaded$/m) });
    expect(await s3.send(new HeadObjectCommand({ Bucket: bucket, Key }))).toMatchObject({
      ContentType: 'text/html; charset=utf-8',
      CacheControl: 'no-cache',
    });
  });

  it('shows a change before it is made, and keeps parameters that were set', async () => {
    const { code, out } = await deploy('--set', 'LogRetentionDays=30', '--set', 'WithEdgeLogs=yes');
    expect(code).toBe(0);
    expect(out).toContain('WithEdgeLogs: no → yes');
    const { StackResources = [] } = await cloudFormation.send(new DescribeStackResourcesCommand({ StackName: STACK }));
    const logs = StackResources.find(({ LogicalResourceId }) => LogicalResourceId === 'EdgeLogBucket');
    // `destroy` has to empty it.
    await s3.send(new PutObjectCommand({ Bucket: logs?.PhysicalResourceId, Key: 'E1.2026-09-03.gz', Body: 'one' }));
    expect(out).toMatch(/^ {2}\+ ApiVersion\w+ \(Lambda Version\)/m);
    expect(out).toContain('LogRetentionDays: 14 → 30');
    expect(out).toMatch(/searches a month: \$/);
    expect(out).not.toContain('uploaded: code');
    const again = await deploy();
    expect(again.out).toContain('Nothing has changed');
  });

  it('keeps an attribution with other characters than ASCII, which CloudFormation does not return', async () => {
    const { code, out } = await deploy('--set', 'TilesAttribution=© Město Praha https://tiles.example.org');
    expect({ code, out }).toMatchObject({
      code: 0,
      out: expect.stringContaining('→ © Město Praha https://tiles.example.org'),
    });
    expect((await deploy()).out).toContain('Nothing has changed');
    const other = await deploy('--set', 'LogRetentionDays=90');
    expect(other.out).not.toContain('TilesAttribution');
    const { Environment } = await new LambdaClient(access()).send(
      new GetFunctionConfigurationCommand({ FunctionName: `${STACK}-api` }),
    );
    const { tiles } = readConfig([], { TILES_ATTRIBUTION: Environment?.Variables?.TILES_ATTRIBUTION });
    expect(tiles).toMatchObject({ attribution: '© Město Praha', attributionUrl: 'https://tiles.example.org' });
  }, 60_000);

  it('keeps the app token encrypted in SSM Parameter Store', async () => {
    const name = `/curbside/${STACK}/app-token`;
    const ssm = new AwsClient({ ...access().credentials, region: 'us-east-1', service: 'ssm' });
    const callSsm = async (action: string, input: object) => {
      const headers = { 'Content-Type': 'application/x-amz-json-1.1', 'X-Amz-Target': `AmazonSSM.${action}` };
      const response = await ssm.fetch(`${moto.url}/`, { method: 'POST', headers, body: JSON.stringify(input) });
      return ((await response.json()) as { Parameter?: { Type: string; Value: string } }).Parameter;
    };
    const readParameter = () => callSsm('GetParameter', { Name: name, WithDecryption: true });
    const { code, out } = await deploy('--set', 'AppToken=T0ken-of-the-portal');
    expect({ code, out }).toMatchObject({ code: 0, out: expect.stringContaining('app token is stored in SSM') });
    expect(await readParameter()).toMatchObject({ Type: 'SecureString', Value: 'T0ken-of-the-portal' });
    const { Stacks } = await cloudFormation.send(new DescribeStacksCommand({ StackName: STACK }));
    expect(JSON.stringify(Stacks)).toContain(`"AppTokenParameter","ParameterValue":"${name}"`);
    expect(JSON.stringify(Stacks) + out).not.toContain('T0ken-of-the-portal');
    // A new token needs no change of the stack, and the next deployment keeps it.
    const again = await deploy('--set', 'AppToken=another');
    expect(again.out).toContain('is stored in SSM');
    expect(again.out).not.toMatch(/Nothing has changed|ApiVersion/);
    expect((await deploy()).out).toContain('Nothing has changed');
    expect(await readParameter()).toMatchObject({ Value: 'another' });
    expect((await deploy('--set', 'AppToken=')).out).toContain('the app token is deleted');
    expect(await readParameter()).toBeUndefined();
    expect((await deploy('--set', 'AppToken=last')).code).toBe(0);
    // The function reads it for each refresh, and works without it.
    started.delete('refresh');
    const refreshLog = async () => {
      expect((await aws('refresh')).out).toContain('data unchanged');
      return (await deployed('refresh')).log();
    };
    expect(await refreshLog()).not.toContain('no_app_token');
    await callSsm('DeleteParameter', { Name: name });
    expect(await refreshLog()).toContain(`SSM parameter ${name}: 400 ParameterNotFound`);
    expect((await deploy('--set', 'AppToken=last')).code).toBe(0);
  }, 120_000);

  it('uploads the street map once, and then works without the local file', async () => {
    const set = ['--data-dir', `${work}/data`, '--set', 'TilesUrl=/basemap/town.pmtiles'];
    const missing = await deploy(...set);
    expect(missing).toMatchObject({
      code: 1,
      err: expect.stringMatching(
        /TilesUrl=\/basemap\/town.pmtiles needs .*\/data\/basemap\/town.pmtiles: create it with `npm run basemap`/,
      ),
    });
    mkdirSync(`${work}/data/basemap`, { recursive: true });
    writeFileSync(`${work}/data/basemap/town.pmtiles`, 'not really PMTiles');
    expect(await deploy(...set)).toMatchObject({ code: 0, out: expect.stringContaining('page: 1 file uploaded') });
    expect(await readObject('page/basemap/town.pmtiles')).toBe('not really PMTiles');
    const head = await s3.send(new HeadObjectCommand({ Bucket: bucket, Key: 'page/basemap/town.pmtiles' }));
    expect(head).toMatchObject({ ContentType: 'application/vnd.pmtiles', CacheControl: 'no-cache' });
    rmSync(`${work}/data`, { recursive: true });
    expect((await deploy(...set)).out).toContain('Nothing has changed');
    const api = await deployed('lambda');
    const { body } = await api.invoke<{ body: string }>(eventFor('/meta'));
    expect(JSON.parse(body).tiles).toMatchObject({ url: 'pmtiles:///basemap/town.pmtiles' });
  }, 60_000);

  it('makes the budget by its own API, and shows it in the status', async () => {
    const set = ['--set', 'AlertEmail=cook@example.org', '--set', 'MonthlyBudgetUsd=25'];
    const { code, out, err } = await deploy(...set);
    expect({ code, err, out }).toMatchObject({
      code: 0,
      err: '',
      out: expect.stringMatching(/^budget: cook@example.org is warned at 80 % of \$25 a month/m),
    });
    expect((await aws('status')).out).toMatch(/^budget {2}\$25.00 a month for the whole account: \$0.00 spent/m);
  });

  it('makes the certificate of a host name, which status shows', async () => {
    const dns = new Route53Client(access());
    const { HostedZone: zone } = await dns.send(
      new CreateHostedZoneCommand({ Name: 'example.org', CallerReference: 'one' }),
    );
    const HostedZone = (zone?.Id ?? '').replace('/hostedzone/', '');
    const { code, out, err } = await deploy(
      '--set',
      'DomainName=food.example.org',
      '--set',
      `HostedZone=${HostedZone}`,
    );
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/^certificate of food.example.org: requested in us-east-1\nwaiting until AWS has validated/m);
    expect(out).not.toContain('needs a DNS record');
    const { out: status } = await aws('status');
    expect(status).toContain(`the stack has the records of food.example.org in the zone ${HostedZone}`);
    expect(status).toMatch(/^cert {4}food.example.org: ISSUED, until 20/m);
  }, 60_000);

  it('refuses a second deployment while one is under way', async () => {
    const ChangeSetName = 'curbside-deploy';
    const TemplateBody = JSON.stringify({ Resources: { Other: { Type: 'AWS::SNS::Topic' } } });
    await cloudFormation.send(
      new CreateChangeSetCommand({ StackName: STACK, ChangeSetName, ChangeSetType: 'UPDATE', TemplateBody }),
    );
    const { code, err } = await deploy('--set', 'LogRetentionDays=60');
    expect({ code, err }).toMatchObject({
      code: 1,
      err: expect.stringContaining('another deployment of curbside-test is under way'),
    });
    await cloudFormation.send(new DeleteChangeSetCommand({ StackName: STACK, ChangeSetName }));
  });

  it('refuses another city for a stack, and a host name without a certificate', async () => {
    const other = await deploy('--set', 'City=vancouver');
    expect(other).toMatchObject({ code: 1, err: expect.stringMatching(/serves san-francisco.*--stack NAME/) });
    const name = await deploy(
      '--set',
      'DomainName=food.example.org',
      '--set',
      'CertificateArn=',
      '--set',
      'HostedZone=',
    );
    expect(name).toMatchObject({ code: 1, err: expect.stringContaining('needs CertificateArn too') });
  });

  it('answers from the deployed zip, and loads a release that the refresh function has published', async () => {
    const api = await deployed('lambda');
    const search = async (q: string) => {
      const { body } = await api.invoke<{ body: string }>(eventFor('/search', `q=${q}`));
      return JSON.parse(body) as SearchResponse;
    };
    const before = await search('tacos');
    expect(before.hits).toBeGreaterThan(0);
    expect((await search('xylophone%20soup&strict=true')).hits).toBe(0);
    // A copy of the first row with another vendor.
    const [head = '', first = '', ...rest] = permits.split('\n');
    const renamed = first.replace(/^[^,]*,[^,]*/, '999999,Xylophone Soup House');
    permits = [head, first, renamed, ...rest].join('\n');
    const { code, out } = await aws('refresh');
    expect(code).toBe(0);
    const [, version] = /data published: (\S+),/.exec(out) ?? [];
    expect((await deployed('refresh')).log()).toMatch(/"event":"refresh","requestId":"[\w-]{36}"/);
    // A running function checks for a release once a minute; a new one checks immediately.
    started.delete('lambda');
    const fresh = await deployed('lambda');
    const isLoaded = async () => {
      const { body } = await fresh.invoke<{ body: string }>(eventFor('/readyz'));
      expect(JSON.parse(body), fresh.log()).toMatchObject({ version });
    };
    await vi.waitFor(isLoaded, { timeout: 20_000, interval: 200 });
    const found = await fresh.invoke<{ body: string }>(eventFor('/search', 'q=xylophone&strict=true'));
    expect(JSON.parse(found.body)).toMatchObject({ hits: 1 });
    expect(fresh.log()).toMatch(/"event":"release".*"ageHours":0[,}]/);
  }, 60_000);

  it('rolls back to the previous release', async () => {
    const now = JSON.parse(await readObject('data/current.json'));
    const { code, out } = await aws('rollback', 'data');
    expect({ code, out }).toMatchObject({
      code: 0,
      out: expect.stringContaining(`data rolled back to ${now.previous[0]}`),
    });
    expect(JSON.parse(await readObject('data/current.json'))).toMatchObject({
      version: now.previous[0],
      refused: [now.version],
    });
    // The schedule does not publish a release again that was rolled back.
    expect((await aws('refresh')).out).toContain('data refused');
    expect((await aws('refresh', '--force')).out).toContain('data published');
  });

  it('reports why a refresh failed, and keeps the release', async () => {
    const before = await readObject('data/current.json');
    const all = permits;
    permits = permits.split('\n').slice(0, 4).join('\n');
    const { code, err } = await aws('refresh');
    permits = all;
    expect({ code, err }).toMatchObject({
      code: 1,
      err: expect.stringMatching(/refresh function failed: the new data has \d+ branches.*npm run refresh -- --force/),
    });
    expect(await readObject('data/current.json')).toBe(before);
  });

  it('shows refreshes that were given up, and clears them once a refresh has succeeded', async () => {
    const queues = new SQSClient({ ...access(), useQueueUrlAsEndpoint: false });
    const { StackResources = [] } = await cloudFormation.send(new DescribeStackResourcesCommand({ StackName: STACK }));
    const queue = StackResources.find(({ LogicalResourceId }) => LogicalResourceId === 'DeadLetters');
    const QueueUrl = queue?.PhysicalResourceId ?? '';
    for (let day = 1; day <= 12; day++) {
      const responsePayload = { errorType: 'Error', errorMessage: `the city's server\nanswers ${500 + day}` };
      const MessageBody = JSON.stringify({ requestContext: { condition: 'RetriesExhausted' }, responsePayload });
      await queues.send(new SendMessageCommand({ QueueUrl, MessageBody }));
    }
    const failed = /^failed {2}12 given up; newest 20\S+Z: the city's server answers 512\n.*--retry-failed/m;
    expect((await aws('status')).out).toMatch(failed);
    const all = permits;
    permits = '';
    expect((await aws('refresh', '--retry-failed')).code).toBe(1);
    permits = all;
    // A refresh that fails again clears nothing, and neither does looking.
    expect((await aws('status')).out).toMatch(failed);
    expect(await aws('refresh', '--retry-failed')).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^failed refreshes cleared: 12$/m),
    });
    expect((await aws('status')).out).toMatch(/^failed {2}none$/m);
  }, 60_000);

  it('shows the status', async () => {
    const { code, out } = await aws('status');
    expect(code).toBe(0);
    expect(out).toMatch(/^stack {3}curbside-test: UPDATE_COMPLETE/m);
    expect(out).toMatch(/^data {4}\S+: \d+ locations, last confirmed 20\d\d-/m);
  });

  it('loads the data again with --refresh', async () => {
    const { code, out } = await deploy('--refresh');
    expect({ code, out }).toMatchObject({ code: 0, out: expect.stringContaining('data unchanged') });
  });

  it('moves the alias to the previous version', async () => {
    const FunctionName = `${STACK}-api`;
    // moto supports aliases in Lambda's API, but not in templates.
    const lambda = new LambdaClient(access());
    const { Versions = [] } = await lambda.send(new ListVersionsByFunctionCommand({ FunctionName }));
    const previous = Versions.at(-1);
    await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, MemorySize: 600 }));
    const { Version: second } = await lambda.send(new PublishVersionCommand({ FunctionName, Description: 'newer' }));
    await lambda.send(new CreateAliasCommand({ FunctionName, Name: 'live', FunctionVersion: second }));
    const { code, out } = await aws('rollback', 'code');
    expect({ code, out }).toMatchObject({
      code: 0,
      out: expect.stringContaining(`CloudFront now calls version ${previous?.Version}`),
    });
    const { FunctionVersion } = await lambda.send(new GetAliasCommand({ FunctionName, Name: 'live' }));
    expect(FunctionVersion).toBe(previous?.Version);
    expect((await aws('rollback', 'code', '--to', String(second))).code).toBe(0);
    expect((await aws('status')).out).toContain(`live: version ${second} (newer)`);
    expect((await aws('rollback')).err).toContain('say what to roll back');
  });

  it('prints the log lines of the functions in order, without those of Lambda', async () => {
    const logs = new CloudWatchLogsClient(access());
    const now = Date.now();
    for (const [kind, lines] of [
      ['api', ['START RequestId: 1', '{"event":"first"}', 'REPORT RequestId: 1']],
      ['refresh', ['{"event":"second","requestId":"other-1"}', 'REPORT RequestId: other-1 Duration: 5 ms']],
    ] as const) {
      const group = { logGroupName: `/aws/lambda/${STACK}-${kind}`, logStreamName: 'one' };
      await logs.send(new CreateLogStreamCommand(group));
      const logEvents = lines.map((message, at) => ({
        message,
        timestamp: now - 5_000 + at + (kind === 'refresh' ? 1_000 : 0),
      }));
      await logs.send(new PutLogEventsCommand({ ...group, logEvents }));
    }
    const { code, out } = await aws('logs', '--since', '1m');
    expect(code).toBe(0);
    const lines = out.trim().split('\n');
    expect(lines.map((line) => line.slice('2026-09-03T00:00:00.000Z '.length))).toEqual([
      `${STACK}-api {"event":"first"}`,
      `${STACK}-refresh {"event":"second","requestId":"other-1"}`,
    ]);
    const { out: one } = await aws('logs', '--since', '1m', '--request', 'other-1');
    expect(one.trim().split('\n')).toEqual([
      expect.stringContaining('"event":"second"'),
      expect.stringContaining('REPORT RequestId: other-1'),
    ]);
  });

  it('deletes everything', async () => {
    const { code, out, err } = await aws('destroy', '--yes');
    const budgets = new BudgetsClient(access());
    const { Budgets: left = [] } = await budgets.send(new DescribeBudgetsCommand({ AccountId: '123456789012' }));
    expect(left).toEqual([]);
    const certificates = await new ACMClient(access()).send(new ListCertificatesCommand({}));
    expect(certificates.CertificateSummaryList).toEqual([]);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/emptied \S+: \d+ versions/);
    expect(out).toContain('deleted the app token');
    expect(out).toContain('nothing is left');
    expect((await s3.send(new ListBucketsCommand({}))).Buckets).toEqual([]);
    expect((await aws('destroy', '--yes')).out).toContain('there is no stack curbside-test');
    expect((await aws('status')).code).toBe(1);
  });
});

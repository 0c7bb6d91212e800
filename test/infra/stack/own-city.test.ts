import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudFormationClient, DescribeStackResourcesCommand } from '@aws-sdk/client-cloudformation';
import { GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  awsEnvironment,
  type LambdaEmulator,
  noLambdaEmulator,
  noMoto,
  type RunningService,
  startMoto,
} from '../../fixtures/aws-emulators.ts';
import { minimalCity } from '../../fixtures/minimal-city.ts';
import { run } from '../../fixtures/server-process.ts';
import { type CityServer, startCityServer } from '../../seed/city-server.ts';
import { startProxy } from './aws-proxy.ts';
import { reduceTemplate } from './reduced-template.ts';
import { runDeployed } from './run-deployed.ts';
import { buildScript } from './script.ts';
import { text } from './template.ts';

const STACK = 'curbside-springfield';
const STALLS = 'Id,Stall,Menu,Latitude,Longitude\n1,Anna,Pierogi,40.5,-89.5\n2,Bert,Tacos,40.6,-89.6\n';
const RING = [
  [-90, 40],
  [-89, 40],
  [-89, 41],
  [-90, 40],
];

const work = mkdtempSync(`${tmpdir()}/curbside-own-city-`);
const path = join(work, 'springfield.json');
afterAll(() => rmSync(work, { recursive: true, force: true }));

describe('npm run seed -- --print-city', () => {
  const print = () => run('seed', ['--print-city', '--city', path]);

  it('prints a file that needs no other one', async () => {
    writeFileSync(join(work, 'border.geojson'), JSON.stringify({ type: 'Polygon', coordinates: [RING] }));
    const city = { ...minimalCity('https://data.example.org/stalls.csv'), outline: './border.geojson', notes: ['a'] };
    writeFileSync(path, JSON.stringify({ $schema: './city.schema.json', ...city, sample: { permits: 'a.csv' } }));
    const { code, stdout } = await print();
    const { outline: _outline, notes: _notes, ...rest } = city;
    expect([code, JSON.parse(stdout)]).toEqual([
      0,
      { ...rest, id: 'springfield', outline: { type: 'MultiPolygon', coordinates: [[RING]] } },
    ]);
  });

  it('refuses a table that is a file', async () => {
    writeFileSync(path, JSON.stringify(minimalCity('./stalls.csv')));
    expect(await print()).toMatchObject({
      code: 1,
      stderr: `curbside: the city's file ${path} needs other files:\nsources.permits.url: must be a web address, because the city is loaded on another machine, got "./stalls.csv"\n`,
    });
  });
});

describe.skipIf(noMoto || noLambdaEmulator)('npm run deploy -- --city PATH', () => {
  let moto: RunningService;
  let proxy: Awaited<ReturnType<typeof startProxy>>;
  let portal: CityServer;
  let script: Awaited<ReturnType<typeof buildScript>>;
  let refresher: Promise<LambdaEmulator> | undefined;
  let s3: S3Client;
  let cloudFormation: CloudFormationClient;

  const deploy = (...args: string[]) => {
    const flags = ['--template', `${work}/template.yaml`, '--no-wait', '--yes', '--stack', STACK, '--poll', '50'];
    return script.run(['deploy', ...flags, ...args], awsEnvironment(proxy.url));
  };
  async function bucketName(): Promise<string> {
    const { StackResources = [] } = await cloudFormation.send(new DescribeStackResourcesCommand({ StackName: STACK }));
    return StackResources.find(({ LogicalResourceId }) => LogicalResourceId === 'Bucket')?.PhysicalResourceId ?? '';
  }
  async function startRefresher(): Promise<LambdaEmulator> {
    const bucket = await bucketName();
    const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: 'code/refresh' }));
    const name = `${STACK}-refresh`;
    const extra = { ...awsEnvironment(moto.url), DATA_DIR: `${work}/scratch` };
    return runDeployed(moto.url, { name, bucket, key: Contents[0]?.Key ?? '', extra });
  }

  beforeAll(async () => {
    portal = await startCityServer();
    portal.publishFile('/stalls.csv', Buffer.from(STALLS), 'text/csv');
    script = await buildScript();
    writeFileSync(`${work}/template.yaml`, reduceTemplate(text).text);
    moto = await startMoto();
    const url = async () => {
      refresher ??= startRefresher();
      return (await refresher).url;
    };
    proxy = await startProxy(moto.url, new Map([[`${STACK}-refresh`, url]]));
    const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
    const access = { endpoint: moto.url, region: 'us-east-1', credentials };
    s3 = new S3Client({ ...access, forcePathStyle: true });
    cloudFormation = new CloudFormationClient(access);
  }, 180_000);
  afterAll(async () => {
    (await refresher)?.stop();
    proxy?.stop();
    moto?.stop();
    await portal?.stop();
    script?.remove();
  });

  it('refuses a file with faults before anything is created', async () => {
    writeFileSync(path, JSON.stringify({ ...minimalCity(`${portal.origin}/stalls.csv`), zone: 'Mars/Olympus' }));
    const { code, err } = await deploy('--city', path);
    expect({ code, err }).toEqual({
      code: 1,
      err: expect.stringMatching(/^curbside: the city's file \S+ has a fault:\nzone: .*, got "Mars\/Olympus"\n$/),
    });
    const both = await deploy('--city', path, '--set', 'City=springfield');
    expect(both).toMatchObject({ code: 1, err: expect.stringContaining('contradict each other') });
  });

  it('puts the file into the refresh function, which loads that city', async () => {
    writeFileSync(path, JSON.stringify(minimalCity(`${portal.origin}/stalls.csv`)));
    const { code, out, err } = await deploy('--city', path);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toContain("the API's code carries a release from live data");
    expect(out).toMatch(/data published: \S+, 2 locations/);
    const bucket = await bucketName();
    const read = async (key: string) =>
      (await (await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }))).Body?.transformToString()) ?? '';
    const { version } = JSON.parse(await read('data/current.json'));
    const { city } = JSON.parse(await read(`data/${version}/release.json`));
    expect(city).toMatchObject({ id: 'springfield', zone: 'America/Chicago' });
  }, 120_000);

  it('changes nothing with the same file, and needs it in every deployment', async () => {
    const again = await deploy('--city', path);
    expect(again).toMatchObject({ code: 0, out: expect.stringContaining('Nothing has changed') });
    const without = await deploy();
    expect(without).toMatchObject({
      code: 1,
      err: expect.stringContaining('the city springfield is not built in: give its file with --city PATH'),
    });
  }, 120_000);
});

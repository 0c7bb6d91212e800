import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CloudFormationClient,
  DescribeStackResourcesCommand,
  DescribeStacksCommand,
} from '@aws-sdk/client-cloudformation';
import { GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { unzipSync } from 'fflate';
import { awsEnvironment, type LambdaEmulator, startMoto } from '../../fixtures/aws-emulators.ts';
import { startCityServer } from '../../seed/city-server.ts';
import { startProxy } from './aws-proxy.ts';
import { reduceTemplate } from './reduced-template.ts';
import { runDeployed } from './run-deployed.ts';
import { buildScript, type Outcome } from './script.ts';
import { text } from './template.ts';

/** The recorded event of a function URL behind CloudFront, for another path, uncompressed. */
function eventFor(path: string): unknown {
  const event = JSON.parse(readFileSync('test/infra/stack/cloudfront-search.json', 'utf8'));
  const headers = { ...event.headers, 'accept-encoding': 'identity' };
  const http = { ...event.requestContext.http, path };
  return { ...event, rawPath: path, rawQueryString: '', headers, requestContext: { ...event.requestContext, http } };
}

/** Starts moto, a data portal and the script for one stack, whose refresh function runs under the emulator at its first call. */
export async function startCityStack(stack: string) {
  const work = mkdtempSync(join(tmpdir(), 'curbside-city-stack-'));
  writeFileSync(join(work, 'template.yaml'), reduceTemplate(text).text);
  const portal = await startCityServer();
  const script = await buildScript();
  const moto = await startMoto();
  let refresher: Promise<LambdaEmulator> | undefined;
  const access = {
    endpoint: moto.url,
    region: 'us-east-1',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  };
  const s3 = new S3Client({ ...access, forcePathStyle: true });
  const cloudFormation = new CloudFormationClient(access);
  const name = `${stack}-refresh`;
  const proxy = await startProxy(
    moto.url,
    new Map([
      [
        name,
        async () => {
          refresher ??= startRefresher();
          return (await refresher).url;
        },
      ],
    ]),
  );

  async function startRefresher(): Promise<LambdaEmulator> {
    const extra = { ...awsEnvironment(moto.url), DATA_DIR: join(work, 'scratch') };
    const key = await newestKey('code/refresh');
    return runDeployed(moto.url, { name, bucket: await bucketName(), key, extra });
  }

  /** Starts the deployed API. */
  async function startApi(): Promise<LambdaEmulator> {
    const key = await newestKey('code/lambda');
    const extra = awsEnvironment(moto.url);
    return runDeployed(moto.url, { name: `${stack}-api`, bucket: await bucketName(), key, extra });
  }

  async function newestKey(Prefix: string): Promise<string> {
    const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: await bucketName(), Prefix }));
    return Contents.sort((a, b) => Number(b.LastModified) - Number(a.LastModified))[0]?.Key ?? '';
  }

  async function bucketName(): Promise<string> {
    const { StackResources = [] } = await cloudFormation.send(new DescribeStackResourcesCommand({ StackName: stack }));
    return StackResources.find(({ LogicalResourceId }) => LogicalResourceId === 'Bucket')?.PhysicalResourceId ?? '';
  }

  const aws = (...args: string[]): Promise<Outcome> =>
    script.run([...args, '--stack', stack, '--poll', '50'], awsEnvironment(proxy.url));

  return {
    work,
    portal,
    s3,
    /** Runs a command of the script. */
    aws,
    deploy: (...args: string[]) =>
      aws('deploy', '--template', join(work, 'template.yaml'), '--no-wait', '--yes', ...args),
    read: async (key: string) => {
      const { Body } = await s3.send(new GetObjectCommand({ Bucket: await bucketName(), Key: key }));
      return (await Body?.transformToString()) ?? '';
    },
    /** The keys of the bucket that begin with a text. */
    keys: async (Prefix: string) => {
      const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: await bucketName(), Prefix }));
      return Contents.flatMap(({ Key }) => Key ?? []);
    },
    parameter: async (wanted: string) => {
      const { Stacks: [{ Parameters = [] } = {}] = [] } = await cloudFormation.send(
        new DescribeStacksCommand({ StackName: stack }),
      );
      return Parameters.find(({ ParameterKey }) => ParameterKey === wanted)?.ParameterValue;
    },
    /** A file in the newest zip of a function. */
    zipFile: async (kind: 'lambda' | 'refresh', path: string) => {
      const { Body } = await s3.send(
        new GetObjectCommand({ Bucket: await bucketName(), Key: await newestKey(`code/${kind}`) }),
      );
      const bytes = unzipSync((await Body?.transformToByteArray()) ?? new Uint8Array())[path];
      return bytes && Buffer.from(bytes).toString();
    },
    /** Answers of the deployed API to these paths, from a new process. */
    ask: async (...paths: string[]): Promise<{ status: number; body: Record<string, unknown> }[]> => {
      const api = await startApi();
      const answers = [];
      for (const path of paths) {
        const { statusCode, body } = await api.invoke<{ statusCode: number; body: string }>(eventFor(path));
        answers.push({ status: statusCode, body: body ? JSON.parse(body) : {} });
      }
      api.stop();
      return answers;
    },
    stop: async () => {
      (await refresher)?.stop();
      proxy.stop();
      moto.stop();
      await portal.stop();
      script.remove();
      rmSync(work, { recursive: true, force: true });
    },
  };
}

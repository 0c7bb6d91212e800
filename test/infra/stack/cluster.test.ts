import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { SearchResponse } from '../../../functions/http/openapi/schemas/search.ts';
import { readLambdaPackage } from '../../../infra/stack/lambda-packages.ts';
import { readFiles, zip } from '../../../infra/stack/zip.ts';
import {
  awsEnvironment,
  type LambdaEmulator,
  noLambdaEmulator,
  noMoto,
  type RunningService,
  startFunction,
  startMoto,
} from '../../fixtures/aws-emulators.ts';
import { BUILD } from '../../fixtures/build-directory.ts';
import { clusterUrl, noCluster, type Scratch, scratch } from '../../functions/engine/opensearch/cluster.ts';
import { grantsOf, type IamRequest } from './grants.ts';
import { type RecordedRequest, startRecorder } from './request-recorder.ts';
import { unpack } from './run-deployed.ts';

const BUCKET = 'curbside-cluster-test';
type Recorder = Awaited<ReturnType<typeof startRecorder>>;
type RefreshAnswer = { outcome: string; version: string; branches: number; errorMessage?: string };

/** Both built functions under the Lambda emulator, a real cluster, moto's bucket, and recorders of all requests between them. */
describe.skipIf(noMoto || noLambdaEmulator || noCluster)('the profile opensearch on Lambda', () => {
  const work = mkdtempSync(`${tmpdir()}/curbside-cluster-`);
  const rows = readFileSync('seed/sample/permits.csv', 'utf8').split('\n');
  let permits = rows.join('\n');
  let scratchCluster: Scratch;
  let moto: RunningService;
  let city: Server;
  const recorders: Recorder[] = [];
  const recordersOf = new Map<'ApiRole' | 'RefreshRole', { cluster: Recorder; s3: Recorder }>();
  const running: LambdaEmulator[] = [];
  let refresher: LambdaEmulator;

  /** Starts a function with its variables from the template, behind recorders of its role's requests to cluster and bucket. */
  async function start(role: 'ApiRole' | 'RefreshRole', directory: string, more = {}): Promise<LambdaEmulator> {
    const own = recordersOf.get(role) ?? {
      cluster: await startRecorder(clusterUrl),
      s3: await startRecorder(moto.url),
    };
    if (!recordersOf.has(role)) recorders.push(own.cluster, own.s3);
    recordersOf.set(role, own);
    const emulator = await startFunction(directory, {
      ...awsEnvironment(own.s3.url),
      CITY: 'san-francisco',
      RELEASES_BUCKET: BUCKET,
      ENGINE: 'opensearch',
      OPENSEARCH_URL: own.cluster.url,
      OPENSEARCH_AUTH: 'sigv4',
      OPENSEARCH_ALIAS: scratchCluster.alias,
      ...more,
    });
    running.push(emulator);
    return emulator;
  }
  async function startApi(): Promise<LambdaEmulator> {
    const { files } = await readLambdaPackage('lambda', BUILD);
    const sample = await readFiles(`${BUILD}/lambda/releases`, () => false);
    const all = new Map([...files, ...[...sample].map(([path, bytes]) => [`releases/${path}`, bytes] as const)]);
    return start('ApiRole', unpack(zip(all)));
  }
  async function get<Body>(
    api: LambdaEmulator,
    path: string,
    query = '',
  ): Promise<{ status: number; body: Body; text: string }> {
    const event = JSON.parse(readFileSync('test/infra/stack/cloudfront-search.json', 'utf8'));
    event.headers['accept-encoding'] = 'identity';
    Object.assign(event, { rawPath: path, rawQueryString: query });
    event.requestContext.http.path = path;
    const { statusCode, body } = await api.invoke<{ statusCode: number; body: string }>(event);
    return { status: statusCode, text: body, body: JSON.parse(body) as Body };
  }
  /** The sample with one more vendor. */
  const withVendor = (name: string, id: number) =>
    [rows[0], rows[1]?.replace(/^[^,]*,[^,]*/, `${id},${name}`), ...rows.slice(1)].join('\n');
  const refresh = (event = {}) => refresher.invoke<RefreshAnswer>(event);

  beforeAll(async () => {
    scratchCluster = scratch();
    moto = await startMoto();
    const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
    const s3 = new S3Client({ endpoint: moto.url, region: 'us-east-1', credentials, forcePathStyle: true });
    await s3.send(new CreateBucketCommand({ Bucket: BUCKET }));
    city = createServer((_request, response) => response.setHeader('Content-Type', 'text/csv').end(permits));
    await new Promise<void>((resolve) => city.listen(0, '127.0.0.1', resolve));
    const { files } = await readLambdaPackage('refresh', BUILD);
    refresher = await start('RefreshRole', unpack(zip(files)), {
      SOURCE_PERMITS: `http://127.0.0.1:${(city.address() as AddressInfo).port}/permits.csv`,
      DATA_DIR: `${work}/scratch`,
    });
  }, 120_000);
  afterAll(async () => {
    for (const emulator of running) emulator.stop();
    for (const recorder of recorders) recorder.stop();
    moto?.stop();
    city?.close();
    await scratchCluster?.close();
    rmSync(work, { recursive: true, force: true });
  });

  it('publishes to the bucket and the cluster, and the API answers from the cluster', async () => {
    const result = await refresh();
    expect(result, refresher.log()).toMatchObject({ outcome: 'published' });
    expect(await scratchCluster.sink.current()).toMatchObject({ version: result.version, branches: result.branches });
    const api = await startApi();
    const { body } = await get<SearchResponse>(
      api,
      '/search',
      'q=tacos&facets=category,open&open_at=wed12:15&lat=37.78&lon=-122.4',
    );
    expect(body, api.log()).toMatchObject({
      status: 'success',
      meta: { engine: 'opensearch', data_version: result.version },
    });
    expect(body.hits).toBeGreaterThan(0);
    expect((await get(api, '/readyz')).body).toMatchObject({ version: result.version });
    const id = body.trucks[0]?.id ?? '';
    expect((await get(api, `/trucks/${id}`)).body).toMatchObject({ truck: { id } });
    expect((await get(api, '/suggest', 'q=tac')).text).toContain('Tacos');
    expect((await get(api, '/search', 'q=tacoz')).body).toMatchObject({ relaxed: [{ to: 'tacos' }] });
    expect((await get(api, '/data/current.json')).status).toBe(200);
    expect((await get(api, '/meta')).status).toBe(200);
  }, 120_000);

  it('publishes the next release to both, skips an unchanged one, and rolls both back', async () => {
    const api = await startApi();
    const before = await scratchCluster.sink.current();
    const countHits = async () => (await get<SearchResponse>(api, '/search', 'q=xylophone&strict=true')).body.hits;
    expect(await countHits()).toBe(0);
    permits = withVendor('Xylophone Soup House', 999_999);
    const next = await refresh();
    expect(next, refresher.log()).toMatchObject({ outcome: 'published' });
    // The API checks the alias once a second.
    await vi.waitFor(async () => expect(await countHits()).toBe(1), { timeout: 30_000, interval: 200 });
    expect(await refresh()).toMatchObject({ outcome: 'unchanged', version: next.version });
    expect(await scratchCluster.sink.current()).toMatchObject({ version: next.version });
    expect(await refresh({ rollback: true })).toMatchObject({ outcome: 'rolled back', version: before?.version });
    expect(await scratchCluster.sink.current()).toMatchObject({ version: before?.version });
    await vi.waitFor(async () => expect(await countHits()).toBe(0), { timeout: 30_000, interval: 200 });
    // A release that was rolled back is published again only with force.
    expect(await refresh()).toMatchObject({ outcome: 'refused' });
    expect(await scratchCluster.sink.current()).toMatchObject({ version: before?.version });
    expect(await refresh({ force: true })).toMatchObject({ outcome: 'published', version: next.version });
    expect(await scratchCluster.sink.current()).toMatchObject({ version: next.version });
  }, 120_000);

  it('keeps two previous releases in the cluster', async () => {
    for (const [name, id] of [
      ['One', 900_001],
      ['Two', 900_002],
      ['Three', 900_003],
    ] as const) {
      permits = withVendor(`Soup Number ${name}`, id);
      expect(await refresh()).toMatchObject({ outcome: 'published' });
    }
    expect(await scratchCluster.indices()).toHaveLength(3);
  }, 120_000);

  it('publishes to a cluster that has lost its indices', async () => {
    await scratchCluster.client.indices.delete({ index: (await scratchCluster.indices()).join(',') });
    expect(await scratchCluster.sink.current()).toBeUndefined();
    const result = await refresh();
    expect(result).toMatchObject({ outcome: 'unchanged' });
    expect(await scratchCluster.sink.current()).toMatchObject({ version: result.version });
  }, 120_000);

  it('fails with the address of a cluster that does not answer', async () => {
    const alone = await start('RefreshRole', unpack(zip((await readLambdaPackage('refresh', BUILD)).files)), {
      SOURCE_PERMITS: `http://127.0.0.1:${(city.address() as AddressInfo).port}/permits.csv`,
      DATA_DIR: `${work}/other`,
      OPENSEARCH_URL: 'http://127.0.0.1:1',
      WAIT: '1s',
    });
    const { errorMessage } = await alone.invoke<RefreshAnswer>({});
    expect(errorMessage).toMatch(/opensearch at 127\.0\.0\.1:1 is not ready/);
  }, 60_000);

  describe('the requests of both functions', () => {
    const SIGNED =
      /^AWS4-HMAC-SHA256 Credential=test\/\d{8}\/us-east-1\/(es|s3)\/aws4_request, ?SignedHeaders=\S+, ?Signature=[0-9a-f]{64}$/;
    const VERBS: Readonly<Record<string, string>> = {
      GET: 'Get',
      HEAD: 'Head',
      POST: 'Post',
      PUT: 'Put',
      DELETE: 'Delete',
      PATCH: 'Patch',
    };
    const clusterRequest = ({ method, path }: RecordedRequest): IamRequest => ({
      action: `es:ESHttp${VERBS[method]}`,
      path,
    });
    const bucketRequest = ({ method, path, query }: RecordedRequest): IamRequest =>
      query.includes('list-type=2')
        ? { action: 's3:ListBucket', path: '' }
        : { action: `s3:${VERBS[method]}Object`, path: path.slice(`/${BUCKET}`.length) };

    it.each(['ApiRole', 'RefreshRole'] as const)('are signed, and granted to the %s', (role) => {
      const { cluster, s3 } = recordersOf.get(role) as { cluster: Recorder; s3: Recorder };
      expect(cluster.requests.length).toBeGreaterThan(5);
      expect([...cluster.requests, ...s3.requests].filter(({ authorization }) => !SIGNED.test(authorization))).toEqual(
        [],
      );
      const inCluster = grantsOf(role, 'es:', 'OpenSearchDomainName');
      const inBucket = grantsOf(role, 's3:', 'Bucket.Arn');
      const denied = [
        ...cluster.requests.map(clusterRequest).filter((request) => !inCluster.some(({ allows }) => allows(request))),
        ...s3.requests.map(bucketRequest).filter((request) => !inBucket.some(({ allows }) => allows(request))),
      ];
      expect(denied).toEqual([]);
    });

    it.each(['ApiRole', 'RefreshRole'] as const)('use all grants of the %s in the cluster', (role) => {
      const { cluster } = recordersOf.get(role) as { cluster: Recorder };
      const requests = cluster.requests.map(clusterRequest);
      const unused = grantsOf(role, 'es:', 'OpenSearchDomainName').filter(({ allows }) => !requests.some(allows));
      expect(unused.map(({ name }) => name)).toEqual([]);
    });
  });
});

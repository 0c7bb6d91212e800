import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { SearchResponse } from '../../../functions/http/responses/search-response.ts';
import { builtPackages } from '../../../infra/stack/lambda-packages.ts';
import { filesOf, zip } from '../../../infra/stack/zip.ts';
import {
  awsEnvironment,
  type Emulator,
  noEmulator,
  noMoto,
  type StandIn,
  startFunction,
  startMoto,
} from '../../fixtures/aws-emulators.ts';
import { BUILD } from '../../fixtures/build-directory.ts';
import { clusterUrl, noCluster, type Scratch, scratch } from '../../functions/engine/opensearch/cluster.ts';
import { unpack } from './deployed.ts';
import { type Deed, pairsOf } from './grants.ts';
import { type Recorded, startRecorder } from './recorder.ts';

const BUCKET = 'curbside-cluster-test';
type Recorder = Awaited<ReturnType<typeof startRecorder>>;
type Refreshed = { outcome: string; version: string; branches: number; errorMessage?: string };

/** Both functions as they are built, under the emulator; a real cluster; moto's bucket; and between them what writes down who asks for what. */
describe.skipIf(noMoto || noEmulator || noCluster)('the profile with a cluster, as it runs on Lambda', () => {
  const work = mkdtempSync(`${tmpdir()}/curbside-cluster-`);
  const rows = readFileSync('seed/sample/permits.csv', 'utf8').split('\n');
  let permits = rows.join('\n');
  let place: Scratch;
  let moto: StandIn;
  let city: Server;
  const recorders: Recorder[] = [];
  const asked = new Map<'ApiRole' | 'RefreshRole', { cluster: Recorder; s3: Recorder }>();
  const running: Emulator[] = [];
  let refresher: Emulator;

  /** A function, with what the template gives it, and the recorders of its role before cluster and bucket. */
  async function start(role: 'ApiRole' | 'RefreshRole', directory: string, more = {}): Promise<Emulator> {
    const before = asked.get(role) ?? { cluster: await startRecorder(clusterUrl), s3: await startRecorder(moto.url) };
    if (!asked.has(role)) recorders.push(before.cluster, before.s3);
    asked.set(role, before);
    const emulator = await startFunction(directory, {
      ...awsEnvironment(before.s3.url),
      CITY: 'san-francisco',
      RELEASES_BUCKET: BUCKET,
      ENGINE: 'opensearch',
      OPENSEARCH_URL: before.cluster.url,
      OPENSEARCH_AUTH: 'sigv4',
      OPENSEARCH_ALIAS: place.alias,
      ...more,
    });
    running.push(emulator);
    return emulator;
  }
  async function startApi(): Promise<Emulator> {
    const { files } = await builtPackages('lambda', BUILD);
    const sample = await filesOf(`${BUILD}/lambda/releases`, () => false);
    const all = new Map([...files, ...[...sample].map(([path, bytes]) => [`releases/${path}`, bytes] as const)]);
    return start('ApiRole', unpack(zip(all)));
  }
  async function ask<Body>(
    api: Emulator,
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
  /** The sample with a vendor more. */
  const withVendor = (name: string, id: number) =>
    [rows[0], rows[1]?.replace(/^[^,]*,[^,]*/, `${id},${name}`), ...rows.slice(1)].join('\n');
  const refresh = (event = {}) => refresher.invoke<Refreshed>(event);

  beforeAll(async () => {
    place = scratch();
    moto = await startMoto();
    const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
    const s3 = new S3Client({ endpoint: moto.url, region: 'us-east-1', credentials, forcePathStyle: true });
    await s3.send(new CreateBucketCommand({ Bucket: BUCKET }));
    city = createServer((_request, response) => response.setHeader('Content-Type', 'text/csv').end(permits));
    await new Promise<void>((resolve) => city.listen(0, '127.0.0.1', resolve));
    const { files } = await builtPackages('refresh', BUILD);
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
    await place?.close();
    rmSync(work, { recursive: true, force: true });
  });

  it('publishes what the refresh loads to the bucket and into the cluster, and the API answers from there', async () => {
    const done = await refresh();
    expect(done, refresher.log()).toMatchObject({ outcome: 'published' });
    expect(await place.sink.current()).toMatchObject({ version: done.version, branches: done.branches });
    const api = await startApi();
    const { body } = await ask<SearchResponse>(
      api,
      '/search',
      'q=tacos&facets=category,open&open_at=wed12:15&lat=37.78&lon=-122.4',
    );
    expect(body, api.log()).toMatchObject({
      status: 'success',
      meta: { engine: 'opensearch', data_version: done.version },
    });
    expect(body.hits).toBeGreaterThan(0);
    expect((await ask(api, '/readyz')).body).toMatchObject({ version: done.version });
    const id = body.trucks[0]?.id ?? '';
    expect((await ask(api, `/trucks/${id}`)).body).toMatchObject({ truck: { id } });
    expect((await ask(api, '/suggest', 'q=tac')).text).toContain('Tacos');
    expect((await ask(api, '/search', 'q=tacoz')).body).toMatchObject({ relaxed: [{ to: 'tacos' }] });
    expect((await ask(api, '/data/current.json')).status).toBe(200);
    expect((await ask(api, '/meta')).status).toBe(200);
  }, 120_000);

  it('brings the next release into both, does nothing without one, and takes both back together', async () => {
    const api = await startApi();
    const before = await place.sink.current();
    const found = async () => (await ask<SearchResponse>(api, '/search', 'q=xylophone&strict=true')).body.hits;
    expect(await found()).toBe(0);
    permits = withVendor('Xylophone Soup House', 999_999);
    const next = await refresh();
    expect(next, refresher.log()).toMatchObject({ outcome: 'published' });
    // The API asks once a second where the alias points to.
    await vi.waitFor(async () => expect(await found()).toBe(1), { timeout: 30_000, interval: 200 });
    expect(await refresh()).toMatchObject({ outcome: 'unchanged', version: next.version });
    expect(await place.sink.current()).toMatchObject({ version: next.version });
    expect(await refresh({ rollback: true })).toMatchObject({ outcome: 'rolled back', version: before?.version });
    expect(await place.sink.current()).toMatchObject({ version: before?.version });
    await vi.waitFor(async () => expect(await found()).toBe(0), { timeout: 30_000, interval: 200 });
    // What was rolled back from is published by neither until somebody insists.
    expect(await refresh()).toMatchObject({ outcome: 'refused' });
    expect(await place.sink.current()).toMatchObject({ version: before?.version });
    expect(await refresh({ force: true })).toMatchObject({ outcome: 'published', version: next.version });
    expect(await place.sink.current()).toMatchObject({ version: next.version });
  }, 120_000);

  it('keeps two releases besides the current one in the cluster', async () => {
    for (const [name, id] of [
      ['One', 900_001],
      ['Two', 900_002],
      ['Three', 900_003],
    ] as const) {
      permits = withVendor(`Soup Number ${name}`, id);
      expect(await refresh()).toMatchObject({ outcome: 'published' });
    }
    expect(await place.indices()).toHaveLength(3);
  }, 120_000);

  it('brings into the cluster what it has missed', async () => {
    await place.client.indices.delete({ index: (await place.indices()).join(',') });
    expect(await place.sink.current()).toBeUndefined();
    const done = await refresh();
    expect(done).toMatchObject({ outcome: 'unchanged' });
    expect(await place.sink.current()).toMatchObject({ version: done.version });
  }, 120_000);

  it('fails, naming the cluster, when that does not answer', async () => {
    const alone = await start('RefreshRole', unpack(zip((await builtPackages('refresh', BUILD)).files)), {
      SOURCE_PERMITS: `http://127.0.0.1:${(city.address() as AddressInfo).port}/permits.csv`,
      DATA_DIR: `${work}/other`,
      OPENSEARCH_URL: 'http://127.0.0.1:1',
      WAIT: '1s',
    });
    const { errorMessage } = await alone.invoke<Refreshed>({});
    expect(errorMessage).toMatch(/opensearch at 127\.0\.0\.1:1 is not ready/);
  }, 60_000);

  describe('what either function has asked for until now', () => {
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
    const ofCluster = ({ method, path }: Recorded): Deed => ({ action: `es:ESHttp${VERBS[method]}`, path });
    const ofBucket = ({ method, path, query }: Recorded): Deed =>
      query.includes('list-type=2')
        ? { action: 's3:ListBucket', path: '' }
        : { action: `s3:${VERBS[method]}Object`, path: path.slice(`/${BUCKET}`.length) };

    it.each(['ApiRole', 'RefreshRole'] as const)('was signed, and is granted to the %s', (role) => {
      const { cluster, s3 } = asked.get(role) as { cluster: Recorder; s3: Recorder };
      expect(cluster.seen.length).toBeGreaterThan(5);
      expect([...cluster.seen, ...s3.seen].filter(({ authorization }) => !SIGNED.test(authorization))).toEqual([]);
      const inCluster = pairsOf(role, 'es:', 'OpenSearchDomainName');
      const inBucket = pairsOf(role, 's3:', 'Bucket.Arn');
      const refused = [
        ...cluster.seen.map(ofCluster).filter((deed) => !inCluster.some(({ allows }) => allows(deed))),
        ...s3.seen.map(ofBucket).filter((deed) => !inBucket.some(({ allows }) => allows(deed))),
      ];
      expect(refused).toEqual([]);
    });

    it.each(['ApiRole', 'RefreshRole'] as const)('is all that the %s may do in a cluster', (role) => {
      const { cluster } = asked.get(role) as { cluster: Recorder };
      const deeds = cluster.seen.map(ofCluster);
      const unused = pairsOf(role, 'es:', 'OpenSearchDomainName').filter(({ allows }) => !deeds.some(allows));
      expect(unused.map(({ name }) => name)).toEqual([]);
    });
  });
});

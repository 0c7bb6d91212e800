import { readFileSync } from 'node:fs';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, afterEach, beforeAll, expect } from 'vitest';
import { releaseFolderOf } from '../../../functions/releases/release-folder.ts';
import { type Bucket, openBucket } from '../../../functions/releases/s3-client.ts';
import { readFiles } from '../../../infra/stack/zip.ts';
import { awsEnvironment, type RunningService, startMoto } from '../../fixtures/aws-emulators.ts';
import { type FaultyProxy, startFaultyProxy } from '../../fixtures/faulty-proxy.ts';
import { type InventedCities, startInventedCities } from '../../fixtures/invented-cities.ts';
import { minimalCity } from '../../fixtures/minimal-city.ts';
import { type Running, run } from '../../fixtures/server-process.ts';
import { type FunctionServer, functionCopy, invokeFunction, startFunctionServer } from './function-server.ts';

const access = { region: 'us-east-1', credentials: { accessKeyId: 'test', secretAccessKey: 'test' } };
const ZONES = { alpha: 'America/Chicago', beta: 'Asia/Tokyo' } as const;
export type Id = keyof typeof ZONES;

/** Where both are. */
const PLACE = { bounds: minimalCity().bounds, center: { lat: 40.5, lon: -89.5 } };
/** What `npm run deploy` puts next to the function. */
const LIST = JSON.stringify([
  { id: 'alpha', name: 'Alpha', zone: ZONES.alpha, ...PLACE },
  { id: 'beta', name: 'Beta', zone: ZONES.beta, ...PLACE },
]);

/** Two cities with a bucket for each test of the calling suite. Their stalls are open on Tuesdays from 10 to 14. */
export function citiesInBucket() {
  let invented: InventedCities;
  let moto: RunningService;
  let proxy: FaultyProxy;
  let s3: S3Client;
  let buckets = 0;
  const running: Running[] = [];

  beforeAll(async () => {
    invented = await startInventedCities();
    moto = await startMoto();
    proxy = await startFaultyProxy(moto.url);
    s3 = new S3Client({ ...access, endpoint: moto.url, forcePathStyle: true });
  }, 120_000);
  afterEach(async () => {
    proxy.decide(() => 'pass');
    await Promise.all(running.splice(0).map((one) => one.stop()));
  });
  afterAll(async () => {
    await proxy?.close();
    moto?.stop();
    await invented?.end();
  });

  /** Publishes the table of a city. @param count of its stalls @returns the path of its file */
  async function cityFile(id: Id, count: number): Promise<string> {
    const rows = Array.from(
      { length: count },
      (_, at) => `${at},${id} stall ${at},Pierogi,40.${50 + (at % 2)},-89.${510 + at},Tu 10:00-14:00`,
    );
    const table = ['Id,Stall,Menu,Latitude,Longitude,Hours', ...rows, ''].join('\n');
    invented.portal.publishFile(`/${id}.csv`, Buffer.from(table), 'text/csv');
    const { permits } = minimalCity(`${invented.portal.origin}/${id}.csv`).sources;
    return invented.cityFile(id, {
      zone: ZONES[id],
      hours: { notation: 'opening-hours' },
      sources: { permits: { ...permits, columns: { ...permits.columns, hours: 'Hours' } } },
    });
  }

  /** An empty bucket and data directory, and what can be done with them. */
  async function newStore() {
    const name = `cities-${buckets++}`;
    await s3.send(new CreateBucketCommand({ Bucket: name }));
    const bucket: Bucket = openBucket({ ...access, bucket: name, endpoint: moto.url });
    const data = invented.newData();
    async function upload(id: Id): Promise<void> {
      const folder = releaseFolderOf(bucket, id, id === 'alpha');
      const files = [...(await readFiles(`${data}/releases/${id}`, () => false))];
      // The pointer comes last.
      files.sort(([a], [b]) => Number(a === 'current.json') - Number(b === 'current.json'));
      for (const [key, bytes] of files) {
        const put = { body: new Uint8Array(bytes), contentType: 'application/json', cacheControl: '' };
        await bucket.put(`${folder.path}/${key}`, put);
      }
    }
    return {
      bucket,
      data,
      cityFile,
      /** Loads a city into the data directory, and uploads its releases. @param count of its stalls */
      async publish(id: Id, count: number): Promise<void> {
        const path = await cityFile(id, count);
        expect(await run('seed', ['--quiet', '--city', path, '--data-dir', data])).toMatchObject({ code: 0 });
        await upload(id);
      },
      /** Copies the releases of a city from the data directory to its folder of the bucket. */
      upload,
      /** Calls the refresh function, with the files of both cities next to it. */
      async refresh(event: object, env: Record<string, string> = {}) {
        const directory = invented.directory;
        const files = (['alpha', 'beta'] as const).map(
          (id) => [`cities/${id}.json`, readFileSync(`${directory}/${id}.json`)] as const,
        );
        const settings = { CITY: 'alpha,beta', DATA_DIR: data, RELEASES_BUCKET: name, ...awsEnvironment(moto.url) };
        return invokeFunction(functionCopy('refresh', Object.fromEntries(files)), event, { ...settings, ...env });
      },
      /** Starts the function with both cities; it is stopped after the test. */
      async start(
        env: Record<string, string> = {},
        files: Readonly<Record<string, Uint8Array>> = {},
      ): Promise<FunctionServer> {
        const settings = { CITY: 'alpha,beta', TILES_URL: 'off', METRICS_NAMESPACE: 'curbside' };
        const server = await startFunctionServer(
          { 'cities.json': LIST, ...files },
          { ...settings, ...awsEnvironment(proxy.url), RELEASES_BUCKET: name, ...env },
        );
        running.push(server);
        return server;
      },
    };
  }
  return {
    newStore,
    /** Between the functions and the bucket. */
    get proxy() {
      return proxy;
    },
    /** Stops a process after the test. */
    stopLater: (process: Running) => running.push(process),
  };
}

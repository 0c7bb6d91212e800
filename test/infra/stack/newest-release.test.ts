import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { SearchResponse } from '../../../functions/http/openapi/schemas/search.ts';
import { readLambdaPackage } from '../../../infra/stack/lambda-packages.ts';
import { type Files, readFiles, zip } from '../../../infra/stack/zip.ts';
import { isLongForm } from '../../faults/long-form.ts';
import { type LambdaEmulator, noLambdaEmulator, startFunction } from '../../fixtures/aws-emulators.ts';
import { BUILD } from '../../fixtures/build-directory.ts';
import { functionProcess } from './function-process.ts';
import { unpack } from './run-deployed.ts';
import { startSlowBucket } from './slow-bucket.ts';

const work = mkdtempSync(`${tmpdir()}/curbside-newest-`);
afterAll(() => rmSync(work, { recursive: true, force: true }));

/** A release of the sample with one vendor renamed, as a refresh publishes it. */
async function release(vendor: string): Promise<{ readonly version: string; readonly files: Files }> {
  const [head = '', first = '', ...rest] = readFileSync('seed/sample/permits.csv', 'utf8').split('\n');
  const [out, csv] = [`${work}/${vendor}`, `${work}/${vendor}.csv`];
  writeFileSync(csv, [head, first.replace(/^[^,]*,[^,]*/, `999999,${vendor}`), ...rest].join('\n'));
  const args = ['--quiet', '--data-dir', work, '--out', out, '--source', `permits=${csv}`];
  execFileSync(process.execPath, [`${BUILD}/seed.js`, ...args]);
  const files = await readFiles(out, () => false);
  const { version } = JSON.parse(Buffer.from(files.get('current.json') ?? '').toString()) as { version: string };
  return { version, files };
}

/** A clock that a test can move: the function's poller reads the time of day from `Date.now`. */
const CLOCK = `import { readFileSync } from 'node:fs';
const real = Date.now;
Date.now = () => real() + Number(readFileSync(process.env.CLOCK_FILE, 'utf8'));`;

type Bucket = Awaited<ReturnType<typeof startSlowBucket>>;

describe.skipIf(noLambdaEmulator)('the API zip with an old release, and a bucket with a newer one', () => {
  const names = ['Old Noodles', 'New Noodles', 'Newer Noodles', 'Newest Noodles', 'Last Noodles', 'Very Last Noodles'];
  const running: { stop(): void }[] = [];
  let releases: Awaited<ReturnType<typeof release>>[];
  let code: Files;
  const event = JSON.parse(readFileSync('test/infra/stack/cloudfront-search.json', 'utf8'));
  event.headers['accept-encoding'] = 'identity';
  event.rawQueryString = 'q=noodles';

  beforeAll(async () => {
    releases = await Promise.all(names.map(release));
    code = (await readLambdaPackage('lambda', BUILD)).files;
    writeFileSync(`${work}/clock.mjs`, CLOCK);
  }, 60_000);
  afterAll(() => {
    for (const one of running) one.stop();
  });

  async function bucketWith(at: number | null, latencyMs: number | null): Promise<Bucket> {
    const bucket = await startSlowBucket();
    running.push(bucket);
    if (at !== null) publish(bucket, at);
    bucket.setLatency(latencyMs);
    return bucket;
  }
  const publish = (bucket: Bucket, at: number) => bucket.fill(releases[at]?.files ?? new Map());
  const versionOf = (at: number) => releases[at]?.version;
  /** Starts the function with the oldest release in its zip, or with none. */
  async function start(
    bucket: Bucket,
    { bundled = true, env = {} } = {},
  ): Promise<{ directory: string; api: LambdaEmulator }> {
    const oldest = [...(releases[0]?.files ?? [])].map(([path, bytes]) => [`releases/${path}`, bytes] as const);
    const directory = unpack(zip(new Map([...code, ...(bundled ? oldest : [])])));
    const api = await startFunction(directory, { CITY: 'san-francisco', ...bucket.env, ...env });
    running.push(api);
    return { directory, api };
  }
  async function search(api: LambdaEmulator): Promise<{ status: number; version: string | undefined }> {
    const { statusCode, body } = await api.invoke<{ statusCode: number; body: string }>(event);
    return { status: statusCode, version: (JSON.parse(body) as SearchResponse).meta?.data_version };
  }
  const newest = (at: number) => ({ status: 200, version: versionOf(at) });

  it.each([110, 1_000])('answers from the newest release in five of five cold starts, with S3 at %d ms', async (ms) => {
    const bucket = await bucketWith(1, ms);
    const starts = await Promise.all(Array.from({ length: 5 }, () => start(bucket)));
    const answers = await Promise.all(starts.map(({ api }) => search(api)));
    expect(answers, starts[0]?.api.log()).toEqual(Array.from({ length: 5 }, () => newest(1)));
  });

  it('reads the pointer, and then two files at the same time, each over a connection of its own', async () => {
    const bucket = await bucketWith(1, 500);
    await search((await start(bucket)).api);
    expect(bucket.reads.map(({ key }) => key).sort()).toEqual(
      ['current.json', `${versionOf(1)}/index.bin`, `${versionOf(1)}/provenance.json`]
        .map((key) => `data/${key}`)
        .sort(),
    );
    const [, second, third] = bucket.reads.map(({ at }) => at);
    expect(Math.abs((third ?? 0) - (second ?? 0))).toBeLessThan(250);
    expect(bucket.reads.every(({ closes }) => closes)).toBe(true);
  });

  it.each(isLongForm ? [110, 1_000] : [110])(
    'answers from the newest release after each of five freezes, with S3 at %d ms',
    async (ms) => {
      const bucket = await bucketWith(0, ms);
      const clock = `${work}/clock-${ms}`;
      writeFileSync(clock, '0');
      const options = `--import=${pathToFileURL(`${work}/clock.mjs`).href}`;
      const { directory, api } = await start(bucket, { env: { CLOCK_FILE: clock, NODE_OPTIONS: options } });
      expect(await search(api)).toEqual(newest(0));
      const pid = functionProcess(directory);
      for (let at = 1; at <= 5; at++) {
        process.kill(pid, 'SIGSTOP');
        publish(bucket, at);
        bucket.breakConnections();
        writeFileSync(clock, String(at * 300_000));
        await sleep(100);
        process.kill(pid, 'SIGCONT');
        expect(await search(api), api.log()).toEqual(newest(at));
      }
    },
    60_000,
  );

  it.runIf(isLongForm)(
    'begins a look again that was frozen for longer than its limit',
    async () => {
      const bucket = await bucketWith(1, 1_000);
      const { directory, api } = await start(bucket);
      const answer = search(api);
      await expect.poll(() => bucket.reads.length, { timeout: 20_000, interval: 20 }).toBeGreaterThan(0);
      const pid = functionProcess(directory);
      process.kill(pid, 'SIGSTOP');
      bucket.breakConnections();
      await sleep(6_500);
      process.kill(pid, 'SIGCONT');
      expect(await answer, api.log()).toEqual(newest(1));
    },
    60_000,
  );

  it('answers from its own release when the bucket does not answer, and says so in the log', async () => {
    const { api } = await start(await bucketWith(1, null));
    expect(await search(api)).toEqual(newest(0));
    expect(api.log()).toMatch(/"event":"release_not_read","error":"[^"]*not done within 6000 ms/);
    expect(api.log()).toMatch(/"event":"release",[^\n]*"ageHours":/);
  }, 60_000);

  it('needs no release in its zip', async () => {
    const { api } = await start(await bucketWith(1, 0), { bundled: false });
    expect(await search(api), api.log()).toEqual(newest(1));
  });

  it('answers 503 without any release, until the bucket has one', async () => {
    const bucket = await bucketWith(null, 0);
    const { api } = await start(bucket, { bundled: false });
    expect(await search(api)).toEqual({ status: 503, version: undefined });
    publish(bucket, 1);
    expect(await search(api), api.log()).toEqual(newest(1));
  });
});

import { pathToFileURL } from 'node:url';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { FunctionEvent, FunctionResult } from '../../../functions/aws/lambda-adapter.ts';
import { readCurrentRelease } from '../../../functions/releases/directory-reader.ts';
import { releaseFolderOf } from '../../../functions/releases/release-folder.ts';
import { openBucket } from '../../../functions/releases/s3-client.ts';
import { createS3Sink } from '../../../functions/releases/s3-sink.ts';
import { awsEnvironment, noMoto, type RunningService, startMoto } from '../../fixtures/aws-emulators.ts';
import { BUILD } from '../../fixtures/build-directory.ts';
import { releaseOf } from '../../functions/releases/release-of.ts';
import { createSharedCache, type Origin, type TtlLimits } from './shared-cache.ts';
import { at, only } from './template.ts';

const access = { region: 'us-east-1', credentials: { accessKeyId: 'test', secretAccessKey: 'test' } };
const limits = at(only('AWS::CloudFront::CachePolicy').Properties, 'CachePolicyConfig') as TtlLimits;

/** Seconds between two requests to each function: how soon it notices what it has read. */
const STEP = 2;
/** Seconds after which new data is everywhere: a look at the bucket every 30 s, and 30 s in the cache. */
const LIMIT = 60 + STEP;

describe.skipIf(noMoto)('what CloudFront caches', () => {
  let moto: RunningService;
  let buckets = 0;
  beforeAll(async () => {
    moto = await startMoto();
  }, 120_000);
  afterAll(() => moto?.stop());
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2026-09-03T18:20:45Z') });
    vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  });
  afterEach(() => {
    vi.restoreAllMocks();
    vi.unstubAllEnvs();
    vi.useRealTimers();
  });

  /** Two processes of the built function, which read the same bucket, and a publisher. */
  async function deployed() {
    const name = `edge-${buckets++}`;
    await new S3Client({ ...access, endpoint: moto.url, forcePathStyle: true }).send(
      new CreateBucketCommand({ Bucket: name }),
    );
    const bucket = openBucket({ ...access, bucket: name, endpoint: moto.url });
    const bundled = (await readCurrentRelease(`${BUILD}/lambda/releases`))?.release;
    if (!bundled) throw new Error('the build has no release');
    const sink = createS3Sink(releaseFolderOf(bucket, bundled.city.id, true));
    const releases = [1, 2, 3].map((branches) => releaseOf(branches, { city: bundled.city }));
    const publish = async (at: number) => {
      const release = releases[at] as (typeof releases)[number];
      await sink.publish(release, {});
      return release.version;
    };
    const first = await publish(0);
    for (const [key, value] of Object.entries({ ...awsEnvironment(moto.url), RELEASES_BUCKET: name }))
      vi.stubEnv(key, value);
    const start = async (process: number): Promise<Origin> => {
      const url = `${pathToFileURL(`${BUILD}/lambda/index.js`).href}?${name}-${process}`;
      const { handler } = (await import(/* @vite-ignore */ url)) as {
        handler: (event: FunctionEvent) => Promise<FunctionResult>;
      };
      return (path, query, headers) => handler(eventOf(path, query, headers));
    };
    const processes = [await start(0), await start(1)];
    return { sink, publish, processes, first };
  }

  /** Lets time pass, with requests to both processes that the cache has no answer for. */
  async function pass(processes: readonly Origin[], seconds: number) {
    for (let passed = 0; passed < seconds; passed += STEP) {
      vi.setSystemTime(Date.now() + STEP * 1_000);
      for (const process of processes) await process('/search', `q=tacos&limit=1&x=${Date.now()}`, {});
    }
  }
  const cacheOver = (processes: readonly Origin[], more: { cacheControl?: string } = {}) => {
    let calls = 0;
    const origin: Origin = async (...request) => {
      const answer = await (processes[calls++ % processes.length] as Origin)(...request);
      return more.cacheControl
        ? { ...answer, headers: { ...answer.headers, 'cache-control': more.cacheControl } }
        : answer;
    };
    return createSharedCache({ origin, limits, now: () => Date.now() / 1_000 });
  };
  type Cache = ReturnType<typeof cacheOver>;

  /** Different questions and what names the current data; each has a cache entry of its own. */
  const PATHS = Array.from({ length: 6 }, (_, at) => ['/search', `q=tacos&limit=${at + 1}`] as const);
  const versionOf = (body: string) => /"(?:data_)?version":"([^"]+)"/.exec(body)?.[1];
  async function versions(cache: Cache) {
    const answers = [];
    for (const [path, query] of [...PATHS, ['/data/current.json', ''] as const]) {
      const { statusCode, body, age } = await cache.request(path, query);
      expect([path, statusCode]).toEqual([path, 200]);
      expect(age).toBeLessThanOrEqual(30);
      answers.push(versionOf(body));
      vi.setSystemTime(Date.now() + 1_000);
    }
    return new Set(answers);
  }

  it('is of the newest release a minute after it was published, and a minute after a rollback', async () => {
    const { sink, publish, processes, first } = await deployed();
    const cache = cacheOver(processes);
    await pass(processes, 10);
    expect(await versions(cache)).toEqual(new Set([first]));
    const second = await publish(1);
    // Filled with the previous release at the worst time: just before the functions look again.
    await pass(processes, 14);
    await versions(cache);
    await pass(processes, LIMIT - 14 - PATHS.length - 1);
    expect(await versions(cache)).toEqual(new Set([second]));
    await sink.rollback();
    await pass(processes, LIMIT);
    expect(await versions(cache)).toEqual(new Set([first]));
  });

  it.each([90, 300, 590])('is of the newest release when nobody has asked for %i seconds', async (seconds) => {
    const { publish, processes } = await deployed();
    const cache = cacheOver(processes);
    // CloudFront obeyed this header, which the API once sent.
    const obeying = cacheOver(processes, { cacheControl: 'public, max-age=60, stale-while-revalidate=600' });
    await pass(processes, 10);
    const [path, query] = PATHS[0] as (typeof PATHS)[number];
    const before = [await cache.request(path, query), await obeying.request(path, query)];
    const second = await publish(1);
    await pass(processes, seconds);
    const after = [await cache.request(path, query), await obeying.request(path, query)];
    expect(versionOf(after[0]?.body ?? '')).toBe(second);
    expect(versionOf(after[1]?.body ?? '')).toBe(versionOf(before[1]?.body ?? ''));
    await obeying.settle();
  });
});

/** An event as CloudFront's request to the function URL becomes one. */
function eventOf(path: string, query: string, headers: Readonly<Record<string, string>>): FunctionEvent {
  const domainName = 'abc.lambda-url.us-east-1.on.aws';
  const http = { method: 'GET', path, protocol: 'HTTP/1.1', sourceIp: '130.176.0.1', userAgent: 'Amazon CloudFront' };
  const event = { rawPath: path, rawQueryString: query, headers: { host: domainName, ...headers } };
  return { ...event, requestContext: { domainName, http } } as unknown as FunctionEvent;
}

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { gunzipSync } from 'node:zlib';
import type { APIGatewayProxyStructuredResultV2 as Answer } from 'aws-lambda';
import { build } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { builtPackages } from '../../../infra/stack/lambda-packages.ts';
import { filesOf, zip } from '../../../infra/stack/zip.ts';
import { type Emulator, noEmulator, startFunction } from '../../fixtures/aws-emulators.ts';
import { BUILD } from '../../fixtures/build-directory.ts';
import { noSharedData, sharedData } from '../../fixtures/shared-data.ts';
import { unpack } from './deployed.ts';

const work = mkdtempSync(`${tmpdir()}/curbside-function-`);
afterAll(() => rmSync(work, { recursive: true, force: true }));

/** The zip as a deployment makes it, with a release of these sources. */
async function apiZip(name: string, sources: string[]): Promise<Uint8Array> {
  const out = `${work}/${name}`;
  execFileSync(process.execPath, [`${BUILD}/seed.js`, '--quiet', '--data-dir', work, '--out', out, ...sources]);
  const { files } = await builtPackages('lambda', BUILD);
  const release = await filesOf(out, (path) => path.includes('quality.'));
  return zip(new Map([...files, ...[...release].map(([path, bytes]) => [`releases/${path}`, bytes] as const)]));
}

type Change = { path: string; query?: string; method?: string; headers?: Record<string, string> };

/** The recorded event of a function URL behind CloudFront, for another request. */
function event({ path, query = '', method = 'GET', headers = {} }: Change): unknown {
  const recorded = JSON.parse(readFileSync('test/infra/stack/cloudfront-search.json', 'utf8'));
  const { requestContext, headers: sent } = recorded;
  const http = { ...requestContext.http, method, path };
  const all = { ...sent, 'accept-encoding': 'identity', ...headers };
  return {
    ...recorded,
    rawPath: path,
    rawQueryString: query,
    headers: all,
    requestContext: { ...requestContext, http },
  };
}

/** The sample, so often that an answer of more than a megabyte comes of it. */
function manyPermits(): string {
  const [head = '', ...rows] = readFileSync('seed/sample/permits.csv', 'utf8').trim().split('\n');
  const copies = Array.from({ length: 40 }, (_, copy) =>
    rows
      .filter((row) => /^\d+,\w/.test(row))
      .map((row, at) => row.replace(/^\d+,/, `${(copy + 1) * 10_000 + at},Copy ${copy} `)),
  );
  const path = `${work}/many.csv`;
  writeFileSync(path, [head, ...copies.flat()].join('\n'));
  return path;
}

describe.skipIf(noEmulator)('the API zip under the Lambda emulator, on Node 24', () => {
  let api: Emulator;
  beforeAll(async () => {
    api = await startFunction(unpack(await apiZip('many', ['--source', `permits=${manyPermits()}`])), {
      CITY: 'san-francisco',
    });
  }, 60_000);
  afterAll(() => api?.stop());
  const ask = (change: Change) => api.invoke<Answer>(event(change));
  const bodyOf = ({ body = '', isBase64Encoded }: Answer) => Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8');

  it('answers the recorded search, compressed, with repeated parameters', async () => {
    const answer = await api.invoke<Answer>(
      JSON.parse(readFileSync('test/infra/stack/cloudfront-search.json', 'utf8')),
    );
    expect(answer).toMatchObject({ statusCode: 200, isBase64Encoded: true });
    expect(answer.headers).toMatchObject({ 'content-encoding': 'gzip', 'content-type': 'application/json' });
    const { status, trucks } = JSON.parse(gunzipSync(bodyOf(answer)).toString());
    expect([status, trucks.length > 0]).toEqual(['success', true]);
  });

  it('says 304 for what the caller has', async () => {
    const first = await ask({ path: '/search', query: 'q=tacos' });
    const etag = String(first.headers?.etag);
    expect(etag).toMatch(/^W\/"/);
    const second = await ask({ path: '/search', query: 'q=tacos', headers: { 'if-none-match': etag } });
    expect([second.statusCode, second.body ?? '']).toEqual([304, '']);
  });

  it('answers HEAD without a body, and OPTIONS for browsers', async () => {
    const head = await ask({ path: '/search', query: 'q=tacos', method: 'HEAD' });
    expect([head.statusCode, head.body ?? '']).toEqual([200, '']);
    const options = await ask({ path: '/search', method: 'OPTIONS', headers: { origin: 'https://example.org' } });
    expect(options.headers).toMatchObject({ 'access-control-allow-origin': '*' });
  });

  it('says what is wrong', async () => {
    const answer = await ask({ path: '/search', query: 'lat=91' });
    expect(answer).toMatchObject({ statusCode: 400, isBase64Encoded: false });
    expect(JSON.parse(answer.body ?? '')).toMatchObject({ status: 'failure' });
    expect(answer.headers).toMatchObject({ 'cache-control': 'no-store' });
    expect((await ask({ path: '/nowhere' })).statusCode).toBe(404);
  });

  it('gives a calendar', async () => {
    const answer = await ask({ path: '/search', query: 'q=tacos&format=ics' });
    expect(answer.headers?.['content-type']).toMatch(/^text\/calendar/);
    expect(bodyOf(answer).toString()).toMatch(/^BEGIN:VCALENDAR/);
  });

  it('gives an answer of more than a megabyte, also compressed', async () => {
    const query = 'bbox=-122.6,37.6,-122.3,37.9&status=any&format=geojson';
    const plain = await ask({ path: '/search', query });
    expect(plain.statusCode).toBe(200);
    expect(bodyOf(plain).length).toBeGreaterThan(1_000_000);
    const small = await ask({ path: '/search', query, headers: { 'accept-encoding': 'gzip' } });
    expect(small.isBase64Encoded).toBe(true);
    expect(JSON.parse(gunzipSync(bodyOf(small)).toString()).features).toHaveLength(
      JSON.parse(bodyOf(plain).toString()).features.length,
    );
  });

  it('answers API Gateway too, whose stage stands in the path nowhere', async () => {
    const recorded = event({ path: '/search', query: 'q=caf%C3%A9+latte&open_at=wed12:15' }) as Record<string, unknown>;
    const { authentication: _, ...requestContext } = recorded.requestContext as Record<string, unknown>;
    const gateway = {
      ...recorded,
      cookies: ['a=b'],
      requestContext: { ...requestContext, domainName: 'x.execute-api.us-west-2.amazonaws.com' },
    };
    expect(await api.invoke<Answer>(gateway)).toMatchObject({ statusCode: 200 });
  });
});

describe.skipIf(noEmulator)('the API zip, told to search a cluster that is not there', () => {
  it('answers from its own release, and says so', async () => {
    const zipped = await apiZip('cluster', ['--source', 'permits=seed/sample/permits.csv']);
    const env = {
      CITY: 'san-francisco',
      ENGINE: 'opensearch',
      OPENSEARCH_URL: 'https://127.0.0.1:1',
      OPENSEARCH_AUTH: 'sigv4',
    };
    const keys = { AWS_REGION: 'us-east-1', AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test' };
    const api = await startFunction(unpack(zipped), { ...env, ...keys });
    try {
      const { statusCode, body } = await api.invoke<Answer>(event({ path: '/search', query: 'q=tacos' }));
      expect(statusCode, api.log()).toBe(200);
      expect(JSON.parse(body ?? '')).toMatchObject({ meta: { engine: 'embedded' } });
      expect(body).toContain('opensearch unavailable: answered from the embedded copy');
    } finally {
      api.stop();
    }
  }, 60_000);
});

describe.skipIf(noEmulator || noSharedData)("the API zip with San Francisco's release", () => {
  const sources = [
    '--source',
    `permits=${noSharedData ? '' : sharedData('permits/permits-2024-08-29-489.csv')}`,
    '--source',
    `schedule=${noSharedData ? '' : sharedData('schedule/schedule-2022-01-2809.csv')}`,
  ];
  let bytes: Uint8Array;
  let hello: string;
  beforeAll(async () => {
    bytes = await apiZip('city', sources);
    hello = `${work}/hello`;
    await build({
      stdin: {
        contents: `import { Hono } from 'hono'; import { handle } from 'hono/aws-lambda';
          export const handler = handle(new Hono().get('*', (c) => c.json({ hello: 'world' })));`,
        resolveDir: process.cwd(),
      },
      outfile: `${hello}/index.mjs`,
      bundle: true,
      minify: true,
      platform: 'node',
      format: 'esm',
    });
  }, 60_000);

  it('is at most a megabyte, and the same bytes every time', async () => {
    console.info(`API zip with a city's release: ${bytes.length} bytes`);
    expect(bytes.length).toBeLessThanOrEqual(1_000_000);
    expect(Buffer.compare(Buffer.from(await apiZip('again', sources)), Buffer.from(bytes))).toBe(0);
    const { files } = await builtPackages('lambda', BUILD);
    expect([...files.keys()].filter((path) => path.endsWith('.map'))).toEqual([]);
  });

  it('says how long it takes to its first answer beside a hello-world, and needs little memory', async () => {
    const city = unpack(bytes);
    const cold: Record<string, number[]> = { city: [], hello: [] };
    const warm: Record<string, number[]> = { city: [], hello: [] };
    const memory: Record<string, number> = {};
    const search = event({ path: '/search', query: 'q=tacos&lat=37.7893&lon=-122.4009' });
    // The least disturbed start of each: on a machine that does other things too, means and medians measure those. The ratio is
    // printed and not asserted, because a busy machine would fail it: 1.3 to 1.4 on an idle one (2026-11-21).
    const least = (list: number[] = []) => Math.min(...list);
    for (let round = 0; round < 5; round++) {
      for (const [name, directory] of [
        ['city', city],
        ['hello', hello],
      ] as const) {
        const started = performance.now();
        const running = await startFunction(directory, { CITY: 'san-francisco' });
        try {
          expect(await running.invoke<Answer>(search)).toMatchObject({ statusCode: 200 });
          cold[name]?.push(performance.now() - started);
          for (let again = 0; again < 5; again++) {
            const at = performance.now();
            await running.invoke<Answer>(search);
            warm[name]?.push(performance.now() - at);
          }
          memory[name] = peakMegabytes(directory);
        } finally {
          running.stop();
        }
      }
    }
    const ratio = least(cold.city) / least(cold.hello);
    console.info(
      `start and first answer: ${least(cold.city).toFixed(0)} ms, hello-world ${least(cold.hello).toFixed(0)} ms, ratio ${ratio.toFixed(2)}; ` +
        `warm ${least(warm.city).toFixed(1)} and ${least(warm.hello).toFixed(1)} ms; peak memory ${memory.city} and ${memory.hello} MB`,
    );
    expect(memory.city).toBeLessThan(200);
  }, 120_000);
});

/** Peak of resident memory of the process that runs the function of a directory. */
function peakMegabytes(directory: string): number {
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      if (!readFileSync(`/proc/${pid}/environ`, 'utf8').includes(`LAMBDA_TASK_ROOT=${directory}\0`)) continue;
      if (!readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('bootstrap.mjs')) continue;
      const [, kilobytes] = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
      if (kilobytes && readFileSync(`/proc/${pid}/comm`, 'utf8').trim() !== 'aws-lambda-rie')
        return Math.round(Number(kilobytes) / 1024);
    } catch {
      // It has ended since it was listed.
    }
  }
  return Number.NaN;
}

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { gunzipSync } from 'node:zlib';
import { afterAll, describe, expect, it } from 'vitest';
import type { FunctionResult } from '../../../functions/aws/lambda-adapter.ts';
import { openSections } from '../../../functions/engine/embedded/engine.ts';
import { unpackIndex } from '../../../functions/engine/embedded/transport/unpack-index.ts';
import { createApp } from '../../../functions/http/app.ts';
import type { SearchResponse } from '../../../functions/http/openapi/schemas/search.ts';
import type { SiteRelease } from '../../../functions/model/site-release.ts';
import { createDirectorySink } from '../../../functions/releases/directory-sink.ts';
import { readLambdaPackage } from '../../../infra/stack/lambda-packages.ts';
import { readFiles, zip } from '../../../infra/stack/zip.ts';
import { noLambdaEmulator, startFunction } from '../../fixtures/aws-emulators.ts';
import { BUILD } from '../../fixtures/build-directory.ts';
import { largeCityRelease } from '../../fixtures/large-city-release.ts';
import { removePageIndex } from '../../functions/releases/without-page-index.ts';
import { unpack } from './run-deployed.ts';
import { startSlowBucket } from './slow-bucket.ts';

const work = mkdtempSync(`${tmpdir()}/curbside-function-index-`);
afterAll(() => rmSync(work, { recursive: true, force: true }));

const event = JSON.parse(readFileSync('test/infra/stack/cloudfront-search.json', 'utf8'));
const release = largeCityRelease(2_000);

/** The built function, which reads the release from a bucket. */
async function deployed(change: (directory: string) => Promise<void> = async () => {}) {
  const directory = mkdtempSync(`${work}/releases-`);
  await createDirectorySink(directory).publish(release, {});
  await change(directory);
  const bucket = await startSlowBucket();
  bucket.fill(await readFiles(directory, () => false));
  const { files } = await readLambdaPackage('lambda', BUILD);
  const api = await startFunction(unpack(zip(files)), { CITY: release.city.id, ...bucket.env });
  const get = async (path: string) => {
    const { pathname, search } = new URL(path, 'http://edge');
    const http = { ...event.requestContext.http, path: pathname };
    const { statusCode, headers, body, isBase64Encoded } = await api.invoke<FunctionResult>({
      ...event,
      rawPath: pathname,
      rawQueryString: search.slice(1),
      headers: { ...event.headers, 'accept-encoding': 'identity' },
      requestContext: { ...event.requestContext, http },
    });
    expect([path, statusCode], api.log()).toEqual([path, 200]);
    return { headers, body: Buffer.from(body, isBase64Encoded ? 'base64' : 'utf8') };
  };
  return {
    get,
    current: async () => JSON.parse((await get('/data/current.json')).body.toString()) as SiteRelease,
    /** The files of the release that the function has read. */
    read: () => bucket.reads.map(({ key }) => key.replace(`data/${release.version}/`, '')),
    stop: () => {
      api.stop();
      bucket.stop();
    },
  };
}

/** What the worker of a page answers from a downloaded index. */
async function pageAnswer(packed: Buffer, { provenance, tiles }: SiteRelease, path: string) {
  const engine = openSections(unpackIndex(gunzipSync(packed)), provenance);
  const app = createApp({ engine: () => engine, tiles, log: () => {} });
  return (await (await app.request(path)).json()) as SearchResponse;
}

describe.skipIf(noLambdaEmulator)('the index for pages, from a function on AWS', () => {
  it('comes from the bucket as it was published, and a page finds the same with it', async () => {
    const { get, current, read, stop } = await deployed();
    try {
      const named = await current();
      const { headers, body } = await get(`/data/${named.index}`);
      expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
      expect(headers['content-type']).toBe('application/octet-stream');
      expect(read()).toContain(named.index.replace(`${release.version}/`, ''));
      // Neither names nor sends the index with the release in memory.
      expect(read()).not.toContain('release.json');
      for (const path of ['/search?q=tacos&status=any', '/search?lat=37.76&lon=-122.44&radius=900&status=any']) {
        const { trucks, hits } = JSON.parse((await get(path)).body.toString()) as SearchResponse;
        expect(hits).toBeGreaterThan(0);
        expect(await pageAnswer(body, named, path)).toMatchObject({ trucks, hits });
      }
    } finally {
      stop();
    }
  }, 60_000);

  it('is packed by the function if the release was published without it', async () => {
    const { get, current, stop } = await deployed((directory) => removePageIndex(directory, release.version));
    try {
      const named = await current();
      const { body } = await get(`/data/${named.index}`);
      expect((await pageAnswer(body, named, '/search?q=tacos&status=any')).meta.data_version).toBe(release.version);
    } finally {
      stop();
    }
  }, 60_000);
});

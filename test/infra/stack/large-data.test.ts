import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { afterAll, expect, it } from 'vitest';
import type { SearchResponse } from '../../../functions/http/openapi/schemas/search.ts';
import { createDirectorySink } from '../../../functions/releases/directory-sink.ts';
import { readLambdaPackage } from '../../../infra/stack/lambda-packages.ts';
import { readFiles, zip } from '../../../infra/stack/zip.ts';
import { isLongForm } from '../../faults/long-form.ts';
import { noLambdaEmulator, startFunction } from '../../fixtures/aws-emulators.ts';
import { BUILD } from '../../fixtures/build-directory.ts';
import { syntheticRelease } from '../../fixtures/synthetic-release.ts';
import { peakMegabytes } from './function-process.ts';
import { unpack } from './run-deployed.ts';
import { startSlowBucket } from './slow-bucket.ts';

const work = mkdtempSync(`${tmpdir()}/curbside-large-`);
afterAll(() => rmSync(work, { recursive: true, force: true }));

/** Vendors with 4 branches on average. The long form has 100,000 branches. */
const VENDORS = isLongForm ? 25_000 : 5_000;

it.skipIf(noLambdaEmulator)(
  'starts from the bucket with data that outgrew the zip; prints times and memory',
  async () => {
    const release = syntheticRelease(VENDORS);
    await createDirectorySink(work).publish(release, {});
    const published = await readFiles(work, () => false);
    const index = published.get(`${release.version}/index.bin`) ?? new Uint8Array();
    const bucket = await startSlowBucket();
    bucket.fill(published);
    bucket.setLatency(20);
    const { files } = await readLambdaPackage('lambda', BUILD);
    expect(zip(new Map([...files, ['releases/index.bin', index]])).length).toBeGreaterThan(1_000_000);
    const directory = unpack(zip(files));
    const event = JSON.parse(readFileSync('test/infra/stack/cloudfront-search.json', 'utf8'));
    const api = await startFunction(directory, { CITY: release.city.id, ...bucket.env });
    const search = async (query: string) => {
      const started = performance.now();
      const headers = { ...event.headers, 'accept-encoding': 'identity' };
      const { statusCode, body } = await api.invoke<{ statusCode: number; body: string }>({
        ...event,
        headers,
        rawQueryString: query,
      });
      return { statusCode, body, ms: performance.now() - started };
    };
    try {
      const first = await search('q=tacos');
      expect(first.statusCode, api.log()).toBe(200);
      expect((JSON.parse(first.body) as SearchResponse).meta.data_version).toBe(release.version);
      const afterFirst = peakMegabytes(directory);
      const warm = await search('q=burritos');
      // The largest answers that there are.
      for (const query of ['q=tacos&facets=category,area,open', 'q=a', 'q=tacos&limit=200', 'q=tea&status=any']) {
        expect([query, (await search(query)).statusCode]).toEqual([query, 200]);
      }
      const init = /INIT REPORT\(durationMs: ([\d.]+)/.exec(api.log())?.[1];
      console.info(
        `${VENDORS * 4} branches: index ${(index.length / 1e6).toFixed(1)} MB, initialisation ${Number(init).toFixed(0)} ms, ` +
          `start and first answer ${first.ms.toFixed(0)} ms, warm ${warm.ms.toFixed(0)} ms; peak memory ${afterFirst} MB, ${peakMegabytes(directory)} MB after large answers`,
      );
      // Two releases are in memory while a new one takes the place of the served one.
      expect(peakMegabytes(directory) + (2 * index.length) / 1e6).toBeLessThan(400);
    } finally {
      api.stop();
      bucket.stop();
    }
  },
  180_000,
);

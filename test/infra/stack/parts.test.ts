import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import {
  CreateBucketCommand,
  ListObjectVersionsCommand,
  PutBucketVersioningCommand,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import fc from 'fast-check';
import { unzipSync } from 'fflate';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { assetOf } from '../../../infra/stack/assets.ts';
import { costReport, estimate, LEVELS, priceLevels, VISIT } from '../../../infra/stack/cost.ts';
import { emptyBucket } from '../../../infra/stack/empty-bucket.ts';
import { sinceMs } from '../../../infra/stack/logs.ts';
import { PRICES } from '../../../infra/stack/prices.ts';
import { waitUntilReady } from '../../../infra/stack/wait-until-ready.ts';
import { fingerprint, zip } from '../../../infra/stack/zip.ts';
import { noMoto, type StandIn, startMoto } from '../../fixtures/aws-emulators.ts';
import { BUILD } from '../../fixtures/build-directory.ts';
import { buildScript } from './script.ts';

describe('a zip', () => {
  const files = fc.uniqueArray(
    fc.tuple(fc.stringMatching(/^[a-z]{1,8}(\/[a-z]{1,8})?\.js$/), fc.uint8Array({ maxLength: 300 })),
    {
      selector: ([path]) => path,
      maxLength: 6,
    },
  );

  it('has the same bytes for the same files, in whatever order they come, and gives them back', () => {
    fc.assert(
      fc.property(files, (list) => {
        const bytes = zip(new Map(list));
        expect(Buffer.compare(Buffer.from(bytes), Buffer.from(zip(new Map([...list].reverse()))))).toBe(0);
        expect(fingerprint(new Map(list))).toBe(fingerprint(new Map([...list].reverse())));
        const back = unzipSync(bytes);
        expect(Object.keys(back).sort()).toEqual(list.map(([path]) => path).sort());
        for (const [path, content] of list)
          expect(Buffer.compare(Buffer.from(back[path] ?? []), Buffer.from(content))).toBe(0);
      }),
      { numRuns: 50 },
    );
  });
});

describe('the files of the page', () => {
  it.each([
    ['index.html', 'text/html; charset=utf-8', 'no-cache'],
    ['assets/main-66TNVWHN.js', 'text/javascript; charset=utf-8', 'public, max-age=31536000, immutable'],
    ['assets/style-3DO2EVS6.css', 'text/css; charset=utf-8', 'public, max-age=31536000, immutable'],
    ['worker.js', 'text/javascript; charset=utf-8', 'no-cache'],
    ['favicon.svg', 'image/svg+xml', 'no-cache'],
    ['basemap/san-francisco.pmtiles', 'application/vnd.pmtiles', 'no-cache'],
  ])('%s is %s, kept: %s', (path, contentType, cacheControl) => {
    expect(assetOf(path)).toEqual({ path, contentType, cacheControl });
  });

  it('are refused when nobody knows their type', () => {
    expect(() => assetOf('a.xyz')).toThrow(/no content type is known for a.xyz/);
  });
});

describe('the price', () => {
  const usage = { apiMemoryMb: 512, ownCluster: false };
  const sum = (searchesPerMonth: number, more = {}) =>
    estimate({ ...usage, searchesPerMonth, ...more }).reduce((total, { usd }) => total + usd, 0);

  it('is quantity times price, less what is free', () => {
    for (const { item, quantity, usd, usdBeyondFree } of estimate({ ...usage, searchesPerMonth: 1e6 })) {
      expect(usd).toBeCloseTo(quantity * PRICES[item].usd, 10);
      expect(usdBeyondFree).toBeCloseTo(Math.max(0, quantity - PRICES[item].free) * PRICES[item].usd, 10);
    }
  });

  it('grows with searches, memory and a cluster', () => {
    const [few, some, many] = LEVELS.map((level) => sum(level));
    expect([few, some, many]).toEqual([few, some, many].sort((a = 0, b = 0) => a - b));
    expect(sum(1e6, { apiMemoryMb: 1024 })).toBeGreaterThan(sum(1e6));
    expect(sum(1e6, { ownCluster: true }) - sum(1e6)).toBeCloseTo(
      730 * PRICES.clusterHours.usd + 10 * PRICES.clusterGigabytes.usd,
      6,
    );
  });

  it('is said at three levels, and in full with its sources', () => {
    expect(priceLevels(usage).match(/searches a month: \$/g)).toHaveLength(3);
    const report = costReport({ ...usage, searchesPerMonth: 1e6 });
    expect(report).toContain('1,000,000 searches a month');
    expect(report).toContain(`$${sum(1e6).toFixed(2)}`);
    expect(report).toContain('https://aws.amazon.com/lambda/pricing/');
  });

  it('is what README says of a million searches, part by part', () => {
    const text = readFileSync('README.md', 'utf8').replace(/\s+/g, ' ');
    const [said = ''] = /Worked example: 1 million searches a month .*?It assumes/.exec(text) ?? [];
    const lines = estimate({ ...usage, searchesPerMonth: 1e6 });
    const part = (...items: string[]) =>
      lines.filter(({ item }) => items.includes(item)).reduce((total, { usd }) => total + usd, 0);
    const beyondFree = lines.reduce((total, { usdBeyondFree }) => total + usdBeyondFree, 0);
    const parts: [number, string][] = [
      [part('edgeRequests'), 'requests'],
      [part('edgeFunctions'), 'a function'],
      [part('edgeGigabytes'), 'traffic'],
      [part('dashboards'), 'the dashboard'],
      [part('alarms'), 'alarms'],
      [part('metrics'), 'a metric'],
      [part('calls', 'compute'), 'Lambda'],
      [part('logGigabytes', 'storedGigabytes', 'reads', 'writes'), 'logs and storage'],
    ];
    expect(said).toContain(`$${sum(1e6).toFixed(2)} at list prices, and $${beyondFree.toFixed(2)} while`);
    for (const [usd, what] of parts) expect(said).toMatch(new RegExp(`\\b${usd.toFixed(2)} (are )?${what}`));
    expect(parts.reduce((total, [usd]) => total + Number(usd.toFixed(2)), 0)).toBeCloseTo(sum(1e6), 1);
  });

  it('is what `npm run cost` prints, and needs no account', async () => {
    const script = await buildScript();
    try {
      const { code, out } = await script.run(['cost'], {});
      expect(code).toBe(0);
      expect(out).toContain(`$${sum(1e6).toFixed(2)}`);
      expect(out).toBe(`${costReport({ ...usage, searchesPerMonth: 1e6 })}\n`);
      expect((await script.run(['cost', '--cluster'], {})).out).toContain('hours of one t3.small.search');
    } finally {
      script.remove();
    }
  });

  it('assumes of the page no less than a visitor downloads', () => {
    const [list = '[]'] = /\["\/".*?\]/.exec(readFileSync(`${BUILD}/web/worker.js`, 'utf8')) ?? [];
    const languages = readdirSync(`${BUILD}/web/assets`).filter((name) => /^[a-z]{2}-\w+\.js$/.test(name));
    const largest = Math.max(...languages.map((name) => gzipSync(readFileSync(`${BUILD}/web/assets/${name}`)).length));
    const shell = (JSON.parse(list) as string[]).map((path) =>
      readFileSync(`${BUILD}/web${path === '/' ? '/index.html' : path}`),
    );
    const bytes = shell.reduce((total, content) => total + Math.min(content.length, gzipSync(content).length), largest);
    expect(shell.length).toBeGreaterThan(5);
    // Besides them, one language and the service worker itself.
    expect(shell.length + 2).toBeLessThanOrEqual(VISIT.files);
    expect(bytes).toBeLessThanOrEqual(VISIT.kilobytes * 1_000);
  });
});

describe('waiting for the URL', () => {
  const servers: Server[] = [];
  afterEach(() => {
    for (const server of servers.splice(0)) server.close();
  });
  async function serve(statuses: number[]): Promise<string> {
    const server = createServer((_request, response) => {
      response.writeHead(statuses.length > 1 ? (statuses.shift() ?? 500) : (statuses[0] ?? 500)).end('{"status":"ok"}');
    });
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  }

  it('goes on until it answers', async () => {
    const said: string[] = [];
    const url = await serve([503, 503, 200]);
    expect(await waitUntilReady(url, { limitMs: 5_000, everyMs: 5, say: (line) => said.push(line) })).toMatch(/^200/);
    expect(said).toEqual(['  not ready yet: 503 {"status":"ok"}']);
  });

  it('gives up with the last answer', async () => {
    const url = await serve([403]);
    await expect(waitUntilReady(url, { limitMs: 30, everyMs: 5, say: () => {} })).rejects.toThrow(
      /readyz does not answer: 403/,
    );
  });
});

describe('the logs', () => {
  it.each([
    ['90s', 90_000],
    ['15m', 900_000],
    ['2h', 7_200_000],
    ['3d', 259_200_000],
  ])('since %s', (text, ms) => {
    expect(sinceMs(text)).toBe(ms);
  });
  it.each(['', '15', 'm', '0m', '1w', '-1m'])('not since "%s"', (text) => {
    expect(() => sinceMs(text)).toThrow(/--since must be/);
  });
});

describe.skipIf(noMoto)('emptying a bucket', () => {
  let moto: StandIn;
  let s3: S3Client;
  beforeAll(async () => {
    moto = await startMoto();
    const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
    s3 = new S3Client({ endpoint: moto.url, region: 'us-east-1', credentials, forcePathStyle: true });
  }, 120_000);
  afterAll(() => moto?.stop());

  it('removes every version and every mark, more than a page of them', async () => {
    const Bucket = 'full';
    await s3.send(new CreateBucketCommand({ Bucket }));
    await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }));
    for (let at = 0; at < 1_050; at += 50) {
      await Promise.all(
        Array.from({ length: 50 }, (_, k) =>
          s3.send(new PutObjectCommand({ Bucket, Key: `k${(at + k) % 700}`, Body: `${at}` })),
        ),
      );
    }
    expect(await emptyBucket(s3, Bucket)).toBe(1_050);
    const { Versions = [], DeleteMarkers = [] } = await s3.send(new ListObjectVersionsCommand({ Bucket }));
    expect([...Versions, ...DeleteMarkers]).toEqual([]);
    expect(await emptyBucket(s3, Bucket)).toBe(0);
    expect(await emptyBucket(s3, 'no-such-bucket')).toBeUndefined();
  }, 60_000);
});

import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Browser } from 'playwright-core';
import type { SiteFiles } from '../../../../functions/site/release-data.ts';
import { median } from '../../median.ts';
import { pageProcesses, slowDown, workerTime } from './slow-processor.ts';

/** A home connection: milliseconds until an answer begins, and its bytes per millisecond (10 Mbit/s). */
const CONNECTION = { delayMs: 60, bytesPerMs: 1_250 };
const PIECE_MS = 10;
const TYPES: Readonly<Record<string, string>> = { '.js': 'text/javascript', '.json': 'application/json' };
const PAGE =
  '<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><script type="module" src="page.js"></script>';
const NEXT_WORDS = ['coffee', 'noodles', 'pizza'];

/** Milliseconds. */
type FirstVisit = {
  /** From the start of the navigation to the answer. */
  readonly total: number;
  /** From the last byte of the index to the answer. */
  readonly first: number;
  /** Of these, the worker's processor time. */
  readonly processor: number;
  /** The median of the next answers. */
  readonly next: number;
};

/** A site as `page-searches.ts` makes it, and how a visit to it differs from others. */
export type FirstAnswerCase = {
  readonly name: string;
  readonly files: SiteFiles;
  readonly slowdown: number;
  readonly visits: number;
};

/** Measures the first answer of sites, each visit in a browser of its own and all cases in turn; returns a table. */
export async function firstAnswers(
  launch: () => Promise<Browser>,
  cases: readonly FirstAnswerCase[],
): Promise<string[]> {
  const results = cases.map((): FirstVisit[] => []);
  const most = Math.max(...cases.map(({ visits }) => visits));
  for (let round = 0; round < most; round++) {
    for (const [at, one] of cases.entries()) if (round < one.visits) results[at]?.push(await visit(launch, one));
  }
  return [
    '| medians (fastest) of fresh browsers, ms | processor | index, kB | from its arrival to the first answer | of these, processor time | next answer | from the navigation |',
    '|---|---|---|---|---|---|---|',
    ...cases.map(({ name, files, slowdown }, at) => {
      const cell = (of: (visit: FirstVisit) => number, digits = 0) => {
        const times = (results[at] ?? []).map(of);
        return `${median(times).toFixed(digits)} (${Math.min(...times).toFixed(digits)})`;
      };
      const index = [...files].find(([path]) => isIndex(path))?.[1].length ?? 0;
      const cells = [
        slowdown === 1 ? 'as it is' : `${slowdown} times slower`,
        (index / 1000).toFixed(0),
        cell(({ first }) => first),
        cell(({ processor }) => processor),
        cell(({ next }) => next, 1),
        cell(({ total }) => total),
      ];
      return `| ${name} | ${cells.join(' | ')} |`;
    }),
  ];
}

const isIndex = (path: string) => /index-[^/]*\.gz$/.test(path);

async function visit(launch: () => Promise<Browser>, { files, slowdown }: FirstAnswerCase): Promise<FirstVisit> {
  const browser = await launch();
  let pids: readonly number[] = [];
  let before = 0;
  const server = createServer(async (request, response) => {
    const path = (request.url ?? '/').slice(1);
    const content = path === '' ? PAGE : files.get(path);
    if (content === undefined) return void response.writeHead(404).end();
    const type = path === '' ? 'text/html' : TYPES[extname(path)];
    const body = type ? gzipSync(content) : Buffer.from(content);
    response.writeHead(200, {
      'Content-Type': type ?? 'application/octet-stream',
      'Content-Length': body.length,
      ...(type && { 'Content-Encoding': 'gzip' }),
    });
    await sendSlowly(response, body, () => {
      if (isIndex(path)) before = workerTime(pids);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    const page = await (await browser.newContext({ serviceWorkers: 'block' })).newPage();
    pids = await pageProcesses(browser);
    const restore = slowDown(pids, slowdown);
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    const [total, found] = (await page.evaluate('window.firstAnswer')) as [number, number];
    const processor = workerTime(pids) - before;
    const next = (await page.evaluate(`window.timesOf(${JSON.stringify(NEXT_WORDS)})`)) as number[];
    await restore();
    if (found === 0) throw new Error('nothing was found');
    const origin = (await page.evaluate('performance.timeOrigin')) as number;
    // The time at which the network has the last byte, whatever the worker does then.
    const arrived = (await page
      .workers()[0]
      ?.evaluate(
        `performance.timeOrigin + performance.getEntriesByType('resource').find(({ name }) => name.includes('/index-')).responseEnd`,
      )) as number;
    return { total, first: origin + total - arrived, processor, next: median(next) };
  } finally {
    await browser.close();
    server.close();
    server.closeAllConnections();
  }
}

/** Sends a body as a connection does. @param beforeLast called before its last bytes */
async function sendSlowly(response: ServerResponse, body: Buffer, beforeLast: () => void): Promise<void> {
  const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
  await wait(CONNECTION.delayMs);
  const piece = CONNECTION.bytesPerMs * PIECE_MS;
  let at = 0;
  for (; at + piece < body.length; at += piece) {
    response.write(body.subarray(at, at + piece));
    await wait(PIECE_MS);
  }
  beforeLast();
  response.end(body.subarray(at));
}

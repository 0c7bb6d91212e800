import { existsSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { readConfig } from '../../../functions/config/config.ts';
import { createApp } from '../../../functions/http/app.ts';
import type { Release } from '../../../functions/model/release.ts';
import { gzip } from '../../../functions/node/gzip.ts';
import { createHttpServer } from '../../../functions/node/http-server.ts';
import { createServedEngine } from '../../../functions/threads/served-engine.ts';
import { createThreadPool } from '../../../functions/threads/thread-pool.ts';
import { load } from '../../../seed/load.ts';
import { sanFrancisco } from '../../fixtures/cities.ts';
import { syntheticRelease } from '../../fixtures/synthetic-release.ts';
import { NARROW, PATH, SAME, VARIED } from './paths.ts';

/**
 * The server of the HTTP bench to start: `bare`, `cached`, `uncached`, or the last two with the default limits of the server (`limited-…`).
 * Then the number of its threads, and `large` for 100,000 invented branches. It sends its port to its parent.
 */
const [, , kind = '', threads = '0', size = ''] = process.argv;

/** The snapshot of 2024 if present, otherwise the bundled sample. */
async function loadRelease(): Promise<Release> {
  if (size === 'large') return syntheticRelease(25_000);
  const directory = process.env.CURBSIDE_TEST_DATA ?? '../shared/data';
  const snapshot = `${directory}/permits/permits-2024-08-29-489.csv`;
  const given = existsSync(snapshot)
    ? new Map([['permits', snapshot]])
    : new Map([
        ['permits', 'seed/sample/permits.csv'],
        ['schedule', 'seed/sample/schedule.csv'],
      ]);
  return (await load({ city: sanFrancisco, sources: given, origin: 'given', options: {} })).release;
}

const release = await loadRelease();
const limits = readConfig([], process.env);
const log = () => {};
const maxDelayMs = kind.startsWith('limited') ? limits.maxDelayMs : null;
const script = new URL('../search-worker.js', import.meta.url);
const pool =
  threads === '0' ? undefined : createThreadPool({ ...limits, maxDelayMs, script, count: Number(threads), log });
// Processor time, because the client may limit the request rate.
process.on('message', () => {
  const { user, system } = process.cpuUsage();
  const { active: busyMs } = performance.eventLoopUtilization();
  process.send?.({ cpuMs: (user + system) / 1000, busyMs, memoryMb: process.memoryUsage.rss() / 2 ** 20 });
});
const { current: engine, ready } = createServedEngine(release, pool);
await ready;
const CACHE_BYTES = 32 * 2 ** 20;
const cacheBytes = kind.endsWith('-cached') || kind === 'cached' ? CACHE_BYTES : 0;
const app = createApp({ engine, tiles: null, log, cacheBytes, gzip, delegate: pool?.delegate });

/**
 * Sends the app's responses from memory: {@link SAME} with the same headers, `/search` with one header only.
 * The headers are a plain object, because Hono's own way to set several takes a fifth longer.
 */
async function bareApp(): Promise<Hono> {
  const answers = new Map<string, { text: string; headers: Record<string, string> }>();
  for (const path of [PATH, ...VARIED, ...NARROW]) {
    const answer = await app.request(path);
    answers.set(queryOf(path), { text: await answer.text(), headers: Object.fromEntries(answer.headers) });
  }
  const answerTo = (url: string) => answers.get(queryOf(url)) ?? { text: '', headers: {} };
  return new Hono()
    .get(SAME, ({ req }) => {
      const { text, headers } = answerTo(req.url);
      return new Response(text, { status: 200, headers });
    })
    .get('/search', ({ req, body }) => body(answerTo(req.url).text, 200, { 'Content-Type': 'application/json' }));
}

const queryOf = (url: string) => url.slice(url.indexOf('?'));

const served = kind === 'bare' ? await bareApp() : app;
const tell = (port: number) =>
  process.send?.({ port, data: `${release.origin} ${release.version}, ${release.vendors.length} vendors` });
const fetch = (request: Request) => served.fetch(request);
const server = kind.startsWith('limited')
  ? createHttpServer(fetch, limits, { report: () => {}, onRefused: () => {}, isLate: pool?.isLate }).server.listen(
      0,
      '127.0.0.1',
      () => tell((server.address() as AddressInfo).port),
    )
  : serve({ fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) => tell(port));
process.once('disconnect', () => server.close(() => process.exit(0)));

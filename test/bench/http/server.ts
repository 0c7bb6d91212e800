import { existsSync } from 'node:fs';
import { serve } from '@hono/node-server';
import { Hono } from 'hono';
import { openEmbedded } from '../../../functions/engine/embedded/search.ts';
import { createApp } from '../../../functions/http/app.ts';
import { answerCache } from '../../../functions/http/cache.ts';
import type { Release } from '../../../functions/model/release.ts';
import { sanFrancisco } from '../../../seed/cities/san-francisco.ts';
import { load } from '../../../seed/load.ts';

/** One of the servers of the HTTP bench: `bare PATH`, `cached` or `uncached`. It says its port to its parent. */
const [, , kind = '', path = ''] = process.argv;

/** The 2024 snapshot where it is, else the bundled sample. */
async function releaseOf(): Promise<Release> {
  const directory = process.env.CURBSIDE_TEST_DATA ?? '../shared/data';
  const snapshot = `${directory}/permits/permits-2024-08-29-489.csv`;
  const given = existsSync(snapshot)
    ? new Map([['permits', snapshot]])
    : new Map([
        ['permits', 'seed/sample/permits.csv'],
        ['schedule', 'seed/sample/schedule.csv'],
      ]);
  return (await load({ city: sanFrancisco, given, origin: 'given', options: {} })).release;
}

const release = await releaseOf();
const opened = openEmbedded(release);
const engine = () => opened;
const app = createApp({ engine, tiles: null, log: () => {} });
const CACHE_BYTES = 32 * 2 ** 20;

async function fetchOf(): Promise<(request: Request) => Response | Promise<Response>> {
  if (kind === 'uncached') return (request) => app.fetch(request);
  if (kind === 'cached') {
    const outer = new Hono().use(answerCache({ engine, bytes: CACHE_BYTES, now: Date.now })).route('/', app);
    return (request) => outer.fetch(request);
  }
  const body = await (await app.request(path)).text();
  const bare = new Hono().get('/search', (c) => c.body(body, 200, { 'Content-Type': 'application/json' }));
  return (request) => bare.fetch(request);
}

const server = serve({ fetch: await fetchOf(), port: 0, hostname: '127.0.0.1' }, ({ port }) => {
  process.send?.({ port, data: `${release.origin} ${release.version}` });
});
// Processor time, because the client may be what limits how often it is asked.
process.on('message', () => {
  const { user, system } = process.cpuUsage();
  process.send?.({ cpuMs: (user + system) / 1000 });
});
process.once('disconnect', () => server.close(() => process.exit(0)));

import { resolve } from 'node:path';
import { serve } from '@hono/node-server';
import { openEmbedded } from '../../../functions/engine/embedded/release-engine.ts';
import { createApp } from '../../../functions/http/app.ts';
import type { Release } from '../../../functions/model/release.ts';
import type { Vendor } from '../../../functions/model/vendor.ts';
import { pageFiles } from '../../../functions/node/page-files.ts';
import { cityAround, syntheticContent, syntheticVendors } from '../../fixtures/synthetic-city.ts';

/** Serves the page and the API for a synthetic city. Sends its port to its parent, and ends with it. */
const branches = Number(process.argv[2]);

const CENTER = { lat: 37.76, lon: -122.44 };
/** The API's limit for one response. */
const MAX_VENDORS = 750;

/** The city's vendors. If there are too many for one response, the first ones get the branches of the others. */
function responseVendors(): Vendor[] {
  const all = [...syntheticVendors(branches, cityAround(CENTER))];
  const kept = all.slice(0, MAX_VENDORS).map((one) => ({ ...one, branches: [...one.branches] }));
  for (const [at, { branches: more }] of all.slice(MAX_VENDORS).entries())
    kept[at % kept.length]?.branches.push(...more);
  return kept;
}

const release: Release = {
  ...syntheticContent(branches, CENTER),
  vendors: responseVendors(),
  origin: 'given',
  asOf: '2026-09-01',
  sources: [],
};
const opened = openEmbedded(release);
const app = createApp({
  engine: () => opened,
  tiles: null,
  log: () => {},
  page: pageFiles(resolve('dist/web'), resolve('dist')),
});
const server = serve({ fetch: app.fetch, port: 0, hostname: '127.0.0.1' }, ({ port }) => process.send?.({ port }));
process.once('disconnect', () => server.close(() => process.exit(0)));

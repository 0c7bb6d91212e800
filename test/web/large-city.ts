import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Release, releaseText } from '../../functions/model/release.ts';
import { createDirectorySink } from '../../functions/releases/directory-sink.ts';
import { cityAround, SYNTHETIC_PROVENANCE, syntheticContent, syntheticVendors } from '../fixtures/synthetic-city.ts';
import { type RunningServer, startServer } from './page-server.ts';

const CENTER = { lat: 37.76, lon: -122.44 };

/** Starts the built server with a release of this number of invented branches in place of San Francisco's. */
export async function startLargeCity(branches: number): Promise<RunningServer> {
  const directory = mkdtempSync(join(tmpdir(), 'curbside-large-'));
  const content = syntheticContent(branches, CENTER);
  const bounds = { west: -122.52, south: 37.7, east: -122.36, north: 37.82 };
  const release: Release = {
    ...content,
    ...SYNTHETIC_PROVENANCE,
    city: { ...content.city, id: 'san-francisco', bounds },
    vendors: [...syntheticVendors(branches, cityAround(CENTER))],
  };
  // The server reads only what has the content of its version.
  const version = createHash('sha256').update(releaseText(release)).digest('hex').slice(0, 12);
  await createDirectorySink(join(directory, 'releases', 'san-francisco')).publish({ ...release, version }, {});
  const server = await startServer(['--data-dir', directory]);
  return {
    ...server,
    siteFlags: ['--refresh', 'off', '--data-dir', directory],
    async stop() {
      await server.stop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createDirectorySink } from '../../functions/releases/directory-sink.ts';
import { largeCityRelease } from '../fixtures/large-city-release.ts';
import { type RunningServer, startServer } from './page-server.ts';

/** Starts the built server with a release of this number of invented branches in place of San Francisco's. */
export async function startLargeCity(branches: number): Promise<RunningServer> {
  const directory = mkdtempSync(join(tmpdir(), 'curbside-large-'));
  await createDirectorySink(join(directory, 'releases', 'san-francisco')).publish(largeCityRelease(branches), {});
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

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { findCity } from '../../seed/find-city.ts';
import { ConfigError, loadConfig } from '../config/config.ts';
import type { Box } from '../model/geo.ts';

const HELP = `curbside basemap: cut the map of a city out of the world's, for --tiles /basemap/CITY.pmtiles

  --city NAME      which city (a file of seed/cities): its bounds are cut
  --data-dir DIR   it is written to DIR/basemap/CITY.pmtiles
  --build YYYYMMDD which daily build of Protomaps; yesterday's without it. https://maps.protomaps.com/builds lists those that are kept
  --from ARCHIVE   URL or file of an archive to cut from instead, of the same schema
  --dry-run        ask how much would be fetched, and fetch nothing

It needs the command "pmtiles" (https://github.com/protomaps/go-pmtiles/releases), which reads only the parts that are wanted.
Without it, what would be run is printed.`;

/** Deepest level of Protomaps' builds; the page draws deeper ones from it. */
const MAX_ZOOM = 15;

try {
  process.exitCode = await run();
} catch (error) {
  if (!(error instanceof ConfigError)) throw error;
  process.stderr.write(`curbside: ${error.message}\n`);
  process.exitCode = 1;
}

async function run(): Promise<number> {
  const { help, city, dataDirectory, flags } = loadConfig({
    build: { type: 'string' },
    from: { type: 'string' },
    'dry-run': { type: 'boolean' },
  });
  const say = (text: string) => process.stdout.write(`${text}\n`);
  if (help) {
    say(HELP);
    return 0;
  }
  const { facts } = findCity(city);
  const folder = `${dataDirectory}/basemap`;
  const file = `${folder}/${facts.id}.pmtiles`;
  const build = flags.build ?? new Date(Date.now() - 86_400_000).toISOString().slice(0, 10).replaceAll('-', '');
  if (!/^\d{8}$/.test(String(build))) throw new ConfigError(`--build must be a date such as 20260131, got "${build}"`);
  const from = String(flags.from ?? `https://build.protomaps.com/${build}.pmtiles`);
  // Written under another name: a server may be reading the one before.
  const draft = `${file}.part`;
  const args = ['extract', from, draft, `--bbox=${boxOf(facts.bounds)}`, `--maxzoom=${MAX_ZOOM}`];
  if (flags['dry-run']) args.push('--dry-run');
  say(`pmtiles ${args.join(' ')}${flags['dry-run'] ? '' : ` && mv ${draft} ${file}`}`);

  await mkdir(folder, { recursive: true });
  const { error, status } = spawnSync('pmtiles', args, { stdio: 'inherit' });
  if (error) {
    say('\nThe command pmtiles is not here, so nothing was cut. Get it, then run this again or the line above:');
    say('https://github.com/protomaps/go-pmtiles/releases');
    return 1;
  }
  if (status !== 0 || flags['dry-run']) {
    // What was cut before it failed is no archive.
    await rm(draft, { force: true });
    return status ?? 1;
  }
  if (!existsSync(draft)) throw new ConfigError(`pmtiles wrote no ${draft}`);
  await rename(draft, file);
  say(`\nwrote ${file}. Serve it:  npm start -- --tiles /basemap/${facts.id}.pmtiles`);
  return 0;
}

/** West, south, east, north, as pmtiles takes them. */
function boxOf({ west, south, east, north }: Box): string {
  return [west, south, east, north].join();
}

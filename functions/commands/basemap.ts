import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { findCity } from '../../seed/find-city.ts';
import { ConfigError, loadConfig, onlyCityOf } from '../config/config.ts';
import type { Box } from '../model/geo.ts';
import { failureLine } from './failure-line.ts';

const HELP = `curbside basemap: extract a city's map from a world map, for --tiles /basemap/CITY.pmtiles

  --city CITY       the city whose bounds are extracted: the name of a file in seed/cities, or the
                    path of a city's file
  --data-dir DIR    writes DIR/basemap/CITY.pmtiles
  --build YYYYMMDD  the daily build of Protomaps to extract from; default: yesterday's.
                    https://maps.protomaps.com/builds lists the available ones
  --from ARCHIVE    URL or file of another archive to extract from, of the same schema
  --dry-run         print how much would be downloaded, and download nothing

Needs the command "pmtiles" (https://github.com/protomaps/go-pmtiles/releases), which downloads only the
parts it needs. Without it, this prints the command to run.`;

/** Highest zoom of Protomaps' builds; the page scales it up for higher ones. */
const MAX_ZOOM = 15;

try {
  process.exitCode = await run();
} catch (error) {
  process.stderr.write(failureLine(error));
  process.exitCode = 1;
}

async function run(): Promise<number> {
  const config = loadConfig({
    build: { type: 'string' },
    from: { type: 'string' },
    'dry-run': { type: 'boolean' },
  });
  const { help, dataDirectory, flags } = config;
  const say = (text: string) => process.stdout.write(`${text}\n`);
  if (help) {
    say(HELP);
    return 0;
  }
  const { facts } = findCity(onlyCityOf(config));
  const folder = `${dataDirectory}/basemap`;
  const file = `${folder}/${facts.id}.pmtiles`;
  const build = flags.build ?? new Date(Date.now() - 86_400_000).toISOString().slice(0, 10).replaceAll('-', '');
  if (!/^\d{8}$/.test(String(build))) throw new ConfigError(`--build must be a date such as 20260131, got "${build}"`);
  const from = String(flags.from ?? `https://build.protomaps.com/${build}.pmtiles`);
  // Written under a temporary name, because a server may be reading the current archive.
  const draft = `${file}.part`;
  const args = ['extract', from, draft, `--bbox=${boxOf(facts.bounds)}`, `--maxzoom=${MAX_ZOOM}`];
  if (flags['dry-run']) args.push('--dry-run');
  say(`pmtiles ${args.join(' ')}${flags['dry-run'] ? '' : ` && mv ${draft} ${file}`}`);

  await mkdir(folder, { recursive: true });
  const { error, status } = spawnSync('pmtiles', args, { stdio: 'inherit' });
  if (error) {
    say(
      '\nThe command pmtiles was not found, so nothing was extracted. Install it, then run this or the line above again:',
    );
    say('https://github.com/protomaps/go-pmtiles/releases');
    return 1;
  }
  if (status !== 0 || flags['dry-run']) {
    // A failed extract leaves an incomplete archive.
    await rm(draft, { force: true });
    return status ?? 1;
  }
  if (!existsSync(draft)) throw new ConfigError(`pmtiles did not write ${draft}`);
  await rename(draft, file);
  say(`\nwrote ${file}. Serve it:  npm start -- --tiles /basemap/${facts.id}.pmtiles`);
  return 0;
}

/** West, south, east, north: the order of pmtiles. */
function boxOf({ west, south, east, north }: Box): string {
  return [west, south, east, north].join();
}

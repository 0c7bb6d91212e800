import { fileURLToPath } from 'node:url';
import { NO_DOWNLOADS } from '../../seed/fallback-release.ts';
import { findCity } from '../../seed/find-city.ts';
import { sampleSources } from '../../seed/initial-release.ts';
import { liveSources, load, mayLoadLive, type SourceAddresses } from '../../seed/load.ts';
import { loadAndPublish } from '../../seed/pipeline.ts';
import { summary } from '../../seed/report/report-text.ts';
import { type Config, ConfigError, loadConfig, onlyCityOf, releasesDirectoryOf, tilesOf } from '../config/config.ts';
import { DEPARTED_FILE } from '../model/departed-vendors.ts';
import type { DataOrigin } from '../model/release.ts';
import { createDirectoryReader, readCurrentRelease } from '../releases/directory-reader.ts';
import { createDirectorySink } from '../releases/directory-sink.ts';
import { type KeptRelease, keptRelease } from '../site/kept-release.ts';
import { readSiteAddress } from '../site/site-address.ts';
import { readFilesBelow, writeSite } from '../site/site-directory.ts';
import { siteFiles } from '../site/site-files.ts';
import { assertSiteSize, assertSiteTiles } from '../site/site-limits.ts';
import { type CommandOutput, runCommand } from './run-command.ts';

const HELP = `Writes the page, a city's data and its index as files for any static host.

Usage: npm run site -- [options]

  --out DIR                  Directory of the site. Default: dist/site
  --base PATH_OR_URL         Where it is published: /path/, or https://host/path/, which the sitemap
                             and previews of links need. Default: /
  --source NAME=PATH_OR_URL  Load this table; repeatable. Default: all of the city's live data
  --refresh off              Download no live data: without --source, the city's last release that was
                             kept here becomes the site, or else the bundled sample
  --city NAME_OR_PATH        Load this city: the name of a file in seed/cities, or the path of a
                             city's file, such as ./my-city.json
  --sample                   Load the bundled sample (invented vendors) instead
  --tiles URL                Map tiles, or off
  --data-dir DIR             Directory for downloads and earlier releases, with which the data is compared
  --force                    Write even data that lost more than half of its branches
  --help                     Print this help`;

const FLAGS = {
  out: { type: 'string' },
  base: { type: 'string' },
  sample: { type: 'boolean' },
  force: { type: 'boolean' },
} as const;

await runCommand((output) => run(loadConfig(FLAGS), output));

async function run(config: Config, { progress, say }: CommandOutput): Promise<void> {
  const { help, flags, sources: given } = config;
  if (help) return say(HELP);
  const out = String(flags.out ?? 'dist/site');
  const address = readSiteAddress(String(flags.base ?? '/'));
  if (!address) throw new ConfigError(`--base must be /path/ or https://host/path/, got "${flags.base}"`);
  if (flags.sample && given.size > 0) throw new ConfigError('--sample and --source contradict each other');
  const city = findCity(onlyCityOf(config));
  const tiles = tilesOf(config, city.tiles);
  assertSiteTiles(tiles);
  const sampleDirectory = fileURLToPath(new URL('./sample', import.meta.url));
  // Apart from a server's releases, which a site must not replace.
  const directory = `${config.dataDirectory}/site-releases/${city.facts.id}`;
  const options = {
    cacheDirectory: config.downloadsDirectory,
    appToken: config.appToken ?? undefined,
    progress: progress.update,
  };
  const loadFrom = async (sources: SourceAddresses, origin: DataOrigin): Promise<KeptRelease> => {
    const { release } = await loadAndPublish({
      input: { city, sources, origin, options },
      load,
      sink: createDirectorySink(directory),
      lastRelease: async () => (await readCurrentRelease(directory).catch(() => undefined))?.release,
      force: flags.force === true,
      remedy: 'npm run site -- --force',
      singleCityPlace: directory,
    });
    return { release, directory };
  };
  const loadSample = () => loadFrom(sampleSources(city, sampleDirectory), 'sample');
  const withoutDownloads = async () => {
    const kept = await keptRelease(city.facts.id, [directory, releasesDirectoryOf(config, city.facts.id)], (text) =>
      say(`warning: ${text}`),
    );
    const found = kept ?? (await loadSample());
    const what = kept ? `the release that ${kept.directory} has kept` : 'the bundled sample';
    say(`${NO_DOWNLOADS}: the site has ${what}`);
    return found;
  };
  const isLiveAllowed = mayLoadLive(city, config.refreshMs);
  const { release, directory: reports } = await (flags.sample
    ? loadSample()
    : given.size > 0
      ? loadFrom(given, 'given')
      : isLiveAllowed
        ? loadFrom(liveSources(city), 'live')
        : withoutDownloads());
  assertSiteSize(release);
  const reader = createDirectoryReader(reports);
  const report: Record<string, string> = {};
  for (const name of ['quality.json', 'quality.txt', DEPARTED_FILE]) {
    const text = await reader.text(release.version, name);
    if (text !== undefined) report[name] = text;
  }
  const page = await readFilesBelow(fileURLToPath(new URL('./site-page', import.meta.url)));
  const files = await siteFiles(page, { release, report, tiles, address });
  await writeSite(out, files);
  say(summary(release));
  say(`written: ${files.size} files of release ${release.version} in ${out}`);
}

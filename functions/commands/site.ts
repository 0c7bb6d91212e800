import { fileURLToPath } from 'node:url';
import type { City } from '../../seed/city.ts';
import { NO_DOWNLOADS } from '../../seed/fallback-release.ts';
import { sampleSources } from '../../seed/initial-release.ts';
import { liveSources, load, mayLoadLive, type SourceAddresses } from '../../seed/load.ts';
import { LoadError } from '../../seed/load-errors.ts';
import { loadAndPublish } from '../../seed/pipeline.ts';
import { summary } from '../../seed/report/report-text.ts';
import { type Config, ConfigError, loadConfig, releasesDirectoryOf, tilesOf } from '../config/config.ts';
import { cityLinks } from '../model/city-links.ts';
import { DEPARTED_FILE } from '../model/departed-vendors.ts';
import type { DataOrigin, Release } from '../model/release.ts';
import type { Tiles } from '../model/tile-url.ts';
import { createDirectoryReader, readCurrentRelease } from '../releases/directory-reader.ts';
import { createDirectorySink } from '../releases/directory-sink.ts';
import { placeCities } from '../serving/city-places.ts';
import { reservedPaths } from '../serving/reserved-paths.ts';
import { type HostedCity, type HostedPages, hostedPages } from '../site/hosted-pages.ts';
import { type CitySite, joinSites } from '../site/joined-sites.ts';
import { type KeptRelease, keptRelease } from '../site/kept-release.ts';
import type { ReleaseReport, SiteFiles } from '../site/release-data.ts';
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
                             city's file, such as ./my-city.json. Several are separated by commas:
                             the first is at the root, the others are in folders
  --sample                   Load the bundled sample (invented vendors) instead
  --tiles URL                Map tiles, or off
  --data-dir DIR             Directory for downloads and earlier releases, with which the data is compared
  --force                    Write even data that lost more than half of its branches
  --print-pages              Write nothing; print the cities' start pages and the sources of their policy,
                             as JSON, for a host that has the API too
  --help                     Print this help`;

const FLAGS = {
  out: { type: 'string' },
  base: { type: 'string' },
  sample: { type: 'boolean' },
  force: { type: 'boolean' },
  'print-pages': { type: 'boolean' },
} as const;

await runCommand((output) => run(loadConfig(FLAGS), output));

async function run(config: Config, { progress, say }: CommandOutput): Promise<void> {
  const { help, flags, sources: given } = config;
  if (help) return say(HELP);
  if (flags['print-pages']) return say(JSON.stringify(await readHostedPages(config)));
  const out = String(flags.out ?? 'dist/site');
  const address = readSiteAddress(String(flags.base ?? '/'));
  if (!address) throw new ConfigError(`--base must be /path/ or https://host/path/, got "${flags.base}"`);
  if (flags.sample && given.size > 0) throw new ConfigError('--sample and --source contradict each other');
  const page = await readBuiltPage('site-page');
  const places = placeCities(config, reservedPaths(firstParts(page)));
  const loaded = [];
  for (const place of places) {
    const found = await loadForSite(config, place.city, { progress, say }).catch((error: Error) => {
      if (places.length === 1 || !(error instanceof LoadError)) throw error;
      return keptInstead(config, place.city, error, say);
    });
    if (found) loaded.push({ ...found, root: place.root, facts: place.city.facts });
  }
  // The others are in its folders.
  if (loaded[0]?.root !== '/') throw new LoadError(`there is no data of ${places[0].city.facts.id}, the first city`);
  const sites: CitySite[] = [];
  for (const { root, release, directory, tiles } of loaded) {
    const links = cityLinks(loaded, root);
    const folder = root.slice(1);
    const files = await siteFiles(page, {
      release,
      report: await reportOf(directory, release),
      tiles,
      address: { path: address.path + folder, url: address.url === null ? null : address.url + folder },
      ...(loaded.length > 1 ? { cityLinks: links } : {}),
    });
    sites.push({ root, files, links });
    say(summary(release));
  }
  const files = joinSites(sites, address);
  await writeSite(out, files);
  const versions = loaded.map(({ release }) => release.version).join(', ');
  say(`written: ${files.size} files of release ${versions} in ${out}`);
}

/** @param folder next to this program */
function readBuiltPage(folder: string): Promise<SiteFiles> {
  return readFilesBelow(fileURLToPath(new URL(folder, import.meta.url)));
}

function firstParts(files: SiteFiles): string[] {
  return [...files.keys()].map((path) => path.replace(/\/.*/, ''));
}

async function readHostedPages(config: Config): Promise<HostedPages> {
  const page = await readBuiltPage('web');
  const cities = placeCities(config, reservedPaths(firstParts(page))).map(
    ({ city: { facts, tiles: ownTiles }, root }): HostedCity => ({
      facts,
      root,
      ownTiles,
      tiles: tilesOf(config, ownTiles),
    }),
  );
  return hostedPages(Buffer.from(page.get('index.html') ?? '').toString(), cities);
}

type FoundRelease = KeptRelease & { readonly tiles: Tiles | null };

/** Apart from a server's releases, which a site must not replace. */
function siteReleasesOf({ dataDirectory }: Config, { facts }: City): string {
  return `${dataDirectory}/site-releases/${facts.id}`;
}

/** Of several cities, one that cannot be loaded keeps its last release; without one, the site is written without it. */
async function keptInstead(
  config: Config,
  city: City,
  { message }: LoadError,
  say: CommandOutput['say'],
): Promise<FoundRelease | undefined> {
  const { id } = city.facts;
  const kept = await keptRelease(id, [siteReleasesOf(config, city)], (text) => say(`warning: ${text}`));
  say(`warning: ${id}: ${message}; the site ${kept ? 'has its last release' : 'is written without it'}`);
  process.exitCode = 1;
  return kept && { ...kept, tiles: tilesOf(config, city.tiles) };
}

async function loadForSite(config: Config, city: City, { progress, say }: CommandOutput): Promise<FoundRelease> {
  const { flags, sources: given } = config;
  const tiles = tilesOf(config, city.tiles);
  assertSiteTiles(tiles);
  const sampleDirectory = fileURLToPath(new URL('./sample', import.meta.url));
  const directory = siteReleasesOf(config, city);
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
  const found = await (flags.sample
    ? loadSample()
    : given.size > 0
      ? loadFrom(given, 'given')
      : isLiveAllowed
        ? loadFrom(liveSources(city), 'live')
        : withoutDownloads());
  assertSiteSize(found.release);
  return { ...found, tiles };
}

async function reportOf(directory: string, { version }: Release): Promise<ReleaseReport> {
  const reader = createDirectoryReader(directory);
  const report: Record<string, string> = {};
  for (const name of ['quality.json', 'quality.txt', DEPARTED_FILE]) {
    const text = await reader.text(version, name);
    if (text !== undefined) report[name] = text;
  }
  return report;
}

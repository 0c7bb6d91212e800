import { fileURLToPath } from 'node:url';
import { type CommandOutput, runCommand } from '../functions/commands/run-command.ts';
import { runForCities } from '../functions/commands/run-for-cities.ts';
import {
  aliasOf,
  type Config,
  ConfigError,
  loadConfig,
  onlyCityOf,
  releasesDirectoryOf,
} from '../functions/config/config.ts';
import { openClusterSink } from '../functions/engine/cluster-sink.ts';
import type { Sink } from '../functions/engine/engine.ts';
import type { DataOrigin } from '../functions/model/release.ts';
import { readCurrentRelease } from '../functions/releases/directory-reader.ts';
import { createDirectorySink } from '../functions/releases/directory-sink.ts';
import { amount } from './amount.ts';
import type { City } from './city.ts';
import { selfContainedFile } from './city-file/self-contained-file.ts';
import { NO_DOWNLOADS, publishLiveOrFallback } from './fallback-release.ts';
import { findCity } from './find-city.ts';
import { sampleSources } from './initial-release.ts';
import { liveSources, load, mayLoadLive, type SourceAddresses } from './load.ts';
import { LoadError } from './load-errors.ts';
import { loadAndPublish, SEED_REMEDY } from './pipeline.ts';
import { summary } from './report/report-text.ts';

const HELP = `Loads a city's data, reports what is wrong with it, and publishes it.

Usage: npm run seed -- [options]

Data
  --source NAME=PATH_OR_URL  Load this table; repeatable. Default: all of the city's live data
  --city NAME_OR_PATH        Load this city: the name of a file in seed/cities, or the path of a
                             city's file, such as ./my-city.json. Several are separated by commas;
                             one that fails does not stop the others
  --only NAME                Load only this one of the cities of --city, into the place that it has
                             among them: --city a,b --only b
  --app-token TOKEN          Application token for the open-data portal
  --sample                   Load the bundled sample (invented vendors) instead
  --or-sample                If the live data cannot be loaded, or --refresh is off, keep what is
                             published; if nothing is, publish the saved copy, else the sample

Destination
  --data-dir DIR             Directory for downloads and releases
  --out DIR                  Directory for releases, if they are to go elsewhere
  --engine opensearch        Publish into the cluster at --opensearch-url, with a copy in --data-dir

Checks
  --report FILE              Also write the quality report to FILE: JSON for .json, else text
  --strict                   Publish nothing if more of the data is wrong than usual
  --force                    Publish even data that lost more than half of its branches, was rolled
                             back from, or replaces another city's

Other
  --print-city               Load nothing; print the city's file, checked, as one that needs no other file
  --rollback                 Load nothing; make the previous release current again
  --quiet                    Print errors only
  --help                     Print this help`;

const FLAGS = {
  sample: { type: 'boolean' },
  'or-sample': { type: 'boolean' },
  only: { type: 'string' },
  out: { type: 'string' },
  report: { type: 'string' },
  strict: { type: 'boolean' },
  force: { type: 'boolean' },
  rollback: { type: 'boolean' },
  'print-city': { type: 'boolean' },
  quiet: { type: 'boolean' },
} as const;

/** With these, several cities would write to the same place. */
const ONE_CITY_FLAGS = ['out', 'report', 'rollback'] as const;

// A reader that closes the pipe early (`| head`) must not stop the publication.
process.stdout.on('error', () => {});
await runCommand((output) => run(loadConfig(FLAGS), output));

async function run(config: Config, { progress, say: write }: CommandOutput): Promise<void> {
  const { help, flags, sources: givenSources } = config;
  const say = (text: string) => {
    if (!flags.quiet || help) write(text);
    else progress.end();
  };
  if (help) return say(HELP);
  const cities: Config['cities'] = flags.only === undefined ? config.cities : [chosenCity(config, String(flags.only))];
  if (flags['print-city']) return say(JSON.stringify(selfContainedFile(onlyCityOf({ cities }))));
  const isForOne = givenSources.size > 0 || ONE_CITY_FLAGS.some((flag) => flags[flag] !== undefined);
  const names = isForOne ? [onlyCityOf({ cities })] : cities;
  await runForCities(names, (name) =>
    seedCity({ config, city: findCity(name), isFirst: name === config.cities[0] }, { progress, say }),
  );
}

/** One of the cities of `--city`, as it is written there or by its id. @throws ConfigError if there is none */
function chosenCity({ cities }: Config, only: string): string {
  const found = cities.find((name) => name === only) ?? cities.find((name) => findCity(name).facts.id === only);
  if (found !== undefined) return found;
  throw new ConfigError(`--only must be one of --city or CITY (${cities.join(', ')}), got "${only}"`);
}

type CityRun = {
  readonly config: Config;
  readonly city: City;
  /** The first of several has the alias of a single one. */
  readonly isFirst: boolean;
};

async function seedCity({ config, city, isFirst }: CityRun, { progress, say }: CommandOutput): Promise<void> {
  const { flags, sources: givenSources } = config;
  const out = pathOf('out', flags.out);
  const report = pathOf('report', flags.report);
  const directory = out ?? releasesDirectoryOf(config, city.facts.id);
  const directorySink = createDirectorySink(directory);
  const cluster = config.cluster && {
    ...config.cluster,
    alias: aliasOf(config.cluster.alias, city.facts.id, isFirst),
  };
  const clusterSink = cluster && (await openSink(cluster, config.waitMs, { progress, say }));
  const sink: Sink = clusterSink ?? directorySink;
  const place = cluster ? `opensearch, alias ${cluster.alias}` : directory;
  if (flags.rollback) {
    const before = await sink.current();
    const { version, branches } = await sink.rollback();
    return say(
      `rolled back from ${before?.version} to ${version} (${amount(branches, 'branch', 'branches')}) in ${place}`,
    );
  }
  if (flags.sample && givenSources.size > 0)
    throw new ConfigError('--sample and given sources (--source, SOURCE_…) contradict each other');

  const sampleDirectory = fileURLToPath(new URL('./sample', import.meta.url));
  const options = {
    cacheDirectory: config.downloadsDirectory,
    appToken: config.appToken ?? undefined,
    progress: flags.quiet ? undefined : progress.update,
  };
  const readStored = async () =>
    (await readCurrentRelease(directory).catch((error: Error) => void say(`warning: ${error.message}`)))?.release;
  const publish = async (sources: SourceAddresses, origin: DataOrigin) => {
    const { outcome, release } = await loadAndPublish({
      input: { city, sources, origin, options },
      load,
      sink,
      // Servers answer from this copy while the cluster is down, and the next report compares with it.
      secondSink: clusterSink && directorySink,
      lastRelease: readStored,
      force: flags.force === true,
      remedy: SEED_REMEDY,
      isStrict: flags.strict === true,
      singleCityPlace: directory,
      printReport: say,
      reportFile: report,
    });
    if (outcome === 'refused') {
      throw new LoadError(
        `the data is still ${release.version}, which was rolled back from: nothing was published. --force publishes it`,
      );
    }
    say(summary(release));
    say(`${outcome}: ${release.version} in ${place}`);
  };

  if (flags.sample) return publish(sampleSources(city, sampleDirectory), 'sample');
  if (givenSources.size > 0) return publish(givenSources, 'given');
  const isLiveAllowed = mayLoadLive(city, config.refreshMs);
  if (!flags['or-sample']) {
    if (!isLiveAllowed) throw new LoadError(NO_DOWNLOADS);
    return publish(liveSources(city), 'live');
  }
  return publishLiveOrFallback({ city, sink, place, sampleDirectory, say, publish, readStored, isLiveAllowed });
}

/** @throws ConfigError when the path is empty */
function pathOf(flag: string, value: Config['flags'][string]): string | undefined {
  if (value === '') throw new ConfigError(`--${flag} must be a path, got ""`);
  return typeof value === 'string' ? value : undefined;
}

async function openSink(
  settings: NonNullable<Config['cluster']>,
  limitMs: number | null,
  { progress, say }: CommandOutput,
) {
  const event = { phase: 'publishing', source: 'opensearch', unit: 'rows' } as const;
  const update = (done: number, total: number | null) => progress.update({ ...event, done, total });
  return (await openClusterSink(settings, { limitMs, say, progress: update })).sink;
}

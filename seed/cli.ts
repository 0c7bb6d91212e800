import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { type Config, ConfigError, loadConfig } from '../functions/config/config.ts';
import { openClusterSink } from '../functions/engine/cluster-sink.ts';
import { EngineError, type Sink } from '../functions/engine/engine.ts';
import { readCurrentRelease } from '../functions/releases/directory-reader.ts';
import { createDirectorySink } from '../functions/releases/directory-sink.ts';
import { publishFallback } from './fallback-release.ts';
import { findCity } from './find-city.ts';
import { sampleSources } from './initial-release.ts';
import { type LoadInput, liveSources, load } from './load.ts';
import { LoadError } from './load-error.ts';
import { publishRelease } from './pipeline.ts';
import { createProgress } from './progress.ts';
import { makeReport } from './report/report.ts';
import { reportText, summary } from './report/report-text.ts';
import { strictFaults } from './report/strict-checks.ts';

const HELP = `curbside seed: load a city's data, say what is wrong with it, and publish it

  --source NAME=PATH_OR_URL  a table to load; repeatable. Without one: the city's live data
  --sample                   load the bundled sample instead
  --or-sample                when the live data cannot be had, or with --refresh off, publish what was kept, else the
                             sample, and only where nothing is published yet
  --city NAME                which city (a file of seed/cities)
  --data-dir DIR             where downloads and releases are kept
  --out DIR                  where releases go instead
  --app-token TOKEN          application token of the open-data portal
  --report FILE              also write the quality report there: JSON for .json, else text
  --strict                   publish nothing when more of the data is wrong than usual
  --force                    publish even what has lost more than half of its branches, or was rolled back from
  --rollback                 make the release before the current one current again
  --engine opensearch        publish into the cluster of --opensearch-url, and keep a copy in --data-dir
  --quiet                    say only what went wrong`;

const FLAGS = {
  sample: { type: 'boolean' },
  'or-sample': { type: 'boolean' },
  out: { type: 'string' },
  report: { type: 'string' },
  strict: { type: 'boolean' },
  force: { type: 'boolean' },
  rollback: { type: 'boolean' },
  quiet: { type: 'boolean' },
} as const;

// Whoever reads the first lines only (`| head`) must not keep the rest from being published.
process.stdout.on('error', () => {});
const progress = createProgress(process.stderr);
try {
  await run(loadConfig(FLAGS));
} catch (error) {
  progress.end();
  const expected = error instanceof ConfigError || error instanceof LoadError || error instanceof EngineError;
  process.stderr.write(`curbside: ${expected ? error.message : (error as Error).stack}\n`);
  process.exitCode = 1;
}

async function run(config: Config): Promise<void> {
  const { help, flags, sources } = config;
  const say = (text: string) => {
    if (!flags.quiet || help) process.stdout.write(`${text}\n`);
  };
  if (help) return say(HELP);
  for (const name of ['out', 'report']) {
    if (flags[name] === '') throw new ConfigError(`--${name} must be a path, got ""`);
  }
  const directory = typeof flags.out === 'string' ? flags.out : config.releasesDirectory;
  const copy = createDirectorySink(directory);
  const cluster = config.cluster && (await openSink(config.cluster, config.waitMs, say));
  const sink: Sink = cluster ?? copy;
  const place = config.cluster ? `opensearch, alias ${config.cluster.alias}` : directory;
  if (flags.rollback) {
    const before = await sink.current();
    const { version, branches } = await sink.rollback();
    return say(`rolled back from ${before?.version} to ${version} (${branches} branches) in ${place}`);
  }
  if (flags.sample && sources.size > 0)
    throw new ConfigError('--sample and given sources (--source, SOURCE_…) contradict each other');
  const city = findCity(config.city);
  const sampleDirectory = fileURLToPath(new URL('./sample', import.meta.url));
  const sample = flags.sample ? sampleSources(city, sampleDirectory) : null;
  const given = sample ?? (sources.size > 0 ? sources : liveSources(city));
  const origin = sample ? 'sample' : sources.size > 0 ? 'given' : 'live';
  const options = {
    cacheDirectory: config.downloadsDirectory,
    appToken: config.appToken ?? undefined,
    progress: flags.quiet ? undefined : progress.update,
  };
  const stored = () => readCurrentRelease(directory).catch((error: Error) => void say(`warning: ${error.message}`));
  const publish = async (input: Pick<LoadInput, 'given' | 'origin'>) => {
    const made = await load({ city, options, ...input });
    progress.end();
    const last = await stored();
    if (last && last.release.city.id !== city.facts.id && !flags.force) {
      throw new LoadError(
        `${directory} has releases of ${last.release.city.id}: give another --out, or --force to replace them`,
      );
    }
    const report = makeReport(made, made.warnings, last?.release);
    say(reportText(report));
    if (typeof flags.report === 'string') await writeReport(flags.report, report);
    const faults = flags.strict ? strictFaults(report) : [];
    if (faults.length > 0)
      throw new LoadError(`--strict refuses this load, nothing was published:\n${faults.join('\n')}`);
    const outcome = await publishRelease({ release: made.release, report, sink, force: flags.force === true });
    progress.end();
    if (outcome === 'refused') {
      throw new LoadError(
        `the data is still ${made.release.version}, which was rolled back from: nothing was published. --force publishes it`,
      );
    }
    // What a server answers with while the cluster is down, and what the next report compares with.
    if (cluster) await publishRelease({ release: made.release, report, sink: copy, force: true });
    say(summary(made.release));
    say(`${outcome}: ${made.release.version} in ${place}`);
  };
  const mayStandIn = flags['or-sample'] === true && origin === 'live';
  try {
    if (mayStandIn && config.refreshMs === null) throw new LoadError('--refresh off: it is not asked for');
    await publish({ given, origin });
  } catch (error) {
    if (!mayStandIn || !(error instanceof LoadError)) throw error;
    progress.end();
    const kept = (await stored())?.release;
    const instead = await publishFallback(error, { city, sink, place, kept, sampleDirectory, say });
    if (instead) await publish({ given: instead, origin: 'sample' });
  }
}

async function openSink(settings: NonNullable<Config['cluster']>, limitMs: number | null, say: (text: string) => void) {
  const shown = { phase: 'publishing', source: 'opensearch', unit: 'rows' } as const;
  const update = (done: number, total: number | null) => progress.update({ ...shown, done, total });
  return (await openClusterSink(settings, { limitMs, say, progress: update })).sink;
}

async function writeReport(path: string, report: Parameters<typeof reportText>[0]): Promise<void> {
  const text = path.endsWith('.json') ? `${JSON.stringify(report, null, 2)}\n` : reportText(report);
  await writeFile(path, text).catch((error: Error) => {
    throw new LoadError(`the report cannot be written to ${path}: ${error.message}; nothing was published`);
  });
}

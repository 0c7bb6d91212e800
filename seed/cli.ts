import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { ConfigError, loadConfig } from '../functions/config.ts';
import { createDirectorySink } from '../functions/engine/embedded/publish.ts';
import { readCurrent } from '../functions/engine/embedded/store.ts';
import { EngineError } from '../functions/engine/engine.ts';
import { findCity } from './cities/find.ts';
import { liveSources, load } from './load.ts';
import { LoadError } from './load-error.ts';
import { createProgress } from './progress.ts';
import { publishRelease, strictFaults } from './publish.ts';
import { makeReport } from './report/report.ts';
import { reportText, summary } from './report/text.ts';
import { sampleSources } from './serve.ts';

const HELP = `curbside seed: load a city's data and publish it

  --source NAME=PATH_OR_URL  a table to load; repeatable. Without one: the city's live data
  --sample                   load the bundled sample instead
  --city NAME                which city (seed/cities)
  --out DIR                  where releases go (default: releases in --data-dir)
  --report FILE              also write the quality report there: JSON for .json, else text
  --strict                   fail when more of the data is wrong than usual
  --force                    publish even when more than half of the places would be lost
  --rollback                 make the release before the current one current again
  --quiet                    say only what went wrong`;

const FLAGS = {
  sample: { type: 'boolean' },
  out: { type: 'string' },
  report: { type: 'string' },
  strict: { type: 'boolean' },
  force: { type: 'boolean' },
  rollback: { type: 'boolean' },
  quiet: { type: 'boolean' },
} as const;

const progress = createProgress(process.stderr);
try {
  await run();
} catch (error) {
  progress.end();
  const expected = error instanceof ConfigError || error instanceof LoadError || error instanceof EngineError;
  process.stderr.write(`curbside: ${expected ? error.message : (error as Error).stack}\n`);
  process.exitCode = 1;
}

async function run(): Promise<void> {
  const { help, flags, city: cityName, sources, dataDirectory, appToken } = loadConfig(FLAGS);
  const say = (text: string) => {
    if (!flags.quiet) process.stdout.write(`${text}\n`);
  };
  if (help) return say(HELP);
  const directory = String(flags.out ?? `${dataDirectory}/releases`);
  const sink = createDirectorySink(directory);
  if (flags.rollback) {
    const { version, branches, refused } = await sink.rollback();
    return say(`rolled back from ${refused} to ${version} (${branches} places)`);
  }
  const city = findCity(cityName);
  const sample = flags.sample ? sampleSources(city, fileURLToPath(new URL('./sample', import.meta.url))) : null;
  const given = sample ?? (sources.size > 0 ? sources : liveSources(city));
  const origin = sample ? 'sample' : sources.size > 0 ? 'given' : 'live';
  const options = {
    cacheDirectory: `${dataDirectory}/downloads`,
    appToken: appToken ?? undefined,
    progress: flags.quiet ? undefined : progress.update,
  };
  const made = await load({ city, given, origin, options });
  progress.end();
  const last = await readCurrent(directory).catch(() => undefined);
  const report = makeReport(made, made.warnings, last?.release);
  say(reportText(report));
  if (typeof flags.report === 'string') {
    await writeFile(
      flags.report,
      flags.report.endsWith('.json') ? JSON.stringify(report, null, 2) : reportText(report),
    );
  }
  const faults = flags.strict ? strictFaults(report) : [];
  if (faults.length > 0)
    throw new LoadError(`--strict refuses this load, nothing was published:\n${faults.join('\n')}`);
  const done = await publishRelease({ release: made.release, report, sink, force: flags.force === true });
  say(summary(made.release));
  say(`${done}: ${made.release.version} in ${directory}`);
}

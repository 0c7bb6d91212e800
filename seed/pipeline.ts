import { writeFile } from 'node:fs/promises';
import { EngineError, type PublishedRelease, type Sink } from '../functions/engine/engine.ts';
import { DEPARTED_FILE, departedText, departedVendors, readDeparted } from '../functions/model/departed-vendors.ts';
import type { LoadReport } from '../functions/model/quality-report.ts';
import type { Release } from '../functions/model/release.ts';
import type { LoadedData, LoadInput } from './load.ts';
import { LoadError } from './load-errors.ts';
import { refuseEmpty, refuseLosses, refuseShrunk } from './release-guards.ts';
import { makeReport } from './report/report.ts';
import { reportText } from './report/report-text.ts';
import { strictFaults } from './report/strict-checks.ts';

export const SEED_REMEDY = 'npm run seed -- --force';

export type PipelineInput = {
  readonly input: LoadInput;
  /** `load`, here or in a worker. @throws LoadError */
  readonly load: (input: LoadInput) => Promise<LoadedData>;
  readonly sink: Sink;
  /** Gets every release that the sink has accepted, without further checks. */
  readonly secondSink?:
    | (Pick<Sink, 'text'> & { publish(...publication: Parameters<Sink['publish']>): Promise<unknown> })
    | null;
  /** The release that the report compares with. `current` says which one the sink's readers get; it is read only once. */
  readonly lastRelease: (current: () => Promise<PublishedRelease | undefined>) => Promise<Release | undefined>;
  /** Publishes even a release that has lost too much, was rolled back from, or replaces another city's. */
  readonly force: boolean;
  /** The command that publishes shrunken data all the same, for the error. */
  readonly remedy: string;
  /** Refuses a load with more faults than usual ({@link strictFaults}). */
  readonly isStrict?: boolean;
  /** Refuses to replace another city's release in this place, which is named in the error. */
  readonly singleCityPlace?: string;
  /** The release that a server answers from; the new one must not lose too much of it either, unless it is a sample. */
  readonly served?: () => Release;
  /** Shows the report before anything is published. */
  readonly printReport?: (text: string) => void;
  /** Where to write the report, before anything is published: as JSON if the name ends with `.json`, else as text. */
  readonly reportFile?: string | undefined;
  /** Called when the sink fails, if the release is of use without it. Otherwise that error is thrown. */
  readonly onSinkError?: (error: EngineError) => void;
};

export type PipelineResult = {
  readonly release: Release;
  readonly report: LoadReport;
  /** `refused`: it was rolled back from, so the current release stays. `unsaved`: see `onSinkError`. */
  readonly outcome: PublishOutcome | 'unsaved';
};

type PublishOutcome = 'published' | 'unchanged' | 'refused';

/**
 * Loads a city's data, compares it with the last release, reports on it, checks it, and publishes it with the report.
 * On an error nothing is published and the current release stays.
 * @throws LoadError when the data cannot be loaded or is refused. @throws EngineError when a sink fails
 */
export async function loadAndPublish({
  input,
  load,
  sink,
  secondSink,
  lastRelease,
  force,
  remedy,
  isStrict,
  singleCityPlace,
  served,
  printReport,
  reportFile,
  onSinkError,
}: PipelineInput): Promise<PipelineResult> {
  const loaded = await load(input);
  const { release, warnings } = loaded;
  const replaced = served?.();
  if (replaced && !force) refuseLosses(loaded, replaced, remedy);

  const current = once(() => sink.current());
  const last = await lastRelease(current);
  if (singleCityPlace !== undefined && !force) refuseOtherCity(release, last, singleCityPlace);

  const report = makeReport(loaded, warnings, last);
  const departed = await departedSince({ last, current, release, store: sink.text ? sink : secondSink });
  const files = {
    ...departed,
    'quality.json': `${JSON.stringify(report, null, 2)}\n`,
    'quality.txt': reportText(report),
  };
  printReport?.(files['quality.txt']);
  if (reportFile !== undefined) await writeReport(reportFile, files);
  refuseEmpty(loaded);
  if (last && !force) refuseLosses(loaded, last, remedy);
  const faults = isStrict ? strictFaults(report) : [];
  if (faults.length > 0) {
    throw new LoadError(`--strict refuses this load, nothing was published:\n${faults.join('\n')}`);
  }

  try {
    const outcome = await publishChecked(release, { sink, current: await current(), files, force, remedy });
    if (outcome !== 'refused') await secondSink?.publish(release, files);
    return { release, report, outcome };
  } catch (error) {
    if (!onSinkError || !(error instanceof EngineError)) throw error;
    onSinkError(error);
    return { release, report, outcome: 'unsaved' };
  }
}

/** The file with the vendors that earlier releases had and this one lacks. A sample's invented vendors are none of them. */
async function departedSince({
  last,
  current,
  release,
  store,
}: {
  last: Release | undefined;
  current: () => Promise<PublishedRelease | undefined>;
  release: Release;
  store: Pick<Sink, 'text'> | null | undefined;
}): Promise<Readonly<Record<string, string>>> {
  if (release.origin === 'sample' || (last && last.city.id !== release.city.id)) return {};
  const version = last?.version ?? (await current())?.version;
  // An older file that cannot be read is given up: it must not keep new data away.
  const earlier = readDeparted(
    version === undefined ? undefined : await store?.text?.(version, DEPARTED_FILE).catch(() => undefined),
  );
  const known = last && last.origin !== 'sample' ? last.vendors : [];
  const ids = departedVendors({ vendors: known }, release, earlier.ids);
  if (ids.length === 0) return {};
  const seenNow = known.map(({ id }) => [id, last?.asOf ?? ''] as const);
  return { [DEPARTED_FILE]: departedText(ids, new Map([...earlier.lastSeen, ...seenNow])) };
}

export type CheckedPublication = Pick<PipelineInput, 'sink' | 'force' | 'remedy'> & {
  /** The release that the sink's readers get now. */
  readonly current: PublishedRelease | undefined;
  /** Published with the release, by name. */
  readonly files: Readonly<Record<string, string>>;
};

/**
 * Publishes a release, unless it was rolled back from or has lost too much: a broken source must not empty the map.
 * @throws LoadError when it has lost too much. @throws EngineError
 */
export async function publishChecked(
  release: Release,
  { sink, current, files, force, remedy }: CheckedPublication,
): Promise<PublishOutcome> {
  if (current && !force) {
    if (current.refused.includes(release.version)) return 'refused';
    refuseShrunk(release, current.branches, remedy);
  }
  return sink.publish(release, files);
}

function refuseOtherCity(release: Release, last: Release | undefined, place: string): void {
  if (!last || last.city.id === release.city.id) return;
  throw new LoadError(
    `${place} has releases of ${last.city.id}: choose another place with --out, or replace them with --force`,
  );
}

async function writeReport(path: string, files: { 'quality.json': string; 'quality.txt': string }): Promise<void> {
  await writeFile(path, files[path.endsWith('.json') ? 'quality.json' : 'quality.txt']).catch((error: Error) => {
    throw new LoadError(`the report cannot be written to ${path}: ${error.message}; nothing was published`);
  });
}

function once<Value>(read: () => Promise<Value>): () => Promise<Value> {
  let reading: Promise<Value> | undefined;
  return () => {
    reading ??= read();
    return reading;
  };
}

import { findCity } from '../seed/find-city.ts';
import { liveSources, load } from '../seed/load.ts';
import { publishRelease } from '../seed/pipeline.ts';
import { makeReport } from '../seed/report/report.ts';
import { invalidateEdge } from './aws/cloudfront.ts';
import { loadAws, loadEnvironment } from './config/config.ts';
import { openClusterSink } from './engine/cluster-sink.ts';
import type { Sink } from './engine/engine.ts';
import { createLog } from './node/log.ts';
import { readDirectoryRelease } from './releases/directory-reader.ts';
import { createDirectorySink } from './releases/directory-sink.ts';
import { openBucket } from './releases/s3-client.ts';
import { readS3Release } from './releases/s3-reader.ts';
import { createS3Sink } from './releases/s3-sink.ts';

const config = loadEnvironment();
const { releases, distribution } = loadAws();
const log = createLog((line) => process.stdout.write(line));

const bucket = releases && openBucket(releases);
const sink = bucket ? createS3Sink(bucket) : createDirectorySink(config.releasesDirectory);
const readRelease = (version: string) =>
  bucket ? readS3Release(bucket, version) : readDirectoryRelease(config.releasesDirectory, version);

/** What an operator may ask for; the schedule asks for nothing. */
export type RefreshEvent = {
  /** Publishes even what has lost more than half of its branches, or was rolled back from. */
  readonly force?: boolean;
  /** Loads nothing: makes the release before the current one current again. */
  readonly rollback?: boolean;
};

export type RefreshAnswer = { readonly outcome: string; readonly version: string; readonly branches: number };

/**
 * Loads the city's data and publishes it to the bucket (`RELEASES_BUCKET`; without one to `DATA_DIR`, of use only where it stays),
 * and then to the cluster, where one searches; to be called on a schedule. `SOURCE_<NAME>` variables replace the city's own
 * addresses. An error is thrown, so that whoever schedules it sees a failure.
 */
export async function handler(event: RefreshEvent = {}): Promise<RefreshAnswer> {
  try {
    const done = event.rollback ? await rollback() : await refresh(event.force === true);
    log('refresh', done);
    const isNew = !['unchanged', 'refused'].includes(done.outcome);
    if (releases && distribution && isNew) await forget(distribution, releases, done.version);
    return done;
  } catch (error) {
    log('refresh_failed', { error: (error as Error).message });
    throw error;
  }
}

async function refresh(force: boolean): Promise<RefreshAnswer & { vendors: number; warnings: readonly string[] }> {
  const city = findCity(config.city);
  const isGiven = config.sources.size > 0;
  const made = await load({
    city,
    given: isGiven ? config.sources : liveSources(city),
    origin: isGiven ? 'given' : 'live',
    options: { cacheDirectory: config.downloadsDirectory, appToken: config.appToken ?? undefined },
  });
  const before = await sink.current();
  const last = before && (await readRelease(before.version).catch(() => undefined));
  const report = makeReport(made, made.warnings, last);
  const outcome = await publishRelease({
    release: made.release,
    report,
    sink,
    force,
    remedy: 'npm run refresh -- --force',
  });
  if (outcome !== 'refused') {
    // The bucket has decided; the cluster follows it, also when it has missed a release.
    await inCluster((cluster) => publishRelease({ release: made.release, report, sink: cluster, force: true }));
  }
  const { version, vendors, branches, warnings } = report;
  return { outcome, version, vendors, branches, warnings };
}

async function rollback(): Promise<RefreshAnswer> {
  const { version, branches } = await sink.rollback();
  await inCluster(async (cluster) => cluster.publish(await readRelease(version), {}));
  return { outcome: 'rolled back', version, branches };
}

async function inCluster(act: (cluster: Sink) => Promise<unknown>): Promise<void> {
  if (!config.cluster) return;
  const say = (line: string) => log('cluster', { line });
  const { sink: cluster, close } = await openClusterSink(config.cluster, { limitMs: config.waitMs, say });
  try {
    await act(cluster);
  } finally {
    await close();
  }
}

/** The new release is published whatever becomes of this: without it, old answers live for another minute. */
async function forget(id: string, access: NonNullable<typeof releases>, version: string): Promise<void> {
  await invalidateEdge(access, id, `${version}-${Date.now()}`).catch((error: Error) =>
    log('edge_not_invalidated', { error: error.message }),
  );
}

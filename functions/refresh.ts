import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { findCity } from '../seed/find-city.ts';
import { liveSources, load } from '../seed/load.ts';
import { loadAndPublish } from '../seed/pipeline.ts';
import { readSecret } from './aws/parameter-store.ts';
import { loadAws, loadEnvironment, onlyCityOf, releasesDirectoryOf } from './config/config.ts';
import { openClusterSink } from './engine/cluster-sink.ts';
import type { Sink } from './engine/engine.ts';
import { createLog } from './node/log.ts';
import { readDirectoryRelease } from './releases/directory-reader.ts';
import { createDirectorySink } from './releases/directory-sink.ts';
import { openBucket } from './releases/s3-client.ts';
import { readS3Release } from './releases/s3-reader.ts';
import { createS3Sink } from './releases/s3-sink.ts';

const config = loadEnvironment();
const { releases, appTokenParameter } = loadAws();
/** The invocation that runs now. */
let requestId: string | undefined;
const log = createLog(
  (line) => process.stdout.write(line),
  () => ({ requestId }),
);

const bucket = releases && openBucket(releases);
/** Without a bucket: useful only where the directory persists. */
const cityName = onlyCityOf(config);
const directory = releasesDirectoryOf(config, cityName);
const sink = bucket ? createS3Sink(bucket) : createDirectorySink(directory);
const readRelease = (version: string) =>
  bucket ? readS3Release(bucket, version) : readDirectoryRelease(directory, version);
/** The file of a city that is not built in, where `npm run deploy -- --city PATH` puts it. */
const cityFile = fileURLToPath(new URL('./city.json', import.meta.url));

/** A schedule sends an empty event; an operator may set one of these. */
export type RefreshEvent = {
  /** Publishes even data that has lost more than half of its branches, or was rolled back from. */
  readonly force?: boolean;
  /** Loads nothing; makes the previous release current again. */
  readonly rollback?: boolean;
};

export type RefreshAnswer = { readonly outcome: string; readonly version: string; readonly branches: number };

/**
 * Loads the city's data and publishes it to the bucket (`RELEASES_BUCKET`; without one to `DATA_DIR`, useful only where that
 * persists), then to the cluster if searches go there. Meant to run on a schedule. `SOURCE_<NAME>` variables replace the
 * city's own addresses. Errors are thrown, so that the scheduler sees a failure.
 */
export async function handler(
  event: RefreshEvent = {},
  { awsRequestId }: { readonly awsRequestId?: string } = {},
): Promise<RefreshAnswer> {
  requestId = awsRequestId;
  try {
    const answer = event.rollback ? await rollback() : await refresh(event.force === true);
    log('refresh', answer);
    return answer;
  } catch (error) {
    log('refresh_failed', { error: (error as Error).message });
    throw error;
  }
}

async function refresh(force: boolean): Promise<RefreshAnswer & { vendors: number; warnings: readonly string[] }> {
  const city = findCity(existsSync(cityFile) ? cityFile : cityName);
  const isGiven = config.sources.size > 0;
  const { outcome, report } = await loadAndPublish({
    input: {
      city,
      sources: isGiven ? config.sources : liveSources(city),
      origin: isGiven ? 'given' : 'live',
      options: { cacheDirectory: config.downloadsDirectory, appToken: config.appToken ?? (await readAppToken()) },
    },
    load,
    sink,
    // The cluster follows the bucket, even if it has missed a release.
    secondSink: { publish: (release, files) => inCluster((cluster) => cluster.publish(release, files)) },
    lastRelease: async (current) => {
      const published = await current();
      return published && readRelease(published.version).catch(() => undefined);
    },
    force,
    remedy: 'npm run refresh -- --force',
  });
  const { version, vendors, branches, warnings } = report;
  return { outcome, version, vendors, branches, warnings };
}

/** Read for each refresh, so that a new token needs no deployment. Without one, the portal still answers, to fewer requests. */
async function readAppToken(): Promise<string | undefined> {
  if (!releases || !appTokenParameter) return undefined;
  return readSecret(releases, appTokenParameter).catch((error: Error) => {
    log('no_app_token', { error: error.message });
    return undefined;
  });
}

async function rollback(): Promise<RefreshAnswer> {
  const { version, branches } = await sink.rollback();
  await inCluster(async (cluster) => cluster.publish(await readRelease(version), {}));
  return { outcome: 'rolled back', version, branches };
}

async function inCluster<Value>(act: (cluster: Sink) => Promise<Value>): Promise<Value | undefined> {
  if (!config.cluster) return undefined;
  const say = (line: string) => log('cluster', { line });
  const { sink: cluster, close } = await openClusterSink(config.cluster, { limitMs: config.waitMs, say });
  try {
    return await act(cluster);
  } finally {
    await close();
  }
}

import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { City } from '../seed/city.ts';
import { findCity } from '../seed/find-city.ts';
import { liveSources, load } from '../seed/load.ts';
import { loadAndPublish } from '../seed/pipeline.ts';
import { readSecret } from './aws/parameter-store.ts';
import { chosenCities, type RefreshEvent } from './aws/refresh-event.ts';
import { aliasOf, ConfigError, loadAws, loadEnvironment, releasesDirectoryOf } from './config/config.ts';
import { openClusterSink } from './engine/cluster-sink.ts';
import type { Sink } from './engine/engine.ts';
import type { Release } from './model/release.ts';
import { createLog } from './node/log.ts';
import { readDirectoryRelease } from './releases/directory-reader.ts';
import { createDirectorySink } from './releases/directory-sink.ts';
import { releaseFolderOf } from './releases/release-folder.ts';
import { openBucket } from './releases/s3-client.ts';
import { readS3Release } from './releases/s3-reader.ts';
import { createS3Sink } from './releases/s3-sink.ts';

const config = loadEnvironment();
const [firstCity] = config.cities;
const isAlone = config.cities.length === 1;
const { releases, appTokenParameter } = loadAws();
/** The invocation that runs now, and the city that it handles, if there are several. */
let invocation: { readonly requestId: string | undefined; readonly city?: string } = { requestId: undefined };
const log = createLog(
  (line) => process.stdout.write(line),
  () => invocation,
);

const bucket = releases && openBucket(releases);

/** What was done for a city. */
export type RefreshAnswer = { readonly outcome: string; readonly version: string; readonly branches: number };

/** What was done for all of several cities, by id. */
export type RefreshAnswers = { readonly cities: Readonly<Record<string, RefreshAnswer>> };

/**
 * Loads the data of all cities, or of one, and publishes it to the bucket (`RELEASES_BUCKET`; without one to `DATA_DIR`, useful only
 * where that persists), then to the cluster if searches go there. Meant to run on a schedule. `SOURCE_<NAME>` variables replace the
 * addresses of a single city. Errors are thrown, so that the scheduler sees a failure; of several cities, when all others are done.
 */
export async function handler(
  event: RefreshEvent = {},
  { awsRequestId }: { readonly awsRequestId?: string } = {},
): Promise<RefreshAnswer | RefreshAnswers> {
  invocation = { requestId: awsRequestId };
  const ids = await logged(async () => {
    if (config.sources.size > 0 && !isAlone)
      throw new ConfigError(`SOURCE_… needs a single city, and CITY names ${config.cities.join(', ')}`);
    return chosenCities(event, config.cities);
  });
  const [only, ...others] = ids;
  if (only !== undefined && others.length === 0) return handleCity(only, event);
  const cities: Record<string, RefreshAnswer> = {};
  const failures: string[] = [];
  for (const id of ids) {
    try {
      cities[id] = await handleCity(id, event);
    } catch (error) {
      failures.push(`${id}: ${(error as Error).message}`);
    }
  }
  if (failures.length === 0) return { cities };
  throw new Error(`${failures.length} of ${ids.length} cities failed\n${failures.join('\n')}`);
}

function handleCity(id: string, { force, rollback }: RefreshEvent): Promise<RefreshAnswer> {
  invocation = { requestId: invocation.requestId, ...(isAlone ? {} : { city: id }) };
  return logged(async () => {
    const answer = rollback ? await rollBack(id) : await refresh(id, force === true);
    log('refresh', answer);
    return answer;
  });
}

async function logged<Value>(act: () => Promise<Value>): Promise<Value> {
  try {
    return await act();
  } catch (error) {
    log('refresh_failed', { error: (error as Error).message });
    throw error;
  }
}

/** Where the releases of a city are. Without a bucket: in a directory. */
function storeOf(id: string): { readonly sink: Sink; readonly read: (version: string) => Promise<Release> } {
  if (bucket) {
    const folder = releaseFolderOf(bucket, id, id === firstCity);
    return { sink: createS3Sink(folder), read: (version) => readS3Release(folder, version) };
  }
  const directory = releasesDirectoryOf(config, id);
  return { sink: createDirectorySink(directory), read: (version) => readDirectoryRelease(directory, version) };
}

/** A city that is built in, or one of a file that `npm run deploy -- --city PATH` puts next to this program. */
function cityOf(id: string): City {
  const file = fileURLToPath(new URL(`./cities/${id}.json`, import.meta.url));
  return findCity(existsSync(file) ? file : id);
}

async function refresh(
  id: string,
  force: boolean,
): Promise<RefreshAnswer & { vendors: number; warnings: readonly string[] }> {
  const city = cityOf(id);
  const { sink, read } = storeOf(id);
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
    secondSink: { publish: (release, files) => inCluster(id, (cluster) => cluster.publish(release, files)) },
    lastRelease: async (current) => {
      const published = await current();
      return published && read(published.version).catch(() => undefined);
    },
    force,
    remedy: `npm run refresh -- ${isAlone ? '' : `--city ${id} `}--force`,
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

async function rollBack(id: string): Promise<RefreshAnswer> {
  const { sink, read } = storeOf(id);
  const { version, branches } = await sink.rollback();
  await inCluster(id, async (cluster) => cluster.publish(await read(version), {}));
  return { outcome: 'rolled back', version, branches };
}

async function inCluster<Value>(id: string, act: (cluster: Sink) => Promise<Value>): Promise<Value | undefined> {
  if (!config.cluster) return undefined;
  const settings = { ...config.cluster, alias: aliasOf(config.cluster.alias, id, id === firstCity) };
  const say = (line: string) => log('cluster', { line });
  const { sink: cluster, close } = await openClusterSink(settings, { limitMs: config.waitMs, say });
  try {
    return await act(cluster);
  } finally {
    await close();
  }
}

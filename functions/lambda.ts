import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { createEventHandler, type FunctionEvent } from './aws/lambda-adapter.ts';
import { loadAws, loadEnvironment, onlyCityOf, runByClockOf } from './config/config.ts';
import { openCluster } from './engine/cluster-engine.ts';
import { EngineError } from './engine/engine.ts';
import { swappable } from './engine/swappable-engine.ts';
import { createEngineWithoutRelease } from './engine/without-release.ts';
import { createApp } from './http/app.ts';
import { toPlainResponse } from './http/middleware/plain-response.ts';
import { gzip } from './node/gzip.ts';
import { createLog } from './node/log.ts';
import { observeLambda } from './observe/observe-lambda.ts';
import { createDirectoryReader, readDirectoryRelease } from './releases/directory-reader.ts';
import { createReleaseDownloads, lazyDownloadStore } from './releases/downloads.ts';
import { type LoadedRelease, openCurrentRelease } from './releases/open-release.ts';
import { createReleasePoller } from './releases/poller.ts';
import { openBucket } from './releases/s3-client.ts';
import { createS3Reader, readS3Release } from './releases/s3-reader.ts';
import { notesOf } from './releases/store-health.ts';

const config = loadEnvironment();
const { releases, metricsNamespace: namespace, requestMetrics } = loadAws();
/** Lambda runs one invocation at a time in a process. The start of a process belongs to none. */
let invocation: { readonly requestId: string | undefined; readonly client: string | null } = {
  requestId: undefined,
  client: null,
};
const log = createLog(
  (line) => process.stdout.write(line),
  () => ({ requestId: invocation.requestId }),
);
// A deployment puts a release next to this file if there is room for it, so that the function answers even when S3 does not.
const directory = fileURLToPath(new URL('./releases', import.meta.url));
const bundled = await openCurrentRelease(directory);
if (!bundled && !releases) throw new Error('the function has neither a release nor RELEASES_BUCKET');
for (const warning of bundled?.warnings ?? []) log('release', { warning });
if (bundled) runByClockOf(bundled.about.city.zone);

let notes = notesOf(bundled?.warnings ?? []);
let served: LoadedRelease | undefined = bundled;
const { current, swap } = swappable(bundled?.engine ?? createEngineWithoutRelease());
const bucket = releases && openBucket(releases, { reusesConnections: false });
const poller =
  bucket &&
  createReleasePoller({
    bucket,
    city: onlyCityOf(config),
    current: () => served,
    offer: (next, warnings) => {
      runByClockOf(next.about.city.zone);
      served = next;
      notes = notesOf(warnings);
      swap(next.engine);
    },
    log,
  });
const started = poller?.start();
/** The content of the served release, read only for downloads. */
const content = () => {
  if (!served) throw new EngineError('no release is loaded yet');
  const { version } = served.about;
  return bucket && version !== bundled?.about.version
    ? readS3Release(bucket, version)
    : readDirectoryRelease(directory, version);
};
// CloudFront serves the files of releases from the bucket; only a function without it writes them, into its own /tmp.
const files = createReleaseDownloads(
  bucket ? createS3Reader(bucket) : createDirectoryReader(directory),
  content,
  lazyDownloadStore(`${tmpdir()}/served-files`),
  () => served && { ...served.about, index: served.index },
);
// Never serve sample data in place of a real city's.
const copy = () => (!served || served.about.origin === 'sample' ? null : current());
const say = (line: string) => log('cluster', { line });
const cluster = config.cluster && (await openCluster(config.cluster, { limitMs: null, copy, say }));
const engine = cluster?.current ?? current;
const cacheBytes = config.cacheMb * 2 ** 20;
const onRequestDone = observeLambda(config, {
  namespace,
  requestMetrics,
  client: () => invocation.client,
  write: (line) => process.stdout.write(line),
});
const app = createApp({
  engine,
  onRequestDone,
  tiles: config.tiles,
  log,
  files,
  gzip,
  cacheBytes,
  toResponse: toPlainResponse,
  notes: () => notes,
});
const handleEvent = createEventHandler(app.fetch);
// The bundled release may be weeks old: the first answer is of the newest one.
await started;

/** Handles events of function URLs and API Gateway (payload 2.0), each after looking for a newer release. */
export async function handler(event: FunctionEvent, { awsRequestId }: { readonly awsRequestId?: string } = {}) {
  invocation = { requestId: awsRequestId, client: event.requestContext.http.sourceIp };
  await poller?.look();
  return handleEvent(event, awsRequestId);
}

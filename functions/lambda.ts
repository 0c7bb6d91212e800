import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { createEventHandler, type FunctionEvent, toPlainResponse } from './aws/lambda-adapter.ts';
import { loadAws, loadEnvironment, runByClockOf } from './config/config.ts';
import { openCluster } from './engine/cluster-engine.ts';
import { swappable } from './engine/swappable-engine.ts';
import { createApp } from './http/app.ts';
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
const { releases, metricsNamespace: namespace } = loadAws();
const log = createLog((line) => process.stdout.write(line));
// The build puts a release next to this file, so that a cold start needs no network.
const directory = fileURLToPath(new URL('./releases', import.meta.url));
const bundled = await openCurrentRelease(directory);
if (!bundled) throw new Error('the function has no bundled release: build it with `npm run build`');
for (const warning of bundled.warnings) log('release', { warning });
runByClockOf(bundled.about.city.zone);

let notes = notesOf(bundled.warnings);
let served: LoadedRelease = bundled;
const { current, swap } = swappable(served.engine);
const bucket = releases && openBucket(releases);
const poller =
  bucket &&
  createReleasePoller({
    bucket,
    current: () => served,
    offer: (next, warnings) => {
      served = next;
      notes = notesOf(warnings);
      swap(next.engine);
    },
    log,
  });
/** The content of the served release, read only for downloads. */
const content = () => {
  const { version } = served.about;
  return bucket && version !== bundled.about.version
    ? readS3Release(bucket, version)
    : readDirectoryRelease(directory, version);
};
// CloudFront serves the files of releases from the bucket; only a function without it writes them, into its own /tmp.
const files = createReleaseDownloads(
  bucket ? createS3Reader(bucket) : createDirectoryReader(directory),
  content,
  lazyDownloadStore(`${tmpdir()}/served-files`),
);
// Never serve sample data in place of a real city's.
const copy = () => (served.about.origin === 'sample' ? null : current());
const say = (line: string) => log('cluster', { line });
const cluster = config.cluster && (await openCluster(config.cluster, { limitMs: null, copy, say }));
const engine = cluster?.current ?? current;
const cacheBytes = config.cacheMb * 2 ** 20;
/** Lambda runs one invocation at a time in a process. */
let client: string | null = null;
const onRequestDone = observeLambda(config, {
  namespace,
  about: () => served.about,
  client: () => client,
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
// The bundled release may be weeks old: wait briefly for the newest one.
await poller?.look();

/** Handles events of function URLs and API Gateway (payload 2.0), and looks for a newer release at the same time. */
export async function handler(event: FunctionEvent, { awsRequestId }: { readonly awsRequestId?: string } = {}) {
  const polled = poller?.look();
  client = event.requestContext.http.sourceIp;
  const result = await handleEvent(event, awsRequestId);
  // Lambda freezes the process as soon as the handler returns.
  await polled;
  return result;
}

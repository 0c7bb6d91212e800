import { fileURLToPath } from 'node:url';
import { loadAws, loadEnvironment, runByClockOf } from './config.ts';
import { openBucket } from './engine/embedded/bucket.ts';
import { bucketReleases } from './engine/embedded/bucket-kept.ts';
import { readBucketRelease } from './engine/embedded/bucket-store.ts';
import { openCurrent } from './engine/embedded/current.ts';
import { followBucket } from './engine/embedded/follow.ts';
import { keptReleases } from './engine/embedded/kept.ts';
import type { Opened } from './engine/embedded/opened.ts';
import { readStored } from './engine/embedded/store.ts';
import { openCluster } from './engine/open.ts';
import { swappable } from './engine/swap.ts';
import { answerEvents, type FunctionEvent } from './function-events.ts';
import { gzip } from './gzip.ts';
import { createApp } from './http/app.ts';
import { createLog } from './log.ts';

const config = loadEnvironment();
const { releases } = loadAws();
const log = createLog((line) => process.stdout.write(line));
// The build puts a release beside this file, so that a cold start reads its index and no network.
const directory = fileURLToPath(new URL('./releases', import.meta.url));
const bundled = await openCurrent(directory);
if (!bundled) throw new Error('there is no release beside the function: build it with `npm run build`');
for (const warning of bundled.warnings) log('release', { warning });
runByClockOf(bundled.about.city.zone);

let served: Opened = bundled;
const { current, swap } = swappable(served.engine);
const bucket = releases && openBucket(releases);
const newest =
  bucket &&
  followBucket({
    bucket,
    current: () => served,
    offer: (next) => {
      served = next;
      swap(next.engine);
    },
    log,
  });
/** The content of what is served: it is read when somebody downloads it. */
const content = () => {
  const { version } = served.about;
  return bucket && version !== bundled.about.version
    ? readBucketRelease(bucket, version)
    : readStored(directory, version);
};
const files = bucket ? bucketReleases(bucket, content) : keptReleases(directory, content);
// Invented data is no stand-in for a city's.
const copy = () => (served.about.origin === 'sample' ? null : current());
const say = (line: string) => log('cluster', { line });
const cluster = config.cluster && (await openCluster(config.cluster, { limitMs: null, copy, say }));
const engine = cluster?.current ?? current;
const cacheBytes = config.cacheMb * 2 ** 20;
const answer = answerEvents(createApp({ engine, tiles: config.tiles, log, files, gzip, cacheBytes }).fetch);
// What is beside the function may be weeks old: the first answer waits for the newest release, shortly.
await newest?.look();

/** Answers function-URL and API Gateway (payload 2.0) events, and meanwhile looks for a newer release. */
export async function handler(event: FunctionEvent) {
  const looked = newest?.look();
  const answered = await answer(event);
  // A function sleeps once it has answered.
  await looked;
  return answered;
}

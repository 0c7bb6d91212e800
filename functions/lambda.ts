import { fileURLToPath } from 'node:url';
import { handle, type LambdaContext, type LambdaEvent } from 'hono/aws-lambda';
import { loadAws, loadEnvironment } from './config.ts';
import { openBucket } from './engine/embedded/bucket.ts';
import { bucketReleases } from './engine/embedded/bucket-kept.ts';
import { followBucket } from './engine/embedded/follow.ts';
import { keptReleases } from './engine/embedded/kept.ts';
import { openBuilt, readIndexFile } from './engine/embedded/opened.ts';
import { readCurrent } from './engine/embedded/store.ts';
import { openCluster } from './engine/open.ts';
import { swappable } from './engine/swap.ts';
import { createApp } from './http/app.ts';
import { createLog } from './log.ts';

const config = loadEnvironment();
const { releases } = loadAws();
const log = createLog((line) => process.stdout.write(line));
// The build puts a release beside this file, so that a cold start reads one file and no network.
const directory = fileURLToPath(new URL('./releases', import.meta.url));
const bundled = await readCurrent(directory);
if (!bundled) throw new Error('there is no release beside the function: build it with `npm run build`');
for (const warning of bundled.warnings) log('release', { warning });

let { release } = bundled;
let index = await readIndexFile(directory, release.version);
const { current, swap } = swappable(await openBuilt(release, index));
const bucket = releases && openBucket(releases);
const newest =
  bucket &&
  followBucket({
    bucket,
    current: () => release,
    offer: async (next, built) => {
      if (next.version !== release.version) index = built;
      release = next;
      swap(await openBuilt(release, index));
    },
    log,
  });
const files = bucket ? bucketReleases(bucket, () => release) : keptReleases(directory, () => release);
// Invented data is no stand-in for a city's.
const copy = () => (release.origin === 'sample' ? null : current());
const say = (line: string) => log('cluster', { line });
const cluster = config.cluster && (await openCluster(config.cluster, { limitMs: null, copy, say }));
const answer = handle(createApp({ engine: cluster?.current ?? current, tiles: config.tiles, log, files }));
// What is beside the function may be weeks old: the first answer waits for the newest release, shortly.
await newest?.look();

/** Answers function-URL and API Gateway (payload 2.0) events, and meanwhile looks for a newer release. */
export async function handler(event: LambdaEvent, context?: LambdaContext) {
  const looked = newest?.look();
  const answered = await answer(event, context);
  // A function sleeps once it has answered.
  await looked;
  return answered;
}

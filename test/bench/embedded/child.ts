import { type Answer, JOBS, type JobName } from './jobs.ts';
import type { Peer, PeerMaker } from './peer.ts';
import { Skipped } from './peer.ts';
import { curbside } from './peers/curbside.ts';
import { flexsearch } from './peers/flexsearch.ts';
import { minisearch } from './peers/minisearch.ts';
import { opensearch } from './peers/opensearch.ts';
import { postgis } from './peers/postgis.ts';
import { redis } from './peers/redis.ts';
import { sqlite } from './peers/sqlite.ts';

/** What a peer's process is asked, and what it says. */
export type Request = { readonly job: JobName; readonly times: number };
export type Reply =
  | { readonly built: { readonly ms: number; readonly peakMb: number; readonly note: string } }
  | { readonly skipped: string }
  | { readonly ms: readonly number[]; readonly answer: Answer | null };

const MAKERS: Readonly<Record<string, PeerMaker>> = {
  curbside,
  minisearch,
  flexsearch,
  sqlite,
  postgis,
  redis,
  opensearch,
};

const [, , name = '', size = '0'] = process.argv;
const say = (reply: Reply) => process.send?.(reply);
let peer: Peer | undefined;
try {
  const maker = MAKERS[name];
  if (!maker) throw new Error(`there is no peer ${name}`);
  const start = performance.now();
  peer = await maker(Number(size));
  const ms = performance.now() - start;
  const peakMb = process.resourceUsage().maxRSS / 1024;
  say({ built: { ms, peakMb, note: peer.note ?? '' } });
} catch (error) {
  say({ skipped: error instanceof Skipped ? error.message : `failed: ${(error as Error).stack}` });
  process.disconnect();
}

process.on('message', async ({ job, times }: Request) => {
  if (!peer) return;
  const ms: number[] = [];
  let answer: Answer | null = null;
  for (let time = 0; time < times; time++) {
    const start = performance.now();
    answer = await peer.run(JOBS[job]);
    ms.push(performance.now() - start);
    if (answer === null) break;
  }
  say({ ms, answer });
});
process.once('disconnect', async () => {
  await peer?.close?.();
  process.exit(0);
});

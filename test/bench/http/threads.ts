import { machine } from '../engines/table.ts';
import { load } from './load-generator.ts';
import { openLoop } from './open-loop.ts';
import { VARIED } from './paths.ts';

/** What a server has used since its start. */
export type Usage = {
  /** Processor time of all of its threads. */
  readonly cpuMs: number;
  /** Time in which the loop of its main thread was busy. */
  readonly busyMs: number;
  /** Resident memory. */
  readonly memoryMb: number;
};

/** A server with a number of threads. */
export type ThreadedServer = {
  readonly threads: number;
  readonly port: number;
  readonly data: string;
  readonly usage: () => Promise<Usage>;
};

type Row = {
  readonly perSecond: number;
  readonly cpuMs: number;
  readonly busyMs: number;
  readonly quietP50Ms: number;
  readonly quietP99Ms: number;
  readonly longMs: number;
  readonly healthP99Ms: number;
  readonly healthMaxMs: number;
  readonly besideP99Ms: number;
  readonly memoryMb: number;
};

/** Words that are frequent, misspelt and absent: nothing has all of them, so that every relaxation is tried. */
const LONG = `/search?status=any&q=${encodeURIComponent('tacos burritos cofee noodles sandwich curry falafel zzzzzz qqqqqq')}`;
/** Requests a second of ordinary load. */
const QUIET_PER_SECOND = 50;
const ROUNDS = 3;
/** Times of a measurement until the code is compiled, in each thread. */
const WARM_UP = 4;

/** Throughput, ordinary load, and what one client with long questions does to others, with and without threads. */
export async function measureThreads(servers: readonly ThreadedServer[], seconds: number): Promise<string> {
  for (const { port } of servers) await load(port, VARIED, seconds * WARM_UP);
  const rows = new Map<ThreadedServer, Row[]>(servers.map((server) => [server, []]));
  for (let round = 0; round < ROUNDS; round++) {
    for (const server of servers) rows.get(server)?.push(await measure(server, seconds));
  }
  const middle = (server: ThreadedServer, of: keyof Row) =>
    (rows.get(server) ?? []).map((row) => row[of]).sort((a, b) => a - b)[ROUNDS >> 1] ?? Number.NaN;
  const [none] = servers;
  return [
    `Threads on ${servers[0]?.data}, ${machine()}: 500 varied searches without the cache, medians of ${ROUNDS} rounds`,
    '',
    `| threads | searches a second, 16 connections | of 0 threads | processor time of one, ms | of the main thread, ms | ${QUIET_PER_SECOND} a second: p50, ms | p99, ms | a long question, ms | during it: p99 of /healthz, ms | its maximum, ms | p99 of other searches, ms | memory, MB |`,
    '|---|---|---|---|---|---|---|---|---|---|---|---|',
    ...servers.map((server) => {
      const at = (of: keyof Row, digits = 1) => middle(server, of).toFixed(digits);
      const ratio = none ? middle(server, 'perSecond') / middle(none, 'perSecond') : Number.NaN;
      return `| ${server.threads} | ${at('perSecond', 0)} | ${ratio.toFixed(2)} | ${at('cpuMs', 2)} | ${at('busyMs', 2)} | ${at('quietP50Ms')} | ${at('quietP99Ms')} | ${at('longMs', 0)} | ${at('healthP99Ms')} | ${at('healthMaxMs')} | ${at('besideP99Ms')} | ${at('memoryMb', 0)} |`;
    }),
  ].join('\n');
}

async function measure({ port, usage }: ThreadedServer, seconds: number): Promise<Row> {
  const before = await usage();
  const { perSecond, answers } = await load(port, VARIED, seconds);
  const after = await usage();
  const quiet = await openLoop(port, VARIED, QUIET_PER_SECOND, seconds);
  const long = { times: [] as number[] };
  let isDone = false;
  const asking = (async () => {
    for (let number = 0; !isDone; number++) long.times.push(await timeOf(port, `${LONG}&scale=${500 + number}`));
  })();
  const health: number[] = [];
  const end = performance.now() + seconds * 1_000;
  const beside = openLoop(port, VARIED, QUIET_PER_SECOND, seconds);
  while (performance.now() < end) {
    health.push(await timeOf(port, '/healthz'));
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  const { p99Ms: besideP99Ms } = await beside;
  isDone = true;
  await asking;
  health.sort((a, b) => a - b);
  long.times.sort((a, b) => a - b);
  return {
    perSecond,
    cpuMs: (after.cpuMs - before.cpuMs) / answers,
    busyMs: (after.busyMs - before.busyMs) / answers,
    quietP50Ms: quiet.p50Ms,
    quietP99Ms: quiet.p99Ms,
    longMs: long.times[long.times.length >> 1] ?? Number.NaN,
    healthP99Ms: health[Math.floor(health.length * 0.99)] ?? Number.NaN,
    healthMaxMs: health.at(-1) ?? Number.NaN,
    besideP99Ms,
    memoryMb: after.memoryMb,
  };
}

async function timeOf(port: number, path: string): Promise<number> {
  const started = performance.now();
  await (await fetch(`http://127.0.0.1:${port}${path}`)).arrayBuffer();
  return performance.now() - started;
}

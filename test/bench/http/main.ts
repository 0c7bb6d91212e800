import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { BENCH_NODE, benchNodeVersion } from '../bench-node.ts';
import { machine } from '../engines/table.ts';
import { median } from '../median.ts';
import { coldStarts, coldStartTable } from './cold-start.ts';
import { type Load, load } from './load-generator.ts';
import { startOriginalApp } from './original-app.ts';
import { measureOverload } from './overload.ts';
import { NARROW, PATH, SAME, VARIED } from './paths.ts';
import { measureThreads, type Usage } from './threads.ts';
import { WRK_IS_MISSING, wrkPerSecond } from './wrk.ts';

const { values } = parseArgs({
  options: {
    json: { type: 'string' },
    seconds: { type: 'string', default: '3' },
    only: { type: 'string' },
    threads: { type: 'string', default: '0' },
  },
});
const SECONDS = Number(values.seconds);
const ROUNDS = 3;
async function start(...args: string[]): Promise<{ child: ChildProcess; port: number; data: string }> {
  const child = fork('dist/bench/http-server.js', args, { execPath: BENCH_NODE });
  const [ready] = (await once(child, 'message')) as [{ port: number; data: string }];
  return { child, ...ready };
}

if (values.only === 'cold') {
  process.stdout.write(`${coldStartTable(coldStarts()).join('\n')}\n`);
  process.exit(0);
}
if (values.only === 'overload') {
  const { threads } = values;
  const servers = [await start('limited-uncached', threads), await start('uncached', threads)] as const;
  process.stdout.write(`${await measureOverload(...servers, SECONDS)}\n`);
  for (const { child } of servers) child.disconnect();
  process.exit(0);
}
if (values.only === 'threads') {
  for (const size of ['city', 'large']) {
    const servers = await Promise.all(
      [0, 1, 2].map(async (threads) => ({ threads, ...(await start('uncached', String(threads), size)) })),
    );
    const measuredServers = servers.map((server) => ({ ...server, usage: () => usageOf(server.child) }));
    process.stdout.write(`${await measureThreads(measuredServers, SECONDS)}\n\n`);
    for (const { child } of servers) child.disconnect();
  }
  process.exit(0);
}
const bare = await start('bare');
const cached = await start('cached');
const uncached = await start('uncached');
const limited = await start('limited-cached');
const trucks = (await (
  await fetch(`http://127.0.0.1:${uncached.port}/search?q=&status=any&lat=37.7&lon=-122.4`)
).json()) as {
  trucks: never[];
};
const original = await startOriginalApp(trucks.trucks);
type Run = {
  readonly name: string;
  readonly port: number;
  readonly paths: readonly string[];
  readonly child: ChildProcess | null;
  /** The runs that it is compared with: the same bytes, and the same body. */
  readonly base: string;
  readonly bodyBase: string;
};
/** `wrkPerSecond` is NaN if wrk is not installed. */
type Measured = Load & { readonly cpuMs: number; readonly wrkPerSecond: number };

/** The bare route's runs for some responses, and the runs that are compared with them. */
function comparedRuns(
  title: string,
  paths: readonly string[],
  others: readonly Omit<Run, 'base' | 'bodyBase'>[],
): Run[] {
  const [base, bodyBase] = [`bare Hono route, ${title}: the same bytes`, `bare Hono route, ${title}: only the body`];
  const same = paths.map((path) => path.replace('/search', SAME));
  const bares = [
    { name: base, ...bare, paths: same },
    { name: bodyBase, ...bare, paths },
  ];
  return [...bares, ...others].map((run) => ({ ...run, base, bodyBase }));
}

const originalRuns =
  typeof original === 'string'
    ? []
    : [{ name: 'the original app (re-created: Flask, OpenSearch)', port: original.port, paths: [PATH], child: null }];
const runs: readonly Run[] = [
  ...comparedRuns(
    'one response',
    [PATH],
    [
      { name: 'Curbside, from its cache', ...cached, paths: [PATH] },
      { name: 'Curbside, from its cache, with limits', ...limited, paths: [PATH] },
      { name: 'Curbside, no cache, the same search', ...uncached, paths: [PATH] },
      ...originalRuns,
    ],
  ),
  ...comparedRuns('500 varied', VARIED, [
    { name: 'Curbside, from its cache, 500 varied searches', ...cached, paths: VARIED },
    { name: 'Curbside, no cache, 500 varied searches', ...uncached, paths: VARIED },
  ]),
  ...comparedRuns('500 narrow', NARROW, [
    { name: 'Curbside, no cache, 500 narrow searches', ...uncached, paths: NARROW },
  ]),
];

async function usageOf(child: ChildProcess): Promise<Usage> {
  child.send('usage');
  const [usage] = (await once(child, 'message')) as [Usage];
  return usage;
}

async function cpuOf(child: ChildProcess | null): Promise<number> {
  return child ? (await usageOf(child)).cpuMs : Number.NaN;
}

async function underLoad({ port, paths, child }: Run, seconds: number): Promise<Measured> {
  const before = await cpuOf(child);
  const loaded = await load(port, paths, seconds);
  return { ...loaded, cpuMs: ((await cpuOf(child)) - before) / loaded.answers, wrkPerSecond: Number.NaN };
}

const measured = new Map<string, Measured[]>(runs.map(({ name }) => [name, []]));
/** Seconds after which a server is measured even if it still gets faster. */
const MAX_WARM_UP = 20;

/** Warms a server up until its code is compiled: until no second needs a tenth less processor time than the previous one. */
async function warmUp(run: Run): Promise<void> {
  let before = Number.POSITIVE_INFINITY;
  for (let second = 0; second < MAX_WARM_UP; second++) {
    const { cpuMs } = await underLoad(run, 1);
    if (!(cpuMs < before * 0.9) && second > 2) return;
    before = cpuMs;
  }
}

for (const run of runs) await warmUp(run);
for (let round = 0; round < ROUNDS; round++) {
  for (const run of runs) {
    const own = await underLoad(run, SECONDS);
    const wrkRate = WRK_IS_MISSING === null ? await wrkPerSecond(run.port, run.paths, SECONDS) : Number.NaN;
    measured.get(run.name)?.push({ ...own, wrkPerSecond: wrkRate });
  }
}
for (const { child } of [bare, cached, uncached, limited]) child.disconnect();
if (typeof original !== 'string') await original.stop();

const middle = (loads: readonly Measured[]): Measured =>
  [...loads].sort((a, b) => a.perSecond - b.perSecond)[loads.length >> 1] as Measured;
const results = Object.fromEntries(
  [...measured].map(([name, loads]) => [
    name,
    { ...middle(loads), wrkPerSecond: median(loads.map((one) => one.wrkPerSecond)) },
  ]),
);
const baseOf = (name: string, which: 'base' | 'bodyBase') =>
  results[runs.find((run) => run.name === name)?.[which] ?? ''];
const cold = coldStarts();
const percent = (part: number) => (Number.isNaN(part) ? '–' : `${(part * 100).toFixed(0)} %`);
const lines = [
  `HTTP on ${uncached.data}, ${machine(benchNodeVersion())}, 16 connections`,
  '',
  '| | requests a second, wrk | of the same bytes | requests a second, own client | of the same bytes | by processor time | of only the body | p50, ms | p99, ms | bytes |',
  '|---|---|---|---|---|---|---|---|---|---|',
  ...Object.entries(results).map(
    ([name, { perSecond, p50Ms, p99Ms, bytes, cpuMs, wrkPerSecond: wrkRate }]) =>
      `| ${name} | ${Number.isNaN(wrkRate) ? '–' : wrkRate.toFixed(0)} | ${percent(wrkRate / (baseOf(name, 'base')?.wrkPerSecond ?? 0))} | ${perSecond.toFixed(0)} | ${percent(perSecond / (baseOf(name, 'base')?.perSecond ?? 0))} | ${percent((baseOf(name, 'base')?.cpuMs ?? 0) / cpuMs)} | ${percent(perSecond / (baseOf(name, 'bodyBase')?.perSecond ?? 0))} | ${p50Ms.toFixed(2)} | ${p99Ms.toFixed(2)} | ${bytes.toFixed(0)} |`,
  ),
  ...(WRK_IS_MISSING === null ? [] : ['', `wrk was left out: ${WRK_IS_MISSING}.`]),
  ...(typeof original === 'string' ? ['', `The original app was left out: ${original}.`] : []),
  '',
  ...coldStartTable(cold),
];
process.stdout.write(`${lines.join('\n')}\n`);
if (values.json) writeFileSync(values.json, `${JSON.stringify({ results, cold }, null, 2)}\n`);

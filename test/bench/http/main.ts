import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { machine } from '../embedded/table.ts';
import { type Cold, LAMBDA, measureCold } from './cold.ts';
import { type Load, load } from './load.ts';
import { startOriginal } from './original.ts';
import { NARROW, PATH, VARIED } from './paths.ts';

const { values } = parseArgs({ options: { json: { type: 'string' }, seconds: { type: 'string', default: '3' } } });
const SECONDS = Number(values.seconds);
const ROUNDS = 3;
async function start(kind: string): Promise<{ child: ChildProcess; port: number; data: string }> {
  const child = fork('dist/bench/http-server.js', [kind]);
  const [said] = (await once(child, 'message')) as [{ port: number; data: string }];
  return { child, ...said };
}

const bare = await start('bare');
const cached = await start('cached');
const uncached = await start('uncached');
const trucks = (await (
  await fetch(`http://127.0.0.1:${uncached.port}/search?q=&status=any&lat=37.7&lon=-122.4`)
).json()) as {
  trucks: never[];
};
const original = await startOriginal(trucks.trucks);
type Run = {
  readonly name: string;
  readonly port: number;
  readonly paths: readonly string[];
  readonly child: ChildProcess | null;
  /** What it is compared with. */
  readonly base: string;
};
type Measured = Load & { readonly cpuMs: number };

const BARE = 'bare Hono route, the same bytes from memory';
const BARE_VARIED = 'bare Hono route, 500 varied answers from memory';
const BARE_NARROW = 'bare Hono route, 500 narrow answers from memory';
const runs: readonly Run[] = [
  { name: BARE, ...bare, paths: [PATH], base: BARE },
  { name: 'Curbside, answered from its cache', ...cached, paths: [PATH], base: BARE },
  { name: 'Curbside, no cache, the same search', ...uncached, paths: [PATH], base: BARE },
  { name: BARE_VARIED, ...bare, paths: VARIED, base: BARE_VARIED },
  { name: 'Curbside, no cache, 500 varied searches', ...uncached, paths: VARIED, base: BARE_VARIED },
  { name: BARE_NARROW, ...bare, paths: NARROW, base: BARE_NARROW },
  { name: 'Curbside, no cache, 500 narrow searches', ...uncached, paths: NARROW, base: BARE_NARROW },
  ...(typeof original === 'string'
    ? []
    : [
        {
          name: 'the original app (stand-in: Flask, OpenSearch)',
          port: original.port,
          paths: [PATH],
          child: null,
          base: BARE,
        },
      ]),
];

/** Processor time that a server has used so far, milliseconds. */
async function cpuOf(child: ChildProcess | null): Promise<number> {
  if (!child) return Number.NaN;
  child.send('cpu');
  const [{ cpuMs }] = (await once(child, 'message')) as [{ cpuMs: number }];
  return cpuMs;
}

async function underLoad({ port, paths, child }: Run, seconds: number): Promise<Measured> {
  const before = await cpuOf(child);
  const loaded = await load(port, paths, seconds);
  return { ...loaded, cpuMs: ((await cpuOf(child)) - before) / loaded.answers };
}

const measured = new Map<string, Measured[]>(runs.map(({ name }) => [name, []]));
/** Seconds after which a server is measured even when it still gets faster. */
const MOST_WARMING = 20;

/** Asks until the compiler has made what it can of it: no second is a tenth cheaper than the one before. */
async function warm(run: Run): Promise<void> {
  let before = Number.POSITIVE_INFINITY;
  for (let second = 0; second < MOST_WARMING; second++) {
    const { cpuMs } = await underLoad(run, 1);
    if (!(cpuMs < before * 0.9) && second > 2) return;
    before = cpuMs;
  }
}

for (const run of runs) await warm(run);
for (let round = 0; round < ROUNDS; round++) {
  for (const run of runs) measured.get(run.name)?.push(await underLoad(run, SECONDS));
}
for (const { child } of [bare, cached, uncached]) child.disconnect();
if (typeof original !== 'string') await original.stop();

const middle = (loads: readonly Measured[]): Measured =>
  [...loads].sort((a, b) => a.perSecond - b.perSecond)[loads.length >> 1] as Measured;
const results = Object.fromEntries([...measured].map(([name, loads]) => [name, middle(loads)]));
const baseOf = (name: string) => results[runs.find((run) => run.name === name)?.base ?? ''];
const cold: Record<string, Cold> = LAMBDA
  ? measureCold({ 'hello world (Hono)': 'dist/bench/hello.js', Curbside: LAMBDA })
  : {};
const percent = (part: number) => (Number.isNaN(part) ? '–' : `${(part * 100).toFixed(0)} %`);
const lines = [
  `HTTP on ${uncached.data}, ${machine()}, 16 connections`,
  '',
  '| | requests a second | of the bare route | by processor time | p50, ms | p99, ms | bytes |',
  '|---|---|---|---|---|---|---|',
  ...Object.entries(results).map(
    ([name, { perSecond, p50Ms, p99Ms, bytes, cpuMs }]) =>
      `| ${name} | ${perSecond.toFixed(0)} | ${percent(perSecond / (baseOf(name)?.perSecond ?? 0))} | ${percent((baseOf(name)?.cpuMs ?? 0) / cpuMs)} | ${p50Ms.toFixed(2)} | ${p99Ms.toFixed(2)} | ${bytes.toFixed(0)} |`,
  ),
  ...(typeof original === 'string' ? ['', `The original app was left out: ${original}.`] : []),
  '',
  '| cold start | ready, ms | first answer, ms | from the start of its process, ms | memory, MB | started, kB |',
  '|---|---|---|---|---|---|',
  ...Object.entries(cold).map(
    ([name, { readyMs, answeredMs, fromStartMs, memoryMb, kb }]) =>
      `| ${name} | ${readyMs.toFixed(1)} | ${answeredMs.toFixed(1)} | ${fromStartMs.toFixed(0)} | ${memoryMb.toFixed(0)} | ${kb.toFixed(0)} |`,
  ),
];
process.stdout.write(`${lines.join('\n')}\n`);
if (values.json) writeFileSync(values.json, `${JSON.stringify({ results, cold }, null, 2)}\n`);

import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { machine } from '../embedded/table.ts';
import { type Cold, LAMBDA, measureCold } from './cold.ts';
import { type Load, load } from './load.ts';
import { startOriginal } from './original.ts';

const { values } = parseArgs({ options: { json: { type: 'string' }, seconds: { type: 'string', default: '3' } } });
const SECONDS = Number(values.seconds);
const ROUNDS = 3;
const PATH = '/search?q=tacos';

/** 500 different searches, as different people at different corners make them. */
const VARIED = Array.from({ length: 500 }, (_, at) => {
  const word = [
    'tacos',
    'coffee',
    'burger',
    'noodles',
    'hot dog',
    'ice cream',
    'kebab',
    'chicken rice',
    'vegan',
    'sandw',
  ][at % 10];
  const place = `lat=${(37.75 + (at % 40) / 1000).toFixed(4)}&lon=${(-122.43 + (at % 37) / 1000).toFixed(4)}`;
  return `/search?q=${encodeURIComponent(word ?? '')}&${place}&radius=${1000 + at * 3}`;
});

async function start(...words: string[]): Promise<{ child: ChildProcess; port: number; data: string }> {
  const child = fork('dist/bench/http-server.js', words);
  const [said] = (await once(child, 'message')) as [{ port: number; data: string }];
  return { child, ...said };
}

const bare = await start('bare', PATH);
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
};
type Measured = Load & { readonly cpuMs: number };

const runs: readonly Run[] = [
  { name: 'bare Hono route, the same bytes from memory', ...bare, paths: [PATH] },
  { name: 'Curbside, answered from its cache', ...cached, paths: [PATH] },
  { name: 'Curbside, no cache, the same search', ...uncached, paths: [PATH] },
  { name: 'Curbside, no cache, 500 varied searches', ...uncached, paths: VARIED },
  ...(typeof original === 'string'
    ? []
    : [{ name: 'the original app (stand-in: Flask, OpenSearch)', port: original.port, paths: [PATH], child: null }]),
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
for (const run of runs) await underLoad(run, 1);
for (let round = 0; round < ROUNDS; round++) {
  for (const run of runs) measured.get(run.name)?.push(await underLoad(run, SECONDS));
}
for (const { child } of [bare, cached, uncached]) child.disconnect();
if (typeof original !== 'string') await original.stop();

const middle = (loads: readonly Measured[]): Measured =>
  [...loads].sort((a, b) => a.perSecond - b.perSecond)[loads.length >> 1] as Measured;
const results = Object.fromEntries([...measured].map(([name, loads]) => [name, middle(loads)]));
const base = results[runs[0]?.name ?? ''];
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
      `| ${name} | ${perSecond.toFixed(0)} | ${percent(perSecond / (base?.perSecond ?? 0))} | ${percent((base?.cpuMs ?? 0) / cpuMs)} | ${p50Ms.toFixed(2)} | ${p99Ms.toFixed(2)} | ${bytes.toFixed(0)} |`,
  ),
  ...(typeof original === 'string' ? ['', `The original app was left out: ${original}.`] : []),
  '',
  '| cold start | ready, ms | first answer, ms | memory, MB | bundle, kB |',
  '|---|---|---|---|---|',
  ...Object.entries(cold).map(
    ([name, { readyMs, answeredMs, memoryMb, kb }]) =>
      `| ${name} | ${readyMs.toFixed(1)} | ${answeredMs.toFixed(1)} | ${memoryMb.toFixed(0)} | ${kb.toFixed(0)} |`,
  ),
];
process.stdout.write(`${lines.join('\n')}\n`);
if (values.json) writeFileSync(values.json, `${JSON.stringify({ results, cold }, null, 2)}\n`);

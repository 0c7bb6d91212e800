import { bleve } from './adapters/bleve.ts';
import { curbside } from './adapters/curbside.ts';
import { duckdb } from './adapters/duckdb.ts';
import { flexsearch } from './adapters/flexsearch.ts';
import { lucene, rankedLucene } from './adapters/lucene.ts';
import { minisearch } from './adapters/minisearch.ts';
import { opensearch } from './adapters/opensearch.ts';
import { postgis } from './adapters/postgis.ts';
import { redis } from './adapters/redis.ts';
import { sqlite } from './adapters/sqlite.ts';
import { tantivy } from './adapters/tantivy.ts';
import { type BenchEngine, type EngineFactory, EngineUnavailable } from './bench-engine.ts';
import { type Answer, needsFilters, TASKS, type Task, type TaskName } from './tasks.ts';

/** The messages between the bench and an engine's process. */
export type Request = { readonly task: TaskName; readonly times: number };
export type Reply =
  | { readonly built: { readonly ms: number; readonly peakMb: number; readonly note: string } }
  | { readonly unavailable: string }
  | { readonly ms: readonly number[]; readonly answer: Answer | null };

const FACTORIES: Readonly<Record<string, EngineFactory>> = {
  curbside,
  lucene,
  'lucene-ranked': rankedLucene,
  tantivy,
  bleve,
  minisearch,
  flexsearch,
  duckdb,
  sqlite,
  postgis,
  redis,
  opensearch,
};

const [, , name = '', size = '0'] = process.argv;
const reply = (message: Reply) => process.send?.(message);
let engine: BenchEngine | undefined;
try {
  const factory = FACTORIES[name];
  if (!factory) throw new Error(`there is no engine ${name}`);
  const start = performance.now();
  engine = await factory(Number(size));
  const ms = engine.buildMs ?? performance.now() - start;
  const peakMb = engine.peakMb ?? process.resourceUsage().maxRSS / 1024;
  reply({ built: { ms, peakMb, note: engine.note ?? '' } });
} catch (error) {
  reply({ unavailable: error instanceof EngineUnavailable ? error.message : `failed: ${(error as Error).stack}` });
  process.disconnect();
}

async function runTimed(runner: BenchEngine, task: Task, times: number) {
  const ms: number[] = [];
  let answer: Answer | null = null;
  for (let time = 0; time < times; time++) {
    const start = performance.now();
    answer = await runner.run(task);
    ms.push(performance.now() - start);
    if (answer === null) break;
  }
  return { ms, answer };
}

/** How long a task is warmed up before it is first measured. */
const WARM_UP_MS = 500;
const warm = new Set<TaskName>();

async function warmUp(runner: BenchEngine, task: Task): Promise<void> {
  const end = performance.now() + WARM_UP_MS;
  while (performance.now() < end && (await runner.run(task)) !== null);
}

process.on('message', async ({ task: name, times }: Request) => {
  if (!engine) return;
  const task: Task = TASKS[name];
  if (needsFilters(task) && !engine.hasFilters) return reply({ ms: [], answer: null });
  if (!engine.runTimed && !warm.has(name)) await warmUp(engine, task);
  warm.add(name);
  reply(await (engine.runTimed?.(task, times) ?? runTimed(engine, task, times)));
});
process.once('disconnect', async () => {
  await engine?.close?.();
  process.exit(0);
});

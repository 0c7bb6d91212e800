import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { IndexBuilder } from '../../../functions/engine/embedded/build/index-builder.ts';
import { openIndex } from '../../../functions/engine/embedded/engine.ts';
import { createApp } from '../../../functions/http/app.ts';
import { gzip } from '../../../functions/node/gzip.ts';
import { SYNTHETIC_PROVENANCE, syntheticContent } from '../../fixtures/synthetic-city.ts';
import { BENCH_NODE } from '../bench-node.ts';
import { benchVendors } from '../engines/documents.ts';
import { CENTER, TASK_NAMES, TASKS } from '../engines/tasks.ts';
import { median } from '../median.ts';
import { PAGED, SHAPES } from './shapes.ts';

/** Repetitions of each request; the first is reported apart, because nothing is compiled or cached then. */
const RUNS = 7;

const { values } = parseArgs({
  options: {
    branches: { type: 'string', default: '1000000' },
    'limit-ms': { type: 'string', default: '50' },
    only: { type: 'string', default: '' },
    'in-this-process': { type: 'boolean', default: false },
  },
});

/** Node 24 has it; the project's types are those of Node 20. */
const { threadCpuUsage } = process as NodeJS.Process & { threadCpuUsage(): NodeJS.CpuUsage };

/** Processor time of this thread, ms: other programs on the machine do not count. */
function threadMs(): number {
  const { user, system } = threadCpuUsage.call(process);
  return (user + system) / 1000;
}

/** The longest time between two turns of the event loop during some work, and the time of all of it. */
async function longestTurn(work: () => Promise<unknown>): Promise<{ longest: number; total: number }> {
  let longest = 0;
  let isDone = false;
  let last = threadMs();
  const turn = () => {
    const now = threadMs();
    longest = Math.max(longest, now - last);
    last = now;
    if (!isDone) setImmediate(turn);
  };
  setImmediate(turn);
  const start = threadMs();
  last = start;
  await work();
  const total = threadMs() - start;
  turn();
  isDone = true;
  await new Promise((resolve) => setImmediate(resolve));
  return { longest, total };
}

async function measure(branches: number, limitMs: number): Promise<boolean> {
  const builder = new IndexBuilder(syntheticContent(branches, CENTER));
  for (const vendor of benchVendors(branches)) builder.add(vendor);
  const engine = openIndex(new Uint8Array(builder.finish()), SYNTHETIC_PROVENANCE);
  const app = createApp({ engine: () => engine, tiles: null, log: () => {}, gzip });
  const request = async (path: string) => {
    const response = await app.request(path, { headers: { 'Accept-Encoding': 'gzip' } });
    await response.arrayBuffer();
    if (response.status !== 200 && response.status !== 413)
      throw new Error(`${path} is answered with ${response.status}`);
  };
  const cursorOf = async (path: string) => {
    const { page } = (await (await app.request(path)).json()) as { page: { cursor: string } };
    return `${path}&cursor=${page.cursor}`;
  };
  const works = new Map<string, () => Promise<unknown>>();
  for (const name of TASK_NAMES) {
    const { title, query } = TASKS[name];
    works.set(`task: ${title}`, () => engine.search({ ...query, limit: Math.min(query.limit, 1_000) }));
  }
  for (const [title, path] of Object.entries(SHAPES)) works.set(title, () => request(path));
  for (const [title, path] of Object.entries(PAGED)) {
    const next = await cursorOf(path);
    works.set(title, () => request(next));
  }
  process.stdout.write(
    `| ${branches.toLocaleString('en-US')} branches, ms of processor time | longest turn, median | the first time | in all, median |\n`,
  );
  process.stdout.write('|---|---|---|---|\n');
  let isWithin = true;
  for (const [title, work] of works) {
    if (!title.includes(values.only)) continue;
    const runs: Awaited<ReturnType<typeof longestTurn>>[] = [];
    for (let run = 0; run < RUNS; run++) runs.push(await longestTurn(work));
    const longest = median(runs.slice(1).map((run) => run.longest));
    const cells = [longest, runs[0]?.longest ?? 0, median(runs.map(({ total }) => total))];
    if (longest > limitMs) isWithin = false;
    const mark = longest > limitMs ? ' (too long)' : '';
    process.stdout.write(`| ${title}${mark} | ${cells.map((ms) => ms.toFixed(1)).join(' | ')} |\n`);
  }
  return isWithin;
}

if (values['in-this-process']) {
  if (!(await measure(Number(values.branches), Number(values['limit-ms'])))) process.exitCode = 1;
} else {
  const args = ['--max-old-space-size=6000', ...process.argv.slice(1), '--in-this-process'];
  process.exitCode = spawnSync(BENCH_NODE, args, { stdio: 'inherit' }).status ?? 1;
}

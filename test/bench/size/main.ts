import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { BENCH_NODE, benchNodeVersion } from '../bench-node.ts';
import { machine } from '../engines/table.ts';
import { TASKS } from '../engines/tasks.ts';
import type { Opening, Publication } from './size-worker.ts';

const { values } = parseArgs({
  options: { branches: { type: 'string', default: '1000000' }, directory: { type: 'string' } },
});
const branches = Number(values.branches);
/** A release in a given directory stays there, and the next run only opens it. */
const directory = values.directory ?? mkdtempSync(join(tmpdir(), 'curbside-size-'));
const print = (line: string) => process.stdout.write(`${line}\n`);
const gb = (bytes: number) => `${(bytes / 1e9).toFixed(2)} GB`;

/** Runs a phase in a process of its own, so that its peak memory is its own. */
async function runWorker<Result>(args: readonly string[]): Promise<Result> {
  const child = fork('dist/bench/size-worker.js', args, {
    execPath: BENCH_NODE,
    execArgv: ['--max-old-space-size=12000'],
  });
  const [message] = await Promise.race([once(child, 'message'), once(child, 'exit')]);
  if (typeof message !== 'object' || message === null) throw new Error(`${args.join(' ')}: it ended with ${message}`);
  return message as Result;
}

async function publish(): Promise<Publication> {
  const published = await runWorker<Publication>([directory, String(branches)]);
  print(`published in ${published.seconds.toFixed(0)} s, peak memory ${gb(published.peakBytes)}`);
  print(`release.json ${gb(published.contentBytes)}, index.bin ${gb(published.indexBytes)}`);
  return published;
}

try {
  print(`${branches} branches, ${machine(benchNodeVersion())}`);
  const published = existsSync(join(directory, 'current.json')) ? undefined : await publish();
  const opened = await runWorker<Opening>([directory]);
  print(
    `opened in ${opened.openMs.toFixed(0)} ms, ${gb(opened.residentBytes)} resident; peak ${gb(opened.peakBytes)}\n`,
  );
  print('| search | ms | vendors | branches |\n|---|---|---|---|');
  for (const { name, ms, totals } of opened.tasks) {
    print(`| ${TASKS[name].title} | ${ms.toFixed(1)} | ${totals.vendors} | ${totals.branches} |`);
    const expected = published?.totals[name];
    if (!expected || JSON.stringify(expected) === JSON.stringify(totals)) continue;
    process.exitCode = 1;
    print(`wrong: the vendors themselves have ${expected.vendors} and ${expected.branches}`);
  }
} finally {
  if (values.directory === undefined) rmSync(directory, { recursive: true });
}

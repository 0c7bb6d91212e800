import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BENCH_NODE } from '../bench-node.ts';
import { median } from '../median.ts';
import { formatMs } from './table.ts';

export type IndexOpening = {
  readonly fileMb: number;
  /** Time to read the file, and to open it: verify its checksum and create views of its bytes. */
  readonly readMs: number;
  readonly openMs: number;
  /** Memory of the process after one search of each task, relative to the file's size. */
  readonly memory: number;
};
export type JsonParsing = { readonly jsonMb: number; readonly jsonMs: number };

/** Opening the same data as an index and as JSON, in separate processes; medians of several. */
export type OpeningMeasurement = IndexOpening & JsonParsing & { readonly branches: number };

/** Processes that open the file, each once: a second opening in the same process takes a third of the time. */
const PROCESSES = 7;

export async function measureIndexOpening(branches: number, log: (line: string) => void): Promise<OpeningMeasurement> {
  log(`${branches} branches: opening`);
  const directory = mkdtempSync(join(tmpdir(), 'curbside-bench-'));
  const file = join(directory, 'index.bin');
  try {
    const json = await runWorker<JsonParsing>([String(branches), file]);
    const opened: IndexOpening[] = [];
    for (let at = 0; at < PROCESSES; at++) opened.push(await runWorker<IndexOpening>(['open', file]));
    const middle = (name: keyof IndexOpening) => median(opened.map((one) => one[name]));
    const [fileMb, readMs, openMs] = [middle('fileMb'), middle('readMs'), middle('openMs')];
    return { branches, ...json, fileMb, readMs, openMs, memory: middle('memory') };
  } finally {
    rmSync(directory, { recursive: true });
  }
}

async function runWorker<Result>(args: readonly string[]): Promise<Result> {
  const child = fork('dist/bench/opening-worker.js', args, {
    execPath: BENCH_NODE,
    execArgv: ['--max-old-space-size=12000', '--expose-gc'],
  });
  const [result] = (await once(child, 'message')) as [Result];
  return result;
}

export function openingTable(rows: readonly OpeningMeasurement[]): string {
  const lines = rows.map(
    ({ branches, fileMb, readMs, openMs, memory, jsonMb, jsonMs }) =>
      `| ${branches.toLocaleString('en-US')} | ${fileMb.toFixed(1)} | ${formatMs(openMs)} | ${formatMs(readMs)} | ${memory.toFixed(2)} | ${jsonMb.toFixed(1)} | ${formatMs(jsonMs)} (${(jsonMs / openMs).toFixed(0)}x) |`,
  );
  return [
    '| opening: branches | index file, MB | open it in a fresh process, ms | read it from disk, ms | memory, x the file | JSON, MB | JSON.parse, ms |',
    '|---|---|---|---|---|---|---|',
    ...lines,
  ].join('\n');
}

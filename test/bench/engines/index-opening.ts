import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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

/** Opening the same data as an index and as JSON, in separate processes. */
export type OpeningMeasurement = IndexOpening & JsonParsing & { readonly branches: number };

const NODE_24 = 'test/bench/node_modules/node/bin/node';

export async function measureIndexOpening(branches: number, log: (line: string) => void): Promise<OpeningMeasurement> {
  log(`${branches} branches: opening`);
  const directory = mkdtempSync(join(tmpdir(), 'curbside-bench-'));
  const file = join(directory, 'index.bin');
  try {
    const json = await runWorker<JsonParsing>([String(branches), file]);
    return { branches, ...json, ...(await runWorker<IndexOpening>(['open', file])) };
  } finally {
    rmSync(directory, { recursive: true });
  }
}

async function runWorker<Result>(args: readonly string[]): Promise<Result> {
  const child = fork('dist/bench/opening-worker.js', args, {
    ...(existsSync(NODE_24) ? { execPath: NODE_24 } : {}),
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
    '| opening: branches | index file, MB | open it, ms | read it from disk, ms | memory, x the file | JSON, MB | JSON.parse, ms |',
    '|---|---|---|---|---|---|---|',
    ...lines,
  ].join('\n');
}

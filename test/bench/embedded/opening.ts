import { fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { shownMs } from './table.ts';

export type FileMeasured = {
  readonly fileMb: number;
  /** Reading the file, and opening it: its checksum, and views on its bytes. */
  readonly readMs: number;
  readonly openMs: number;
  /** What the process holds of it after a search of each kind, as a part of the file's bytes. */
  readonly memory: number;
};
export type JsonMeasured = { readonly jsonMb: number; readonly jsonMs: number };

/** Opening the same data as an index and as JSON, each in a process of its own. */
export type OpenMeasured = FileMeasured & JsonMeasured & { readonly branches: number };

const NODE_24 = 'test/bench/node_modules/node/bin/node';

export async function measureOpening(branches: number, say: (line: string) => void): Promise<OpenMeasured> {
  say(`${branches} branches: opening`);
  const directory = mkdtempSync(join(tmpdir(), 'curbside-bench-'));
  const file = join(directory, 'index.bin');
  try {
    const json = await ask<JsonMeasured>([String(branches), file]);
    return { branches, ...json, ...(await ask<FileMeasured>(['open', file])) };
  } finally {
    rmSync(directory, { recursive: true });
  }
}

async function ask<Said>(words: readonly string[]): Promise<Said> {
  const child = fork('dist/bench/open-child.js', words, {
    ...(existsSync(NODE_24) ? { execPath: NODE_24 } : {}),
    execArgv: ['--max-old-space-size=12000', '--expose-gc'],
  });
  const [said] = (await once(child, 'message')) as [Said];
  return said;
}

export function openingTable(rows: readonly OpenMeasured[]): string {
  const lines = rows.map(
    ({ branches, fileMb, readMs, openMs, memory, jsonMb, jsonMs }) =>
      `| ${branches.toLocaleString('en-US')} | ${fileMb.toFixed(1)} | ${shownMs(openMs)} | ${shownMs(readMs)} | ${memory.toFixed(2)} | ${jsonMb.toFixed(1)} | ${shownMs(jsonMs)} (${(jsonMs / openMs).toFixed(0)}x) |`,
  );
  return [
    '| opening: branches | index file, MB | open it, ms | read it from disk, ms | memory, x the file | JSON, MB | JSON.parse, ms |',
    '|---|---|---|---|---|---|---|',
    ...lines,
  ].join('\n');
}

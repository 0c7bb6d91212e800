import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BenchEngine, EngineUnavailable } from '../bench-engine.ts';
import { PeerProgram } from '../peer-program.ts';

const SOURCES = 'test/bench/engines/tantivy';
const BUILT = 'dist/bench/tantivy';

/** Tantivy without scores: it has no way to rank as Curbside does without scoring each field apart. */
export async function tantivy(branches: number): Promise<BenchEngine> {
  const { status, stderr } = spawnSync(
    'cargo',
    ['build', '--release', '--quiet', '--locked', '--manifest-path', `${SOURCES}/Cargo.toml`, '--target-dir', BUILT],
    { encoding: 'utf8' },
  );
  if (status !== 0) {
    const reason = stderr?.trim().split('\n')[0] ?? 'cargo is missing';
    throw new EngineUnavailable(`it was not compiled (${reason}); Rust 1.88 or later is needed: rustup.rs`);
  }
  const directory = mkdtempSync(join(tmpdir(), 'curbside-bench-tantivy-'));
  const note = 'words have no scores; places are cells of a grid as terms, because it has no index of points';
  const program = await PeerProgram.start([`${BUILT}/release/tantivy-bench`, directory], branches, { note });
  return program.onClose(() => rmSync(directory, { recursive: true }));
}

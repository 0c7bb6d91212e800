import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { type BenchEngine, EngineUnavailable } from '../bench-engine.ts';
import { PeerProgram } from '../peer-program.ts';

const SOURCES = 'test/bench/engines/bleve';
const BUILT = resolve('dist/bench/bleve');

/** Bleve for words, values and places, without scores; its program's columns count vendors, hours and facets. */
export async function bleve(branches: number): Promise<BenchEngine> {
  mkdirSync(BUILT, { recursive: true });
  const program = `${BUILT}/bleve-bench`;
  const { status, stderr } = spawnSync('go', ['build', '-o', program, '.'], { cwd: SOURCES, encoding: 'utf8' });
  if (status !== 0) {
    const reason = stderr?.trim().split('\n')[0] ?? 'go is missing';
    throw new EngineUnavailable(`it was not compiled (${reason}); Go 1.24 or later is needed: go.dev/dl`);
  }
  const directory = mkdtempSync(join(tmpdir(), 'curbside-bench-bleve-'));
  const note = 'words have no scores; hours and facets are counted in columns of its program';
  const peer = await PeerProgram.start([program, directory], branches, { note });
  return peer.onClose(() => rmSync(directory, { recursive: true }));
}

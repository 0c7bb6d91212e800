import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

/** How to get wrk, a load generator in C that is not the bench's own; `null` if it is installed. */
export const WRK_IS_MISSING: string | null =
  spawnSync('wrk', ['--version']).error === undefined
    ? null
    : 'wrk is not installed; on Debian, as root: apt-get install wrk';

/** Requests a second that a server answers to wrk: one thread, 16 connections, the paths in turn. @throws Error if a status is not 2xx */
export async function wrkPerSecond(port: number, paths: readonly string[], seconds: number): Promise<number> {
  const directory = mkdtempSync(join(tmpdir(), 'curbside-bench-wrk-'));
  const script = join(directory, 'paths.lua');
  const list = paths.map((path) => `wrk.format('GET', ${JSON.stringify(path)})`).join(',');
  // `init` runs once per thread, after wrk knows the host.
  writeFileSync(
    script,
    `local at = 0\nfunction init() requests = {${list}} end\nfunction request() at = at % #requests + 1; return requests[at] end\n`,
  );
  const child = spawn('wrk', ['-t1', '-c16', `-d${seconds}s`, '-s', script, `http://127.0.0.1:${port}`]);
  const [output] = await Promise.all([text(child.stdout), once(child, 'exit')]);
  rmSync(directory, { recursive: true });
  const [, perSecond] = /Requests\/sec:\s+([\d.]+)/.exec(output) ?? [];
  if (perSecond === undefined || output.includes('Non-2xx')) throw new Error(`wrk printed: ${output}`);
  return Number(perSecond);
}

import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { Skipped } from './peer.ts';

/** Makes sure that a program of a Debian package is there: installs it where that is possible. */
export function needProgram(path: string, packages: readonly string[]): void {
  if (existsSync(path)) return;
  if (process.getuid?.() !== 0 || spawnSync('apt-get', ['--version']).status !== 0) {
    throw new Skipped(`${path} is missing; on Debian, as root: apt-get install ${packages.join(' ')}`);
  }
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  spawnSync('apt-get', ['update', '-qq'], { env });
  spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], { env });
  if (!existsSync(path)) throw new Skipped(`${packages.join(', ')} could not be installed`);
}

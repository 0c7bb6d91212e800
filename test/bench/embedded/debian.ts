import { existsSync } from 'node:fs';
import { Skipped } from './peer.ts';

/** Makes sure that a program of a Debian package is there; a bench installs nothing outside of its own folder. */
export function needProgram(path: string, name: string, packages: readonly string[]): void {
  if (existsSync(path)) return;
  throw new Skipped(`${name} is not installed; on Debian 12, as root: apt-get install ${packages.join(' ')}`);
}

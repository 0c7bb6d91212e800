import { execFileSync } from 'node:child_process';

/** The doors are tested as they are run: bundled. One build for the whole run. */
export function setup(): void {
  execFileSync('npm', ['run', '--silent', 'build'], { stdio: 'inherit' });
}

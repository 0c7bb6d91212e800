import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { OperatorError } from './operator-error.ts';

/** Start pages of some cities, or a city's file with its outline. */
const MAX_OUTPUT_BYTES = 64_000_000;

/**
 * Runs a program of the build. Its environment is empty, because the operator's own settings must not reach it.
 * @returns its output @throws OperatorError with its error
 */
export function runBuiltProgram(dist: string, name: 'seed' | 'site', args: readonly string[]): string {
  const program = join(dist, `${name}.js`);
  if (!existsSync(program)) throw new OperatorError(`${program} is missing: run \`npm run build\` first`);
  try {
    return execFileSync(process.execPath, [program, ...args], {
      stdio: ['ignore', 'pipe', 'pipe'],
      encoding: 'utf8',
      env: {},
      maxBuffer: MAX_OUTPUT_BYTES,
    });
  } catch (error) {
    const { stderr = '', message } = error as Error & { stderr?: string };
    throw new OperatorError(stderr.trim().replace(/^curbside: /, '') || message);
  }
}

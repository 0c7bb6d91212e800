import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { build } from 'esbuild';
import { BUILD } from '../../fixtures/build-directory.ts';

export type Outcome = { readonly code: number; readonly out: string; readonly err: string };

export type CommandLine = { readonly command: readonly [string, ...string[]]; readonly env: Record<string, string> };

/**
 * Builds the `npm run aws` script in a directory of its own, because test files that build at the same time would read each
 * other's unfinished output. The script runs without the machine's AWS settings.
 */
export async function buildScript(): Promise<{
  run(args: readonly string[], env: Readonly<Record<string, string>>): Promise<Outcome>;
  /** The command line and the environment of a run, for a test that starts it otherwise. */
  commandLine(args: readonly string[], env: Readonly<Record<string, string>>): CommandLine;
  remove(): void;
}> {
  // In the project directory, so that Node finds its packages.
  mkdirSync('dist/tools', { recursive: true });
  const directory = mkdtempSync(resolve('dist/tools/test-'));
  const outfile = `${directory}/aws.js`;
  await build({
    entryPoints: ['infra/stack/cli.ts'],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
  });
  const envWithoutAws = Object.fromEntries(
    Object.entries(process.env).flatMap(([name, value]) => (value && !/^AWS_/.test(name) ? [[name, value]] : [])),
  );
  const commandLine = (args: readonly string[], env: Readonly<Record<string, string>>): CommandLine => {
    const dist = args[0] === 'deploy' ? ['--dist', BUILD] : [];
    return { command: [process.execPath, outfile, ...args, ...dist], env: { ...envWithoutAws, ...env } };
  };
  return {
    commandLine,
    async run(args, env) {
      const { command, env: fullEnv } = commandLine(args, env);
      const [file, ...rest] = command;
      const child = spawn(file, rest, { stdio: ['ignore', 'pipe', 'pipe'], env: fullEnv });
      let out = '';
      let err = '';
      child.stdout.on('data', (chunk) => {
        out += chunk;
      });
      child.stderr.on('data', (chunk) => {
        err += chunk;
      });
      const [code] = await once(child, 'close');
      return { code, out, err };
    },
    remove: () => rmSync(directory, { recursive: true, force: true }),
  };
}

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import { build } from 'esbuild';
import { BUILD } from '../../fixtures/build-directory.ts';

export type Outcome = { readonly code: number; readonly out: string; readonly err: string };

/**
 * Builds the script that operators run, at a place of this test file's own: two files that build at the same time must not read
 * half of each other's. @returns what runs it with arguments and nothing of this machine's own AWS settings
 */
export async function buildScript(): Promise<{
  run(args: readonly string[], env: Readonly<Record<string, string>>): Promise<Outcome>;
  remove(): void;
}> {
  // Within the checkout, where its packages are found.
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
  const own = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^AWS_/.test(name)));
  return {
    async run(args, env) {
      const dist = args[0] === 'deploy' ? ['--dist', BUILD] : [];
      const child = spawn(process.execPath, [outfile, ...args, ...dist], {
        stdio: ['ignore', 'pipe', 'pipe'],
        env: { ...own, ...env },
      });
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

import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { BUILD } from '../../fixtures/build-directory.ts';
import { SITE_FOLDER } from './static-server.ts';

export type BuiltSite = { readonly directory: string; remove(): void };

/** Writes a site with the built command `npm run site`: of the sample, unless the flags name other sources. */
export async function buildSite(flags: readonly string[] = ['--sample']): Promise<BuiltSite> {
  const root = mkdtempSync(join(tmpdir(), 'curbside-site-'));
  const directory = join(root, 'site');
  await runSite([
    '--data-dir',
    join(root, 'data'),
    '--tiles',
    'off',
    '--base',
    SITE_FOLDER,
    ...flags,
    '--out',
    directory,
  ]);
  return { directory, remove: () => rmSync(root, { recursive: true, force: true }) };
}

/** Runs the built command without this process's settings. Rejects with its output if it fails. */
export async function runSite(flags: readonly string[]): Promise<string> {
  return (await promisify(execFile)(process.execPath, [`${BUILD}/site.js`, ...flags], { env: {} })).stdout;
}

import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** A copy of the sources that a test may change. */
export type ProjectCopy = {
  readonly root: string;
  edit(path: string, edit: (text: string) => string): void;
  remove(): void;
};

export function copyProject(): ProjectCopy {
  const root = mkdtempSync(join(tmpdir(), 'curbside-copy-'));
  for (const part of ['functions', 'seed', 'web', 'infra', 'package.json', 'package-lock.json', 'tsconfig.json']) {
    cpSync(part, `${root}/${part}`, { recursive: true });
  }
  symlinkSync(resolve('node_modules'), `${root}/node_modules`);
  return {
    root,
    edit: (path, edit) => writeFileSync(`${root}/${path}`, edit(readFileSync(`${root}/${path}`, 'utf8'))),
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

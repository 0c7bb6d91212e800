import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Metafile } from 'esbuild';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bundledPackages, licenceNotices } from '../../../infra/build/licence-notices.ts';
import { BUILD } from '../../fixtures/build-directory.ts';

const metafile = (name: string) => JSON.parse(readFileSync(`${BUILD}/meta/${name}.json`, 'utf8')) as Metafile;

describe('the licences of what is shipped', () => {
  it.each([
    ['licenses.txt', ['server', 'seed', 'page']],
    ['web/licenses.txt', ['page']],
    ['lambda/licenses.txt', ['lambda-index']],
    ['refresh/licenses.txt', ['refresh-index']],
  ])('%s has a notice of every bundled package', (path, names) => {
    const text = readFileSync(`${BUILD}/${path}`, 'utf8');
    const packages = bundledPackages(names.map(metafile));
    expect(packages.length).toBeGreaterThan(5);
    for (const directory of packages) {
      const { name, version } = JSON.parse(readFileSync(`${directory}/package.json`, 'utf8'));
      expect(text).toContain(`\n${name} ${version} (`);
    }
  });

  it('are in the image', () => {
    expect(readFileSync('infra/Dockerfile', 'utf8')).toContain(' dist/licenses.txt ');
  });
});

describe('a package', () => {
  let directory: string;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'curbside-licence-'));
  });
  afterAll(() => rm(directory, { recursive: true }));
  const packageOf = async (license: string | undefined, files: Readonly<Record<string, string>>) => {
    const path = join(directory, 'node_modules', 'example');
    await rm(path, { recursive: true, force: true });
    await mkdir(path, { recursive: true });
    const all = { 'package.json': JSON.stringify({ name: 'example', version: '1.0.0', license }), ...files };
    for (const [name, text] of Object.entries(all)) await writeFile(join(path, name), text);
    return licenceNotices([path]);
  };

  it('has its licence and its notice in the text', async () => {
    const text = await packageOf('MIT', { 'LICENSE.md': 'Copyright 2020 Ada', NOTICE: 'Made by Ada', 'index.js': '' });
    expect(text).toContain('example 1.0.0 (MIT)\n\nCopyright 2020 Ada\n\nMade by Ada\n');
  });

  it('without a licence text, or with a licence that nobody has accepted, stops the build', async () => {
    await expect(packageOf('MIT', {})).rejects.toThrow('example 1.0.0 has no file with its licence (MIT)');
    await expect(packageOf('GPL-3.0', { LICENSE: 'GPL' })).rejects.toThrow('example 1.0.0 has the licence GPL-3.0');
    await expect(packageOf(undefined, { LICENSE: 'mine' })).rejects.toThrow('has the licence undefined');
  });
});

describe('the lock files', () => {
  it.each(['package-lock.json', 'test/bench/package-lock.json', 'test/clients/package-lock.json'])(
    '%s has a checksum of every package, and names no registry but npm’s',
    (path) => {
      expect(existsSync(path)).toBe(true);
      type Locked = { readonly integrity?: string; readonly resolved?: string; readonly link?: boolean };
      const { packages } = JSON.parse(readFileSync(path, 'utf8')) as { packages: Record<string, Locked> };
      const locked = Object.entries(packages).filter(([name, { link }]) => name !== '' && !link);
      expect(locked.length).toBeGreaterThan(20);
      for (const [name, { integrity, resolved }] of locked) {
        expect(integrity, name).toMatch(/^sha512-[\w+/]{86}==$/);
        expect(resolved ?? 'https://registry.npmjs.org/', name).toMatch(/^https:\/\/registry\.npmjs\.org\//);
      }
    },
  );
});

import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Metafile } from 'esbuild';
import { afterAll, describe, expect, it } from 'vitest';

const metafile = (name: string): Metafile => JSON.parse(readFileSync(`dist/meta/${name}.json`, 'utf8'));

/** Our files and the packages that a bundle is made of. */
function contents(name: string) {
  const inputs = Object.keys(metafile(name).inputs);
  const packages = inputs.flatMap((path) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1] ?? []);
  return { files: inputs.filter((path) => !path.includes('node_modules')), packages: [...new Set(packages)].sort() };
}

describe('what a bundle may contain', () => {
  it('the page: web/, the model, and its named packages', () => {
    const { files, packages } = contents('page');
    expect(files.filter((path) => !/^(web|functions\/model)\//.test(path))).toEqual([]);
    expect(packages.filter((name) => !['hono', 'leaflet', 'lit-html', 'stemmer'].includes(name))).toEqual([]);
  });

  it('the API on Lambda: no loader, no page, no Node server, no second engine', () => {
    const { files, packages } = contents('lambda-index');
    expect(files.filter((path) => /^(seed|web|infra)\//.test(path))).toEqual([]);
    expect(packages).toEqual(['hono', 'stemmer', 'zod']);
  });

  it('sizes: the API under 250 kB, the page under 100 kB compressed', () => {
    const output = metafile('lambda-index').outputs['dist/lambda/index.js'];
    expect(output?.bytes).toBeLessThan(250_000);
    const page = Object.keys(metafile('page').outputs).filter((path) => /\.(js|css)$/.test(path));
    const bytes = [...page, 'dist/web/index.html'].map((path) => gzipSync(readFileSync(path)).length);
    expect(bytes.length).toBe(3);
    expect(bytes.reduce((sum, one) => sum + one)).toBeLessThan(100_000);
  });
});

describe('the walls between rooms are enforced by the linter', () => {
  const refused: [path: string, source: string, sentence: string][] = [
    ['functions/model/a.ts', "export { Hono } from 'hono';", 'model/ runs anywhere'],
    ['functions/model/b.ts', "export type { Engine } from '../engine/engine.ts';", 'it imports no other room'],
    [
      'functions/engine/embedded/a.ts',
      "export { createApp } from '../../http/app.ts';",
      'engine/ knows the model only',
    ],
    ['functions/engine/embedded/b.ts', "export { x } from '../opensearch/x.ts';", 'Engines are peers'],
    [
      'functions/http/a.ts',
      "export { openEmbedded } from '../engine/embedded/search.ts';",
      'the Engine interface only',
    ],
    ['functions/http/b.ts', "export { loadConfig } from '../config.ts';", 'Web standards only'],
    ['functions/http/c.ts', "export { readFile } from 'node:fs';", 'noNodejsModules'],
    ['functions/http/d.ts', 'export const key = process.env.KEY;', 'noProcessEnv'],
    ['seed/a.ts', "export { createApp } from '../functions/http/app.ts';", 'the Sink interface only'],
    ['web/a.ts', "export { findCity } from '../seed/cities/find.ts';", 'The page knows no loader'],
    ['infra/a.ts', "export { createApp } from '../functions/http/app.ts';", 'imports nothing of the product'],
  ];
  const allowed: [path: string, source: string][] = [
    ['functions/http/ok.ts', "export type { Engine } from '../engine/engine.ts';"],
    ['seed/ok.ts', "export { fold } from '../functions/model/words.ts';"],
    ['web/ok.ts', "export type { AppType } from '../functions/http/app.ts';"],
  ];
  const root = mkdtempSync(`${tmpdir()}/curbside-walls-`);
  afterAll(() => rmSync(root, { recursive: true }));

  function lint(): string {
    cpSync('biome.json', `${root}/biome.json`);
    for (const [path, source] of [...refused, ...allowed]) {
      mkdirSync(dirname(`${root}/${path}`), { recursive: true });
      writeFileSync(`${root}/${path}`, `${source}\n`);
    }
    const biome = resolve('node_modules/.bin/biome');
    const args = ['lint', '--colors=off', '--vcs-enabled=false', '--max-diagnostics=200', '.'];
    const { stdout, stderr } = spawnSync(biome, args, { cwd: root, encoding: 'utf8' });
    return stdout + stderr;
  }
  const said = lint();
  /** What was said of one file: from its heading to the next one. */
  const about = (path: string) =>
    said
      .split(/\n(?=\S+\.ts:\d+:\d+ )/)
      .filter((part) => part.startsWith(`${path}:`))
      .join();

  it.each(refused)('%s: %s', (path, _source, sentence) => {
    expect(about(path)).toContain(sentence);
  });

  it.each(allowed)('%s: %s is let through', (path) => {
    expect(about(path)).not.toContain('noRestrictedImports');
  });
});

describe('files', () => {
  const tracked = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { encoding: 'utf8' })
    .split('\n')
    .filter((path) => /^(functions|seed|web|infra|test)\/.*\.ts$/.test(path));

  it('are short, or say why not', () => {
    const long = tracked.filter((path) => {
      const text = readFileSync(path, 'utf8');
      return text.split('\n').length > 250 && !/\bOver 250 lines because\b/.test(text);
    });
    expect(long).toEqual([]);
  });

  it('have names that refuse something', () => {
    expect(
      tracked.filter((path) => /(^|\/)(utils?|helpers?|common|shared|core|manager|misc|index)(\/|\.ts$)/.test(path)),
    ).toEqual([]);
  });
});

import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Metafile } from 'esbuild';
import { afterAll, describe, expect, it } from 'vitest';
import { BUILD } from './fixtures/build-directory.ts';

const metafile = (name: string): Metafile => JSON.parse(readFileSync(`${BUILD}/meta/${name}.json`, 'utf8'));

/** The paths of the files that a bundle reads at its start: the entry files and their static imports, without dynamically imported chunks. */
function startPaths({ outputs }: Metafile, entries: readonly string[]): string[] {
  const paths = new Set(Object.keys(outputs).filter((path) => entries.includes(outputs[path]?.entryPoint ?? '')));
  for (const path of paths) {
    for (const { path: next, kind, external } of outputs[path]?.imports ?? []) {
      if (kind === 'import-statement' && !external) paths.add(next);
    }
  }
  return [...paths];
}

/** The files that a bundle with one entry file reads at its start. */
function startOf(meta: Metafile): Metafile['outputs'][string][] {
  const { outputs } = meta;
  const first = Object.entries(outputs).find(([path, { entryPoint }]) => entryPoint && !path.includes('/chunks/'));
  return startPaths(meta, [first?.[1].entryPoint ?? '']).flatMap((path) => outputs[path] ?? []);
}

/** Our files and the packages in a bundle, or only those that it reads at its start. */
function contents(name: string, part: 'all' | 'start') {
  const meta = metafile(name);
  const paths =
    part === 'all' ? Object.keys(meta.inputs) : startOf(meta).flatMap((output) => Object.keys(output.inputs));
  // Parts of the page have copies of their own (infra/build/copied-modules.ts).
  const inputs = paths.map((path) => path.replace(/^copy-for-[\w-]+:/, ''));
  const packages = inputs.flatMap((path) => packageOf(path) ?? []);
  return { files: inputs.filter((path) => !path.includes('node_modules')), packages: [...new Set(packages)].sort() };
}

function packageOf(path: string): string | undefined {
  return /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1];
}

/** Draws a PMTiles archive. Only a page whose tiles are such an archive downloads it. */
const ARCHIVE_LAYER = 'web/map/pmtiles-layer.ts';

describe('a bundle contains no more than it needs', () => {
  it('the page: web/, the model and a few packages; those for PMTiles archives are in a chunk of their own', () => {
    const { files } = contents('page', 'all');
    expect(files.filter((path) => !/^(web|functions\/model)\//.test(path))).toEqual([]);
    const { outputs } = metafile('page');
    const packages = (ofArchiveLayer: boolean) =>
      Object.values(outputs)
        .filter(({ entryPoint }) => (entryPoint === ARCHIVE_LAYER) === ofArchiveLayer)
        .flatMap(({ inputs }) => Object.keys(inputs).flatMap((path) => packageOf(path) ?? []));
    const own = ['hono', 'leaflet', 'lit-html', 'stemmer'];
    expect(packages(false).filter((name) => !own.includes(name))).toEqual([]);
    expect(packages(true)).toContain('pmtiles');
    const drawing = ['color2k', 'pbf', 'pmtiles', 'potpack', 'protomaps-leaflet', 'rbush'];
    expect(packages(true).filter((name) => !drawing.includes(name) && !/^@(mapbox|protomaps)\//.test(name))).toEqual(
      [],
    );
  });

  it('the API on Lambda: no loader, no page, no Node server, no OpenSearch engine', () => {
    const { files, packages } = contents('lambda-index', 'start');
    expect(files.filter((path) => path.includes('engine/opensearch/'))).toEqual([]);
    expect(files.filter((path) => /^(seed|web|infra)\//.test(path))).toEqual([]);
    expect(packages.filter((name) => !['aws4fetch', 'hono', 'lru-cache', 'stemmer'].includes(name))).toEqual([]);
    // The index builder and the OpenAPI document are loaded on first use.
    expect(files.filter((path) => /embedded\/build\/|http\/openapi\//.test(path))).toEqual([]);
    expect(startOf(metafile('lambda-index')).length).toBeLessThanOrEqual(3);
  });

  it('the client of OpenSearch is loaded only when a cluster is configured', () => {
    for (const name of ['server', 'seed', 'lambda-index', 'refresh-index']) {
      expect(contents(name, 'all').packages, name).toContain('@opensearch-project/opensearch');
      expect(contents(name, 'start').packages, name).not.toContain('@opensearch-project/opensearch');
    }
    // The API only searches, so it has no publishing code.
    expect(contents('lambda-index', 'all').files.filter((path) => /opensearch\/(publish|bulk)/.test(path))).toEqual([]);
  });

  it('the library of the metrics is loaded only when they have a port, and is not on Lambda', () => {
    expect(contents('server', 'all').packages).toContain('prom-client');
    expect(contents('server', 'start').packages).not.toContain('prom-client');
    for (const name of ['lambda-index', 'refresh-index', 'seed']) {
      expect(contents(name, 'all').packages, name).not.toContain('prom-client');
    }
  });

  it('the refresh function: the loader, and only the publishing part of the engines', () => {
    const { files, packages } = contents('refresh-index', 'start');
    expect(files.filter((path) => /^(web|infra|functions\/http)\//.test(path))).toEqual([]);
    expect(files.filter((path) => /embedded\/(engine|match|rank|suggest)/.test(path))).toEqual([]);
    expect(
      packages.filter(
        (name) =>
          !['aws4fetch', 'csv-parse', 'entities', 'is-network-error', 'p-retry', 'stemmer', 'zod'].includes(name),
      ),
    ).toEqual([]);
  });

  it('sizes: the API’s start is under 302 kB, and the page without tiles under 100 kB compressed', () => {
    const api = startOf(metafile('lambda-index')).reduce((sum, { bytes }) => sum + bytes, 0);
    expect(api).toBeGreaterThan(0);
    // Every search needs the four vocabularies: 78 kB with the parser. The limits of a caller's texts, the log of requests, damaged releases
    // and slices of long answers are 24 kB (2026-11-26). Reading the vocabularies by letter is 1.6 kB, and halves the time of the first search
    // (2026-11-27).
    expect(api).toBeLessThan(302_000);
    const page = metafile('page');
    const compressed = (path: string) => gzipSync(readFileSync(path)).length;
    const sizeOf = (paths: string[]) => paths.reduce((sum, path) => sum + compressed(path), 0);
    const pathOf = (entry: string) =>
      Object.keys(page.outputs).find((path) => page.outputs[path]?.entryPoint === entry);
    const languages = readdirSync('web/i18n/languages').map((name) =>
      compressed(pathOf(`web/i18n/languages/${name}`) ?? ''),
    );
    // The map has a chunk of its own, which every visit downloads after the list. The script that runs first and the style sheet
    // are in the HTML.
    const always = startPaths(page, ['web/main.ts', 'web/map/map.ts']);
    // A visit downloads one language, each of which is a chunk of its own, and no chunk that waits for a press.
    const first = sizeOf([`${BUILD}/web/index.html`, `${BUILD}/web/worker.js`, ...always]) + Math.max(...languages);
    expect(first).toBeGreaterThan(60_000);
    expect(first).toBeLessThan(100_000);
    expect(sizeOf([pathOf(ARCHIVE_LAYER) ?? ''])).toBeLessThan(40_000);
  });
});

describe('the linter enforces which folder may import which', () => {
  const refused: [path: string, source: string, message: string][] = [
    ['functions/model/a.ts', "export { Hono } from 'hono';", 'model/ runs anywhere'],
    ['functions/model/b.ts', "export type { Engine } from '../engine/engine.ts';", 'imports no other module'],
    ['functions/model/text/a.ts', "export type { Engine } from '../../engine/engine.ts';", 'imports no other module'],
    [
      'functions/engine/embedded/a.ts',
      "export { createApp } from '../../http/app.ts';",
      'imports model/ and its own engine only',
    ],
    [
      'functions/engine/embedded/match/a.ts',
      "export { createApp } from '../../../http/app.ts';",
      'imports model/ and its own engine only',
    ],
    ['functions/engine/embedded/b.ts', "export { x } from '../opensearch/x.ts';", 'Engines are peers'],
    ['functions/engine/embedded/match/b.ts', "export { x } from '../../opensearch/x.ts';", 'Engines are peers'],
    ['functions/engine/opensearch/a.ts', "export { x } from '../embedded/x.ts';", 'Engines are peers'],
    ['functions/engine/c.ts', "export { x } from '../releases/x.ts';", 'imports model/ and its own engine only'],
    [
      'functions/threads/a.ts',
      "export { x } from '../releases/x.ts';",
      'the embedded engine and node/delay-limit.ts only',
    ],
    ['functions/http/e.ts', "export { x } from '../threads/x.ts';", 'no entry point, no loader, no Node'],
    ['functions/releases/a.ts', "export { createApp } from '../http/app.ts';", 'imports model/ and engine/ only'],
    [
      'functions/http/a.ts',
      "export { openRelease } from '../engine/embedded/release-engine.ts';",
      'the Engine interface only',
    ],
    [
      'functions/http/routes/a.ts',
      "export { openRelease } from '../../engine/embedded/release-engine.ts';",
      'the Engine interface only',
    ],
    ['functions/http/b.ts', "export { loadConfig } from '../config/config.ts';", 'Web standards only'],
    ['functions/http/routes/b.ts', "export { handler } from '../../lambda.ts';", 'Web standards only'],
    ['functions/http/c.ts', "export { readFile } from 'node:fs';", 'noNodejsModules'],
    ['functions/http/d.ts', 'export const key = process.env.KEY;', 'noProcessEnv'],
    ['seed/a.ts', "export { createApp } from '../functions/http/app.ts';", 'the Sink interface only'],
    ['seed/record/a.ts', "export { createApp } from '../../functions/http/app.ts';", 'the Sink interface only'],
    [
      'seed/vendor/a.ts',
      "export { createDirectorySink } from '../../functions/releases/directory-sink.ts';",
      'the Sink interface only',
    ],
    ['seed/table/a.ts', "export { main } from '../../web/main.ts';", 'does not know the page or the cloud'],
    ['seed/table/b.ts', 'export const key = process.env.KEY;', 'noProcessEnv'],
    [
      'web/local-api/a.ts',
      "export { buildIndex } from '../../functions/engine/embedded/build/index-builder.ts';",
      'without the builder',
    ],
    [
      'web/local-api/b.ts',
      "export { packIndex } from '../../functions/engine/embedded/transport/pack-index.ts';",
      'without the builder',
    ],
    ['web/a.ts', "export { findCity } from '../seed/find-city.ts';", 'does not know the loader'],
    ['web/view/a.ts', "export { findCity } from '../../seed/find-city.ts';", 'does not know the loader'],
    ['infra/a.ts', "export { createApp } from '../functions/http/app.ts';", 'imports nothing from the product'],
    [
      'infra/stack/a.ts',
      "export { createApp } from '../../functions/http/app.ts';",
      'imports nothing from the product',
    ],
  ];
  const allowed: [path: string, source: string][] = [
    ['functions/http/ok.ts', "export type { Engine } from '../engine/engine.ts';"],
    ['functions/http/routes/ok.ts', "export type { Engine } from '../../engine/engine.ts';"],
    ['functions/releases/ok.ts', "export type { Sink } from '../engine/engine.ts';"],
    ['seed/food/ok.ts', "export { stem } from '../../functions/model/text/tokenizer.ts';"],
    ['seed/report/ok.ts', "export type { Sink } from '../../functions/engine/engine.ts';"],
    ['seed/ok.ts', "export { fold } from '../functions/model/text/tokenizer.ts';"],
    ['web/local-api/ok.ts', "export { openIndex } from '../../functions/engine/embedded/engine.ts';"],
    [
      'web/local-api/unpack.ts',
      "export { unpackIndex } from '../../functions/engine/embedded/transport/unpack-index.ts';",
    ],
    ['web/api/ok.ts', "export type { AppType } from '../../functions/http/app.ts';"],
  ];
  const root = mkdtempSync(`${tmpdir()}/curbside-imports-`);
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
  const output = lint();
  /** The messages about one file: from its heading to the next one. */
  const messagesOf = (path: string) =>
    output
      .split(/\n(?=\S+\.ts:\d+:\d+ )/)
      .filter((part) => part.startsWith(`${path}:`))
      .join();

  it.each(refused)('refuses in %s: %s', (path, _source, message) => {
    expect(messagesOf(path)).toContain(message);
  });

  it.each(allowed)('allows in %s: %s', (path) => {
    expect(messagesOf(path)).not.toContain('noRestrictedImports');
  });
});

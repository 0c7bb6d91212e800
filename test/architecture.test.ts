import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Metafile } from 'esbuild';
import { afterAll, describe, expect, it } from 'vitest';

const metafile = (name: string): Metafile => JSON.parse(readFileSync(`dist/meta/${name}.json`, 'utf8'));

/** What is read when a bundle starts: its first file and those that it imports, without what some settings load later. */
function started({ outputs }: Metafile): Metafile['outputs'][string][] {
  const first = Object.keys(outputs).find((path) => outputs[path]?.entryPoint && !path.includes('/chunks/'));
  const paths = new Set(first ? [first] : []);
  for (const path of paths) {
    for (const { path: next, kind, external } of outputs[path]?.imports ?? []) {
      if (kind === 'import-statement' && !external) paths.add(next);
    }
  }
  return [...paths].flatMap((path) => outputs[path] ?? []);
}

/** Our files and the packages that a bundle is made of; `all`: also what it loads later. */
function contents(name: string, all = true) {
  const { inputs: every, ...meta } = metafile(name);
  const inputs = all
    ? Object.keys(every)
    : started({ inputs: every, ...meta }).flatMap((one) => Object.keys(one.inputs));
  const packages = inputs.flatMap((path) => packageOf(path) ?? []);
  return { files: inputs.filter((path) => !path.includes('node_modules')), packages: [...new Set(packages)].sort() };
}

function packageOf(path: string): string | undefined {
  return /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1];
}

/** What draws a PMTiles archive: only a page that is told of one downloads it. */
const ARCHIVE_LAYER = 'web/map/pmtiles-layer.ts';

describe('what a bundle may contain', () => {
  it('the page: web/, the model, and its named packages; those of an archive of tiles in a file of their own', () => {
    const { files } = contents('page');
    expect(files.filter((path) => !/^(web|functions\/model)\//.test(path))).toEqual([]);
    const { outputs } = metafile('page');
    const packages = (wanted: boolean) =>
      Object.values(outputs)
        .filter(({ entryPoint }) => (entryPoint === ARCHIVE_LAYER) === wanted)
        .flatMap(({ inputs }) => Object.keys(inputs).flatMap((path) => packageOf(path) ?? []));
    const own = ['fold-to-ascii', 'hono', 'leaflet', 'lit-html', 'stemmer'];
    expect(packages(false).filter((name) => !own.includes(name))).toEqual([]);
    expect(packages(true)).toContain('pmtiles');
    const drawing = ['color2k', 'pbf', 'pmtiles', 'potpack', 'protomaps-leaflet', 'rbush'];
    expect(packages(true).filter((name) => !drawing.includes(name) && !/^@(mapbox|protomaps)\//.test(name))).toEqual(
      [],
    );
  });

  it('the API on Lambda: no loader, no page, no Node server, no second engine', () => {
    const { files, packages } = contents('lambda-index', false);
    expect(files.filter((path) => path.includes('engine/opensearch/'))).toEqual([]);
    expect(files.filter((path) => /^(seed|web|infra)\//.test(path))).toEqual([]);
    expect(
      packages.filter((name) => !['aws4fetch', 'fold-to-ascii', 'hono', 'lru-cache', 'stemmer'].includes(name)),
    ).toEqual([]);
    // What makes an index, and what describes the answers, is loaded by who needs it.
    expect(files.filter((path) => /embedded\/build\/|http\/openapi\//.test(path))).toEqual([]);
    expect(started(metafile('lambda-index')).length).toBeLessThanOrEqual(3);
  });

  it('the cluster’s client is read only by who searches in a cluster', () => {
    for (const name of ['server', 'seed', 'lambda-index', 'refresh-index']) {
      expect(contents(name).packages, name).toContain('@opensearch-project/opensearch');
      expect(contents(name, false).packages, name).not.toContain('@opensearch-project/opensearch');
    }
    // Who only reads carries nothing that writes.
    expect(contents('lambda-index').files.filter((path) => /opensearch\/(publish|bulk)/.test(path))).toEqual([]);
  });

  it('the refresh function: the loader, and of the engine only what publishes', () => {
    const { files, packages } = contents('refresh-index', false);
    expect(files.filter((path) => /^(web|infra|functions\/http)\//.test(path))).toEqual([]);
    expect(files.filter((path) => /embedded\/(engine|match|rank|suggest)/.test(path))).toEqual([]);
    expect(
      packages.filter(
        (name) =>
          !['aws4fetch', 'csv-parse', 'fold-to-ascii', 'is-network-error', 'p-retry', 'stemmer', 'zod'].includes(name),
      ),
    ).toEqual([]);
  });

  it('sizes: the API’s start under 200 kB, the page under 100 kB compressed without tiles', () => {
    const api = started(metafile('lambda-index')).reduce((sum, { bytes: size }) => sum + size, 0);
    expect(api).toBeGreaterThan(0);
    expect(api).toBeLessThan(200_000);
    const { outputs } = metafile('page');
    const compressed = (path: string) => gzipSync(readFileSync(path)).length;
    const languages: number[] = [];
    const always: number[] = [compressed('dist/web/index.html'), compressed('dist/web/worker.js')];
    for (const [path, { entryPoint = '' }] of Object.entries(outputs)) {
      if (!/\.(js|css)$/.test(path) || entryPoint === ARCHIVE_LAYER) continue;
      // Of the languages, which are files of their own, a visit downloads one.
      (entryPoint.startsWith('web/i18n/languages/') ? languages : always).push(compressed(path));
    }
    expect(languages.length).toBe(4);
    const archive = Object.keys(outputs).find((path) => outputs[path]?.entryPoint === ARCHIVE_LAYER) ?? '';
    expect(compressed(archive)).toBeLessThan(40_000);
    expect(always.reduce((sum, one) => sum + one) + Math.max(...languages)).toBeLessThan(100_000);
  });
});

describe('the walls between rooms are enforced by the linter', () => {
  const refused: [path: string, source: string, sentence: string][] = [
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
    ['web/a.ts', "export { findCity } from '../seed/find-city.ts';", 'does not know the loader'],
    ['web/view/a.ts', "export { findCity } from '../../seed/find-city.ts';", 'does not know the loader'],
    ['infra/a.ts', "export { createApp } from '../functions/http/app.ts';", 'imports nothing of the product'],
    ['infra/stack/a.ts', "export { createApp } from '../../functions/http/app.ts';", 'imports nothing of the product'],
  ];
  const allowed: [path: string, source: string][] = [
    ['functions/http/ok.ts', "export type { Engine } from '../engine/engine.ts';"],
    ['functions/http/routes/ok.ts', "export type { Engine } from '../../engine/engine.ts';"],
    ['functions/releases/ok.ts', "export type { Sink } from '../engine/engine.ts';"],
    ['seed/food/ok.ts', "export { stem } from '../../functions/model/text/tokenizer.ts';"],
    ['seed/report/ok.ts', "export type { Sink } from '../../functions/engine/engine.ts';"],
    ['seed/ok.ts', "export { fold } from '../functions/model/text/tokenizer.ts';"],
    ['web/api/ok.ts', "export type { AppType } from '../../functions/http/app.ts';"],
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
  const project = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], { encoding: 'utf8' })
    .split('\n')
    .filter((path) => existsSync(path));
  const tracked = project.filter((path) => /^(functions|seed|web|infra|test)\/.*\.ts$/.test(path));

  it('are short, or say why not', () => {
    const long = tracked.filter((path) => {
      const text = readFileSync(path, 'utf8');
      return text.split('\n').length > 250 && !/\bOver 250 lines because\b/.test(text);
    });
    expect(long).toEqual([]);
  });

  // The settings table names the default city, and the template of the cloud repeats it.
  it('outside seed/cities know no city', () => {
    const names = /san.?francisco|datasf|sfgov|sfdpw|\bDPW\b|\bBSM\b|jjew|rqzj|j2bu|vancouver|los.angeles|mission bay/i;
    const found = project
      .filter(
        (path) =>
          /^(functions|web|infra|seed)\//.test(path) &&
          !/^seed\/(cities|sample)\/|^seed\/find-city\.ts$|\.(md|png)$/.test(path),
      )
      .flatMap((path) =>
        readFileSync(path, 'utf8')
          .split('\n')
          .flatMap((line) => (names.test(line) ? [`${path}: ${line.trim()}`] : [])),
      );
    expect(found.filter((line) => !/\bdefault: '?san-francisco\b/i.test(line))).toEqual([]);
  });

  it('have names that refuse something', () => {
    expect(
      tracked.filter((path) => /(^|\/)(utils?|helpers?|common|shared|core|manager|misc|index)(\/|\.ts$)/.test(path)),
    ).toEqual([]);
  });
});

describe('the lock file', () => {
  it('names every optional package of its packages, without which npm ci refuses', () => {
    const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
      packages: Record<string, { optionalDependencies?: Record<string, string> }>;
    };
    const named = new Set(Object.keys(packages).map((path) => path.replace(/^.*node_modules\//, '')));
    const optional = Object.values(packages).flatMap((one) => Object.keys(one.optionalDependencies ?? {}));
    expect(optional.length).toBeGreaterThan(10);
    expect(optional.filter((name) => !named.has(name))).toEqual([]);
  });
});

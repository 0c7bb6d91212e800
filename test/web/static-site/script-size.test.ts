import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Metafile } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { BUILD } from '../../fixtures/build-directory.ts';

const { outputs } = JSON.parse(readFileSync(`${BUILD}/meta/local-api.json`, 'utf8')) as Metafile;
const sizeOf = (path: string) => gzipSync(readFileSync(`${BUILD}/${path}`)).length;

/** The worker's script and what it imports at its start. */
function startPaths(): string[] {
  const entry = 'web/local-api/local-api-worker.ts';
  const paths = new Set(Object.keys(outputs).filter((path) => outputs[path]?.entryPoint === entry));
  for (const path of paths) {
    for (const { path: next, kind } of outputs[path]?.imports ?? []) if (kind === 'import-statement') paths.add(next);
  }
  return [...paths];
}

describe('the scripts of a site', () => {
  it('the page’s own API: the app and the reader of an index, in at most 70 kB compressed', () => {
    const inputs = startPaths().flatMap((path) => Object.keys(outputs[path]?.inputs ?? {}));
    const files = inputs.filter((path) => !path.includes('node_modules'));
    expect(files).toContain('functions/engine/embedded/engine.ts');
    expect(files.filter((path) => !/^(web\/local-api|functions\/(http|engine|model))\//.test(path))).toEqual([]);
    const left = /embedded\/build\/|http\/(openapi|reference)\/|responses\/calendar\/|opensearch/;
    expect(files.filter((path) => left.test(path))).toEqual([]);
    const packages = inputs.flatMap((path) => /node_modules\/([^/]+)/.exec(path)?.[1] ?? []);
    expect([...new Set(packages)].sort()).toEqual(['hono', 'stemmer']);
    // Every search needs the four vocabularies, which are 20 kB of it.
    const total = startPaths().reduce((sum, path) => sum + sizeOf(`site-page/${path}`), 0);
    expect(total).toBeGreaterThan(40_000);
    expect(total).toBeLessThanOrEqual(70_000);
  });

  it('what unpacks an index: a chunk that arrives with it, in at most 4 kB more', () => {
    const own = Object.entries(outputs).filter(([, { entryPoint }]) =>
      entryPoint?.endsWith('transport/unpack-index.ts'),
    );
    expect(own).toHaveLength(1);
    const [path, { imports, inputs }] = own[0] as (typeof own)[number];
    expect(imports.filter(({ path: next }) => !startPaths().includes(next))).toEqual([]);
    expect(Object.keys(inputs).filter((file) => !/embedded\/(transport|file)\//.test(file))).toEqual([]);
    expect(sizeOf(`site-page/${path}`)).toBeLessThanOrEqual(4_000);
  });

  it('the page is the one that a server has, with at most 1 kB more', () => {
    // The folder has the files of earlier builds, too.
    const { files } = JSON.parse(readFileSync(`${BUILD}/meta/build.json`, 'utf8')) as { files: readonly string[] };
    const names = (folder: string) =>
      files
        .filter((path) => path.startsWith(`${folder}/assets/`) && /\.(js|css)$/.test(path))
        .map((path) => basename(path))
        .sort();
    // Only a page with a server needs a script for the time when it fails.
    expect(names('site-page')).toEqual(names('web').filter((name) => !name.startsWith('own-engine-')));
    const more = ['index.html', 'worker.js'].map((name) => sizeOf(`site-page/${name}`) - sizeOf(`web/${name}`));
    expect(more.reduce((sum, bytes) => sum + bytes, 0)).toBeLessThan(1_000);
  });
});

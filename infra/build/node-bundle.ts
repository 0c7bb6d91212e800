import { posix, relative, resolve } from 'node:path';
import type { BuildOptions, Plugin } from 'esbuild';
import { builtInCities } from './built-in-cities.ts';

/** Entry points that run on Node, by the name of their output. */
export const NODE_ENTRIES = {
  server: 'functions/server.ts',
  'lambda/index': 'functions/lambda.ts',
  'refresh/index': 'functions/refresh.ts',
  seed: 'seed/cli.ts',
  docs: 'functions/commands/docs.ts',
  site: 'functions/commands/site.ts',
  city: 'functions/commands/city.ts',
} as const;

export type NodeEntry = keyof typeof NODE_ENTRIES;

/** The server runs them in worker threads. */
const WORKERS = [
  { in: 'functions/load-worker.ts', out: 'load-worker' },
  { in: 'functions/pack-worker.ts', out: 'pack-worker' },
  { in: 'functions/search-worker.ts', out: 'search-worker' },
];

/** Modules that every API imports dynamically: what few requests need. */
const LAZY = [
  'functions/http/params/assert-city.ts',
  'functions/http/params/other-faults.ts',
  'functions/http/reference/documentation.ts',
  'functions/http/responses/calendar/calendar.ts',
  'functions/http/responses/city-list.ts',
  'functions/http/responses/departed-page.ts',
  'functions/http/responses/file-response.ts',
  'functions/http/responses/list-page.ts',
  'functions/http/responses/quality-page.ts',
  'functions/http/responses/release-files.ts',
  'functions/http/responses/search-objects.ts',
  'functions/http/responses/sitemap.ts',
  'functions/http/responses/vendor-page-response.ts',
  'functions/releases/content-reader.ts',
  'functions/releases/index-download.ts',
];

/** Modules that the API on Lambda imports dynamically, after its start or never. */
const LAZY_ON_LAMBDA = [
  'functions/engine/embedded/build/index-builder.ts',
  'functions/engine/fallback.ts',
  'functions/engine/opensearch/connect.ts',
  'functions/engine/opensearch/engine.ts',
  'functions/serving/function-cities.ts',
  ...LAZY,
];

/** What each program merges; the loaders need only a part of these modules. */
const MERGED: Partial<Record<NodeEntry, readonly string[]>> = {
  server: LAZY,
  site: LAZY,
  'lambda/index': LAZY_ON_LAMBDA,
};

/**
 * Loads these modules as one chunk. As separate chunks they would split the code that they share with the start into many files, each of
 * which every start reads: on Lambda nine instead of three.
 */
const mergeModules = (modules: readonly string[]): Plugin => ({
  name: 'merge-modules',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /\.ts$/ }, ({ kind, path, resolveDir }) => {
      const file = relative(process.cwd(), resolve(resolveDir, path));
      return kind === 'dynamic-import' && modules.includes(file) ? { path: 'later', namespace: 'later' } : undefined;
    });
    onLoad({ filter: /^later$/, namespace: 'later' }, () => ({
      contents: modules.map((file) => `export * from './${file}';`).join('\n'),
      resolveDir: process.cwd(),
    }));
  },
});

/**
 * One file per entry point, plus chunks for what only some settings need (such as the cluster's client). The output needs nothing
 * from node_modules.
 * @param outdir the build's directory, of which esbuild only computes paths: nothing is written
 */
export function nodeBundle(name: NodeEntry, outdir: string): BuildOptions & { metafile: true; write: false } {
  return {
    entryPoints: [{ in: NODE_ENTRIES[name], out: name }, ...(name === 'server' ? WORKERS : [])],
    outdir,
    write: false,
    bundle: true,
    splitting: true,
    plugins: [builtInCities, mergeModules(MERGED[name] ?? [])],
    chunkNames: `${posix.dirname(name)}/chunks/[name]-[hash]`,
    // Lambda puts a function's keys into its environment; elsewhere the provider is a chunk of its own.
    external: posix.basename(name) === 'index' ? ['@aws-sdk/credential-provider-node'] : [],
    platform: 'node',
    format: 'esm',
    // The oldest Node of package.json's engines; the container and Lambda run the same bundle on a newer one.
    target: 'node20.19',
    sourcemap: true,
    // A cold start reads all of it. Names are kept so that a stack trace is readable without the source map.
    minify: true,
    keepNames: true,
    metafile: true,
    legalComments: 'none',
    logLevel: 'warning',
    // CommonJS dependencies call require(), which ES modules lack. It is created on the first call, because most starts make none.
    banner: {
      js: "import { createRequire as __createRequire } from 'node:module'; let __required; const require = (id) => (__required ??= __createRequire(import.meta.url))(id);",
    },
  };
}

import { createHash } from 'node:crypto';
import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, posix, relative, resolve } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { type BuildOptions, build, type Metafile, type Plugin } from 'esbuild';

/** Entry points that run on Node, by the name of their output under `dist/`. */
export const NODE_ENTRIES = {
  server: 'functions/server.ts',
  'lambda/index': 'functions/lambda.ts',
  'refresh/index': 'functions/refresh.ts',
  seed: 'seed/cli.ts',
  docs: 'functions/commands/docs.ts',
} as const;

/** What the server runs in a thread beside it. */
const LOAD_WORKER = { in: 'functions/load-worker.ts', out: 'load-worker' };

/** What a function needs after its start, if at all. */
const LATER = [
  'functions/engine/embedded/build/index-builder.ts',
  'functions/engine/fallback.ts',
  'functions/engine/opensearch/connect.ts',
  'functions/engine/opensearch/engine.ts',
  'functions/http/openapi/document.ts',
];

/**
 * Loads all of {@link LATER} as one. Each module of its own would share other modules with the start, and each such set is one more
 * file to be read by every cold start: of nine, three are left.
 */
const loadTogether: Plugin = {
  name: 'load-together',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /\.ts$/ }, ({ kind, path, resolveDir }) => {
      const file = relative(process.cwd(), resolve(resolveDir, path));
      return kind === 'dynamic-import' && LATER.includes(file) ? { path: 'later', namespace: 'later' } : undefined;
    });
    onLoad({ filter: /^later$/, namespace: 'later' }, () => ({
      contents: LATER.map((file) => `export * from './${file}';`).join('\n'),
      resolveDir: process.cwd(),
    }));
  },
};

/**
 * One file a door, and in `chunks/` beside it what only some settings need (the client of a cluster): nothing of
 * node_modules is needed besides.
 */
export function nodeBundle(name: keyof typeof NODE_ENTRIES): BuildOptions {
  return {
    entryPoints: [{ in: NODE_ENTRIES[name], out: name }, ...(name === 'server' ? [LOAD_WORKER] : [])],
    outdir: 'dist',
    bundle: true,
    splitting: true,
    plugins: name === 'lambda/index' ? [loadTogether] : [],
    chunkNames: `${posix.dirname(name)}/chunks/[name]-[hash]`,
    // A function on Lambda has its keys in the environment; elsewhere it is a chunk of its own.
    external: posix.basename(name) === 'index' ? ['@aws-sdk/credential-provider-node'] : [],
    platform: 'node',
    format: 'esm',
    // The floor of package.json's engines; the same bundle runs on the newer Node of the container and of Lambda.
    target: 'node20.19',
    sourcemap: true,
    // A function's cold start reads all of it. Names stay, so that a stack says something even without the source map.
    minify: true,
    keepNames: true,
    metafile: true,
    legalComments: 'none',
    logLevel: 'warning',
    // Dependencies in CommonJS call require(), which an ES module does not have; a start that has none need not make it.
    banner: {
      js: "import { createRequire as __createRequire } from 'node:module'; let __required; const require = (id) => (__required ??= __createRequire(import.meta.url))(id);",
    },
  };
}

/**
 * The page's scripts, each language in a file of its own, and its style; `reload` is the origin that tells an open page
 * to reload, while developing.
 */
export function pageBundle({ reload }: { reload: string | null }): BuildOptions {
  return {
    entryPoints: { first: 'web/bootstrap.ts', main: 'web/main.ts', style: 'web/view/style.css' },
    outdir: 'dist/web/assets',
    entryNames: reload ? '[name]' : '[name]-[hash]',
    chunkNames: '[name]-[hash]',
    bundle: true,
    splitting: true,
    // Nothing is kept on a developer's device.
    define: { WORKER_URL: JSON.stringify(reload ? '' : '/worker.js') },
    platform: 'browser',
    format: 'esm',
    target: ['es2022', 'safari16.4'],
    minify: reload === null,
    sourcemap: reload !== null,
    metafile: true,
    legalComments: 'none',
    charset: 'utf8',
    logLevel: 'warning',
    external: ['*.png'],
    ...(reload ? { banner: { js: `new EventSource('${reload}').onmessage = () => location.reload();` } } : {}),
  };
}

/** Writes `dist/web/index.html` with the built names, copies what needs no building, and builds the service worker. */
export async function writePage(metafile: Metafile): Promise<void> {
  const paths = Object.keys(metafile.outputs);
  const pathOf = (pattern: RegExp) => {
    const path = paths.find((candidate) => pattern.test(basename(candidate)));
    if (!path) throw new Error(`the page's build wrote nothing like ${pattern}: ${paths.join(', ')}`);
    return path;
  };
  const named = (path: string) => `/assets/${basename(path)}`;
  const [first, main, style] = [/^first.*\.js$/, /^main.*\.js$/, /^style.*\.css$/].map(pathOf) as [
    string,
    string,
    string,
  ];
  // What the two scripts import is asked for with them, not after them.
  const shared = new Set(
    [first, main].flatMap((path) =>
      (metafile.outputs[path]?.imports ?? []).flatMap(({ kind, path: to }) =>
        kind === 'import-statement' ? [to] : [],
      ),
    ),
  );
  for (const entry of [first, main]) shared.delete(entry);
  const preloads = [...shared].map((path) => `<link rel="modulepreload" href="${named(path)}">`);
  const html = await readFile('web/index.html', 'utf8');
  const stylesheet = '<link rel="stylesheet" href="/style.css">';
  const linked = html
    .replace(stylesheet, [stylesheet.replace('/style.css', named(style)), ...preloads].join('\n    '))
    .replace('src="/first.js"', `src="${named(first)}"`)
    .replace('src="/main.js"', `src="${named(main)}"`);
  if (/"\/(style\.css|first\.js|main\.js)"/.test(linked) || !linked.includes(named(style))) {
    throw new Error('web/index.html must name "/style.css", "/first.js" and "/main.js" once each');
  }
  await mkdir('dist/web', { recursive: true });
  await writeFile('dist/web/index.html', linked);
  await cp('web/static', 'dist/web', { recursive: true });
  // Names without hashes are a developer's, who wants to see every change.
  if (basename(main) !== 'main.js') await buildWorker(linked, [first, main, style, ...shared].map(named));
  for (const name of ['swagger-ui-bundle.js', 'swagger-ui.css']) {
    await cp(`node_modules/swagger-ui-dist/${name}`, `dist/web/docs/${name}`);
  }
}

/** The page's service worker, told the files of the shell and a text that changes with any of them. */
async function buildWorker(html: string, scripts: readonly string[]): Promise<void> {
  const others = (await readdir('web/static', { recursive: true, withFileTypes: true })).filter((one) => one.isFile());
  const files = others.map(({ parentPath, name }) => `${parentPath}/${name}`.replace('web/static', ''));
  const hash = createHash('sha256').update(html);
  for (const file of files) hash.update(await readFile(`web/static${file}`));
  await build({
    entryPoints: ['web/service-worker.ts'],
    outfile: 'dist/web/worker.js',
    bundle: true,
    format: 'iife',
    target: ['es2022', 'safari16.4'],
    minify: true,
    legalComments: 'none',
    define: {
      SHELL_FILES: JSON.stringify(['/', ...scripts, ...files]),
      SHELL_VERSION: JSON.stringify(hash.digest('hex').slice(0, 12)),
    },
  });
}

/** Above this many bytes brotli's best takes seconds: of 1.7 MB, 3.6 s for 359 kB, where 9 takes 0.1 s for 392 kB. */
const LARGE = 500_000;

/** Writes a `.br` and a `.gz` beside every text file of the page that they make smaller. */
export async function compressPage(): Promise<void> {
  for (const entry of await readdir('dist/web', { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !/\.(html|js|css|svg|json|webmanifest|txt)$/.test(entry.name)) continue;
    const path = `${entry.parentPath}/${entry.name}`;
    const bytes = await readFile(path);
    const quality = bytes.length > LARGE ? 9 : 11;
    const brotli = brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: quality } });
    if (brotli.length < bytes.length) await writeFile(`${path}.br`, brotli);
    const gzip = gzipSync(bytes, { level: 9 });
    if (gzip.length < bytes.length) await writeFile(`${path}.gz`, gzip);
  }
}

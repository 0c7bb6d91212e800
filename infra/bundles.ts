import { cp, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { basename } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import type { BuildOptions, Metafile } from 'esbuild';

/** Entry points that run on Node, by the name of their output under `dist/`. */
export const NODE_ENTRIES = {
  server: 'functions/server.ts',
  'lambda/index': 'functions/lambda.ts',
  seed: 'seed/cli.ts',
  docs: 'functions/docs.ts',
} as const;

/** One self-contained file a door: nothing of node_modules is needed beside it. */
export function nodeBundle(name: keyof typeof NODE_ENTRIES): BuildOptions {
  return {
    entryPoints: [NODE_ENTRIES[name]],
    outfile: `dist/${name}.js`,
    bundle: true,
    platform: 'node',
    format: 'esm',
    // The floor of package.json's engines; the same bundle runs on the newer Node of the container and of Lambda.
    target: 'node20.19',
    sourcemap: true,
    metafile: true,
    legalComments: 'none',
    logLevel: 'warning',
    // Dependencies in CommonJS call require(), which an ES module does not have.
    banner: {
      js: "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);",
    },
  };
}

/** The page's script and style; `reload` is the origin that tells an open page to reload, while developing. */
export function pageBundle({ reload }: { reload: string | null }): BuildOptions {
  return {
    entryPoints: { main: 'web/main.ts', style: 'web/style.css' },
    outdir: 'dist/web/assets',
    entryNames: reload ? '[name]' : '[name]-[hash]',
    bundle: true,
    platform: 'browser',
    format: 'esm',
    target: ['es2022', 'safari16.4'],
    minify: reload === null,
    sourcemap: reload !== null,
    metafile: true,
    legalComments: 'none',
    logLevel: 'warning',
    external: ['*.png'],
    ...(reload ? { banner: { js: `new EventSource('${reload}').onmessage = () => location.reload();` } } : {}),
  };
}

/** Writes `dist/web/index.html` with the built names, and copies what needs no building. */
export async function writePage(metafile: Metafile): Promise<void> {
  const built = Object.keys(metafile.outputs).map((path) => basename(path));
  const named = (pattern: RegExp) => {
    const name = built.find((candidate) => pattern.test(candidate));
    if (!name) throw new Error(`the page's build wrote nothing like ${pattern}: ${built.join(', ')}`);
    return `/assets/${name}`;
  };
  const html = await readFile('web/index.html', 'utf8');
  const linked = html
    .replace('href="/style.css"', `href="${named(/^style.*\.css$/)}"`)
    .replace('src="/main.js"', `src="${named(/^main.*\.js$/)}"`);
  if (linked.includes('"/style.css"') || linked.includes('"/main.js"') || linked === html) {
    throw new Error('web/index.html must name "/style.css" and "/main.js" once each');
  }
  await mkdir('dist/web', { recursive: true });
  await writeFile('dist/web/index.html', linked);
  await cp('web/static', 'dist/web', { recursive: true });
}

/** Writes a `.br` and a `.gz` beside every text file of the page that they make smaller. */
export async function compressPage(): Promise<void> {
  for (const entry of await readdir('dist/web', { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !/\.(html|js|css|svg|json|webmanifest|txt)$/.test(entry.name)) continue;
    const path = `${entry.parentPath}/${entry.name}`;
    const bytes = await readFile(path);
    const brotli = brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 11 } });
    if (brotli.length < bytes.length) await writeFile(`${path}.br`, brotli);
    const gzip = gzipSync(bytes, { level: 9 });
    if (gzip.length < bytes.length) await writeFile(`${path}.gz`, gzip);
  }
}

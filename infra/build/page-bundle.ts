import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { type BuildOptions, build, type Metafile, type Plugin } from 'esbuild';
import { type Files, readFiles } from './files.ts';

/** Replaces `leaflet` by the parts of it that the page uses. */
const leafletModules: Plugin = {
  name: 'leaflet-modules',
  setup({ onResolve }) {
    onResolve({ filter: /^leaflet$/ }, () => ({ path: resolve('web/map/leaflet-modules.ts') }));
  },
};

/** What the page loads only when it is needed, and works offline. */
const OFFLINE_CHUNKS = /^web\/(i18n\/languages\/|api\/place-lookup\.ts)/;

/**
 * The page's scripts, with each language in a chunk of its own, and its style sheet.
 * @param reload origin of the server-sent events that tell an open page to reload during development; `null` in a real build
 */
export function pageBundle(
  outdir: string,
  { reload }: { reload: string | null },
): BuildOptions & { metafile: true; write: false } {
  return {
    entryPoints: { first: 'web/bootstrap.ts', main: 'web/main.ts', style: 'web/view/style.css' },
    outdir: `${outdir}/web/assets`,
    write: false,
    entryNames: reload ? '[name]' : '[name]-[hash]',
    chunkNames: '[name]-[hash]',
    bundle: true,
    splitting: true,
    // During development no service worker caches the page.
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
    plugins: [leafletModules],
    ...(reload ? { banner: { js: `new EventSource('${reload}').onmessage = () => location.reload();` } } : {}),
  };
}

/** The page's other files: `index.html` with the built names, static files and the service worker. */
export async function pageFiles(metafile: Metafile): Promise<Files> {
  const paths = Object.keys(metafile.outputs);
  const pathOf = (pattern: RegExp) => {
    const path = paths.find((candidate) => pattern.test(basename(candidate)));
    if (!path) throw new Error(`the page's build has no file like ${pattern}: ${paths.join(', ')}`);
    return path;
  };
  const url = (path: string) => `/assets/${basename(path)}`;
  const [first, main, style] = [pathOf(/^first.*\.js$/), pathOf(/^main.*\.js$/), pathOf(/^style.*\.css$/)];
  // Preloads fetch the chunks that both scripts import together with them, not after them.
  const importsOf = (path: string) =>
    (metafile.outputs[path]?.imports ?? []).flatMap(({ kind, path: chunk }) =>
      kind === 'import-statement' ? [chunk] : [],
    );
  const imported = new Set([first, main].flatMap(importsOf));
  for (const entry of [first, main]) imported.delete(entry);
  const preloads = [...imported].map((path) => `<link rel="modulepreload" href="${url(path)}">`);
  const stylesheet = '<link rel="stylesheet" href="/style.css">';
  const html = (await readFile('web/index.html', 'utf8'))
    .replace(stylesheet, [stylesheet.replace('/style.css', url(style)), ...preloads].join('\n    '))
    .replace('src="/first.js"', `src="${url(first)}"`)
    .replace('src="/main.js"', `src="${url(main)}"`);
  if (/"\/(style\.css|first\.js|main\.js)"/.test(html) || !html.includes(url(style))) {
    throw new Error('web/index.html must name "/style.css", "/first.js" and "/main.js" once each');
  }
  const files = new Map([...(await readFiles('web/static', 'web')), ['web/index.html', Buffer.from(html)]]);
  // A development build, which has names without hashes, has no service worker.
  if (basename(main) !== 'main.js') {
    // Offline too, a visitor may change the language or type a place.
    const later = new Set(paths.filter((path) => OFFLINE_CHUNKS.test(metafile.outputs[path]?.entryPoint ?? '')));
    // Two languages may share a chunk that no other needs.
    for (const path of later) {
      for (const chunk of importsOf(path))
        if (chunk !== main && chunk !== first && !imported.has(chunk)) later.add(chunk);
    }
    const shell = ['/', ...[first, main, style, ...imported, ...later].map(url)];
    files.set('web/worker.js', await serviceWorker(html, shell));
  }
  return files;
}

/** The static files that the page itself shows. The others are for the API's documentation, for home screens and for other sites. */
const OFFLINE_STATICS = ['/favicon.svg', '/manifest.webmanifest'];

/** The service worker, with the files of the shell and a version that changes with any of them. */
async function serviceWorker(html: string, shell: readonly string[]): Promise<Uint8Array> {
  const statics = await readFiles('web/static', '');
  for (const path of OFFLINE_STATICS) if (!statics.has(path)) throw new Error(`web/static has no ${path}`);
  const hash = createHash('sha256').update(html);
  for (const bytes of statics.values()) hash.update(bytes);
  const { outputFiles } = await build({
    entryPoints: ['web/service-worker.ts'],
    write: false,
    bundle: true,
    format: 'iife',
    target: ['es2022', 'safari16.4'],
    minify: true,
    legalComments: 'none',
    define: {
      SHELL_FILES: JSON.stringify([...shell, ...OFFLINE_STATICS]),
      SHELL_VERSION: JSON.stringify(hash.digest('hex').slice(0, 12)),
    },
  });
  return (outputFiles[0] as (typeof outputFiles)[number]).contents;
}

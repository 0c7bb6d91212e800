import { basename, resolve } from 'node:path';
import type { BuildOptions, Metafile, Plugin } from 'esbuild';
import { copiedModules } from './copied-modules.ts';
import { type Files, readFiles } from './files.ts';
import { pageHtml } from './page-html.ts';
import { firstScript, PAGE_TARGET, serviceWorker } from './page-scripts.ts';

/** Replaces `leaflet` by the parts of it that the page uses. */
const leafletModules: Plugin = {
  name: 'leaflet-modules',
  setup({ onResolve }) {
    onResolve({ filter: /^leaflet$/ }, () => ({ path: resolve('web/map/leaflet-modules.ts') }));
  },
};

const LANGUAGES = 'web/i18n/languages/';
const MAP = 'web/map/map.ts';
/** What a visit needs one of, or none, and what works offline from the second visit on. */
const LATER_CHUNKS = [LANGUAGES, 'web/api/place-lookup.ts', 'web/view/city-menu.ts', 'web/view/embed-dialog.ts'];

/**
 * The page's scripts, with the map and each language in a chunk of its own, and its style sheet.
 * @param reload origin of the server-sent events that tell an open page to reload during development; `null` in a real build
 * @param ownEngine the name of the script that searches in place of a server; empty: there is none
 */
export function pageBundle(
  outdir: string,
  { reload, ownEngine = '' }: { reload: string | null; ownEngine?: string },
): BuildOptions & { metafile: true; write: false } {
  return {
    ...PAGE_TARGET,
    entryPoints: { main: 'web/main.ts', style: 'web/view/style.css' },
    outdir: `${outdir}/web/assets`,
    entryNames: reload ? '[name]' : '[name]-[hash]',
    chunkNames: '[name]-[hash]',
    splitting: true,
    // During development no service worker caches the page.
    define: {
      WORKER_URL: JSON.stringify(reload ? '' : 'worker.js'),
      OWN_ENGINE_URL: JSON.stringify(ownEngine && `./${ownEngine}`),
    },
    format: 'esm',
    minify: reload === null,
    sourcemap: reload !== null,
    metafile: true,
    external: ['*.png'],
    plugins: [leafletModules, copiedModules],
    ...(reload ? { banner: { js: `new EventSource('${reload}').onmessage = () => location.reload();` } } : {}),
  };
}

/** Whether a chunk has only the bundler's own functions, which do nothing when they are loaded. */
const isRuntime = ({ outputs }: Metafile, path: string) => Object.keys(outputs[path]?.inputs ?? {}).length === 0;

/**
 * The scripts without imports that take nothing from the chunk of the bundler's own functions. The bundler adds one to every file as soon
 * as any file needs such a function, so each visit would wait for one more request (esbuild 0.28.2).
 */
export function withoutRuntimeImports(files: Files, metafile: Metafile): Files {
  const runtime = new Set(
    Object.keys(metafile.outputs)
      .filter((path) => path.endsWith('.js') && isRuntime(metafile, path))
      .map((path) => basename(path)),
  );
  return new Map(
    [...files].map(([path, bytes]) => {
      if (!path.endsWith('.js')) return [path, bytes];
      const kept = Buffer.from(bytes)
        .toString()
        .replace(/import"\.\/([\w-]+\.js)";/g, (statement, name: string) => (runtime.has(name) ? '' : statement));
      return [path, Buffer.from(kept)];
    }),
  );
}

/** A page whose requests a server answers, or one that answers them itself. */
export type PageKind = {
  readonly folder: string;
  /** The URL of its worker's script, and of all files that the worker may load; `null`: a server answers. */
  readonly localApi: { readonly script: string; readonly files: readonly string[] } | null;
};
export const SERVED_PAGE: PageKind = { folder: 'web', localApi: null };

/**
 * The page's other files: `index.html` with the built names, the script that runs first and the style sheet, static files and the service
 * worker.
 * @param bundled the files of {@link pageBundle}; `null` during development: the style sheet stays a file, and there is no service worker
 */
export async function pageFiles(
  metafile: Metafile,
  { folder, localApi }: PageKind,
  bundled: Files | null,
): Promise<Files> {
  const { outputs } = metafile;
  const paths = Object.keys(outputs);
  const pathOf = (entry: string) => {
    const path = paths.find((candidate) => outputs[candidate]?.entryPoint === entry);
    if (!path) throw new Error(`the page's build has no file of ${entry}: ${paths.join(', ')}`);
    return path;
  };
  const importsOf = (path: string) =>
    (outputs[path]?.imports ?? [])
      .filter(({ kind, path: chunk }) => kind === 'import-statement' && !isRuntime(metafile, chunk))
      .map(({ path: chunk }) => chunk);
  const main = pathOf('web/main.ts');
  // A preload fetches a script's chunk together with it, not after it.
  const preloads = importsOf(main);
  const map = pathOf(MAP);
  const languages = paths.filter((path) => outputs[path]?.entryPoint?.startsWith(LANGUAGES));
  const first = await firstScript({
    localApi: localApi?.script ?? null,
    languageFiles: Object.fromEntries(
      languages.map((path) => [basename(outputs[path]?.entryPoint ?? '', '.ts'), urlOf(path)]),
    ),
    mapFiles: [map, ...importsOf(map)].filter((path) => path !== main && !preloads.includes(path)).map(urlOf),
  });
  const style = pathOf('web/view/style.css');
  const [, css = null] = [...(bundled ?? [])].find(([path]) => basename(path) === basename(style)) ?? [];
  const html = await pageHtml({
    first,
    style: { url: urlOf(style), text: css && Buffer.from(css).toString().trim() },
    main: urlOf(main),
    preloads: preloads.map(urlOf),
  });
  const files: Files = new Map([
    ...(await readFiles('web/static', folder)),
    [`${folder}/index.html`, Buffer.from(html)],
  ]);
  if (!bundled) return files;
  // Offline too, a visitor may change the language or type a place.
  const later = paths.filter((path) => LATER_CHUNKS.some((start) => outputs[path]?.entryPoint?.startsWith(start)));
  const shell = {
    first: [...withChunks([main, map]).map(urlOf), ...(localApi?.files ?? [])],
    later: withChunks(later).map(urlOf),
  };
  return files.set(`${folder}/worker.js`, await serviceWorker(html, shell));

  function withChunks(entries: readonly string[]): string[] {
    return [...new Set(entries.flatMap((path) => [path, ...importsOf(path)]))];
  }
}

/** Relative to the page, which may be in any folder of its host. */
const urlOf = (path: string) => `assets/${basename(path)}`;

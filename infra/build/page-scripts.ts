import { createHash } from 'node:crypto';
import { type BuildOptions, build, type OutputFile } from 'esbuild';
import { readFiles } from './files.ts';
import { inlineTag } from './page-html.ts';

/** What the page's own bundle and the scripts that are built apart from it have in common. */
export const PAGE_TARGET = {
  bundle: true,
  write: false,
  platform: 'browser',
  target: ['es2022', 'safari16.4'],
  legalComments: 'none',
  charset: 'utf8',
  logLevel: 'warning',
} as const satisfies BuildOptions;

/**
 * The script that runs before the page's own, as a tag. It is part of the HTML: as a file, its requests would start a round trip later,
 * which is half a second on a slow phone.
 * @param localApi the URL of the script that answers the page's requests, or `null` if a server does
 * @param languageFiles the URLs of the languages' files, by language
 * @param mapFiles the URLs of the map's files
 */
export async function firstScript({
  localApi,
  languageFiles,
  mapFiles,
}: {
  localApi: string | null;
  languageFiles: Readonly<Record<string, string>>;
  mapFiles: readonly string[];
}): Promise<string> {
  const { outputFiles } = await build({
    ...PAGE_TARGET,
    entryPoints: ['web/bootstrap.ts'],
    format: 'iife',
    minify: true,
    define: {
      LOCAL_API_FILE: JSON.stringify(localApi),
      LANGUAGE_FILES: JSON.stringify(languageFiles),
      MAP_FILES: JSON.stringify(mapFiles),
    },
  });
  return inlineTag('script', (outputFiles[0] as OutputFile).text.trim());
}

/** The script that searches in place of a server that fails. @param localApi the URLs of its worker's script and of all files of the worker */
export async function ownEngine(localApi: {
  readonly script: string;
  readonly files: readonly string[];
}): Promise<OutputFile> {
  const { outputFiles } = await build({
    ...PAGE_TARGET,
    entryPoints: ['web/local-api/own-engine.ts'],
    outdir: 'assets',
    entryNames: '[name]-[hash]',
    format: 'esm',
    minify: true,
    define: { LOCAL_API_FILE: JSON.stringify(localApi.script), LOCAL_API_FILES: JSON.stringify(localApi.files) },
  });
  return outputFiles[0] as OutputFile;
}

/** The static files that an installed page needs. The others are for the API's documentation and for other sites. */
const OFFLINE_STATICS = ['favicon.svg', 'manifest.webmanifest'];

/** The files that the service worker saves. */
export type Shell = {
  /** What every visit has loaded when the worker is installed. */
  readonly first: readonly string[];
  /** What it saves during the second visit, and before that whatever the first has loaded of it. */
  readonly later: readonly string[];
};

/** The service worker, with the files of the shell and a version that changes with any of them. */
export async function serviceWorker(html: string, { first, later }: Shell): Promise<Uint8Array> {
  const statics = await readFiles('web/static', '');
  for (const path of OFFLINE_STATICS) if (!statics.has(`/${path}`)) throw new Error(`web/static has no ${path}`);
  const hash = createHash('sha256').update(html);
  for (const bytes of statics.values()) hash.update(bytes);
  const { outputFiles } = await build({
    ...PAGE_TARGET,
    entryPoints: ['web/service-worker.ts'],
    format: 'iife',
    minify: true,
    define: {
      FIRST_FILES: JSON.stringify(first),
      LATER_FILES: JSON.stringify([...later, ...OFFLINE_STATICS]),
      SHELL_VERSION: JSON.stringify(hash.digest('hex').slice(0, 12)),
    },
  });
  return (outputFiles[0] as OutputFile).contents;
}

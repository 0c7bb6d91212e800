import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type BuildOptions, build, type Plugin } from 'esbuild';
import { PAGE_TARGET } from './page-scripts.ts';

/** The script that answers the page's requests in a worker. */
export const LOCAL_API = 'web/local-api/local-api-worker.ts';

/**
 * Parts of the app that the page's own API does not have, each with what takes its place. They are 17 kB gzipped (2026-11-27).
 * `/docs`, `/openapi.json`, `/data` and the pages of vendors are files of a site or absent; only servers and their operators need the others.
 */
const LEFT_OUT: readonly [file: RegExp, replacement: string][] = [
  [/functions\/http\/routes\/docs\.ts$/, "import { Hono } from 'hono'; export const docsRoutes = () => new Hono();"],
  [/functions\/http\/routes\/data\.ts$/, 'export const dataRoutes = null;'],
  [
    /functions\/http\/routes\/vendor-pages\.ts$/,
    'export const crawlerRoutes = null; export const departedCheck = () => {}; export const vendorPageRoute = () => (c) => c.notFound();',
  ],
  [
    /functions\/http\/middleware\/response-cache\.ts$/,
    'export const createResponseCache = null; export const recallBeforeRouting = null;',
  ],
  [/functions\/http\/middleware\/observe-requests\.ts$/, 'export const observeRequests = null;'],
  [
    /hono\/dist\/middleware\/(?:compress|etag)\/index\.js$/,
    'export const compress = () => (c, next) => next(); export const etag = compress;',
  ],
  // One thread answers everything, and nobody asks whether it runs.
  [/functions\/http\/middleware\/delegation\.ts$/, 'export const delegateRequests = null;'],
  [
    /functions\/http\/routes\/status\.ts$/,
    'export const healthRoute = () => (c) => c.notFound(); export const readyRoute = healthRoute; export const debugRoute = healthRoute;',
  ],
  // Its answers do not leave the device.
  [
    /functions\/http\/middleware\/compression\.ts$/,
    'export const acceptsGzip = () => false; export const gzipStream = null;',
  ],
  // A browser obeys the headers of responses from a network only.
  [
    /functions\/http\/middleware\/headers\.ts$/,
    'export const DATA_HEADERS = {}; export const fixedHeaders = () => () => DATA_HEADERS; export const POLICY = null; export const allowInline = null;',
  ],
  // A page asks only for its own city.
  [/functions\/http\/middleware\/city-check\.ts$/, 'export const refuseOtherCities = () => (c, next) => next();'],
  [/functions\/http\/routes\/cities\.ts$/, 'export const citiesRoute = () => (c) => c.notFound();'],
  // No answer is HTML, and no request has a body.
  [/hono\/dist\/utils\/html\.js$/, 'export const resolveCallback = null; export const HtmlEscapedCallbackPhase = {};'],
  [/hono\/dist\/utils\/body\.js$/, 'export const parseBody = null;'],
  [/hono\/dist\/utils\/mount\.js$/, 'export const createMountedRequest = null;'],
];

/** What only the documentation has of the table of parameters, each on a line of its own: 2.5 kB gzipped. */
const PARAMETERS = /functions\/http\/params\/(?:city-)?parameters?\.ts$/;
const DOCUMENTATION = /^ +(?:help|example|schema): .*,$/gm;

async function withoutDocumentation(path: string): Promise<string> {
  const source = await readFile(path, 'utf8');
  const shorter = source.replace(DOCUMENTATION, '');
  if (shorter === source) throw new Error(`${path} has no texts of the documentation any more`);
  return shorter;
}

const leaveOut: Plugin = {
  name: 'leave-out',
  setup({ onLoad, onResolve }) {
    for (const [filter, contents] of LEFT_OUT) onLoad({ filter }, () => ({ contents, resolveDir: process.cwd() }));
    onLoad({ filter: PARAMETERS }, async ({ path }) => ({ contents: await withoutDocumentation(path), loader: 'ts' }));
    // The same app with the smallest of Hono's routers; which one it is decides only the speed.
    onResolve({ filter: /^hono$/ }, () => ({ path: resolve('node_modules/hono/dist/preset/tiny.js') }));
  },
};

/** The small index that the worker searches while the city's is on its way, in Base64. */
async function warmUpIndex(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: ['functions/site/warm-up-index.ts'],
    bundle: true,
    write: false,
    platform: 'node',
    format: 'esm',
    logLevel: 'warning',
  });
  const script = Buffer.from(outputFiles[0]?.contents ?? '').toString('base64');
  const { warmUpIndex: create } = (await import(`data:text/javascript;base64,${script}`)) as {
    warmUpIndex(): Uint8Array;
  };
  return Buffer.from(create()).toString('base64');
}

/** The scripts of the page's own API. Those that create files and calendars are loaded when one is wanted. */
export async function localApiBundle(): Promise<BuildOptions & { metafile: true; write: false }> {
  return {
    ...PAGE_TARGET,
    entryPoints: { 'local-api': LOCAL_API },
    outdir: 'assets',
    entryNames: '[name]-[hash]',
    chunkNames: 'local-api-[name]-[hash]',
    format: 'esm',
    splitting: true,
    minify: true,
    metafile: true,
    plugins: [leaveOut],
    define: { WARM_UP_INDEX: JSON.stringify(await warmUpIndex()) },
  };
}

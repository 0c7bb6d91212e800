import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { build, type Metafile } from 'esbuild';
import { bundledFiles, compressed, type Files, readFiles } from './files.ts';
import { bundledPackages, licenceNotices } from './licence-notices.ts';
import { LOCAL_API, localApiBundle } from './local-api-bundle.ts';
import { NODE_ENTRIES, type NodeEntry, nodeBundle } from './node-bundle.ts';
import { completeOutput, isBuilt, writeOutput } from './output.ts';
import { pageBundle, pageFiles, SERVED_PAGE, withoutRuntimeImports } from './page-bundle.ts';
import { ownEngine } from './page-scripts.ts';

/** The folder of the page for static hosts. */
const SITE_PAGE = 'site-page';

/** Builds everything into a directory. Does nothing if it holds the build of the same sources and packages already. */
export async function buildProject(outdir: string): Promise<void> {
  const inputs = await inputsFingerprint();
  if (await isBuilt(outdir, inputs)) return;
  const names = Object.keys(NODE_ENTRIES) as NodeEntry[];
  const all = await Promise.all([...names.map((name) => nodeFiles(name, outdir)), builtPages(outdir), sampleFiles()]);
  const files: Files = new Map(all.flatMap((some) => [...some]));
  for (const [path, notices] of await noticeFiles(files)) files.set(path, notices);
  await writeOutput(outdir, files);
  const release = await sampleRelease(outdir);
  await writeOutput(outdir, release);
  await completeOutput(outdir, { inputs, paths: [...files.keys(), ...release.keys()] });
}

/** Builds one entry point, and leaves the rest of the directory as it is. */
export async function buildEntry(name: NodeEntry, outdir: string): Promise<void> {
  if (await isBuilt(outdir, await inputsFingerprint())) return;
  await writeOutput(outdir, new Map([...(await nodeFiles(name, outdir)), ...(await sampleFiles())]));
}

/** A hash of everything that the build reads. */
async function inputsFingerprint(): Promise<string> {
  const folders = await Promise.all(['functions', 'seed', 'web', 'infra/build'].map((path) => readFiles(path, path)));
  // npm's own list of what is installed.
  const installed = await readFile('node_modules/.package-lock.json').catch(() => readFile('package-lock.json'));
  const hash = createHash('sha256')
    .update(installed)
    .update(await readFile('tsconfig.json'));
  for (const [path, bytes] of folders.flatMap((files) => [...files])) {
    if (!path.endsWith('.md')) hash.update(`${path}\0${bytes.length}\0`).update(bytes);
  }
  return hash.digest('hex');
}

async function nodeFiles(name: NodeEntry, outdir: string): Promise<Files> {
  const { outputFiles, metafile } = await build(nodeBundle(name, outdir));
  const meta = `meta/${name.replace('/', '-')}.json`;
  return bundledFiles(outputFiles, outdir).set(meta, Buffer.from(JSON.stringify(metafile)));
}

/** The page that a server answers, and the one that needs none, in a folder of its own. `npm run site` adds a release to that one. */
async function builtPages(outdir: string): Promise<Files> {
  const localApi = await builtLocalApi();
  const engine = await ownEngine(localApi);
  const { outputFiles, metafile } = await build(pageBundle(outdir, { reload: null, ownEngine: basename(engine.path) }));
  const bundled = withoutRuntimeImports(bundledFiles(outputFiles, outdir), metafile);
  const page: Files = new Map([
    ...bundled,
    ...localApi.filesIn('web'),
    [`web/${urlOf(engine.path)}`, engine.contents],
    ...(await pageFiles(metafile, SERVED_PAGE, bundled)),
  ]);
  return new Map([
    ...page,
    ...(await compressed(page)),
    ...[...bundled].map(([path, bytes]) => [path.replace(/^web\//, `${SITE_PAGE}/`), bytes] as const),
    ...localApi.filesIn(SITE_PAGE),
    ...withoutDocs(await pageFiles(metafile, { folder: SITE_PAGE, localApi }, bundled)),
    ['meta/page.json', Buffer.from(JSON.stringify(metafile))],
    ['meta/local-api.json', Buffer.from(JSON.stringify(localApi.metafile))],
  ]);
}

const urlOf = (path: string) => `assets/${basename(path)}`;

/** The API that runs in a worker of the page. */
async function builtLocalApi() {
  const { outputFiles, metafile } = await build(await localApiBundle());
  const [script] = Object.entries(metafile.outputs).find(([, { entryPoint }]) => entryPoint === LOCAL_API) ?? [];
  if (!script) throw new Error("the page's own API has no file");
  return {
    script: urlOf(script),
    files: outputFiles.map(({ path }) => urlOf(path)),
    filesIn: (folder: string) =>
      outputFiles.map(({ path, contents }) => [`${folder}/${urlOf(path)}`, contents] as const),
    metafile,
  };
}

/** Without the style of the API's documentation, which a site does not have. */
function withoutDocs(page: Files): Files {
  return new Map([...page].filter(([path]) => !path.startsWith(`${SITE_PAGE}/docs/`)));
}

/** The licences of what is shipped, next to it: in the image, in each Lambda package and in the page. */
async function noticeFiles(files: Files): Promise<Files> {
  const notices: Files = new Map();
  for (const [folder, names] of Object.entries({
    '': ['server', 'seed', 'page', 'local-api'],
    'web/': ['page', 'local-api'],
    [`${SITE_PAGE}/`]: ['page', 'local-api'],
    'lambda/': ['lambda-index'],
    'refresh/': ['refresh-index'],
  })) {
    const metafiles = names.map((name) => JSON.parse(textOf(files, `meta/${name}.json`)) as Metafile);
    const text = await licenceNotices(bundledPackages(metafiles));
    notices.set(`${folder}licenses.txt`, Buffer.from(text));
  }
  return notices;
}

function textOf(files: Files, path: string): string {
  const bytes = files.get(path);
  if (!bytes) throw new Error(`the build has no ${path}`);
  return Buffer.from(bytes).toString('utf8');
}

export function sampleFiles(): Promise<Files> {
  return readFiles('seed/sample', 'sample');
}

/** The release that the API on Lambda answers from until a deployment puts a city's data next to it. */
async function sampleRelease(outdir: string): Promise<Files> {
  const directory = await mkdtemp(join(tmpdir(), 'curbside-build-'));
  try {
    // The environment is empty because the builder's own settings must not reach the loader.
    const args = [`${outdir}/seed.js`, '--sample', '--quiet', '--out', `${directory}/releases`];
    await promisify(execFile)(process.execPath, args, { env: {} });
    return await readFiles(`${directory}/releases`, 'lambda/releases');
  } finally {
    await rm(directory, { recursive: true });
  }
}

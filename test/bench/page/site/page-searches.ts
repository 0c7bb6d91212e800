import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { buildIndex } from '../../../../functions/engine/embedded/build/index-builder.ts';
import { packIndex } from '../../../../functions/engine/embedded/transport/pack-index.ts';
import type { Release } from '../../../../functions/model/release.ts';
import type { SiteRelease } from '../../../../functions/model/site-release.ts';
import type { Vendor } from '../../../../functions/model/vendor.ts';
import type { SiteFiles } from '../../../../functions/site/release-data.ts';
import { readFilesBelow } from '../../../../functions/site/site-directory.ts';
import { completePage } from '../../../../functions/site/site-page.ts';

/** A search in a page: its name in the table, and its files. The page's script is `page.js`, and sets `window.firstAnswer` and `window.ask`. */
export type PageSearch = { readonly name: string; readonly files: SiteFiles };

const CLIENTS = 'test/bench/page/site/clients';

/** All searches over the same vendors. Those that need a package throw if `npm ci --prefix test/bench` has not installed it. */
export async function pageSearches(release: Release): Promise<PageSearch[]> {
  const { vendors } = release;
  const data = JSON.stringify(vendors);
  const peers = ['minisearch', 'orama'].map(async (name) => {
    const { indexText } = (await importBundle(`export { indexText } from './${name}.js';`)) as {
      indexText: (list: readonly Vendor[]) => Promise<string>;
    };
    const title = name === 'orama' ? 'Orama 3' : 'MiniSearch 7';
    const open = (hasIndex: boolean) =>
      bundle(`import { openSearch } from './${name}.js'; start(() => openSearch(${hasIndex}));`);
    return [
      {
        name: `${title}, built in the page`,
        files: new Map([
          ['page.js', await open(false)],
          ['data.json', data],
        ]),
      },
      {
        name: `${title}, index as a file`,
        files: new Map([
          ['page.js', await open(true)],
          ['data.json', await indexText(vendors)],
        ]),
      },
    ];
  });
  return [
    await curbsideSite(release),
    await curbsideApi(),
    ...(await Promise.all(peers)).flat(),
    await pagefind(vendors),
  ];
}

/** The files of a site's search: the worker's scripts, the index, and a page that asks. */
export async function curbsideSite(release: Release): Promise<PageSearch> {
  const built = await readFilesBelow('dist/site-page');
  const scripts = [...built].filter(([path]) => /^assets\/local-api-.*\.js$/.test(path));
  // The entry is the one without another name.
  const entry = scripts.find(([path]) => /^assets\/local-api-[A-Z0-9]+\.js$/.test(path))?.[0];
  if (!entry) throw new Error('dist/site-page has no worker: npm run build');
  const page = await bundle(`import { openSite } from './curbside.js'; start(() => openSite('${entry}'));`);
  return { name: 'Curbside, site', files: new Map([...scripts, ...(await indexFiles(release)), ['page.js', page]]) };
}

/** The files of a whole site, without its plain pages and those of vendors. */
export async function wholeSite(release: Release): Promise<SiteFiles> {
  const built = await readFilesBelow('dist/site-page');
  const page = Buffer.from(built.get('index.html') ?? '').toString('utf8');
  return new Map<string, Uint8Array | string>([
    ...built,
    ['index.html', completePage(page, null, { path: '/', url: null })],
    ...(await indexFiles(release)),
  ]);
}

/** `current.json` and the index of a release of any size. A site has these bytes, but refuses a large release. */
async function indexFiles(release: Release): Promise<SiteFiles> {
  const { version, origin, asOf, sources } = release;
  // As `functions/releases/index-download.ts` compresses it.
  const index = gzipSync(packIndex(buildIndex(release)), { level: 9, memLevel: 4 });
  const current: SiteRelease = {
    version,
    index: `${version}/index-0.bin.gz`,
    provenance: { origin, asOf, sources },
    checkSeconds: 600,
    tiles: null,
  };
  return new Map<string, Uint8Array | string>([
    ['data/current.json', JSON.stringify(current)],
    [`data/${current.index}`, index],
  ]);
}

async function curbsideApi(): Promise<PageSearch> {
  const page = await bundle(`import { openApi } from './curbside.js'; start(openApi);`);
  return { name: 'Curbside, API on the same machine', files: new Map([['page.js', page]]) };
}

type PagefindIndex = {
  addCustomRecord(record: object): Promise<{ errors: string[] }>;
  getFiles(): Promise<{ files: { path: string; content: Uint8Array }[] }>;
};

async function pagefind(vendors: readonly Vendor[]): Promise<PageSearch> {
  // It has no entry that `require.resolve` could find.
  const entry = join(process.cwd(), 'test/bench/node_modules/pagefind/lib/index.js');
  const { createIndex, close } = (await import(pathToFileURL(entry).href)) as {
    createIndex(): Promise<{ index: PagefindIndex }>;
    close(): Promise<void>;
  };
  const { index } = await createIndex();
  for (const vendor of vendors) {
    const { id, name, otherNames, items, categories, branches } = vendor;
    const places = new Set(branches.flatMap(({ address, area }) => [address ?? '', area ?? '']));
    const content = [...otherNames, ...items, ...categories, ...places].join('; ');
    await index.addCustomRecord({
      url: `/${id}`,
      content,
      language: 'en',
      meta: { title: name, record: JSON.stringify(vendor) },
    });
  }
  const { files } = await index.getFiles();
  await close();
  const page = await bundle(`import { openSearch } from './pagefind.js'; start(openSearch);`);
  return {
    name: 'Pagefind 1',
    files: new Map<string, Uint8Array | string>([
      ['page.js', page],
      ...files.map(({ path, content }) => [`pagefind/${path}`, content] as const),
    ]),
  };
}

async function bundle(contents: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: `import { start } from './start.js'; ${contents}`, resolveDir: CLIENTS, loader: 'js' },
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2023',
    external: ['./pagefind/*'],
    write: false,
    logLevel: 'error',
  });
  return outputFiles[0]?.text ?? '';
}

async function importBundle(contents: string): Promise<unknown> {
  return import(`data:text/javascript,${encodeURIComponent(await bundle(contents))}`);
}

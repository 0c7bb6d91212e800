import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import type { Release } from '../../../../functions/model/release.ts';
import type { Vendor } from '../../../../functions/model/vendor.ts';
import { answersOf, releaseData, type SiteFiles } from '../../../../functions/site/release-data.ts';
import { readFilesBelow } from '../../../../functions/site/site-directory.ts';

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

async function curbsideSite(release: Release): Promise<PageSearch> {
  const built = await readFilesBelow('dist/site-page');
  const scripts = [...built].filter(([path]) => /^assets\/local-api-.*\.js$/.test(path));
  // The entry is the one without another name.
  const entry = scripts.find(([path]) => /^assets\/local-api-[A-Z0-9]+\.js$/.test(path))?.[0];
  if (!entry) throw new Error('dist/site-page has no worker: npm run build');
  const page = await bundle(`import { openSite } from './curbside.js'; start(() => openSite('${entry}'));`);
  const data = [...(await releaseData(answersOf(release, {}, null)))].filter(([path]) =>
    /current\.json$|index-.*\.gz$/.test(path),
  );
  return { name: 'Curbside, site', files: new Map([...scripts, ...data, ['page.js', page]]) };
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

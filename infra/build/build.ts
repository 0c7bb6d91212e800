import { execFileSync } from 'node:child_process';
import { cp, mkdir, rm, writeFile } from 'node:fs/promises';
import { build } from 'esbuild';
import { compressPage, NODE_ENTRIES, nodeBundle, pageBundle, writePage } from './bundles.ts';

/** With the name of a Node entry as its argument, only that is built: what a running server reads stays untouched. */
const only = process.argv[2];
if (only) {
  if (!Object.hasOwn(NODE_ENTRIES, only))
    throw new Error(`there is no entry ${only}: ${Object.keys(NODE_ENTRIES).join(', ')}`);
  await build(nodeBundle(only as keyof typeof NODE_ENTRIES));
  await cp('seed/sample', 'dist/sample', { recursive: true });
  process.exit(0);
}
// Everything but dist/tools, where this very file runs from.
for (const path of ['web', 'lambda', 'refresh', 'meta', 'sample', 'chunks'])
  await rm(`dist/${path}`, { recursive: true, force: true });
await mkdir('dist/meta', { recursive: true });

const names = Object.keys(NODE_ENTRIES) as (keyof typeof NODE_ENTRIES)[];
const [page, ...nodes] = await Promise.all([
  build(pageBundle({ reload: null })),
  ...names.map((name) => build(nodeBundle(name))),
  cp('seed/sample', 'dist/sample', { recursive: true }),
]);
await writeFile('dist/meta/page.json', JSON.stringify(page.metafile));
for (const [at, name] of names.entries()) {
  const result = nodes[at];
  if (result) await writeFile(`dist/meta/${name.replace('/', '-')}.json`, JSON.stringify(result.metafile));
}
if (!page.metafile) throw new Error('esbuild wrote no metafile of the page');
await writePage(page.metafile);
await compressPage();
// What a function answers from until a deployment gives it a city's data; the settings of whoever builds are not its own.
execFileSync(process.execPath, ['dist/seed.js', '--sample', '--quiet', '--out', 'dist/lambda/releases'], {
  stdio: 'inherit',
  env: {},
});

import { readFile } from 'node:fs/promises';
import { dirname, relative, resolve } from 'node:path';
import type { Plugin } from 'esbuild';

/**
 * The parts of the page that are loaded later, each with its modules that import from other folders. They get copies of what they import.
 * Otherwise the bundler moves what a part shares with the page's script to a file of its own, and each visit makes one more request: for
 * 1.2 kB that the map shares, 3.7 kB of the place lookup, and 0.3 kB of the Chinese texts (2026-11-27). Nothing that is copied has a state.
 */
const PARTS: Readonly<Record<string, RegExp>> = {
  map: /^web\/map\/(?:marker|attribution|base-layer)\.ts$/,
  lookup: /^web\/api\/(?:what-and-where|street-candidates|street-intersection)\.ts$/,
  embed: /^web\/(?:view\/embed-dialog|app\/embed-code)\.ts$/,
  wording: /^web\/i18n\/(?:city-texts|wording\/wording-[\w-]+)\.ts$/,
  zh: /^web\/i18n\/languages\/zh\.ts$/,
  'zh-tw': /^web\/i18n\/languages\/zh-tw\.ts$/,
};
const COPY = 'copy-for-';

/** Copies small modules into the parts of the page that are loaded later. */
export const copiedModules: Plugin = {
  name: 'copied-modules',
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^\.\.?\// }, ({ path, importer, resolveDir, namespace, kind }) => {
      const isCopy = namespace.startsWith(COPY);
      const copies = isCopy ? namespace : namespaceOf(relative('.', importer));
      // A part's own folder is in its chunk.
      if (copies === null || kind !== 'import-statement' || (!isCopy && path.startsWith('./'))) return null;
      return { path: relative('.', resolve(resolveDir, path)), namespace: copies };
    });
    for (const part of Object.keys(PARTS)) {
      onLoad({ filter: /./, namespace: COPY + part }, async ({ path }) => ({
        contents: await readFile(path),
        loader: 'ts',
        resolveDir: resolve(dirname(path)),
      }));
    }
  },
};

function namespaceOf(importer: string): string | null {
  const part = Object.keys(PARTS).find((name) => PARTS[name]?.test(importer));
  return part ? COPY + part : null;
}

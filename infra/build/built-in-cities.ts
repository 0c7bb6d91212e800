import { readdir, readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';

const FOLDER = 'seed/cities';
/** For editors only. */
const SCHEMA = 'city.schema.json';

/**
 * Puts the files of `seed/cities` into the bundle. Every file of the folder is found, so that a new city needs no change of code, and
 * a server, a container and a Lambda function need no such folder.
 */
export const builtInCities: Plugin = {
  name: 'built-in-cities',
  setup({ onLoad }) {
    onLoad({ filter: /[/\\]seed[/\\]city-file[/\\]built-in-files\.ts$/ }, async () => {
      const names = (await readdir(FOLDER)).filter((name) => /\.(?:geo)?json$/.test(name) && name !== SCHEMA).sort();
      const texts = await Promise.all(
        names.map(async (name) => [name, JSON.stringify(JSON.parse(await readFile(`${FOLDER}/${name}`, 'utf8')))]),
      );
      const contents = `const files = ${JSON.stringify(Object.fromEntries(texts))};\nexport const builtInFiles = () => files;`;
      return { contents, loader: 'js', watchFiles: names.map((name) => `${FOLDER}/${name}`), watchDirs: [FOLDER] };
    });
  },
};

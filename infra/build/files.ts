import { readdir, readFile } from 'node:fs/promises';
import { posix, relative, resolve } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { OutputFile } from 'esbuild';

/** Contents by path below the build's directory, with slashes. */
export type Files = Map<string, Uint8Array>;

/** The files below a directory, in alphabetical order. @param prefix directory of their new paths */
export async function readFiles(directory: string, prefix: string): Promise<Files> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const paths = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => relative(directory, `${parentPath}/${name}`).replaceAll('\\', '/'))
    .sort();
  return new Map(
    await Promise.all(
      paths.map(async (path) => [`${prefix}/${path}`, await readFile(posix.join(directory, path))] as const),
    ),
  );
}

/** What esbuild computed, by path below the build's directory. */
export function bundledFiles(outputs: readonly OutputFile[], outdir: string): Files {
  return new Map(
    outputs.map(({ path, contents }) => [relative(resolve(outdir), path).replaceAll('\\', '/'), contents]),
  );
}

/** Above this size in bytes, brotli's best quality takes seconds: for 1.7 MB, 3.6 s to reach 359 kB; quality 9 reaches 392 kB in 0.1 s. */
const LARGE = 500_000;

/** A `.br` and a `.gz` for every text file of the page that they make smaller. */
export async function compressed(page: Files): Promise<Files> {
  const [brotli, zip] = [promisify(brotliCompress), promisify(gzip)];
  const variants: Files = new Map();
  const compress = async (path: string, bytes: Uint8Array) => {
    const quality = bytes.length > LARGE ? 9 : 11;
    const [br, gz] = await Promise.all([
      brotli(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: quality } }),
      zip(bytes, { level: 9 }),
    ]);
    if (br.length < bytes.length) variants.set(`${path}.br`, br);
    if (gz.length < bytes.length) variants.set(`${path}.gz`, gz);
  };
  const texts = [...page].filter(([path]) => /\.(html|js|css|svg|json|webmanifest|txt)$/.test(path));
  await Promise.all(texts.map(([path, bytes]) => compress(path, bytes)));
  return variants;
}

import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { ConfigError } from '../config/config.ts';
import type { SiteFiles } from './release-data.ts';

/** Only a site has it, so a directory without it is never emptied. */
const MARK = 'data/current.json';

/** The files below a directory, by path with slashes. */
export async function readFilesBelow(directory: string): Promise<SiteFiles> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
  const read = async (path: string) =>
    [relative(directory, path).replaceAll('\\', '/'), new Uint8Array(await readFile(path))] as const;
  return new Map(await Promise.all(paths.map(read)));
}

/**
 * Replaces a site by another one. Until the new one is complete, the old one stays.
 * @throws ConfigError if the directory has other files
 */
export async function writeSite(directory: string, files: SiteFiles): Promise<void> {
  await assertReplaceable(directory);
  const target = resolve(directory);
  const temporary = `${target}.${process.pid}.tmp`;
  try {
    for (const [path, content] of files) {
      const file = join(temporary, path);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, content);
    }
    await rm(target, { recursive: true, force: true });
    await rename(temporary, target);
  } finally {
    await rm(temporary, { recursive: true, force: true });
  }
}

async function assertReplaceable(directory: string): Promise<void> {
  const names = await readdir(directory).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw new ConfigError(`--out must be a directory, got "${directory}" (${error.message})`);
  });
  const isSite = await stat(join(directory, MARK)).then(
    () => true,
    () => false,
  );
  if (names.length > 0 && !isSite) {
    throw new ConfigError(`--out must be empty, new or a site of Curbside, and ${directory} has other files`);
  }
}

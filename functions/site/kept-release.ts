import type { Release } from '../model/release.ts';
import { readCurrentRelease } from '../releases/directory-reader.ts';

/** A release of an earlier load, and the directory that has it with its report. */
export type KeptRelease = { readonly release: Release; readonly directory: string };

/**
 * The release of a city that an earlier load has kept, for a site that may not download the data: of the first of these directories that has
 * one. A sample is not one, because a real release never gives way to it.
 * @param city its id @param warn is told which directory cannot be read, or only in part
 */
export async function keptRelease(
  city: string,
  directories: readonly string[],
  warn: (text: string) => void,
): Promise<KeptRelease | undefined> {
  for (const directory of directories) {
    const current = await readCurrentRelease(directory).catch((error: Error) => warn(error.message));
    for (const warning of current?.warnings ?? []) warn(warning);
    if (!current || current.release.city.id !== city || current.release.origin === 'sample') continue;
    return { release: { ...current.release, origin: 'cached' }, directory };
  }
  return undefined;
}

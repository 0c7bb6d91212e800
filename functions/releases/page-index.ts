import { indexFileOf } from '../engine/embedded/build/index-cache.ts';
import type { PublishableRelease } from '../model/release.ts';
import { MOST_BRANCHES, PAGE_INDEX_NAME } from '../model/site-release.ts';
import type { PackIndex } from './index-download.ts';

/**
 * The packed index of a release by its name, for its publisher; nothing if the release is too large for pages.
 * @param pack default: packs in this thread
 */
export async function pageIndexFiles(
  release: PublishableRelease,
  branches: number,
  pack?: PackIndex,
): Promise<Record<string, Uint8Array<ArrayBuffer>>> {
  if (branches > MOST_BRANCHES) return {};
  const { packForPages, pageIndexName } = await import('./index-download.ts');
  const bytes = await (pack ?? packForPages)(indexFileOf(release));
  return { [pageIndexName(bytes)]: bytes };
}

/** What is known of a release's files by name, without its packed index. */
export function withoutPageIndex<Value>(files: Readonly<Record<string, Value>>): Record<string, Value> {
  return Object.fromEntries(Object.entries(files).filter(([name]) => !PAGE_INDEX_NAME.test(name)));
}

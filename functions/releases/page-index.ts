import { indexFileOf } from '../engine/embedded/build/index-cache.ts';
import type { PublishableRelease } from '../model/release.ts';
import { MOST_BRANCHES, PAGE_INDEX_NAME } from '../model/site-release.ts';
import type { PackIndex } from './index-download.ts';
import type { ReleaseReader } from './release-reader.ts';

export type PageIndexOptions = {
  /** Reads the release if the store has it already, whole. */
  readonly published: ReleaseReader | undefined;
  /** Default: packs in this thread. */
  readonly pack?: PackIndex | undefined;
};

/**
 * The packed index of a release by its name, for its publisher; nothing if the release is too large for pages. It is packed unless the store
 * has one that pages can unpack.
 */
export async function pageIndexFiles(
  release: PublishableRelease,
  branches: number,
  { published, pack }: PageIndexOptions,
): Promise<Record<string, Uint8Array<ArrayBuffer>>> {
  if (branches > MOST_BRANCHES) return {};
  const { packForPages, pageIndexName, readPageIndex } = await import('./index-download.ts');
  const known = published && (await readPageIndex(published, release.version));
  const bytes = known?.bytes ?? (await (pack ?? packForPages)(indexFileOf(release)));
  return { [known?.name ?? pageIndexName(bytes)]: bytes };
}

/** What is known of a release's files by name, without its packed index. */
export function withoutPageIndex<Value>(files: Readonly<Record<string, Value>>): Record<string, Value> {
  return Object.fromEntries(Object.entries(files).filter(([name]) => !PAGE_INDEX_NAME.test(name)));
}

import type { CityLink } from './city-links.ts';
import type { Provenance } from './release.ts';
import type { Tiles } from './tile-url.ts';

/**
 * The most branches of a release that a page searches itself. Every page downloads the whole index: 55 bytes per branch. 20,000 branches are
 * 1.1 MB, which take a second at 9 Mbit/s, and are unpacked meanwhile. 100,000 need four seconds for that, and their first answer came 9 s
 * after the navigation on a busy machine, 13 s on one 4 times slower (2026-11-27).
 */
export const MOST_BRANCHES = 20_000;

/** Names of such indexes: `index-0123456789ab.bin.gz`. The digits are the first ones of the SHA-256 of the file. */
export const PAGE_INDEX_NAME = /^index-[\da-f]{12}\.bin\.gz$/;

/** What `data/current.json` says for a page that searches the release itself, on a server and on a site without one. */
export type SiteRelease = {
  readonly version: string;
  /** Its index file, packed and gzipped, relative to `current.json`. */
  readonly index: string;
  readonly provenance: Provenance;
  /** A newer release is looked for at the first request after this long. */
  readonly checkSeconds: number;
  /** The base layer of `/meta`. */
  readonly tiles: Tiles | null;
  /** All cities of the deployment; absent if there is only this one. */
  readonly cities?: readonly CityLink[] | undefined;
};

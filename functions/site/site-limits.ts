import { ConfigError } from '../config/config.ts';
import type { Release } from '../model/release.ts';
import { MOST_BRANCHES } from '../model/site-release.ts';
import { archiveOf, type Tiles } from '../model/tile-url.ts';
import { countBranches } from '../model/vendor.ts';

/** @throws ConfigError if a release is too large for a site */
export function assertSiteSize({ vendors }: Pick<Release, 'vendors'>): void {
  const branches = countBranches(vendors);
  if (branches <= MOST_BRANCHES) return;
  throw new ConfigError(
    `${branches} branches are too many for a site, where every visitor downloads all of them (at most ${MOST_BRANCHES}): run a server (npm start, or npm run deploy)`,
  );
}

/** @throws ConfigError if the map's archive is a file of a server */
export function assertSiteTiles(tiles: Tiles | null): void {
  const archive = tiles && archiveOf(tiles.url);
  if (!archive?.startsWith('/')) return;
  throw new ConfigError(`--tiles must be a whole URL or off on a site, got the path "${archive}" of a server`);
}

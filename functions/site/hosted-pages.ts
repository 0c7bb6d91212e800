import { allowInline, fixedHeaders, inlineHashes, POLICY } from '../http/middleware/headers.ts';
import { withCityMark } from '../http/responses/city-mark.ts';
import { withCityTags } from '../http/responses/share-tags.ts';
import type { CityFacts } from '../model/release.ts';
import type { Tiles } from '../model/tile-url.ts';
import type { ListedCity } from '../serving/city-list-file.ts';

/** One city of a host that has the page's files in a bucket, and the API elsewhere. */
export type HostedCity = {
  readonly facts: CityFacts;
  /** The path of its map page, with slashes at both ends. */
  readonly root: string;
  /** What its file says; `undefined`: nothing. */
  readonly ownTiles: Tiles | null | undefined;
  /** The tiles that its map shows. */
  readonly tiles: Tiles | null;
};

/** What such a host needs to know of its cities. */
export type HostedPages = {
  readonly cities: readonly ListedCity[];
  /** The start pages by their path in the bucket. */
  readonly pages: Readonly<Record<string, string>>;
  /** The directives of the policy that differ between builds and cities. Together they allow every page. */
  readonly sources: string;
};

/** In the order of the server's policy, in which they follow each other. */
const VARIABLE_DIRECTIVES = ['script-src', 'style-src', 'img-src', 'connect-src'];

/**
 * Writes into each start page what a server writes into it for each request, except for the host of the preview's image and the search.
 * @param built the built `index.html`
 */
export function hostedPages(built: string, cities: readonly HostedCity[]): HostedPages {
  const pages = cities.map(({ facts, root }) => {
    const page = withCityTags(withCityMark(built, root === '/' ? null : facts.id), facts);
    return [`${root.slice(1)}index.html`, page] as const;
  });
  const policies = cities.map(({ tiles }) => allowInline(policyOf(tiles), inlineHashes(built)));
  return {
    cities: cities.map(({ facts: { id, name, bounds, center }, ownTiles }) => ({
      id,
      name,
      bounds,
      center,
      ...(ownTiles === undefined ? {} : { tiles: ownTiles }),
    })),
    pages: Object.fromEntries(pages),
    sources: VARIABLE_DIRECTIVES.map((name) => joinDirective(name, policies)).join('; '),
  };
}

function policyOf(tiles: Tiles | null): string {
  return fixedHeaders({ tiles, reload: null })('/')[POLICY] ?? '';
}

/** A directive with the sources that it has in any of the policies. */
function joinDirective(name: string, policies: readonly string[]): string {
  const sources = policies.flatMap((policy) => {
    const directive = policy.split('; ').find((part) => part.startsWith(`${name} `)) ?? name;
    return directive.split(' ').slice(1);
  });
  return [name, ...new Set(sources)].join(' ');
}

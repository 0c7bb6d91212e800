import type { CitiesResponse, CityEntry } from '../http/openapi/schemas/city-entry.ts';
import { robots } from '../http/responses/sitemap.ts';
import type { CityLink } from '../model/city-links.ts';
import type { SiteFiles } from './release-data.ts';
import type { SiteAddress } from './site-address.ts';

/** The site of one of several cities. */
export type CitySite = {
  /** The path of its map page, with slashes at both ends. */
  readonly root: string;
  readonly files: SiteFiles;
  readonly links: readonly CityLink[];
};

/** What a host reads only at its root. */
const ROOT_ONLY: ReadonlySet<string> = new Set(['robots.txt', '404.html']);

/** One site of the sites of several cities: the first at its root, the others in folders. Each has its own service worker, with its own scope. */
export function joinSites(sites: readonly CitySite[], { url }: SiteAddress): SiteFiles {
  const joined: SiteFiles = new Map();
  const entries = sites.map(({ files }) => entryOf(files));
  for (const { root, files, links } of sites) {
    const folder = root.slice(1);
    for (const [path, content] of files) {
      if (folder === '' || !ROOT_ONLY.has(path)) joined.set(folder + path, content);
    }
    const cities = entries.flatMap((entry, at) => entry.map((city) => ({ ...city, page: links[at]?.page ?? './' })));
    joined.set(`${folder}cities.json`, JSON.stringify({ cities } satisfies CitiesResponse));
  }
  if (url !== null) joined.set('robots.txt', robots(sites.map(({ root }) => `${url}${root.slice(1)}`)));
  return joined;
}

function entryOf(files: SiteFiles): CityEntry[] {
  const { cities } = JSON.parse(String(files.get('cities.json'))) as CitiesResponse;
  return cities;
}

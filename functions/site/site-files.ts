import { withCityMark } from '../http/responses/city-mark.ts';
import { withCityTags } from '../http/responses/share-tags.ts';
import { robots, sitemap, sitemapPages } from '../http/responses/sitemap.ts';
import type { CityLink } from '../model/city-links.ts';
import { DEPARTED_FILE, readDeparted } from '../model/departed-vendors.ts';
import { dateInZone, permitClock } from '../model/permit-end.ts';
import type { Release } from '../model/release.ts';
import type { Tiles } from '../model/tile-url.ts';
import { answersOf, type ReleaseReport, releaseData, type SiteFiles } from './release-data.ts';
import type { SiteAddress } from './site-address.ts';
import { completePage, notFoundPage } from './site-page.ts';
import { vendorFiles } from './vendor-files.ts';

export type SiteInput = {
  readonly release: Release;
  readonly report: ReleaseReport;
  readonly tiles: Tiles | null;
  readonly address: SiteAddress;
  /** The links to all cities of the site, if there are several. */
  readonly cityLinks?: readonly CityLink[];
};

/** All files of a site. @param page the built page for static hosts, by path */
export async function siteFiles(page: SiteFiles, input: SiteInput): Promise<SiteFiles> {
  const { release, report, tiles, address, cityLinks } = input;
  const read = answersOf(release, report, tiles, cityLinks);
  const files: SiteFiles = new Map([...page, ...(await releaseData(read))]);
  const built = page.get('index.html');
  if (built === undefined) throw new Error('the built page has no index.html: run npm run build');
  files.set(
    'index.html',
    completePage(
      withCityMark(withCityTags(Buffer.from(built).toString('utf8'), release.city), markOf(input)),
      tiles,
      address,
    ),
  );
  files.set('404.html', notFoundPage(address));
  const clock = permitClock(release, dateInZone(Date.now(), release.city.zone));
  const { ids: departed } = readDeparted(report[DEPARTED_FILE]);
  for (const [path, content] of await vendorFiles(release, { read, clock, address, departed }))
    files.set(path, content);
  files.set('robots.txt', robots(address.url === null ? [] : [address.url]));
  if (address.url !== null) files.set('sitemap.xml', sitemap(address.url, sitemapPages(release, clock, '.html')));
  files.set('cities.json', await (await read('/cities')).text());
  return files;
}

/** The first of several cities is at the root of the site, and its page has no mark. */
function markOf({ release, cityLinks = [] }: SiteInput): string | null {
  const isBelow = cityLinks.length > 1 && cityLinks[0]?.page !== './';
  return isBelow ? release.city.id : null;
}

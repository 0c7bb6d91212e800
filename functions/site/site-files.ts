import { withCityTags } from '../http/responses/share-tags.ts';
import { robots, sitemap, sitemapPages } from '../http/responses/sitemap.ts';
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
};

/** All files of a site. @param page the built page for static hosts, by path */
export async function siteFiles(page: SiteFiles, { release, report, tiles, address }: SiteInput): Promise<SiteFiles> {
  const read = answersOf(release, report, tiles);
  const files: SiteFiles = new Map([...page, ...(await releaseData(read))]);
  const built = page.get('index.html');
  if (built === undefined) throw new Error('the built page has no index.html: run npm run build');
  files.set(
    'index.html',
    completePage(withCityTags(Buffer.from(built).toString('utf8'), release.city), tiles, address),
  );
  files.set('404.html', notFoundPage(address));
  const clock = permitClock(release, dateInZone(Date.now(), release.city.zone));
  const departed = readDeparted(report[DEPARTED_FILE]);
  for (const [path, content] of await vendorFiles(release, { read, clock, address, departed }))
    files.set(path, content);
  files.set('robots.txt', robots(address.url === null ? [] : [address.url]));
  if (address.url !== null) files.set('sitemap.xml', sitemap(address.url, sitemapPages(release, clock, '.html')));
  return files;
}

import type { Tiles } from '../http/middleware/headers.ts';
import type { Release } from '../model/release.ts';
import { type ReleaseReport, releaseData, type SiteFiles } from './release-data.ts';
import type { SiteAddress } from './site-address.ts';
import { completePage, notFoundPage } from './site-page.ts';

export type SiteInput = {
  readonly release: Release;
  readonly report: ReleaseReport;
  readonly tiles: Tiles | null;
  readonly address: SiteAddress;
};

/** Pages that search engines may list. The versions under `data/` are the same again. */
const PAGES = ['', 'data/list.html', 'data/quality.html'];

/** All files of a site. @param page the built page for static hosts, by path */
export async function siteFiles(page: SiteFiles, { release, report, tiles, address }: SiteInput): Promise<SiteFiles> {
  const files: SiteFiles = new Map([...page, ...(await releaseData(release, report, tiles))]);
  const built = page.get('index.html');
  if (built === undefined) throw new Error('the built page has no index.html: run npm run build');
  files.set('index.html', completePage(Buffer.from(built).toString('utf8'), tiles, address));
  files.set('404.html', notFoundPage(address));
  files.set('robots.txt', robots(address));
  if (address.url !== null) files.set('sitemap.xml', sitemap(address.url));
  return files;
}

function robots({ url }: SiteAddress): string {
  return ['User-agent: *', 'Allow: /', ...(url === null ? [] : [`Sitemap: ${url}sitemap.xml`]), ''].join('\n');
}

function sitemap(url: string): string {
  const entries = PAGES.map((page) => `  <url><loc>${url}${page}</loc></url>`);
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">',
    ...entries,
    '</urlset>',
    '',
  ].join('\n');
}

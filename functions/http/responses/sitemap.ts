import { type PermitClock, vendorPermit } from '../../model/permit-end.ts';
import type { Release } from '../../model/release.ts';

/** Most addresses of a sitemap (sitemaps.org, 0.9). The list, which is one of them, links to all vendors. */
const MOST_ADDRESSES = 50_000;

/** The addresses for search engines, relative to the map page: the map, the list, and each vendor with an approved permit. */
export function sitemapPages(
  { vendors }: Pick<Release, 'vendors'>,
  clock: PermitClock,
  extension: '' | '.html',
): string[] {
  const pages = ['', 'data/list.html', 'data/quality.html'];
  for (const vendor of vendors) {
    if (vendorPermit(vendor, clock) === 'current') pages.push(`v/${encodeURIComponent(vendor.id)}${extension}`);
  }
  return pages.slice(0, MOST_ADDRESSES);
}

/** A sitemap after sitemaps.org, 0.9. @param base absolute, with a slash at its end */
export function sitemap(base: string, pages: readonly string[]): string {
  const escaped = base.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">',
    ...pages.map((page) => `  <url><loc>${escaped}${page}</loc></url>`),
    '</urlset>',
    '',
  ].join('\n');
}

/** What crawlers may read. @param bases of all cities' map pages: absolute, with a slash at the end; none if they are unknown */
export function robots(bases: readonly string[]): string {
  return ['User-agent: *', 'Allow: /', ...bases.map((base) => `Sitemap: ${base}sitemap.xml`), ''].join('\n');
}

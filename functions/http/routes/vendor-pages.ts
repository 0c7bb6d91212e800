import { type Context, Hono } from 'hono';
import type { CityLink } from '../../model/city-links.ts';
import { dateInZone, permitClock } from '../../model/permit-end.ts';
import type { Env } from '../middleware/env.ts';
import { publicOrigin } from '../middleware/public-origin.ts';
import type { ReleaseFiles } from './data.ts';
import type { RouteDeps } from './respond-json.ts';

/**
 * `GET /v/{id}`: the page of a vendor. With status 410 if all of its permits have ended, or if the data no longer has it, so that search
 * engines forget it.
 * @param files say which vendors earlier releases had
 */
export function vendorPageRoute(deps: Pick<RouteDeps, 'engine' | 'now' | 'root'>, files: ReleaseFiles | undefined) {
  return async (c: Context<Env, '/v/:id'>) =>
    (await import('../responses/vendor-page-response.ts')).vendorPageResponse(c, deps, files);
}

/** @throws ProblemError if a release lacks a vendor that earlier ones had */
export type DepartedCheck = (version: string, id: string) => Promise<void>;

/** @param files say which vendors earlier releases had */
export function departedCheck(files: ReleaseFiles | undefined): DepartedCheck | undefined {
  return (
    files && (async (version, id) => (await import('../responses/departed-page.ts')).refuseDeparted(files, version, id))
  );
}

/** A day: search engines ask for neither more often. */
const DAY_CACHE = 'public, max-age=86400, s-maxage=3600';

type CrawlerRouteDeps = Pick<RouteDeps, 'now' | 'root'> & { readonly cityLinks: readonly CityLink[] | undefined };

/** `/sitemap.xml`, and `/robots.txt`, which names those of all cities. */
export function crawlerRoutes(files: ReleaseFiles, { now, root, cityLinks }: CrawlerRouteDeps) {
  return new Hono()
    .get('/sitemap.xml', async (c) => {
      const { sitemap, sitemapPages } = await pagesForCrawlers();
      const release = await files.current();
      const clock = permitClock(release, dateInZone(now(), release.city.zone));
      const text = sitemap(`${publicOrigin(c)}${root}`, sitemapPages(release, clock, ''));
      return c.body(text, 200, { 'Content-Type': 'text/xml; charset=utf-8', 'Cache-Control': DAY_CACHE });
    })
    .get('/robots.txt', async (c) => {
      const { robots } = await pagesForCrawlers();
      const paths = cityLinks?.map(({ page }) => new URL(page, `http://host${root}`).pathname) ?? [root];
      return c.text(robots(paths.map((path) => publicOrigin(c) + path)), 200, { 'Cache-Control': DAY_CACHE });
    });
}

/** A cold start does not read it. */
const pagesForCrawlers = () => import('../responses/sitemap.ts');

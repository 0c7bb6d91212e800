import type { Context } from 'hono';
import { dateInZone, permitClock, vendorPermit } from '../../model/permit-end.ts';
import { type Env, engineOf } from '../middleware/env.ts';
import { publicOrigin } from '../middleware/public-origin.ts';
import { quoteForMessage } from '../params/parse.ts';
import type { ReleaseFiles } from '../routes/data.ts';
import { MINUTE_CACHE, type RouteDeps } from '../routes/respond-json.ts';
import { departedPage, isDeparted } from './departed-page.ts';
import { ProblemError } from './problem.ts';
import { vendorPage } from './vendor-page.ts';

/** The page of a vendor, or of one that left the data. @throws ProblemError if the data never had it */
export async function vendorPageResponse(
  c: Context<Env, '/v/:id'>,
  { engine: current, now, root }: Pick<RouteDeps, 'engine' | 'now' | 'root'>,
  files: ReleaseFiles | undefined,
) {
  const engine = engineOf(c, current);
  const id = c.req.param('id');
  const [about, vendor] = await Promise.all([engine.about(), engine.find(id)]);
  if (!vendor) {
    if (files && (await isDeparted(files, about.version, id)))
      return c.html(departedPage(about, root), 410, { 'Cache-Control': MINUTE_CACHE });
    throw new ProblemError('not-found', `There is no vendor ${quoteForMessage(id)}; /data/list.html has all`);
  }
  const clock = permitClock(about, dateInZone(now(), about.city.zone));
  const text = vendorPage(vendor, about, clock, {
    root,
    base: `${publicOrigin(c)}${root}`,
    extension: '',
    calendar: `${root}trucks/${encodeURIComponent(id)}.ics`,
  });
  return c.html(text, vendorPermit(vendor, clock) === 'gone' ? 410 : 200, { 'Cache-Control': MINUTE_CACHE });
}

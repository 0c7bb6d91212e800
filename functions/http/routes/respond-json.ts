import type { Context, TypedResponse } from 'hono';
import type { Engine, EngineSource } from '../../engine/engine.ts';
import type { Env } from '../middleware/env.ts';
import { responseTag } from '../middleware/etag.ts';
import type { TextResponder } from '../middleware/respond.ts';
import { pathOf } from '../params/url-parts.ts';

/** What the routes with data share. */
export type RouteDeps = {
  readonly engine: EngineSource;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly respondText: TextResponder;
  /** The path of the city's map page, with slashes at both ends. */
  readonly root: string;
};

/**
 * Whether a branch is open can change every minute. A function looks for a new release every 30 s, and a shared cache keeps an answer
 * for 30 s more, so that new data is everywhere after a minute. Without `stale-while-revalidate`: CloudFront would obey it.
 */
export const MINUTE_CACHE = 'public, max-age=60, s-maxage=30';

/** Responds with JSON of the data. `at`, milliseconds since 1970, if the response depends on the time. */
export async function respondJson<Body>(
  c: Context<Env>,
  body: Body,
  { engine, respondText, at = 0 }: { engine: Engine; respondText: TextResponder; at?: number },
) {
  const about = await engine.about();
  const tag = responseTag({ engine: engine.name, about, minute: Math.floor(at / 60_000), path: pathOf(c.req.url) });
  const response = await respondText(c, JSON.stringify(body), { type: 'application/json', tag, cache: MINUTE_CACHE });
  return response as Response & TypedResponse<Body, 200, 'json'>;
}

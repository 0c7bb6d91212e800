import type { Context } from 'hono';
import { areaNames } from '../../model/area-names.ts';
import type { CityLink } from '../../model/city-links.ts';
import type { Tiles } from '../../model/tile-url.ts';
import { type Env, engineOf } from '../middleware/env.ts';
import type { MetaResponse } from '../openapi/schemas/meta.ts';
import { type ResponseSource, responseMeta } from '../responses/provenance.ts';
import { type RouteDeps, respondJson } from './respond-json.ts';

/** What the answer has besides the data. */
type MetaExtras = {
  readonly tiles: Tiles | null;
  /** Absent if there is only the engine's own city. */
  readonly cityLinks: readonly CityLink[] | undefined;
};

/** `GET /meta`. */
export function metaRoute({ engine: current, now, respondText }: RouteDeps, extras: MetaExtras) {
  return async (c: Context<Env>) => {
    const engine = engineOf(c, current);
    const at = now();
    const about = await engine.about();
    return respondJson(c, metaResponse({ about, engine: engine.name, now: at }, extras), {
      engine,
      respondText,
      at,
    });
  };
}

/** Builds the JSON of `/meta`. */
export function metaResponse(source: ResponseSource, { tiles, cityLinks }: MetaExtras): MetaResponse {
  const { about } = source;
  const {
    id,
    name,
    zone,
    bounds,
    center,
    outline,
    outlineIsHull = false,
    attribution,
    vocabulary,
    reportUrl = null,
  } = about.city;
  const { wording = null, languages } = about.city;
  return {
    city: {
      id,
      name,
      zone,
      bounds,
      center,
      report_url: reportUrl,
      wording,
      languages: languages ? [...languages] : null,
    },
    outline: outline.map((ring) => ring.map(({ lat, lon }) => [lon, lat])),
    outline_is_hull: outlineIsHull,
    areas: areaNames(about.values.area, vocabulary),
    counts: { vendors: about.vendors, branches: about.branches },
    accounts: [...about.accounts],
    sources: [...about.sources],
    attribution,
    tiles,
    cities: [...(cityLinks ?? [{ id, name, page: './' }])],
    meta: responseMeta(source),
  };
}

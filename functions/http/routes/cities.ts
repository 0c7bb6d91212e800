import type { Context } from 'hono';
import type { EngineSource } from '../../engine/engine.ts';
import { type Env, engineOf } from '../middleware/env.ts';
import type { DeployedCity } from '../responses/city-list.ts';
import { MINUTE_CACHE } from './respond-json.ts';

type CitiesDeps = { readonly engine: EngineSource; readonly cities: readonly DeployedCity[] | undefined };

/** `GET /cities`. */
export function citiesRoute({ engine: current, cities }: CitiesDeps) {
  return async (c: Context<Env>) => {
    // A cold start does not read it.
    const { citiesResponse, cityEntries, onlyCity } = await import('../responses/city-list.ts');
    const entries = await cityEntries(cities ?? [await onlyCity(engineOf(c, current))]);
    c.header('Cache-Control', MINUTE_CACHE);
    return c.json(citiesResponse(entries), 200);
  };
}

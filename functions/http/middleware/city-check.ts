import type { MiddlewareHandler } from 'hono';
import type { EngineSource } from '../../engine/engine.ts';
import type { DeployedCity } from '../responses/city-list.ts';
import { type Env, engineOf } from './env.ts';

export type CityCheckDeps = {
  readonly engine: EngineSource;
  /** Absent if there is only the engine's own. */
  readonly cities: readonly DeployedCity[] | undefined;
  readonly root: string;
};

/** Refuses a request whose parameter `city` names another city than the one that answers. */
export function refuseOtherCities({ engine, cities, root }: CityCheckDeps): MiddlewareHandler<Env> {
  return async (c, next) => {
    // Few requests have it, and a cold start does not read the check.
    if (c.req.url.includes('city=')) {
      const { assertCity } = await import('../params/assert-city.ts');
      const own = cities?.find(({ page }) => page === './')?.facts.id ?? (await engineOf(c, engine).about()).city.id;
      assertCity(c.req, own, root === '/' ? cities?.map(({ facts }) => facts.id) : undefined);
    }
    return next();
  };
}

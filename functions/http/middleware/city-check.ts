import type { MiddlewareHandler } from 'hono';
import type { EngineSource } from '../../engine/engine.ts';
import type { DeployedCity } from '../responses/city-list.ts';
import { type Env, engineOf } from './env.ts';

export type CityCheckDeps = {
  readonly engine: EngineSource;
  /** Absent if there is only the engine's own. */
  readonly cities: readonly DeployedCity[] | undefined;
  readonly root: string;
  /** Milliseconds since 1970. */
  readonly now: () => number;
};

/** Refuses a request whose parameter `city` names another city than the one that answers. */
export function refuseOtherCities({ engine, cities, root, now }: CityCheckDeps): MiddlewareHandler<Env> {
  return async (c, next) => {
    // Few requests have it, and a cold start does not read the check.
    if (c.req.url.includes('city=')) {
      const { assertCity } = await import('../params/assert-city.ts');
      const own = cities?.find(({ page }) => page === './')?.facts.id ?? (await engineOf(c, engine).about()).city.id;
      const known = (root === '/' && cities?.map(({ facts }) => facts.id)) || [own];
      await assertCity(c.req, own, known, async () => {
        const { otherFaults } = await import('../params/other-faults.ts');
        const about = await engineOf(c, engine)
          .about()
          .catch(() => null);
        return about ? otherFaults(c.req, about, now()) : [];
      });
    }
    return next();
  };
}

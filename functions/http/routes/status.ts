import type { Context } from 'hono';
import type { Engine } from '../../engine/engine.ts';
import { type Env, engineOf } from '../middleware/env.ts';
import { ProblemError } from '../responses/problem.ts';

/** `GET /healthz`: whether the process runs. It does not use the engine. */
export function healthRoute(c: Context<Env>) {
  return c.json({ status: 'ok' } as const, 200);
}

/** `GET /readyz`: whether the engine has data, and the process is not stopping. */
export function readyRoute(current: () => Engine, isDraining: () => boolean) {
  return async (c: Context<Env>) => {
    if (isDraining()) throw new ProblemError('draining', 'This process is draining: send requests to another one');
    const { version } = await engineOf(c, current).about();
    c.header('Cache-Control', 'no-store');
    return c.json({ status: 'ok', version } as const, 200);
  };
}

/** `GET /debug`: the status of the original app. */
export function debugRoute(current: () => Engine) {
  return async (c: Context<Env>) => {
    const engine = engineOf(c, current);
    const { vendors, branches, version, city } = await engine.about();
    const msg = `${engine.name} ${city.id} ${version}: ${vendors} vendors, ${branches} locations`;
    return c.json({ status: 'success', msg } as const, 200);
  };
}

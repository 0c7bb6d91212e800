import type { Context } from 'hono';
import type { Engine } from '../../engine/engine.ts';
import { type Env, engineOf } from '../middleware/env.ts';
import type { HealthResponse } from '../openapi/schemas/health.ts';
import type { DeployedCity } from '../responses/city-list.ts';
import { ProblemError } from '../responses/problem.ts';
import { engineState, readyRelease } from './engine-state.ts';

/**
 * `GET /healthz`: whether the process runs, with the state of its engine and its data. It is a 200 even if the engine is down: a restart
 * would not help.
 */
export function healthRoute(current: () => Engine, now: () => number) {
  return async (c: Context<Env>) => {
    const { name, isUp, isFallback, release } = await engineState(current(), now());
    c.header('Cache-Control', 'no-store');
    const engine = { name, up: isUp, fallback: isFallback };
    const data = release && { version: release.version, origin: release.origin, age_seconds: release.ageSeconds };
    return c.json({ status: 'ok', engine, release: data } satisfies HealthResponse, 200);
  };
}

type ReadyDeps = {
  readonly isDraining: () => boolean;
  /** What an operator should look at; no details, which are in the log. */
  readonly notes: () => readonly string[];
  /** If there are several, one that can be answered is enough: another server would not have the data of the others either. */
  readonly cities: readonly DeployedCity[] | undefined;
};

/** `GET /readyz`: whether the engine answers and has data, and the process is not stopping. @throws EngineError if it does not */
export function readyRoute(current: () => Engine, { isDraining, notes, cities }: ReadyDeps) {
  return async (c: Context<Env>) => {
    if (isDraining()) throw new ProblemError('draining', 'This process is draining: send requests to another one');
    const states = cities ? await (await import('../responses/city-list.ts')).cityReleases(cities) : [];
    // If no city can be answered, this city's error says why.
    if (states.every(({ version }) => version === null)) states[0] = await readyRelease(engineOf(c, current));
    const [{ version } = { version: null }] = states;
    c.header('Cache-Control', 'no-store');
    return c.json({ status: 'ok', version, notes: [...notes()], cities: states } as const, 200);
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

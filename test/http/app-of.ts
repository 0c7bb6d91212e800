import { openEmbedded } from '../../functions/engine/embedded/search.ts';
import type { Engine } from '../../functions/engine/engine.ts';
import { createApp } from '../../functions/http/app.ts';
import { town } from '../town.ts';

export type Logged = { event: string; fields: Record<string, unknown> };

/** The app over the invented town, on a Thursday of 2026 at 18:20:45 UTC. */
export function appOf(engine: Engine = openEmbedded(town()), logged: Logged[] = []) {
  return createApp({
    engine,
    tiles: null,
    log: (event, fields) => logged.push({ event, fields }),
    now: () => Date.parse('2026-09-03T18:20:45Z'),
  });
}

import { openEmbedded } from '../../../functions/engine/embedded/release-engine.ts';
import type { Engine } from '../../../functions/engine/engine.ts';
import { createApp } from '../../../functions/http/app.ts';
import { createDirectoryReader } from '../../../functions/releases/directory-reader.ts';
import { createReleaseDownloads } from '../../../functions/releases/downloads.ts';
import { scratchStore } from '../../fixtures/scratch-store.ts';
import { town } from '../../fixtures/town.ts';
import { conforming } from './openapi/conforming.ts';

export type Logged = { event: string; fields: Record<string, unknown> };

/** The release behind `/data`. No other release was published. */
const served = town();
const store = scratchStore();

/** The app over the invented town, on a Thursday of 2026 at 18:20:45 UTC. Each response is checked against `/openapi.json`. */
export function appOf(engine: Engine = openEmbedded(town()), logged: Logged[] = [], now = '2026-09-03T18:20:45Z') {
  return conforming(
    createApp({
      engine: () => engine,
      tiles: null,
      files: createReleaseDownloads(createDirectoryReader('nothing-was-published-here'), () => served, store),
      log: (event, fields) => logged.push({ event, fields }),
      now: () => Date.parse(now),
    }),
  );
}

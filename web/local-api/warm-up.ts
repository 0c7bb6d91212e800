import type { Provenance } from '../../functions/model/release.ts';

/** A small packed index of invented vendors, in Base64; set by the build. */
declare const WARM_UP_INDEX: string;

const PROVENANCE: Provenance = { origin: 'sample', asOf: '2026-01-01', sources: [] };

/** After a few rounds, the browser has compiled what is hot. */
const ROUNDS = 4;
/** If one request takes longer, milliseconds, the processor is so slow that the index needs it by then. */
const SLOW_MS = 150;
/** Requests like the first ones of a page: words, a typo, hours, a place. */
export const WARM_UP_PATHS = [
  '/search?q=tacos',
  '/meta',
  '/search?q=cofee&open_now=true&limit=20',
  '/search?lat=40.01&lon=-99.98&radius=2000&sort=distance',
];

/** Opens a packed index; the result answers the API's paths. */
type Open = (packed: Uint8Array, provenance: Provenance) => (path: string) => Response | Promise<Response>;

/**
 * Answers some requests over a small index, so that the browser has compiled the code, and the vocabularies are ready, when the city's index
 * arrives. Between two requests other tasks of the worker run.
 * @param arrival aborted when the index is open @param slowMs ends after a request that takes longer
 */
export async function answerBefore(arrival: AbortSignal, open: Open, slowMs = SLOW_MS): Promise<void> {
  const packed = Uint8Array.from(atob(WARM_UP_INDEX), (character) => character.charCodeAt(0));
  for (let round = 0; round < ROUNDS; round++) {
    const send = open(packed, PROVENANCE);
    for (const path of WARM_UP_PATHS) {
      await new Promise((resolve) => setTimeout(resolve));
      if (arrival.aborted) return;
      const start = performance.now();
      await (await send(path)).arrayBuffer();
      if (performance.now() - start > slowMs) return;
    }
  }
}

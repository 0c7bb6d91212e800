import type { Sink } from '../functions/engine/engine.ts';
import type { Release } from '../functions/model/release.ts';
import type { City } from './city.ts';
import { asCached, sampleSources } from './initial-release.ts';
import type { SourceAddresses } from './load.ts';
import type { LoadError } from './load-error.ts';

export type FallbackInput = {
  readonly city: City;
  /** Where the live data was to go, and how that place is called. */
  readonly sink: Sink;
  readonly place: string;
  /** The release that was made last and lies in a directory. */
  readonly kept: Release | undefined;
  /** Directory of the bundled sample. */
  readonly sampleDirectory: string;
  readonly say: (line: string) => void;
};

/**
 * What readers get where the live data could not be had: the release they have; else the kept one, which is published
 * here; else the sample, whose tables are returned for the caller to load. Each is said, with the reason.
 * @throws LoadError `why`, when there is none of them. @throws EngineError
 */
export async function publishFallback(
  why: LoadError,
  { city, sink, place, kept, sampleDirectory, say }: FallbackInput,
): Promise<SourceAddresses | null> {
  say(`warning: the live data was not loaded: ${why.message}`);
  const there = await sink.current();
  if (there) {
    say(`unchanged: ${there.version} (${there.branches} branches) stays in ${place}`);
    return null;
  }
  if (kept?.city.id === city.facts.id) {
    await sink.publish(asCached(kept), {});
    say(`published: the kept copy ${kept.version} in ${place}`);
    return null;
  }
  if (!city.sample) throw why;
  say('warning: the sample stands in for it: invented vendors');
  return sampleSources(city, sampleDirectory);
}

import type { Sink } from '../functions/engine/engine.ts';
import type { DataOrigin, Release } from '../functions/model/release.ts';
import { amount } from './amount.ts';
import type { City } from './city.ts';
import { asCached, sampleSources } from './initial-release.ts';
import { liveSources, type SourceAddresses } from './load.ts';
import { LoadError } from './load-errors.ts';

export type FallbackInput = {
  readonly city: City;
  /** Where the live data was to be published, and the name of that place in messages. */
  readonly sink: Sink;
  readonly place: string;
  /** The last release in the local directory. */
  readonly stored: Release | undefined;
  /** Directory of the bundled sample. */
  readonly sampleDirectory: string;
  readonly say: (line: string) => void;
};

export type LiveInput = Omit<FallbackInput, 'stored'> & {
  readonly publish: (sources: SourceAddresses, origin: DataOrigin) => Promise<void>;
  readonly readStored: () => Promise<Release | undefined>;
  /** False: the live data is not loaded. */
  readonly isLiveAllowed: boolean;
};

/** The reason why live data is not loaded. */
export const NO_DOWNLOADS = '--refresh off forbids downloads';

/** Publishes the city's live data or, when it cannot be loaded, a fallback. @throws LoadError when there is neither. @throws EngineError */
export async function publishLiveOrFallback({
  publish,
  readStored,
  isLiveAllowed,
  ...fallback
}: LiveInput): Promise<void> {
  try {
    if (!isLiveAllowed) throw new LoadError(NO_DOWNLOADS);
    await publish(liveSources(fallback.city), 'live');
  } catch (error) {
    if (!(error instanceof LoadError)) throw error;
    const sample = await publishFallback(error, { ...fallback, stored: await readStored() });
    if (sample) await publish(sample, 'sample');
  }
}

/**
 * Chooses what readers get instead of the live data: the release that they have; else the stored one, which is published
 * here; else the sample, whose tables are returned for the caller to publish. Says which, and why.
 * @throws LoadError `reason`, when there is none of them. @throws EngineError
 */
export async function publishFallback(
  reason: LoadError,
  { city, sink, place, stored, sampleDirectory, say }: FallbackInput,
): Promise<SourceAddresses | null> {
  say(`warning: the live data was not loaded: ${reason.message}`);
  const current = await sink.current();
  if (current) {
    say(`unchanged: ${current.version} (${amount(current.branches, 'branch', 'branches')}) stays in ${place}`);
    return null;
  }
  if (stored?.city.id === city.facts.id) {
    await sink.publish(asCached(stored), {});
    say(`published: the saved copy ${stored.version} in ${place}`);
    return null;
  }
  if (!city.sample) throw reason;
  say('warning: the bundled sample is published instead (invented vendors)');
  return sampleSources(city, sampleDirectory);
}

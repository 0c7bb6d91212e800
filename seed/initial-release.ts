import type { Sink } from '../functions/engine/engine.ts';
import type { Release } from '../functions/model/release.ts';
import type { City } from './city.ts';
import { type LoadedData, type LoadInput, liveSources, load, type SourceAddresses } from './load.ts';
import { LoadError } from './load-error.ts';
import type { SourceOptions } from './source/read-source.ts';

/** The releases that were published for a city. */
export type Releases = {
  readonly sink: Sink;
  /** The one that the sink has last got, or the newest before it that can be read. @throws EngineError */
  readonly stored: () => Promise<{ release: Release; warnings: readonly string[] } | undefined>;
  /** Changes when another one becomes current. */
  readonly stamp: () => Promise<string>;
};

/** What a server needs to get its data. */
export type ServerData = {
  readonly city: City;
  /** Tables given by the operator; empty: the city's live data. */
  readonly given: SourceAddresses;
  /** Directory of the bundled `permits.csv` and `schedule.csv`. */
  readonly sampleDirectory: string;
  /** Where live releases go. */
  readonly releases: Releases;
  readonly options: SourceOptions;
  /** Loads what is served later, while others are answered. @throws LoadError */
  readonly load: (input: LoadInput) => Promise<LoadedData>;
  /** Tells the operator, one line at a time. */
  readonly say: (line: string) => void;
};

/** The release that is answered with. */
export type ServedRelease = {
  current(): Release;
  /** Answers with another one from now on; one that is served already changes nothing. */
  offer(release: Release): void;
};

/** Holds what is served. `swap` is called with each new release; when it throws, the one before stays. */
export function createServedRelease(first: Release, swap: (release: Release) => void): ServedRelease {
  let current = first;
  return {
    current: () => current,
    offer(release) {
      if (release.version === current.version && release.origin === current.origin) return;
      swap(release);
      current = release;
    },
  };
}

/**
 * The release to answer with at once: of the given sources, else the kept copy, else the sample; those two need no
 * network. A city without a sample is fetched. @throws LoadError when the sources cannot be loaded.
 */
export async function initialRelease(serving: ServerData): Promise<Release> {
  const { city, given, sampleDirectory, releases, options, say } = serving;
  if (given.size === 0) {
    const kept = await releases.stored().catch((error: Error) => void say(`warning: ${error.message}`));
    for (const warning of kept?.warnings ?? []) say(`warning: ${warning}`);
    if (kept?.release.city.id === city.facts.id) return asCached(kept.release);
  }
  const origin = given.size > 0 ? 'given' : city.sample ? 'sample' : 'live';
  const sources = given.size > 0 ? given : city.sample ? sampleSources(city, sampleDirectory) : liveSources(city);
  const { release, warnings } = await load({ city, given: sources, origin, options });
  for (const warning of warnings) say(`warning: ${warning}`);
  return release;
}

/** A stored release, which was fetched before; a sample stays one. */
export function asCached(release: Release): Release {
  return release.origin === 'sample' ? release : { ...release, origin: 'cached' };
}

/** The bundled sample of a city, through the same loader as everything else. @throws LoadError when it has none. */
export function sampleSources({ facts, sample }: City, directory: string): SourceAddresses {
  if (!sample) throw new LoadError(`there is no sample of ${facts.id}: give --source permits=PATH_OR_URL`);
  return new Map(Object.entries(sample).map(([name, file]) => [name, `${directory}/${file}`]));
}

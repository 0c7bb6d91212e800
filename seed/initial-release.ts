import { isAbsolute } from 'node:path';
import { type Sink, StoreUnavailableError } from '../functions/engine/engine.ts';
import type { Release } from '../functions/model/release.ts';
import type { City } from './city.ts';
import { type LoadedData, type LoadInput, liveSources, load, type SourceAddresses } from './load.ts';
import { LoadError } from './load-errors.ts';
import { refuseEmpty } from './release-guards.ts';
import type { SourceOptions } from './source/read-source.ts';

/** The releases that were published for a city. */
export type Releases = {
  readonly sink: Sink;
  /** The sink's current release, or the newest other one that can be read. @throws EngineError */
  readonly stored: () => Promise<{ release: Release; warnings: readonly string[] } | undefined>;
  /** Changes whenever another release becomes current. */
  readonly stamp: () => Promise<string>;
};

/** Where a server gets its data and keeps its releases. */
export type ServerData = {
  readonly city: City;
  /** The operator's own tables; empty: the city's live data. */
  readonly givenSources: SourceAddresses;
  /** Directory of the bundled sample tables. */
  readonly sampleDirectory: string;
  /** Where live releases are published. */
  readonly releases: Releases;
  readonly options: SourceOptions;
  /** False: the city's live data is never loaded. */
  readonly isLiveAllowed: boolean;
  /** Loads later releases without blocking requests. @throws LoadError */
  readonly load: (input: LoadInput) => Promise<LoadedData>;
  /** Tells the operator one line. */
  readonly say: (line: string) => void;
};

/**
 * The release to serve at once: that of the given sources, else the saved one, else the sample. The last two need no
 * network. For a city without a sample, the live data is fetched. If an address does not answer, its kept copy is used, with a warning.
 * @param loadFirst loads the tables when no release is saved; default: in this thread
 * @throws LoadError when the sources cannot be loaded, or the live data is needed and may not be fetched
 * @throws StoreUnavailableError when the saved release cannot be read now, but may be whole
 */
export async function initialRelease(serverData: ServerData, loadFirst = load): Promise<Release> {
  const { city, givenSources, sampleDirectory, releases, options, isLiveAllowed, say } = serverData;
  const isGiven = givenSources.size > 0;
  if (!isGiven) {
    const stored = await releases.stored().catch((error: Error) => {
      // Sample data never takes the place of a release that cannot be read just now.
      if (error instanceof StoreUnavailableError) throw error;
      say(`warning: ${error.message}`);
    });
    for (const warning of stored?.warnings ?? []) say(`warning: ${warning}`);
    if (stored?.release.city.id === city.facts.id) return asCached(stored.release);
  }
  if (!isGiven && !city.sample && !isLiveAllowed) {
    throw new LoadError(
      `there is no saved data of ${city.facts.id}, and --refresh off forbids downloads: load it once with npm run seed, or give --source permits=PATH`,
    );
  }
  const origin = isGiven ? 'given' : city.sample ? 'sample' : 'live';
  const sources = isGiven ? givenSources : city.sample ? sampleSources(city, sampleDirectory) : liveSources(city);
  const loaded = await loadFirst({ city, sources, origin, options: { ...options, offlineOk: true } });
  for (const warning of loaded.warnings) say(`warning: ${warning}`);
  refuseEmpty(loaded);
  const isCopy = loaded.results.some(({ source }) => source.via === 'cache');
  return isCopy ? asCached(loaded.release) : loaded.release;
}

/** A stored release with its origin: `cached`, unless it is a sample. */
export function asCached(release: Release): Release {
  return release.origin === 'sample' ? release : { ...release, origin: 'cached' };
}

/** The bundled sample tables of a city. @throws LoadError when it has none. */
export function sampleSources({ facts, sample }: City, directory: string): SourceAddresses {
  if (!sample) throw new LoadError(`there is no sample of ${facts.id}: give --source permits=PATH_OR_URL`);
  return new Map(
    Object.entries(sample).map(([name, file]) => [name, isAbsolute(file) ? file : `${directory}/${file}`]),
  );
}

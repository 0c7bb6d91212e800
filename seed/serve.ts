import { setTimeout as sleep } from 'node:timers/promises';
import type { Sink } from '../functions/engine/engine.ts';
import type { Release } from '../functions/model/release.ts';
import type { City } from './city.ts';
import { type Given, liveSources, load } from './load.ts';
import { LoadError } from './load-error.ts';
import { publishRelease } from './publish.ts';
import { makeReport } from './report/report.ts';
import type { SourceOptions } from './source/source.ts';

/** What a server needs to get its data. */
export type Serving = {
  readonly city: City;
  /** Tables given by the operator; empty: the city's live data. */
  readonly given: Given;
  /** Directory of the bundled `permits.csv` and `schedule.csv`. */
  readonly sampleDirectory: string;
  /** Where live releases go. */
  readonly sink: Sink;
  /** The release that the sink last got, or one before it that can be read. */
  readonly stored: () => Promise<{ release: Release; warnings: readonly string[] } | undefined>;
  readonly options: SourceOptions;
  /** Tells the operator, one line at a time. */
  readonly say: (line: string) => void;
};

/**
 * The release to answer with at once: of the given sources, else the kept copy, else the sample; those two need no
 * network. A city without a sample is fetched. @throws LoadError when the sources cannot be loaded.
 */
export async function openingRelease(serving: Serving): Promise<Release> {
  const { city, sampleDirectory, stored, options, say } = serving;
  if (serving.given.size > 0) {
    const { release, warnings } = await load({ city, given: serving.given, origin: 'given', options });
    for (const warning of warnings) say(`warning: ${warning}`);
    return release;
  }
  try {
    const kept = await stored();
    for (const warning of kept?.warnings ?? []) say(`warning: ${warning}`);
    if (kept?.release.city.id === city.facts.id) return { ...kept.release, origin: 'cached' };
  } catch (error) {
    say(`warning: ${(error as Error).message}`);
  }
  const origin = city.sample ? 'sample' : 'live';
  const given = city.sample ? sampleSources(city, sampleDirectory) : liveSources(city);
  return (await load({ city, given, origin, options })).release;
}

/** The bundled sample of a city, through the same loader as everything else. @throws LoadError when it has none. */
export function sampleSources({ facts, sample }: City, directory: string): Given {
  if (!sample) throw new LoadError(`there is no sample of ${facts.id}: give --source permits=PATH_OR_URL`);
  return new Map(Object.entries(sample).map(([name, file]) => [name, `${directory}/${file}`]));
}

/** A failed refresh is tried again sooner than a good one is repeated. */
const RETRY_MS = 15 * 60_000;

/**
 * Fetches the city's live data now and then every `everyMs`, publishes it and hands over what is new. It never
 * throws: what fails is said, and the release before stays. Ends when `signal` aborts.
 */
export async function keepFresh(
  serving: Serving,
  { everyMs, swap, signal }: { everyMs: number; swap: (release: Release) => void; signal: AbortSignal },
): Promise<void> {
  let current: string | undefined;
  while (!signal.aborted) {
    let waitMs = everyMs;
    try {
      const release = await refresh(serving, signal);
      if (release.version !== current) swap(release);
      current = release.version;
    } catch (error) {
      if (signal.aborted) return;
      waitMs = Math.min(everyMs, RETRY_MS);
      const minutes = Math.round(waitMs / 60_000);
      serving.say(
        `live data was not loaded, the data before stays; next try in ${minutes} min: ${(error as Error).message}`,
      );
    }
    await sleep(waitMs, undefined, { signal, ref: false }).catch(() => {});
  }
}

async function refresh({ city, sink, stored, options, say }: Serving, signal: AbortSignal): Promise<Release> {
  const made = await load({ city, given: liveSources(city), origin: 'live', options: { ...options, signal } });
  const last = await stored().catch(() => undefined);
  const report = makeReport(made, made.warnings, last?.release);
  for (const warning of made.warnings) say(`warning: ${warning}`);
  await publishRelease({ release: made.release, report, sink, force: false });
  return made.release;
}

import { CHECK_MS, durationText, retryDelayMs, wait, withJitter } from '../../seed/refresh-loop.ts';
import { releasesDirectoryOf } from '../config/config.ts';
import type { EngineSource } from '../engine/engine.ts';
import { pointerStamp } from '../releases/directory-reader.ts';
import type { CityPlace } from './city-places.ts';
import { cityWithoutData } from './city-without-data.ts';
import { type OpenCity, openCity, type SharedParts } from './open-city.ts';

type Fetch = (request: Request) => Response | Promise<Response>;
type AnsweringCity = Pick<OpenCity, 'engine' | 'files' | 'notes'>;

/** A city that is answered with a 503 until it has data, and from its data then. */
export type CityService = {
  readonly id: string;
  readonly place: CityPlace;
  readonly engine: EngineSource;
  readonly fetch: Fetch;
  readonly notes: () => readonly string[];
  /** Tries to load the first release. @throws LoadError @throws EngineError */
  readonly open: () => Promise<void>;
  /** Keeps the data fresh; without any, tries again to load it. Ends when the signal aborts. */
  readonly follow: (signal: AbortSignal) => Promise<unknown>;
};

/** @param createFetch creates the city's app @param say tells the operator a line about this city */
export function createCityService(
  place: CityPlace,
  parts: SharedParts,
  { createFetch, say }: { createFetch: (city: AnsweringCity) => Fetch; say: (line: string) => void },
): CityService {
  const { config } = parts;
  let failure: unknown;
  const withoutData = cityWithoutData(place.city.facts, () => failure);
  let opened: OpenCity | null = null;
  let answering: AnsweringCity = withoutData;
  let fetch: Fetch | null = null;
  let opening: Promise<void> = Promise.resolve();
  /** The stamp of the saved releases before the last attempt. */
  let stampBefore = '';
  const stamp = () => pointerStamp(releasesDirectoryOf(config, place.city.facts.id));

  async function attempt(): Promise<void> {
    try {
      stampBefore = await stamp();
      opened = await openCity(place, parts, say);
      answering = opened;
      fetch = createFetch(opened);
    } catch (error) {
      failure = error;
      throw error;
    }
  }

  function open(): Promise<void> {
    opening = attempt();
    return opening;
  }

  /** Waits until another program has published a release, or until the next attempt to download the data. */
  async function waitForAttempt(signal: AbortSignal): Promise<void> {
    const delayMs = config.refreshMs === null ? Number.POSITIVE_INFINITY : withJitter(retryDelayMs(config.refreshMs));
    for (let waitedMs = 0; waitedMs < delayMs && !signal.aborted; waitedMs += CHECK_MS) {
      await wait(Math.min(CHECK_MS, delayMs - waitedMs), signal);
      if ((await stamp()) !== stampBefore) return;
    }
  }

  async function openLater(signal: AbortSignal): Promise<void> {
    // The first attempt may take longer than the start waits for it.
    await opening.catch(() => {});
    let said = '';
    while (!opened && !signal.aborted) {
      const reason = (failure as Error).message;
      if (reason !== said) say(`no data yet; ${nextAttempt()}: ${reason}`);
      said = reason;
      await waitForAttempt(signal);
      if (!signal.aborted) await open().catch(() => {});
    }
  }

  function nextAttempt(): string {
    return config.refreshMs === null
      ? 'it is served once npm run seed has published it'
      : `next try in about ${durationText(retryDelayMs(config.refreshMs))}`;
  }

  return {
    id: place.city.facts.id,
    place,
    engine: (caller) => answering.engine(caller),
    fetch: (request) => {
      fetch ??= createFetch(withoutData);
      return fetch(request);
    },
    notes: () => answering.notes(),
    open,
    follow: async (signal) => {
      await openLater(signal);
      return opened?.follow(signal);
    },
  };
}

import { type Engine, EngineError, type EngineInfo } from '../../engine/engine.ts';
import { lastReadAt } from '../../model/release.ts';

/** What a process can say about its engine and its data. */
export type EngineState = {
  /** The engine that answers: the embedded one while the cluster is down. */
  readonly name: string;
  readonly isUp: boolean;
  /** Whether the copy in this process answers instead of the cluster. */
  readonly isFallback: boolean;
  /** `null` if the engine cannot name it. */
  readonly release: ReleaseState | null;
};

export type ReleaseState = {
  readonly version: string;
  readonly origin: string;
  readonly city: string;
  /** Seconds since the data was read, or last confirmed to be unchanged. */
  readonly ageSeconds: number;
};

/** How long a check waits for an engine, milliseconds: less than the probes of compose and Kubernetes. */
const MAX_WAIT_MS = 2_000;

/** An id that no vendor has: looking it up proves that the engine answers, at the least cost. */
const NO_VENDOR = '-';

/**
 * Asks the engine for its release and for a vendor: a cluster that can name its release may still fail to search it.
 * @param now milliseconds since 1970
 */
export async function engineState(engine: Engine, now: number): Promise<EngineState> {
  const { name: first } = engine;
  const about = await checkedAbout(engine).catch(() => null);
  const { name } = engine;
  const release = about && releaseState(about, now);
  return { name, isUp: about !== null, isFallback: name !== first, release };
}

/** The release of a city, if its engine answers. */
export type CityRelease = { readonly id: string; readonly version: string | null };

/** The release of an engine that answers. @throws EngineError if it does not, or not in time */
export async function readyRelease(engine: Engine): Promise<CityRelease> {
  const { city, version } = await checkedAbout(engine);
  return { id: city.id, version };
}

/** The release of an engine that has looked up a vendor in it. @throws EngineError */
function checkedAbout(engine: Engine): Promise<EngineInfo> {
  const asked = async () => {
    const about = await engine.about();
    await engine.find(NO_VENDOR);
    return about;
  };
  return withinLimit(asked());
}

function releaseState({ version, origin, city, sources }: EngineInfo, now: number): ReleaseState {
  return { version, origin, city: city.id, ageSeconds: ageSeconds(sources, now) };
}

/** Seconds since the newest of the sources was read, or last confirmed. Without sources, or with a clock that is behind: 0. */
export function ageSeconds(sources: EngineInfo['sources'], now: number): number {
  return Math.max(0, Math.round((now - Date.parse(lastReadAt(sources))) / 1000)) || 0;
}

async function withinLimit<Value>(asked: Promise<Value>): Promise<Value> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new EngineError(`no answer within ${MAX_WAIT_MS} ms`)), MAX_WAIT_MS);
  });
  try {
    return await Promise.race([asked, late]);
  } finally {
    clearTimeout(timer);
  }
}

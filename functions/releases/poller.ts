import { lastReadAt, type Provenance } from '../model/release.ts';
import type { FoundPointer } from './find-pointer.ts';
import { readNewestVersion } from './newest-release.ts';
import { type LoadedRelease, openRelease, openReleaseIndex } from './open-release.ts';
import { addressOf, type ReleaseFolder } from './release-folder.ts';
import { createReleaseReader } from './release-reader.ts';
import { limitRunningTime } from './running-time.ts';
import { readS3PointerIfChanged, s3Files } from './s3-reader.ts';

/** Time from one look at the bucket to the next, milliseconds. Together with the 30 s that a shared cache keeps an answer, a minute. */
const POLL_MS = 30_000;
/** The same after a look that failed. */
const RETRY_MS = 10_000;

/**
 * Limits of one look, milliseconds. An initialisation may last 10 s on Lambda, of which loading the code took less than 1 s. An
 * invocation may last 15 s (`Timeout` in the template).
 */
const INIT_LIMIT_MS = 6_000;
const REQUEST_LIMIT_MS = 3_000;
const MAX_LIMIT_MS = 12_000;

export type ReleasePollerInput = {
  readonly folder: ReleaseFolder;
  /** The id of the city whose releases are in it. */
  readonly city: string;
  /** The release that is served now; `undefined`: none yet. */
  readonly current: () => LoadedRelease | undefined;
  /** Is called with another release, or with the same one and newer provenance; the warnings say why it is not the pointer's. */
  readonly offer: (next: LoadedRelease, warnings: readonly string[]) => void;
  /** Is called after each look: with what went wrong, if anything, and with the version and age of the served data. */
  readonly log: (event: string, fields: Record<string, unknown>) => void;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
};

export type ReleasePoller = {
  /** Waits for the newest release, for 6 s at most. Call it during the initialisation. */
  start(): Promise<void>;
  /** Waits for the newest release if the last look was 30 s ago, for 3 s at most. Call it before each request is answered. */
  look(): Promise<void>;
  /** Why the last look failed; `undefined` if it did not. */
  failure(): Error | undefined;
};

/**
 * Follows the current release of a folder from a Lambda function, which is frozen whenever it does not answer a request. So a look at the
 * bucket never lasts longer than the invocation that began it: the request waits for it. A look reads the pointer, and only if its ETag
 * has changed two more files at the same time. It never throws: after a failure or at the time limit, the served release stays, and
 * requests try again ten seconds later. The limit doubles when the pointer could be read in time and the release could not, so that a
 * large release is loaded in the end.
 */
export function createReleasePoller(input: ReleasePollerInput): ReleasePoller {
  const { folder, city, current, offer, log, now = Date.now } = input;
  let failure: Error | undefined;
  let etag: string | undefined;
  let nextMs = POLL_MS;
  let limitMs = REQUEST_LIMIT_MS;
  let lookedAt = Number.NEGATIVE_INFINITY;
  let running: Promise<void> | undefined;

  async function check(signal: AbortSignal, onPointer: () => void): Promise<void> {
    const read = await readS3PointerIfChanged(folder, etag, signal);
    onPointer();
    if (!read || read === 'unchanged') return;
    const newest = await loadNewest(read, signal);
    if (!newest) return;
    const { value: next, warnings } = newest;
    const { id } = next.about.city;
    if (id !== city) throw new Error(`${addressOf(folder)} has a release of ${id}, and this function serves ${city}`);
    offer(next, warnings);
    for (const warning of warnings) log('release_not_read', { error: warning });
    // A damaged release is read again: the publisher may repair it.
    if (warnings.length === 0 && read.etag !== null) etag = read.etag;
  }

  /** The pointer's release. Only when that cannot be read, the store is searched: it would cost each cold start two more requests. */
  async function loadNewest({ pointer, warning }: FoundPointer, signal: AbortSignal) {
    try {
      return { value: await load(pointer.version, signal), warnings: warning === undefined ? [] : [warning] };
    } catch (error) {
      return readNewestVersion(s3Files(folder, signal), async (version) => {
        if (version === pointer.version) throw error;
        return load(version, signal);
      });
    }
  }

  /** Of the served release, only the provenance is read again. */
  async function load(version: string, signal: AbortSignal): Promise<LoadedRelease> {
    const reader = createReleaseReader(s3Files(folder, signal));
    const served = current();
    if (version !== served?.about.version) {
      return openRelease(reader, version, (warning) => log('index_made_anew', { warning }));
    }
    return openReleaseIndex(version, served.index, await reader.provenance(version));
  }

  async function lookFor(ms: number): Promise<void> {
    const limit = limitRunningTime(ms);
    let hasPointer = false;
    lookedAt = now();
    try {
      await check(limit.signal, () => {
        hasPointer = true;
      });
      failure = undefined;
      nextMs = POLL_MS;
      limitMs = REQUEST_LIMIT_MS;
    } catch (error) {
      failure = error as Error;
      log('release_not_read', { error: failure.message });
      nextMs = RETRY_MS;
      if (limit.signal.aborted && hasPointer) limitMs = Math.min(2 * limitMs, MAX_LIMIT_MS);
    } finally {
      limit.end();
    }
    const served = current()?.about;
    if (!served) return;
    log('release', { version: served.version, origin: served.origin, ageHours: ageHours(served.sources, now()) });
  }

  function lookOnce(ms: number): Promise<void> {
    running ??= lookFor(ms).finally(() => {
      running = undefined;
    });
    return running;
  }

  return {
    failure: () => failure,
    start: () => lookOnce(INIT_LIMIT_MS),
    look: async () => {
      // Without any release, there is nothing to answer from.
      if (!current()) return lookOnce(MAX_LIMIT_MS);
      const since = now() - lookedAt;
      // Less than nothing: the clock was set back.
      if (running || since >= nextMs || since < 0) await lookOnce(limitMs);
    },
  };
}

/** Hours since the newest of the sources was read or last confirmed to be unchanged, to one decimal. */
function ageHours(sources: Provenance['sources'], now: number): number {
  return Math.round((now - Date.parse(lastReadAt(sources))) / 360_000) / 10;
}

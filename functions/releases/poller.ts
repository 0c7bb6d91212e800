import { setTimeout as sleep } from 'node:timers/promises';
import { lastReadAt, type Provenance } from '../model/release.ts';
import type { FoundPointer } from './find-pointer.ts';
import { readNewestVersion } from './newest-release.ts';
import { type LoadedRelease, openRelease, openReleaseIndex } from './open-release.ts';
import type { Bucket } from './s3-client.ts';
import { createS3Reader, readS3PointerIfChanged, s3Files } from './s3-reader.ts';

/** Time between two looks at the bucket, milliseconds. Together with the 30 s that a shared cache keeps an answer, a minute. */
const POLL_MS = 30_000;

/** How long a request waits for the bucket, milliseconds. */
const MAX_WAIT_MS = 100;

export type ReleasePollerInput = {
  readonly bucket: Bucket;
  /** The release that is served now. */
  readonly current: () => LoadedRelease;
  /** Is called with another release, or with the same one and newer provenance; the warnings say why it is not the pointer's. */
  readonly offer: (next: LoadedRelease, warnings: readonly string[]) => void;
  /** Is called after each look: with the version and age of the served data, or with what went wrong. */
  readonly log: (event: string, fields: Record<string, unknown>) => void;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
};

/**
 * Follows a bucket's current release from a Lambda function, which is suspended between requests. Call `look` at the start of each
 * request. It checks at most every 30 s whether the pointer's ETag has changed, and returns after 100 ms at the latest; a later
 * request then picks up the result. It never throws: after a failure, the served release stays.
 */
export function createReleasePoller({ bucket, current, offer, log, now = Date.now }: ReleasePollerInput): {
  look(): Promise<void>;
} {
  const reader = createS3Reader(bucket);
  let etag: string | undefined;
  let polledAt = Number.NEGATIVE_INFINITY;
  let poll: Promise<void> | undefined;

  async function check(): Promise<void> {
    try {
      const read = await readS3PointerIfChanged(bucket, etag);
      if (read && read !== 'unchanged') {
        const served = current();
        const newest = await loadNewest(read, served);
        if (!newest) return;
        const { value: next, warnings } = newest;
        const [city, own] = [next.about.city.id, served.about.city.id];
        if (city !== own) throw new Error(`the bucket has a release of ${city}, and this function serves ${own}`);
        offer(next, warnings);
        for (const warning of warnings) log('release_not_read', { error: warning });
        // A damaged release is read again: the publisher may repair it.
        if (warnings.length === 0 && read.etag !== null) etag = read.etag;
      }
      const { version, origin, sources } = current().about;
      log('release', { version, origin, ageHours: ageHours(sources, now()) });
    } catch (error) {
      log('release_not_read', { error: (error as Error).message });
    }
  }

  /** The pointer's release. Only when that cannot be read, the store is searched: it would cost each cold start two more requests. */
  async function loadNewest({ pointer, warning }: FoundPointer, served: LoadedRelease) {
    try {
      return { value: await load(pointer.version, served), warnings: warning === undefined ? [] : [warning] };
    } catch (error) {
      return readNewestVersion(s3Files(bucket), async (version) => {
        if (version === pointer.version) throw error;
        return load(version, served);
      });
    }
  }

  /** Of the served release, only the provenance is read again. */
  async function load(version: string, served: LoadedRelease): Promise<LoadedRelease> {
    if (version !== served.about.version) {
      return openRelease(reader, version, (warning) => log('index_made_anew', { warning }));
    }
    return openReleaseIndex(version, served.index, await reader.provenance(version));
  }

  return {
    look: async () => {
      const sincePoll = now() - polledAt;
      // Less than nothing: the clock was set back.
      if (!poll && (sincePoll >= POLL_MS || sincePoll < 0)) {
        polledAt = now();
        poll = check().finally(() => {
          poll = undefined;
        });
      }
      if (!poll) return;
      const timer = new AbortController();
      const { signal } = timer;
      await Promise.race([poll, sleep(MAX_WAIT_MS, undefined, { signal }).catch(() => {})]);
      timer.abort();
    },
  };
}

/** Hours since the newest of the sources was read or last confirmed to be unchanged, to one decimal. */
function ageHours(sources: Provenance['sources'], now: number): number {
  return Math.round((now - Date.parse(lastReadAt(sources))) / 360_000) / 10;
}

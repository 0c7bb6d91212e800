import { setTimeout as sleep } from 'node:timers/promises';
import type { Provenance } from '../model/release.ts';
import { type LoadedRelease, openOrBuild, openReleaseIndex } from './open-release.ts';
import type { Bucket } from './s3-client.ts';
import { readS3Index, readS3Pointer, readS3Provenance, readS3Release } from './s3-reader.ts';

/** How often the bucket is asked, milliseconds. */
const EVERY_MS = 60_000;

/** How long a request waits for the bucket's answer, milliseconds. */
const PATIENCE_MS = 100;

export type ReleasePollerInput = {
  readonly bucket: Bucket;
  /** What is answered from now. */
  readonly current: () => LoadedRelease;
  /** Takes another release, or the same one with newer provenance. */
  readonly offer: (next: LoadedRelease) => void;
  /** Told after every look: which data is answered from and how old it is; or what went wrong. */
  readonly log: (event: string, fields: Record<string, unknown>) => void;
  /** Milliseconds since 1970. */
  readonly now?: () => number;
};

/**
 * Follows a bucket's current release from a function, which sleeps between its requests. `look` is called at each request's
 * start; it asks at most once a minute whether the pointer's ETag has changed, and is over after 100 ms at most: what comes
 * later is taken up by a later request. It never throws; the release before stays.
 */
export function createReleasePoller({ bucket, current, offer, log, now = Date.now }: ReleasePollerInput): {
  look(): Promise<void>;
} {
  let etag: string | undefined;
  let due = Number.NEGATIVE_INFINITY;
  let running: Promise<void> | undefined;

  async function check(): Promise<void> {
    try {
      const read = await readS3Pointer(bucket, etag);
      if (read && read !== 'unchanged') {
        const before = current();
        const next = await opened(read.pointer.version, before);
        const [city, own] = [next.about.city.id, before.about.city.id];
        if (city !== own) throw new Error(`the bucket has a release of ${city}, this function answers for ${own}`);
        offer(next);
        etag = read.etag;
      }
      const { version, origin, sources } = current().about;
      log('release', { version, origin, ageHours: ageHours(sources, now()) });
    } catch (error) {
      log('release_not_read', { error: (error as Error).message });
    }
  }

  /** The bucket's release; of the one that is answered from, only its provenance is read. */
  async function opened(version: string, before: LoadedRelease): Promise<LoadedRelease> {
    const provenance = await readS3Provenance(bucket, version);
    if (version === before.about.version) return openReleaseIndex(version, before.index, provenance);
    return openOrBuild({
      version,
      provenance,
      index: () => readS3Index(bucket, version),
      release: () => readS3Release(bucket, version),
      warn: (warning) => log('index_made_anew', { warning }),
    });
  }

  return {
    look: async () => {
      if (!running && now() >= due) {
        due = now() + EVERY_MS;
        running = check().finally(() => {
          running = undefined;
        });
      }
      if (!running) return;
      const patience = new AbortController();
      const { signal } = patience;
      await Promise.race([running, sleep(PATIENCE_MS, undefined, { signal }).catch(() => {})]);
      patience.abort();
    },
  };
}

/** Hours since the newest of a release's sources was read or last confirmed to be unchanged, to one decimal. */
function ageHours(sources: Provenance['sources'], now: number): number {
  const newest = Math.max(...sources.map(({ fetchedAt }) => Date.parse(fetchedAt)));
  return Math.round((now - newest) / 360_000) / 10;
}

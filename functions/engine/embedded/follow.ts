import { setTimeout as sleep } from 'node:timers/promises';
import type { Release } from '../../model/release.ts';
import type { Bucket } from './bucket.ts';
import { readBucketIndex, readBucketPointer, readBucketRelease } from './bucket-store.ts';

/** How often the bucket is asked, milliseconds. */
const EVERY_MS = 60_000;

/** How long a request waits for the bucket's answer, milliseconds. */
const PATIENCE_MS = 100;

export type Following = {
  readonly bucket: Bucket;
  /** What is answered from now. */
  readonly current: () => Release;
  /** Takes another release with its index file, if it has one; or, without, the same release with newer provenance. */
  readonly offer: (release: Release, index: Uint8Array | undefined) => Promise<void>;
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
export function followBucket({ bucket, current, offer, log, now = Date.now }: Following): { look(): Promise<void> } {
  let etag: string | undefined;
  let due = Number.NEGATIVE_INFINITY;
  let running: Promise<void> | undefined;

  async function check(): Promise<void> {
    try {
      const read = await readBucketPointer(bucket, etag);
      if (read && read !== 'unchanged') {
        const before = current();
        const { version } = read.pointer;
        const [next, index] = await Promise.all([
          readBucketRelease(bucket, version, before),
          version === before.version ? undefined : readBucketIndex(bucket, version),
        ]);
        if (next.city.id !== before.city.id) {
          throw new Error(`the bucket has a release of ${next.city.id}, this function answers for ${before.city.id}`);
        }
        await offer(next, index);
        etag = read.etag;
      }
      const { version, origin } = current();
      log('release', { version, origin, ageHours: ageHours(current(), now()) });
    } catch (error) {
      log('release_not_read', { error: (error as Error).message });
    }
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
function ageHours({ sources }: Release, now: number): number {
  const newest = Math.max(...sources.map(({ fetchedAt }) => Date.parse(fetchedAt)));
  return Math.round((now - newest) / 360_000) / 10;
}

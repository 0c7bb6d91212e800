import { isDeepStrictEqual } from 'node:util';
import type { Provenance, Release } from '../functions/model/release.ts';

/** The release that requests are answered from. */
export type ServedRelease = {
  current(): Release;
  /**
   * Serves another release, or the same one with another provenance, once the promise resolves; does nothing if nothing differs. Releases
   * are served in the order in which they are offered.
   */
  offer(release: Release): Promise<void>;
};

/**
 * @param swap is called with the new release and the previous one. If both have the same version, only the provenance has changed. If
 * it fails, the previous release stays.
 */
export function createServedRelease(
  first: Release,
  swap: (release: Release, previous: Release) => Promise<void> | void,
): ServedRelease {
  let current = first;
  let earlier: Promise<void> = Promise.resolve();
  async function replace(release: Release): Promise<void> {
    if (release.version === current.version && isDeepStrictEqual(provenanceOf(release), provenanceOf(current))) return;
    await swap(release, current);
    current = release;
  }
  return {
    current: () => current,
    offer(release) {
      const served = earlier.then(() => replace(release));
      earlier = served.catch(() => {});
      return served;
    },
  };
}

/** Whether the same content was read later. */
export function isNewerReading(release: Release, known: Release): boolean {
  const readings = [release, known].map(({ asOf, sources }) =>
    [asOf, ...sources.map(({ fetchedAt }) => fetchedAt)].sort(),
  );
  const [one, other] = readings.map((days) => days.at(-1) ?? '');
  return release.version === known.version && (one ?? '') > (other ?? '');
}

function provenanceOf({ origin, asOf, sources }: Release): Provenance {
  return { origin, asOf, sources };
}

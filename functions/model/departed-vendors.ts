import type { Release } from './release.ts';

/** The file of a release with the ids of vendors that earlier releases had. Releases before 2026-11-27 have none. */
export const DEPARTED_FILE = 'departed.json';

/** Most ids that a release keeps, those that left last: at 30 bytes each, 0.3 MB. Search engines forget a page within months. */
export const MOST_DEPARTED = 10_000;

/**
 * The ids of vendors that earlier releases had and the next one lacks, in the order in which they left. A vendor that returns is removed.
 * @param earlier those of `last`
 */
export function departedVendors(
  last: Pick<Release, 'vendors'>,
  next: Pick<Release, 'vendors'>,
  earlier: readonly string[],
): string[] {
  const current = new Set(next.vendors.map(({ id }) => id));
  const left = last.vendors.map(({ id }) => id).filter((id) => !current.has(id));
  const leftNow = new Set(left);
  const before = earlier.filter((id) => !current.has(id) && !leftNow.has(id));
  return [...before, ...left].slice(-MOST_DEPARTED);
}

/** The text of {@link DEPARTED_FILE}. */
export function departedText(ids: readonly string[]): string {
  return `${JSON.stringify({ vendors: ids })}\n`;
}

/** The ids of such a text; none without it, or if it is not one. */
export function readDeparted(text: string | undefined): string[] {
  if (text === undefined) return [];
  try {
    const { vendors } = JSON.parse(text) as { vendors?: unknown };
    return Array.isArray(vendors) ? vendors.filter((id) => typeof id === 'string') : [];
  } catch {
    return [];
  }
}

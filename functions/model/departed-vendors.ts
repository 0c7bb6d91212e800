import type { Release } from './release.ts';

/** The file of a release with the ids of vendors that earlier releases had. Releases before 2026-11-27 have none. */
export const DEPARTED_FILE = 'departed.json';

/** Most ids that a release keeps, those that left last: at 75 bytes each with their days, 0.75 MB. Search engines forget a page within months. */
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

/**
 * The text of {@link DEPARTED_FILE}.
 * @param lastSeen the day of the last data that had a vendor, `YYYY-MM-DD`, by its id
 */
export function departedText(ids: readonly string[], lastSeen: ReadonlyMap<string, string> = new Map()): string {
  const days = ids.flatMap((id) => (lastSeen.has(id) ? [[id, lastSeen.get(id)]] : []));
  return `${JSON.stringify({ vendors: ids, lastSeen: Object.fromEntries(days) })}\n`;
}

/** What such a text says. */
export type Departed = {
  readonly ids: readonly string[];
  /** The days by the vendors' ids. Files before 2026-11-28 have none. */
  readonly lastSeen: ReadonlyMap<string, string>;
};

/** Reads such a text. Without it, or if it is not one, no vendor has departed. */
export function readDeparted(text = ''): Departed {
  const { vendors, lastSeen } = parsed(text);
  const days = typeof lastSeen === 'object' && lastSeen !== null ? Object.entries(lastSeen) : [];
  return {
    ids: Array.isArray(vendors) ? vendors.filter((id) => typeof id === 'string') : [],
    lastSeen: new Map(days.filter((day): day is [string, string] => typeof day[1] === 'string')),
  };
}

function parsed(text: string): { readonly vendors?: unknown; readonly lastSeen?: unknown } {
  try {
    return JSON.parse(text) ?? {};
  } catch {
    return {};
  }
}

import { offsetAt } from './clock.ts';

const DAY_MS = 86_400_000;
/** Zones keep an offset for weeks at least; the shortest known period is Morocco's Ramadan. */
const STEP_MS = 14 * DAY_MS;

/** A change of a zone's UTC offset. */
export type ZoneChange = {
  /** Milliseconds since 1970, to the minute. */
  readonly instant: number;
  /** The UTC offset in milliseconds before the change, and from it on. */
  readonly before: number;
  readonly after: number;
};

/** The changes of a zone between two instants (milliseconds since 1970), in order. */
export function zoneChanges(zone: string, from: number, to: number): ZoneChange[] {
  const changes: ZoneChange[] = [];
  for (let start = from; start < to; start += STEP_MS) {
    const end = Math.min(start + STEP_MS, to);
    const [before, after] = [offsetAt(start, zone), offsetAt(end, zone)];
    if (before !== after) changes.push({ instant: changeBetween(start, end, zone), before, after });
  }
  return changes;
}

function changeBetween(start: number, end: number, zone: string): number {
  const before = offsetAt(start, zone);
  let [low, high] = [Math.floor(start / 60_000), Math.ceil(end / 60_000)];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (offsetAt(middle * 60_000, zone) === before) low = middle;
    else high = middle;
  }
  return high * 60_000;
}

import { type Moment, momentAt } from '../../model/hours/clock.ts';

/** Moments that are remembered: that of the minute, and the times that people ask for. */
const MOST = 64;

const known = new Map<string, Moment>();
let last: { readonly zone: string; readonly moment: Moment } | undefined;

/**
 * The moment of an instant in a zone: the same object for all requests of its minute, so that what was written of it is found
 * again.
 */
export function momentInZone(instant: number, zone: string): Moment {
  if (last?.moment.instant === instant && last.zone === zone) return last.moment;
  last = { zone, moment: cachedMoment(momentAt(instant, zone), zone) };
  return last.moment;
}

/** A moment as the object that was first made of it. */
export function cachedMoment(moment: Moment, zone: string): Moment {
  const key = `${moment.instant} ${moment.minute} ${zone}`;
  const before = known.get(key);
  if (before) return before;
  known.set(key, moment);
  for (const oldest of known.keys()) {
    if (known.size <= MOST) break;
    known.delete(oldest);
  }
  return moment;
}

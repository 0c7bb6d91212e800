import { offsetAt } from './hours/clock.ts';
import type { DataOrigin } from './release.ts';

/** Whether a permit's last day has passed: `in-data` if it had by the data's own date, `since` if a renewal could not be in the data. */
export type PermitEnd = 'none' | 'in-data' | 'since';

/** What decides it: dates are `YYYY-MM-DD`, in the city's zone. */
export type PermitClock = { readonly today: string; readonly asOf: string; readonly origin: DataOrigin };

/** A permit is valid on its last day. The sample's invented permits do not end. */
export function permitEnd(expires: string | null, { today, asOf, origin }: PermitClock): PermitEnd {
  if (origin === 'sample' || expires === null || expires >= today) return 'none';
  return expires < asOf ? 'in-data' : 'since';
}

/** The date at an instant (milliseconds since 1970) in a zone, `YYYY-MM-DD`. */
export function dateInZone(instant: number, zone: string): string {
  return new Date(instant + offsetAt(instant, zone)).toISOString().slice(0, 10);
}

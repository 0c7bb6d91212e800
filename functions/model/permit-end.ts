import { offsetAt } from './hours/clock.ts';
import type { DataOrigin, Release } from './release.ts';
import type { Vendor } from './vendor.ts';

/** Whether a permit's last day has passed: `in-data` if it had by the data's own date, `since` if a renewal could not be in the data. */
export type PermitEnd = 'none' | 'in-data' | 'since';

/** What decides it: dates are `YYYY-MM-DD`, in the city's zone. */
export type PermitClock = { readonly today: string; readonly asOf: string; readonly origin: DataOrigin };

/**
 * What decides the permits of a release. Its version begins with the date of its data; data without a date is of today.
 * @param today `YYYY-MM-DD` in the city's zone
 */
export function permitClock({ version, origin }: Pick<Release, 'version' | 'origin'>, today: string): PermitClock {
  return { today, asOf: /^\d{4}-\d{2}-\d{2}/.exec(version)?.[0] ?? today, origin };
}

/** A permit is valid on its last day. The sample's invented permits do not end. */
export function permitEnd(expires: string | null, { today, asOf, origin }: PermitClock): PermitEnd {
  if (origin === 'sample' || expires === null || expires >= today) return 'none';
  return expires < asOf ? 'in-data' : 'since';
}

/** States of permits that do not come back. */
const ENDED_STATES: ReadonlySet<string> = new Set(['expired', 'inactive']);

/**
 * Whether a vendor may operate anywhere: `current` with an approved permit, `gone` if all of its permits have ended, `other` if one is
 * requested or suspended.
 */
export function vendorPermit({ branches }: Pick<Vendor, 'branches'>, clock: PermitClock): 'current' | 'other' | 'gone' {
  const standing = branches.filter(
    ({ status, expires }) => !ENDED_STATES.has(status) && permitEnd(expires, clock) !== 'in-data',
  );
  if (standing.length === 0) return 'gone';
  return standing.some(({ status }) => status === 'approved') ? 'current' : 'other';
}

/** The date at an instant (milliseconds since 1970) in a zone, `YYYY-MM-DD`. */
export function dateInZone(instant: number, zone: string): string {
  return new Date(instant + offsetAt(instant, zone)).toISOString().slice(0, 10);
}

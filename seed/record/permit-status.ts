import type { City } from '../city.ts';
import { foldStatus } from '../city-file/words.ts';

/** Our word for the city's status; if there is none, the city's word in lower case without blanks. */
export function statusOf(city: City, given: string | null, note: (kind: string, detail: string) => void): string {
  const word = foldStatus(given ?? '');
  const known = city.permits.statuses[word];
  if (known === undefined) note('unknown_status', given === null ? 'no status' : JSON.stringify(given));
  return known ?? (word || 'unknown');
}

/**
 * An approval that had ended on the data's own date is expired. Whether one is in force whose end cannot be read (`undefined`) is
 * unknown: it must not count as approved for ever.
 */
export function statusAt(status: string, expires: string | null | undefined, asOf: string | null): string {
  if (status !== 'approved' || expires === null) return status;
  if (expires === undefined) return 'unknown';
  return asOf !== null && expires < asOf ? 'expired' : status;
}

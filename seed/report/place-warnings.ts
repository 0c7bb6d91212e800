import type { Release } from '../../functions/model/release.ts';
import { amount } from '../amount.ts';
import type { SourceResult } from '../make-release.ts';
import type { PlaceHint } from '../record/coordinates.ts';

const CAUSES: Readonly<Record<PlaceHint, string>> = {
  swapped: 'if latitude and longitude were swapped',
  missing_minus: 'with the other sign, as if a minus were missing',
};

/** Sentences about coordinates that are wrong in the same way in many rows, and about areas that contain no place. */
export function placeWarnings(results: readonly SourceResult[], { vendors }: Release): string[] {
  const warnings: string[] = [];
  for (const { source, dropped, notes } of results) {
    const counts = new Map<PlaceHint, number>();
    for (const { hint } of [...dropped, ...notes]) if (hint) counts.set(hint, (counts.get(hint) ?? 0) + 1);
    for (const [hint, count] of counts) {
      const subject = source.name === 'areas' ? amount(count, 'area') : amount(count, 'row');
      warnings.push(`${source.name}: ${subject} would be inside the city ${CAUSES[hint]}`);
    }
    const places = vendors.flatMap(({ branches }) => branches);
    if (source.name === 'areas' && places.length > 0 && places.every(({ area }) => area === null)) {
      warnings.push(`areas: none of ${amount(places.length, 'place')} is in one of them`);
    }
  }
  return warnings;
}

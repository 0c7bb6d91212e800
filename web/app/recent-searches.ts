import type { Place, PlacedText } from '../api/what-and-where.ts';
import { readStoredList, storeList } from '../device/stored-list.ts';

/** Searches that are kept, newest first. */
const MOST_RECENT = 8;

/** The searches that this device has kept. */
export function recentSearches(): readonly PlacedText[] {
  return (readStoredList('recent', isRecentSearch) ?? []).slice(0, MOST_RECENT);
}

/** Keeps a search as the newest one; one without words and place is none. */
export function keepSearch({ words, place }: PlacedText): void {
  const search = { words: words.trim(), place };
  if (search.words === '' && place === null) return;
  storeList('recent', [search, ...recentSearches().filter((one) => !isSame(one, search))].slice(0, MOST_RECENT));
}

/** Forgets one search, or all (`null`). */
export function forgetSearch(search: PlacedText | null): void {
  storeList('recent', search === null ? [] : recentSearches().filter((one) => !isSame(one, search)));
}

function isSame(a: PlacedText, b: PlacedText): boolean {
  return a.words.toLowerCase() === b.words.toLowerCase() && placeKey(a.place) === placeKey(b.place);
}

function placeKey(place: Place | null): string {
  if (place === null) return '';
  return place.kind === 'area' ? place.name : place.streets.join(' & ');
}

/** Another version of the page, or another program, may have stored something else. */
function isRecentSearch(value: unknown): value is PlacedText {
  const { words, place } = (value ?? {}) as Partial<PlacedText>;
  return typeof words === 'string' && (place === null || isPlace(place));
}

function isPlace(value: unknown): value is Place {
  const { kind, name, streets, at } = (value ?? {}) as Record<string, unknown>;
  if (kind === 'area') return typeof name === 'string';
  const { lat, lon } = (at ?? {}) as Record<string, unknown>;
  const hasStreets = Array.isArray(streets) && streets.length === 2 && streets.every((one) => typeof one === 'string');
  return kind === 'intersection' && hasStreets && Number.isFinite(lat) && Number.isFinite(lon);
}

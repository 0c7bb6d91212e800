/**
 * What the page remembers on this device, and sends nowhere: `lang`, the language that was chosen; `move`, whether the map searches as it
 * moves; `units`, the units of distances; `recent`, searches; `favourites`, saved vendors; `release`, when the release that the page searches
 * without a server was last renewed.
 */
type Key = 'lang' | 'move' | 'units' | 'recent' | 'favourites' | 'release';

/** `null` if nothing is remembered, or if the browser refuses (private windows and frames of other sites do). */
export function recall(key: Key): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

export function remember(key: Key, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // It is forgotten with the page.
  }
}

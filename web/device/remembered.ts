/**
 * What the page remembers on this device, and sends nowhere: `lang`, the language that was chosen; `move`, whether the map searches as it
 * moves; `units`, the units of distances; `recent`, searches; `favourites`, saved vendors; `release`, when the release that the page searches
 * without a server was last renewed.
 * Cities on one origin share what is not about a city. The default city has no mark in its page, and keeps the names that it has alone.
 */
type Key = 'lang' | 'move' | 'units' | 'recent' | 'favourites' | 'release';

const SHARED: readonly Key[] = ['lang', 'move', 'units'];

/** The name under which the city of this page keeps a value. */
const nameOf = (key: Key) => {
  const { city } = document.documentElement.dataset;
  return city && !SHARED.includes(key) ? `${city}:${key}` : key;
};

/** `null` if nothing is remembered, or if the browser refuses (private windows and frames of other sites do). */
export function recall(key: Key): string | null {
  try {
    return localStorage.getItem(nameOf(key));
  } catch {
    return null;
  }
}

export function remember(key: Key, value: string): void {
  try {
    localStorage.setItem(nameOf(key), value);
  } catch {
    // It is forgotten with the page.
  }
}

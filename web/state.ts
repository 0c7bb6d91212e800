import { type LatLon, roundOrigin } from '../functions/model/geo.ts';
import type { SearchParams } from './wire.ts';

/** The API's parameters that a link to the page may carry, in the order in which they are written. */
const SEARCH_NAMES = [
  'q',
  'lat',
  'lon',
  'radius',
  'bbox',
  'status',
  'sort',
  'limit',
] as const satisfies readonly (keyof SearchParams)[];
export type SearchName = (typeof SEARCH_NAMES)[number];

type Values = { [Name in SearchName]?: string };

/** Every one of these asks for something; `sort` and `limit` only say how. */
const ASKING = ['q', 'lat', 'lon', 'radius', 'bbox', 'status'] as const satisfies readonly SearchName[];

/**
 * What the page shows, as it stands in its URL. Values are kept as written: the API judges them and says what is
 * wrong, so the page and a caller of the API read the same sentence.
 */
export type View = {
  readonly search: Readonly<SearchParams>;
  /** Id of the branch whose popup is open. */
  readonly place: string | null;
};

/** Reads a URL's query (`?q=tacos`); parameters that the page does not know are left out. */
export function readView(query: string): View {
  const params = new URLSearchParams(query);
  const search: Values = {};
  for (const name of SEARCH_NAMES) {
    const value = params.get(name)?.trim();
    if (value) search[name] = value;
  }
  return { search, place: params.get('place')?.trim() || null };
}

/** The URL's query of a view: empty, or with its question mark. {@link readView} reads it back. */
export function viewQuery(view: View): string {
  const params = new URLSearchParams();
  for (const name of SEARCH_NAMES) {
    const value = view.search[name];
    if (value) params.set(name, value);
  }
  if (view.place) params.set('place', view.place);
  const query = params.toString().replaceAll('%2C', ',');
  return query && `?${query}`;
}

/** Whether the view asks for nothing: the page then says what it is instead of searching. */
export function isIdle({ search }: View): boolean {
  return ASKING.every((name) => !search[name]);
}

/** Whether two views have the same answer: they may differ in the open popup only. */
export function sameSearch(a: View, b: View): boolean {
  return SEARCH_NAMES.every((name) => (a.search[name] ?? '') === (b.search[name] ?? ''));
}

/** Another text; `status=approved`, which only asks for everything, gives way to it. */
export function withText(view: View, text: string): View {
  const q = text.trim();
  const changed = change(view, { q });
  return q && view.search.status === 'approved' ? change(changed, { status: '' }) : changed;
}

/** Permits of every state or the approved ones; never back to idle, because something was on the screen. */
export function withAnyStatus(view: View, any: boolean): View {
  if (any) return change(view, { status: 'any' });
  const bare = change(view, { status: '' });
  return isIdle(bare) ? change(bare, { status: 'approved' }) : bare;
}

/** Distances from a place, nearest first; `null` takes the place away, and what needs one with it. */
export function withOrigin(view: View, origin: LatLon | null): View {
  if (origin) {
    const { lat, lon } = roundOrigin(origin);
    return change(view, { lat: String(lat), lon: String(lon), sort: 'distance' });
  }
  const sort = view.search.sort === 'distance' ? '' : (view.search.sort ?? '');
  return change(view, { lat: '', lon: '', radius: '', sort });
}

/** Another order; `best` is the API's default and is not written. */
export function withSort(view: View, sort: string): View {
  return change(view, { sort: sort === 'best' ? '' : sort });
}

/** The view without one parameter. */
export function without(view: View, name: SearchName): View {
  return change(view, { [name]: '' });
}

/** The same answer with another popup. */
export function withPlace(view: View, place: string | null): View {
  return { search: view.search, place };
}

function change(view: View, values: Values): View {
  const search: Values = {};
  for (const name of SEARCH_NAMES) {
    const value = values[name] ?? view.search[name];
    if (value) search[name] = value;
  }
  return { search, place: null };
}

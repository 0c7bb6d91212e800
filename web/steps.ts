import { type LatLon, roundOrigin } from '../functions/model/geo.ts';
import { writeValueList } from '../functions/model/value-list.ts';
import { valueKey } from '../functions/model/words.ts';
import {
  isIdle,
  isTrue,
  type Look,
  NARROWING,
  NO_VIEW,
  type Search,
  type SearchName,
  type View,
  valuesOf,
} from './state.ts';

/** A view with other words; `status=approved`, which only asks for everything, gives way to them. */
export function withText(view: View, text: string): View {
  const q = text.trim();
  const changed = change(view, { q });
  return q && view.search.status === 'approved' ? change(changed, { status: '' }) : changed;
}

/** Permits of every state or the approved ones; never back to idle, because something was on the screen. */
export function withAnyStatus(view: View, any: boolean): View {
  return change(view, { status: any ? 'any' : bareOf(view, ['status']) });
}

/** Distances from a place, nearest first; `null` takes the place away, and what needs one with it. */
export function withOrigin(view: View, origin: LatLon | null): View {
  if (origin) {
    const { lat, lon } = roundOrigin(origin);
    return change(view, { lat: String(lat), lon: String(lon), sort: 'distance' });
  }
  const sort = view.search.sort === 'distance' ? '' : (view.search.sort ?? '');
  return change(view, { lat: '', lon: '', radius: '', sort, status: bareOf(view, ['lat', 'lon', 'radius']) });
}

/** Where the person is: it wins over a part of the map that was searched. */
export function nearMe(view: View, here: LatLon): View {
  return withOrigin(change(view, { bbox: '' }), here);
}

/** Only in this part of the map: `west,south,east,north` in degrees. */
export function withBox(view: View, box: string): View {
  return change(view, { bbox: box });
}

/** Only so many metres from the origin; empty: however far. */
export function withRadius(view: View, radius: string): View {
  return change(view, { radius });
}

/** Only what has known hours, or everything. */
export function withKnownHours(view: View, known: boolean): View {
  return known ? change(view, { hours: 'known' }) : without(view, 'hours');
}

/** Another order; `best` is the API's default and is not written. */
export function withSort(view: View, sort: string): View {
  return change(view, { sort: sort === 'best' ? '' : sort });
}

export type When = 'any' | 'now' | { readonly minute: number };
const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

/** Open at any time, now, or at a minute of the week (0..10079), written `thu12:15`. */
export function withWhen(view: View, when: When): View {
  if (when === 'now') return change(view, { open_now: 'true', open_at: '' });
  if (when !== 'any') return change(view, { open_now: '', open_at: weeklyTime(when.minute) });
  const gone = { open_now: '', open_at: '', open_for: '' };
  return change(view, { ...gone, status: bareOf(view, ['open_now', 'open_at', 'open_for']) });
}

/** A minute of the week as the API reads it: `thu12:15`. */
export function weeklyTime(minute: number): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${WEEKDAYS[Math.floor(minute / 1440)]}${two(Math.floor(minute / 60) % 24)}:${two(minute % 60)}`;
}

/** Adds a value to a parameter that takes several, or takes it away. */
export function toggled(view: View, name: 'area' | 'category' | 'facility', value: string): View {
  const old = valuesOf(view.search[name]);
  const kept = old.filter((one) => valueKey(one) !== valueKey(value));
  const values = kept.length < old.length ? kept : [...old, value];
  return values.length > 0
    ? change(view, { [name]: writeValueList(values) })
    : change(view, { [name]: '', status: bareOf(view, [name]) });
}

/** The view without some parameters. */
export function without(view: View, ...names: SearchName[]): View {
  const gone = Object.fromEntries(names.map((name) => [name, '']));
  return change(view, { ...gone, status: names.includes('status') ? '' : bareOf(view, names) });
}

/** The view with nothing that narrows it. */
export function widened(view: View): View {
  return without(view, ...NARROWING);
}

/** The first view of the page, in the same language and frame. */
export function homeOf({ lang, embed }: View): View {
  return { ...NO_VIEW, lang, embed };
}

/** The same answer with another popup. */
export function withPlace(view: View, place: string | null): View {
  return { ...view, place };
}

/** The same answer with the map elsewhere. */
export function withLook(view: View, look: Look | null): View {
  return { ...view, look };
}

/** The state of permits to ask for when those parameters go: never nothing at all, because something was on the screen. */
function bareOf({ search }: View, gone: readonly SearchName[]): string {
  const status = gone.includes('status') ? '' : (search.status ?? '');
  const rest: { [Name in SearchName]?: string } = { ...search, status };
  for (const name of gone) delete rest[name];
  return isIdle({ ...NO_VIEW, search: rest }) ? 'approved' : status;
}

function change(view: View, values: Search): View {
  const search: { [name: string]: string } = {};
  for (const [name, value] of Object.entries({ ...view.search, ...values })) if (value) search[name] = value;
  if (isTrue(search.open_now) && search.open_at) delete search.open_now;
  return { ...view, search, place: null };
}

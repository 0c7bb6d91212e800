import { writeCommaList } from '../../functions/model/comma-list.ts';
import { type LatLon, roundOrigin } from '../../functions/model/geo.ts';
import { valueKey } from '../../functions/model/text/tokenizer.ts';
import {
  EMPTY_URL_STATE,
  FILTER_FIELDS,
  isEmptySearch,
  isTrue,
  type MapView,
  type SearchField,
  type SearchFields,
  type UrlState,
  valuesOf,
} from './url-state.ts';

/** A view with other words; `status=approved`, which only asks for everything, gives way to them. */
export function withText(view: UrlState, text: string): UrlState {
  const q = text.trim();
  const changed = change(view, { q });
  return q && view.search.status === 'approved' ? change(changed, { status: '' }) : changed;
}

/** Permits of every state or the approved ones; never back to idle, because something was on the screen. */
export function withAnyStatus(view: UrlState, any: boolean): UrlState {
  return change(view, { status: any ? 'any' : bareOf(view, ['status']) });
}

/** Distances from a place, nearest first; `null` takes the place away, and what needs one with it. */
export function withOrigin(view: UrlState, origin: LatLon | null): UrlState {
  if (origin) {
    const { lat, lon } = roundOrigin(origin);
    return change(view, { lat: String(lat), lon: String(lon), sort: 'distance' });
  }
  const sort = view.search.sort === 'distance' ? '' : (view.search.sort ?? '');
  return change(view, { lat: '', lon: '', radius: '', sort, status: bareOf(view, ['lat', 'lon', 'radius']) });
}

/** Where the person is: it wins over a part of the map that was searched. */
export function nearMe(view: UrlState, here: LatLon): UrlState {
  return withOrigin(change(view, { bbox: '' }), here);
}

/** Only in this part of the map: `west,south,east,north` in degrees. */
export function withBox(view: UrlState, box: string): UrlState {
  return change(view, { bbox: box });
}

/** Only so many metres from the origin; empty: however far. */
export function withRadius(view: UrlState, radius: string): UrlState {
  return change(view, { radius });
}

/** Only what has known hours, or everything. */
export function withKnownHours(view: UrlState, known: boolean): UrlState {
  return known ? change(view, { hours: 'known' }) : without(view, 'hours');
}

/** Another order; `best` is the API's default and is not written. */
export function withSort(view: UrlState, sort: string): UrlState {
  return change(view, { sort: sort === 'best' ? '' : sort });
}

export type When = 'any' | 'now' | { readonly minute: number };
const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

/** Open at any time, now, or at a minute of the week (0..10079), written `thu12:15`. */
export function withWhen(view: UrlState, when: When): UrlState {
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
export function withToggledValue(view: UrlState, name: 'area' | 'category' | 'facility', value: string): UrlState {
  const old = valuesOf(view.search[name]);
  const kept = old.filter((one) => valueKey(one) !== valueKey(value));
  const values = kept.length < old.length ? kept : [...old, value];
  return values.length > 0
    ? change(view, { [name]: writeCommaList(values) })
    : change(view, { [name]: '', status: bareOf(view, [name]) });
}

/** The view without some parameters. */
export function without(view: UrlState, ...names: SearchField[]): UrlState {
  const gone = Object.fromEntries(names.map((name) => [name, '']));
  return change(view, { ...gone, status: names.includes('status') ? '' : bareOf(view, names) });
}

/** The view with nothing that narrows it. */
export function withoutFilters(view: UrlState): UrlState {
  return without(view, ...FILTER_FIELDS);
}

/** The first view of the page, in the same language and frame. */
export function homeOf({ lang, embed }: UrlState): UrlState {
  return { ...EMPTY_URL_STATE, lang, embed };
}

/** The same answer with another popup. */
export function withPlace(view: UrlState, place: string | null): UrlState {
  return { ...view, place };
}

/** The same answer with the map elsewhere. */
export function withMapView(view: UrlState, look: MapView | null): UrlState {
  return { ...view, mapView: look };
}

/** The state of permits to ask for when those parameters go: never nothing at all, because something was on the screen. */
function bareOf({ search }: UrlState, gone: readonly SearchField[]): string {
  const status = gone.includes('status') ? '' : (search.status ?? '');
  const rest: { [Name in SearchField]?: string } = { ...search, status };
  for (const name of gone) delete rest[name];
  return isEmptySearch({ ...EMPTY_URL_STATE, search: rest }) ? 'approved' : status;
}

function change(view: UrlState, values: SearchFields): UrlState {
  const search: { [name: string]: string } = {};
  for (const [name, value] of Object.entries({ ...view.search, ...values })) if (value) search[name] = value;
  if (isTrue(search.open_now) && search.open_at) delete search.open_now;
  return { ...view, search, place: null };
}

import { writeCommaList } from '../../functions/model/comma-list.ts';
import { type LatLon, roundOrigin } from '../../functions/model/geo.ts';
import { valueKey } from '../../functions/model/text/tokenizer.ts';
import type { SearchField, SearchFields } from '../api/search-params.ts';
import { EMPTY_URL_STATE, FILTER_FIELDS, isTrue, type MapView, type UrlState, valuesOf } from './url-state.ts';

/** Searches for another text; `status=approved`, which is the default, is dropped for it. */
export function withText(urlState: UrlState, text: string): UrlState {
  const q = text.trim();
  return withFields(urlState, urlState.search.status === 'approved' ? { q, status: '' } : { q });
}

/** Only vendors with all words as they are written, or the question as the API understands it. */
export function withExactWords(urlState: UrlState, exact: boolean): UrlState {
  return withFields(urlState, { strict: exact ? 'true' : '' });
}

/** Permits of any status, or approved ones only. */
export function withAnyStatus(urlState: UrlState, any: boolean): UrlState {
  return withFields(urlState, { status: any ? 'any' : '' });
}

/**
 * Distances from an origin, nearest first; `null` removes the origin and the fields that need one.
 * @param near the origin's name
 */
export function withOrigin(urlState: UrlState, origin: LatLon | null, near: string | null = null): UrlState {
  if (origin) {
    const { lat, lon } = roundOrigin(origin);
    return { ...withFields(urlState, { lat: String(lat), lon: String(lon), sort: 'distance' }), near };
  }
  const sort = urlState.search.sort === 'distance' ? '' : (urlState.search.sort ?? '');
  return { ...withFields(urlState, { lat: '', lon: '', radius: '', sort }), near: null };
}

/** Searches for the words of a text near the intersection that it names; another place is replaced. */
export function withIntersection(urlState: UrlState, words: string, origin: LatLon, near: string): UrlState {
  return withOrigin(without(withText(urlState, words), 'area', 'bbox'), origin, near);
}

/** Searches for the words of a text in the neighbourhood that it names; another place is replaced. */
export function withArea(urlState: UrlState, words: string, area: string): UrlState {
  const elsewhere = urlState.near === null ? urlState : withOrigin(urlState, null);
  return withFields(withText(elsewhere, words), { area: writeCommaList([area]), bbox: '' });
}

/** Distances from the user's location; an area of the map that was searched is dropped. */
export function withUserLocation(urlState: UrlState, location: LatLon): UrlState {
  return withOrigin(withFields(urlState, { bbox: '' }), location);
}

/** Only vendors in this box: `west,south,east,north` in degrees. */
export function withBox(urlState: UrlState, box: string): UrlState {
  return withFields(urlState, { bbox: box });
}

/** Only vendors within this many metres of the origin; empty: any distance. */
export function withRadius(urlState: UrlState, radius: string): UrlState {
  return withFields(urlState, { radius });
}

export function withKnownHours(urlState: UrlState, known: boolean): UrlState {
  return known ? withFields(urlState, { hours: 'known' }) : without(urlState, 'hours');
}

/** Another order; `best` is the API's default and is left out. */
export function withSort(urlState: UrlState, sort: string): UrlState {
  return withFields(urlState, { sort: sort === 'best' ? '' : sort });
}

/** `minute` is a minute of the week, 0..10079. */
export type OpenTime = 'any' | 'now' | { readonly minute: number };
const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

/** Only vendors that are open then. */
export function withOpenTime(urlState: UrlState, openTime: OpenTime): UrlState {
  if (openTime === 'now') return withFields(urlState, { open_now: 'true', open_at: '' });
  if (openTime !== 'any') return withFields(urlState, { open_now: '', open_at: weeklyTime(openTime.minute) });
  return without(urlState, 'open_now', 'open_at', 'open_for', 'open_within');
}

/** Also vendors that open within this many minutes after the chosen time; 0: at that time only. */
export function withOpenWindow(urlState: UrlState, minutes: number): UrlState {
  return withFields(urlState, { open_for: '', open_within: minutes > 0 ? String(minutes) : '' });
}

/** A minute of the week in the API's format: `thu12:15`. */
function weeklyTime(minute: number): string {
  const twoDigits = (value: number) => String(value).padStart(2, '0');
  return `${WEEKDAYS[Math.floor(minute / 1440)]}${twoDigits(Math.floor(minute / 60) % 24)}:${twoDigits(minute % 60)}`;
}

/** Adds a value to a comma-separated parameter, or removes it. */
export function withToggledValue(urlState: UrlState, name: 'area' | 'category' | 'facility', value: string): UrlState {
  const values = valuesOf(urlState.search[name]);
  const others = values.filter((one) => valueKey(one) !== valueKey(value));
  const toggled = others.length < values.length ? others : [...values, value];
  return toggled.length > 0 ? withFields(urlState, { [name]: writeCommaList(toggled) }) : without(urlState, name);
}

export function without(urlState: UrlState, ...names: SearchField[]): UrlState {
  return withFields(urlState, Object.fromEntries(names.map((name) => [name, ''])));
}

export function withoutFilters(urlState: UrlState): UrlState {
  return without(urlState, ...FILTER_FIELDS);
}

/** The page's start, in the same language and frame. */
export function homeUrlState({ lang, embed }: UrlState): UrlState {
  return { ...EMPTY_URL_STATE, lang, embed };
}

/** The same search with another place in the detail; `null`: without a detail. */
export function withPlace(urlState: UrlState, place: string | null): UrlState {
  return { ...urlState, place };
}

/** The same search with another part of the map in view. */
export function withMapView(urlState: UrlState, mapView: MapView | null): UrlState {
  return { ...urlState, mapView };
}

/** Sets fields, or removes those set to the empty string, and closes the detail. */
function withFields(urlState: UrlState, fields: SearchFields): UrlState {
  const search: { [name: string]: string } = {};
  for (const [name, value] of Object.entries({ ...urlState.search, ...fields })) if (value) search[name] = value;
  if (isTrue(search.open_now) && search.open_at) delete search.open_now;
  return { ...urlState, search, place: null };
}

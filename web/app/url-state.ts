import { readCommaList } from '../../functions/model/comma-list.ts';
import type { LatLon } from '../../functions/model/geo.ts';
import { parseMoment } from '../../functions/model/hours/clock.ts';
import type { SearchParams } from '../api/types.ts';

/** The API's parameters that a link to the page may carry, in the order in which they are written. */
const SEARCH_NAMES = [
  'q',
  'lat',
  'lon',
  'radius',
  'bbox',
  'area',
  'category',
  'facility',
  'status',
  'open_now',
  'open_at',
  'open_for',
  'hours',
  'sort',
  'limit',
] as const satisfies readonly (keyof SearchParams)[];
export type SearchField = (typeof SEARCH_NAMES)[number];

/** What narrows an answer; the page does it by itself when it has the whole answer. */
export const FILTER_FIELDS = ['area', 'category', 'facility', 'open_now', 'open_at', 'open_for', 'hours'] as const;
export type SearchFields = { readonly [Name in SearchField]?: string };

/** What only says how: everything else asks for something. */
const HOW: readonly SearchField[] = ['sort', 'limit', 'open_for'];

/** Where the person moved the map to. */
export type MapView = LatLon & { readonly zoom: number };

/**
 * What the page shows, as it stands in its URL. Values are kept as written: the API judges them and says what is
 * wrong, so the page and a caller of the API read the same sentence.
 */
export type UrlState = {
  readonly search: SearchFields;
  /** Id of the branch whose popup is open. */
  readonly place: string | null;
  /** `null` while the page chooses what the map shows. */
  readonly mapView: MapView | null;
  /** The language that the link asks for, as written. */
  readonly lang: string | null;
  /** Stands in somebody else's page. */
  readonly embed: boolean;
};

export const EMPTY_URL_STATE: UrlState = { search: {}, place: null, mapView: null, lang: null, embed: false };

/** Reads a URL's query (`?q=tacos`); parameters that the page does not know are left out. */
export function parseUrlState(query: string): UrlState {
  const params = new URLSearchParams(query);
  const given = (name: string) => params.get(name)?.trim() || null;
  const search: { [Name in SearchField]?: string } = {};
  for (const name of SEARCH_NAMES) {
    const value = given(name);
    if (value) search[name] = value;
  }
  const embed = given('embed') === '1';
  return { search, place: given('place'), mapView: readLook(given('map')), lang: given('lang'), embed };
}

/** The URL's query of a view: empty, or with its question mark. {@link parseUrlState} reads it back. */
export function formatUrlState({ search, place, mapView, lang, embed }: UrlState): string {
  const params = new URLSearchParams(pairs(search));
  if (place) params.set('place', place);
  if (mapView) params.set('map', `${mapView.lat.toFixed(4)},${mapView.lon.toFixed(4)},${mapView.zoom}`);
  if (lang) params.set('lang', lang);
  if (embed) params.set('embed', '1');
  const query = params.toString().replaceAll('%2C', ',').replaceAll('%3A', ':');
  return query && `?${query}`;
}

/** The query of a request to the API, the same for the same search. */
export function formatSearch(search: Readonly<SearchParams>): string {
  return new URLSearchParams(pairs(search)).toString();
}

function pairs(search: Readonly<SearchParams>): [string, string][] {
  const others = Object.keys(search).filter((name) => !SEARCH_NAMES.some((known) => known === name)) as SearchField[];
  return [...SEARCH_NAMES, ...others].flatMap((name): [string, string][] =>
    search[name] ? [[name, search[name]]] : [],
  );
}

function readLook(text: string | null): MapView | null {
  const [lat = Number.NaN, lon = Number.NaN, zoom = Number.NaN] = (text ?? '').split(',').map(Number);
  return Math.abs(lat) <= 90 && Math.abs(lon) <= 180 && zoom >= 3 && zoom <= 19 ? { lat, lon, zoom } : null;
}

/** Whether a view asks for nothing: the page then says what it is instead of searching. */
export function isEmptySearch({ search }: UrlState): boolean {
  return SEARCH_NAMES.every((name) => HOW.includes(name) || !search[name]);
}

/**
 * What the API is asked for a view that the page narrows by itself: the whole answer, whatever the time and the chips. What
 * the API would refuse is left in, so that it says why.
 */
export function unfilteredSearch({ search }: UrlState): SearchFields {
  if (!isNarrowing(search)) return asking(search);
  const whole: { [Name in SearchField]?: string } = { ...search };
  for (const name of FILTER_FIELDS) delete whole[name];
  return asking(whole);
}

function asking(search: SearchFields): SearchFields {
  return isEmptySearch({ ...EMPTY_URL_STATE, search }) ? { ...search, status: 'approved' } : search;
}

/** Whether the page understands everything that narrows this search. */
function isNarrowing({ open_now, open_at, open_for, hours, ...others }: SearchFields): boolean {
  const now = open_now === undefined || /^(true|false|1|0)$/i.test(open_now);
  const at = open_at === undefined || parseMoment(open_at, { zone: 'UTC', now: 0 }) !== undefined;
  const twice = open_at !== undefined && isTrue(open_now);
  const lasting = open_for === undefined || (/^\d{1,4}$/.test(open_for) && +open_for >= 1 && +open_for <= 1440);
  const timed = open_for === undefined || open_at !== undefined || isTrue(open_now);
  const lists = (['area', 'category', 'facility'] as const).every((name) => readCommaList(others[name] ?? ''));
  return (
    now && at && !twice && lasting && timed && lists && (hours === undefined || hours === 'any' || hours === 'known')
  );
}

/** Whether a parameter's text says yes. */
export function isTrue(text: string | undefined): boolean {
  return text !== undefined && /^(true|1)$/i.test(text);
}

/** The values of a parameter that takes several; none of one that the API refuses. */
export function valuesOf(text: string | undefined): string[] {
  return readCommaList(text ?? '') ?? [];
}

/** Whether two views have the same answer: they may differ in the open popup and the map only. */
export function sameSearch(a: UrlState, b: UrlState): boolean {
  return formatSearch(a.search) === formatSearch(b.search);
}

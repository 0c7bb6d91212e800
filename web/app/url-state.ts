import { readCommaList } from '../../functions/model/comma-list.ts';
import type { LatLon } from '../../functions/model/geo.ts';
import { parseMoment } from '../../functions/model/hours/clock.ts';
import {
  formatSearch,
  orderedParams,
  SEARCH_FIELDS,
  type SearchField,
  type SearchFields,
} from '../api/search-params.ts';

/** Fields that filter an answer. The page applies them itself when it has the whole answer. */
export const FILTER_FIELDS = [
  'area',
  'category',
  'facility',
  'open_now',
  'open_at',
  'open_for',
  'open_within',
  'hours',
] as const;

/** Fields that change how results are listed, but search for nothing on their own. */
const MODIFIER_FIELDS: readonly SearchField[] = ['strict', 'sort', 'limit', 'open_for', 'open_within'];

/** Characters of a place's name that a link can set. */
const LONGEST_NAME = 80;

/** Where the user moved the map to. */
export type MapView = LatLon & { readonly zoom: number };

/**
 * What the page shows, as its URL says it. Values are kept as written: the API validates them, so that the page and API
 * clients read the same error message.
 */
export type UrlState = {
  readonly search: SearchFields;
  /** The name of the place at `lat` and `lon`, as the page shows it. */
  readonly near: string | null;
  /** Id of the branch whose detail is open. */
  readonly place: string | null;
  /** `null` while the page chooses what the map shows. */
  readonly mapView: MapView | null;
  /** The language that the link requests, as written. */
  readonly lang: string | null;
  /** The page is embedded in another site. */
  readonly embed: boolean;
};

export const EMPTY_URL_STATE: UrlState = {
  search: {},
  near: null,
  place: null,
  mapView: null,
  lang: null,
  embed: false,
};

/** Parses a URL's query string (`?q=tacos`) and ignores unknown parameters. */
export function parseUrlState(query: string): UrlState {
  const params = new URLSearchParams(query);
  const param = (name: string) => params.get(name)?.trim() || null;
  const search: { [Name in SearchField]?: string } = {};
  for (const name of SEARCH_FIELDS) {
    const value = param(name);
    if (value) search[name] = value;
  }
  const embed = param('embed') === '1';
  return {
    search,
    near: param('near')?.slice(0, LONGEST_NAME) ?? null,
    place: param('place'),
    mapView: parseMapView(param('map')),
    lang: param('lang'),
    embed,
  };
}

/** The URL's query string: empty, or with its question mark. {@link parseUrlState} is its inverse. */
export function formatUrlState({ search, near, place, mapView, lang, embed }: UrlState): string {
  const params = new URLSearchParams(orderedParams(search));
  if (near) params.set('near', near);
  if (place) params.set('place', place);
  if (mapView) params.set('map', `${mapView.lat.toFixed(4)},${mapView.lon.toFixed(4)},${mapView.zoom}`);
  if (lang) params.set('lang', lang);
  if (embed) params.set('embed', '1');
  const query = params.toString().replaceAll('%2C', ',').replaceAll('%3A', ':');
  return query && `?${query}`;
}

function parseMapView(text: string | null): MapView | null {
  const [lat = Number.NaN, lon = Number.NaN, zoom = Number.NaN] = (text ?? '').split(',').map(Number);
  return Math.abs(lat) <= 90 && Math.abs(lon) <= 180 && zoom >= 3 && zoom <= 19 ? { lat, lon, zoom } : null;
}

/** Whether the URL searches for nothing; the page then lists all approved vendors. */
export function isEmptySearch({ search }: Pick<UrlState, 'search'>): boolean {
  return SEARCH_FIELDS.every((name) => MODIFIER_FIELDS.includes(name) || !search[name]);
}

/**
 * The request for a URL whose filters the page applies itself: the same search without its filters. Filters that the API
 * would reject stay in, so that its error message is shown.
 */
export function unfilteredSearch({ search }: UrlState): SearchFields {
  if (!hasValidFilters(search)) return withDefaultStatus(search);
  const unfiltered: { [Name in SearchField]?: string } = { ...search };
  for (const name of FILTER_FIELDS) delete unfiltered[name];
  return withDefaultStatus(unfiltered);
}

/** Whether a request has the API filter its answer. `open_now=false` filters nothing. */
export function hasFilters(search: SearchFields): boolean {
  return FILTER_FIELDS.some((name) => (name === 'open_now' ? isTrue(search.open_now) : search[name]));
}

function withDefaultStatus(search: SearchFields): SearchFields {
  return isEmptySearch({ search }) ? { ...search, status: 'approved' } : search;
}

/** Whether the API would accept every filter of this search. */
function hasValidFilters({ open_now, open_at, open_for, open_within, hours, ...others }: SearchFields): boolean {
  const validOpenNow = open_now === undefined || /^(true|false|1|0)$/i.test(open_now);
  const validOpenAt = open_at === undefined || parseMoment(open_at, { zone: 'UTC', now: 0 }) !== undefined;
  const hasTwoTimes = open_at !== undefined && isTrue(open_now);
  const hasTime = open_at !== undefined || isTrue(open_now);
  const spans = [open_for, open_within].filter((span) => span !== undefined);
  const validSpans = spans.every((span) => /^\d{1,4}$/.test(span) && +span >= 1 && +span <= 1440);
  const validSpan = spans.length === 0 || (hasTime && spans.length === 1 && validSpans);
  const validHours = hours === undefined || hours === 'any' || hours === 'known';
  const validLists = (['area', 'category', 'facility'] as const).every((name) => readCommaList(others[name] ?? ''));
  return validOpenNow && validOpenAt && !hasTwoTimes && validSpan && validHours && validLists;
}

/** Whether a boolean parameter is set to true. */
export function isTrue(text: string | undefined): boolean {
  return text !== undefined && /^(true|1)$/i.test(text);
}

/** The values of a comma-separated parameter; none if the API would reject it. */
export function valuesOf(text: string | undefined): string[] {
  return readCommaList(text ?? '') ?? [];
}

/** Whether two URLs have the same answer: only the open detail, the map view, the language or the frame may differ. */
export function sameSearch(a: UrlState, b: UrlState): boolean {
  return formatSearch(a.search) === formatSearch(b.search);
}

export function sameMapView(a: MapView | null, b: MapView | null): boolean {
  return a?.lat === b?.lat && a?.lon === b?.lon && a?.zoom === b?.zoom;
}

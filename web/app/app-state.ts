import type { LatLon } from '../../functions/model/geo.ts';
import { type AutocompleteRow, type AutocompleteState, NO_SUGGESTIONS } from '../api/autocomplete.ts';
import { NO_SEARCH, type SearchStatus } from '../api/search-requests.ts';
import type { Explanation, MetaAnswer, QuestionPart, SearchAnswer, Truck } from '../api/types.ts';
import type { PlacedText } from '../api/what-and-where.ts';
import type { LocationError, Position } from '../device/location.ts';
import { recall } from '../device/remembered.ts';
import { parseUnits, type Units } from '../i18n/distance-formats.ts';
import type { Language } from '../i18n/language.ts';
import type { Translations } from '../i18n/translations.ts';
import type { ClientFilter, FilteredResults, ValueCount } from './client-filter.ts';
import type { Favourite, SavedVendorCheck } from './favourites.ts';
import type { OpenTime } from './url-changes.ts';
import { EMPTY_URL_STATE, type UrlState } from './url-state.ts';

/** What the search origin is: the user's location, the pin, or (`null`) a place that the URL names or only locates. */
export type OriginKind = 'me' | 'pin' | null;

/** Why there is no location, or a location that is rough (by `metres`) or outside the city (by `metres`), where it is not used. */
export type LocationNotice =
  | LocationError
  | { readonly outside: boolean; readonly metres: number; readonly location: Position };

/** The API's explanation of a vendor's rank, once the user has asked for it. */
export type ExplanationState = 'loading' | 'failed' | { readonly explanation: Explanation | null };

/** A control that opens in a sheet of its own; `more`: all filters without a chip of their own; `saved`: the user's vendors. */
export type Control = 'when' | 'category' | 'area' | 'sort' | 'more' | 'saved';

/** Everything that the page shows. */
export type AppState = {
  readonly urlState: UrlState;
  /** The search field's text: the URL's `q`, with the blanks around it that are still being typed. */
  readonly searchText: string;
  readonly searchStatus: SearchStatus;
  /** What the API understood of the question; parts that the user has removed since are left out. */
  readonly understood: readonly QuestionPart[];
  /** The filter of `urlState` at the current time, and the results it leaves; `null` without an answer. */
  readonly filter: ClientFilter | null;
  readonly filtered: FilteredResults | null;
  /** The vendors that open next, when the time filter leaves none. */
  readonly alternatives: readonly Truck[];
  /** Kinds of food in the last answer that had any, most frequent first: examples for a search without results. */
  readonly foods: readonly ValueCount[];
  /** The answer was or is only a part of the results, so the API applies the filters and counts. */
  readonly partial: boolean;
  /** Number of result rows that are rendered. */
  readonly visibleRows: number;
  /** Only the rows of the first screen are rendered: the others follow once these have been painted. */
  readonly firstScreenOnly: boolean;
  /** The control whose sheet is open. */
  readonly control: Control | null;
  readonly autocomplete: AutocompleteState;
  readonly meta: MetaAnswer | null;
  readonly metaFailed: boolean;
  /** The map's code could not be loaded. */
  readonly mapFailed: boolean;
  /** The page searches by itself, because the server does not answer. */
  readonly isServerDown: boolean;
  /** The server has loaded other data since the page was opened. */
  readonly hasNewerData: boolean;
  readonly locating: boolean;
  readonly locationNotice: LocationNotice | null;
  readonly origin: OriginKind;
  /** The search origin is the user's location within this many metres; 0 for any other origin. */
  readonly originAccuracy: number;
  /** Expanded parts of the list: `items <vendor>`, `branches <vendor>`, `places <vendor>`, `why <vendor>`, `values <group>`. */
  readonly expanded: ReadonlySet<string>;
  readonly explanations: ReadonlyMap<string, ExplanationState>;
  /** Vendors that the user has saved on this device, newest first. */
  readonly favourites: readonly Favourite[];
  /** What the API says about them, by vendor id, once their list was opened. */
  readonly savedVendorChecks: ReadonlyMap<string, SavedVendorCheck>;
  /** The map shows its "Search this area" button. */
  readonly areaOffered: boolean;
  /** Moving the map searches the visible area without a press. */
  readonly searchesOnMove: boolean;
  /** The units that the user chose; `null`: those of the region. */
  readonly units: Units | null;
  /** The outcome of sharing a link; `link` is set if the user has to copy it by hand. */
  readonly shareNotice: { readonly words: string; readonly link: string | null } | null;
};

/** Rows that one page of the list adds; rendering hundreds at once would be slow. */
export const ROWS_PER_PAGE = 50;
/** Rows that fill a screen: 1080 pixels show nine. */
export const FIRST_SCREEN_ROWS = 10;

export const INITIAL_STATE: AppState = {
  urlState: EMPTY_URL_STATE,
  searchText: '',
  searchStatus: NO_SEARCH,
  understood: [],
  filter: null,
  filtered: null,
  alternatives: [],
  foods: [],
  partial: false,
  visibleRows: ROWS_PER_PAGE,
  firstScreenOnly: false,
  control: null,
  autocomplete: NO_SUGGESTIONS,
  meta: null,
  metaFailed: false,
  mapFailed: false,
  isServerDown: false,
  hasNewerData: false,
  locating: false,
  locationNotice: null,
  origin: null,
  originAccuracy: 0,
  expanded: new Set(),
  explanations: new Map(),
  favourites: [],
  savedVendorChecks: new Map(),
  areaOffered: false,
  searchesOnMove: recall('move') === '1',
  units: parseUnits(recall('units')),
  shareNotice: null,
};

/** Whether the API has more vendors than were loaded. A link's `limit` ends the list. */
export function hasMorePages({ searchStatus, urlState }: Pick<AppState, 'searchStatus' | 'urlState'>): boolean {
  return searchStatus.answer?.page.cursor != null && urlState.search.limit === undefined;
}

/** Where a detail is opened from; `detail`: from another place of the same vendor. */
export type DetailSource = 'list' | 'map' | 'detail' | 'link';

/** What the user can do in the search field. */
export type FieldActions = {
  readonly typeText: (event: Event) => void;
  /** Empties the search field. */
  readonly clearText: () => void;
  /** Offers recent searches if the field is empty. */
  readonly focusField: () => void;
  readonly pressKey: (event: KeyboardEvent) => void;
  readonly acceptSuggestion: (row: AutocompleteRow) => void;
  readonly closeSuggestions: () => void;
  /** Removes a recent search, or all (`null`), from this device. */
  readonly forgetSearch: (search: PlacedText | null) => void;
  readonly submit: (event: Event) => void;
};

/** What the user can do. */
export type Actions = FieldActions & {
  readonly searchNearMe: () => void;
  /** Measures distances from the user's location. */
  readonly useLocation: (location: Position) => void;
  readonly closeLocationNotice: () => void;
  /** Opens the sheet of a control, or closes the open one (`null`). */
  readonly openControl: (control: Control | null) => void;
  /** Sets the search origin to the pin or to a named place. */
  readonly measureFrom: (origin: LatLon, kind: 'pin' | { readonly name: string }) => void;
  /** Sets the search origin to the middle of the visible map. */
  readonly setPin: () => void;
  /** `settled` is false while a slider is being dragged. */
  readonly setOpenTime: (openTime: OpenTime, settled: boolean) => void;
  /** Removes a part from the question, and every part that means the same. */
  readonly removePart: (part: QuestionPart) => void;
  readonly searchVisibleArea: () => void;
  readonly setSearchOnMove: (on: boolean) => void;
  readonly setUnits: (units: Units) => void;
  readonly navigate: (urlState: UrlState) => void;
  /** The `href` of a link to another state; {@link Actions.followLink} follows it without loading the page. */
  readonly hrefOf: (urlState: UrlState) => string;
  readonly followLink: (event: MouseEvent) => void;
  /** Uses a language on later visits too, whose link does not name one. */
  readonly rememberLanguage: (language: Language) => void;
  readonly retry: () => void;
  readonly retryMeta: () => void;
  readonly retryMap: () => void;
  readonly toggleExpanded: (key: string) => void;
  readonly toggleExplanation: (vendor: string) => void;
  /** Saves a vendor on this device, or removes it. */
  readonly toggleFavourite: (vendor: Favourite) => void;
  readonly showMoreRows: () => void;
  /** Opens the detail of a branch. */
  readonly selectBranch: (branch: string, from: Exclude<DetailSource, 'link'>) => void;
  readonly share: (urlState: UrlState, title: string) => void;
  readonly closeDetail: () => void;
};

/** What a view needs to render: the state, the texts and the actions. */
export type PageContext = {
  readonly t: Translations;
  readonly language: Language;
  readonly state: AppState;
  readonly actions: Actions;
  /** The main pointer is a finger. */
  readonly touch: boolean;
};

/** What the map shows of an answer, and the filter that gives the markers their open states. */
export type MapResults = {
  readonly answer: SearchAnswer;
  readonly trucks: readonly Truck[];
  readonly filter: ClientFilter;
};

import type { LatLon } from '../../functions/model/geo.ts';
import type { AutocompleteRow, AutocompleteState } from '../api/autocomplete.ts';
import type { SearchStatus } from '../api/search-requests.ts';
import type { Explanation, MetaAnswer, SearchAnswer, Truck } from '../api/types.ts';
import type { LocationRefusal } from '../device/location.ts';
import type { Language } from '../i18n/language.ts';
import type { Translations } from '../i18n/translations.ts';
import type { ClientFilter, FilteredResults } from './client-filter.ts';
import type { When } from './url-changes.ts';
import type { UrlState } from './url-state.ts';

/** Whose place distances are measured from: the person's, a pin's, a named place's; `null`: a point of a link. */
export type OriginKind = 'me' | 'pin' | { readonly named: string; readonly corner: boolean } | null;

/** Why a vendor stands where it does, when it was asked. */
export type ExplanationState = 'waiting' | 'failed' | { readonly by: Explanation | null };

/** Everything that the page shows. */
export type AppState = {
  readonly urlState: UrlState;
  /** What stands in the search field: the view's words, and the blanks around them that somebody is about to go on from. */
  readonly typed: string;
  readonly search: SearchStatus;
  /** What narrows the answer, and what is left of it; `null` without an answer. */
  readonly filter: ClientFilter | null;
  readonly filtered: FilteredResults | null;
  /** What opens next, when nothing is left at the asked time. */
  readonly alternatives: readonly Truck[];
  /** The answer is only the first part of what was found, so that the API narrows. */
  readonly partial: boolean;
  /** So many rows of the list are drawn. */
  readonly rows: number;
  readonly autocomplete: AutocompleteState;
  readonly meta: MetaAnswer | null;
  readonly metaFailed: boolean;
  /** The data was exchanged since the page was opened. */
  readonly newer: boolean;
  readonly locating: boolean;
  readonly refusal: LocationRefusal | null;
  readonly origin: OriginKind;
  /** What the person unfolded: `items <vendor>`, `branches <vendor>`, `why <vendor>`, `values <group>`. */
  readonly unfolded: ReadonlySet<string>;
  readonly explanations: ReadonlyMap<string, ExplanationState>;
  /** "Search this area" is offered. */
  readonly areaOffered: boolean;
  /** What a person moves the map to is searched without a press. */
  readonly searchesMoves: boolean;
  /** What became of sharing: a sentence, and the link when it has to be copied by hand. */
  readonly shared: { readonly words: string; readonly link: string | null } | null;
};

/** What the person can do. */
export type Actions = {
  readonly type: (event: Event) => void;
  readonly key: (event: KeyboardEvent) => void;
  readonly suggested: (row: AutocompleteRow) => void;
  readonly closeSuggestions: () => void;
  readonly submit: (event: Event) => void;
  readonly near: () => void;
  /** Another place to measure from. */
  readonly measureFrom: (origin: LatLon, kind: OriginKind) => void;
  readonly when: (when: When, settled: boolean) => void;
  readonly searchHere: () => void;
  readonly searchMoves: (on: boolean) => void;
  readonly go: (view: UrlState) => void;
  /** The address of a view, and a handler that goes there without loading the page. */
  readonly link: (view: UrlState) => string;
  readonly follow: (event: MouseEvent) => void;
  readonly retry: () => void;
  readonly retryMeta: () => void;
  readonly unfold: (key: string) => void;
  readonly why: (vendor: string) => void;
  readonly moreRows: () => void;
  readonly pick: (branch: string, from: 'list' | 'map') => void;
  readonly share: (view: UrlState, title: string) => void;
  readonly dismiss: () => void;
};

/** One open page: what it shows, the words it says it in, and what can be done. */
export type PageContext = {
  readonly t: Translations;
  readonly language: Language;
  readonly state: AppState;
  readonly actions: Actions;
  /** A finger is the main pointer. */
  readonly touch: boolean;
};

/** What of an answer stands on the map, and how its states are judged. */
export type MapResults = {
  readonly answer: SearchAnswer;
  readonly trucks: readonly Truck[];
  readonly filter: ClientFilter;
};

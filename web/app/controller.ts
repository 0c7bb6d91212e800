import { createAutocomplete, NO_SUGGESTIONS } from '../api/autocomplete.ts';
import type { ApiClient } from '../api/client.ts';
import { createSearchRequests, NO_SEARCH, type SearchStatus } from '../api/search-requests.ts';
import type { MetaAnswer, SearchAnswer, SearchParams, Truck, TruckBranch } from '../api/types.ts';
import { requestPosition } from '../device/location.ts';
import { shareLink } from '../device/share.ts';
import type { Language } from '../i18n/language.ts';
import type { Translations } from '../i18n/translations.ts';
import type { Actions, AppState, ExplanationState, MapResults, PageContext } from './app-state.ts';
import {
  applyFilter,
  type ClientFilter,
  type FilteredResults,
  opensNext,
  partialResults,
  readFilter,
} from './client-filter.ts';
import { createHistory } from './history.ts';
import {
  nearMe,
  withBox,
  withMapView,
  withOrigin,
  withPlace,
  withText,
  withToggledValue,
  withWhen,
} from './url-changes.ts';
import {
  EMPTY_URL_STATE,
  FILTER_FIELDS,
  formatSearch,
  formatUrlState,
  isEmptySearch,
  type MapView,
  parseUrlState,
  sameSearch,
  type UrlState,
  unfilteredSearch,
} from './url-state.ts';

// Over 250 lines because it is the one place where what a person does meets what the page knows.

/** Rows that are drawn at once; a list of hundreds is drawn as it is asked for. */
export const ROWS = 50;
/** How often "now" is looked at again. */
const TICK_MS = 20_000;
/** Alternatives named when nothing is open then. */
const ALTERNATIVES = 5;

/** Where a session's changes go. */
export type ControllerView = {
  /** The screen changed. */
  readonly paint: () => void;
  /** Something else is to be shown on the map; `fresh`: it is another answer, not the same one narrowed. */
  readonly show: (shown: MapResults | null, fresh: boolean) => void;
  readonly cityKnown: (meta: MetaAnswer) => void;
  readonly open: (found: { truck: Truck; branch: TruckBranch }, from: 'list' | 'map' | 'link') => void;
  readonly close: () => void;
  readonly dismiss: () => void;
  /** The map may choose what it shows again. */
  readonly letGo: () => void;
  /** A link or the history says where the map looks. */
  readonly lookAt: (look: MapView) => void;
  /** The part of the map that is seen, `west,south,east,north`; the map stays there. */
  readonly seenBox: () => string;
};

export type Controller = PageContext & {
  start(): void;
  /** The popup was closed by the person. */
  closed(): void;
  /** The map was moved: by a person to a look of their own, or (`null`) by the page. */
  moved(look: MapView | null, areaOffered: boolean): void;
  /** Draws rows until that vendor's is there. */
  reveal(vendor: string): void;
};

export function createController({
  api,
  text,
  language,
  touch,
  stage,
}: {
  api: ApiClient;
  text: Translations;
  language: Language;
  touch: boolean;
  stage: ControllerView;
}): Controller {
  const trail = createHistory((view) => turnTo(view));
  const finder = createSearchRequests(api, found);
  const suggester = createAutocomplete(api, (suggesting) => set({ autocomplete: suggesting }));
  let screen: AppState = {
    urlState: EMPTY_URL_STATE,
    typed: '',
    search: NO_SEARCH,
    filter: null,
    filtered: null,
    alternatives: [],
    partial: false,
    rows: ROWS,
    autocomplete: NO_SUGGESTIONS,
    meta: null,
    metaFailed: false,
    newer: false,
    locating: false,
    refusal: null,
    origin: null,
    unfolded: new Set(),
    explanations: new Map(),
    areaOffered: false,
    searchesMoves: false,
    shared: null,
  };
  /** The search whose answer is known to be only a first part. */
  let partialSearch: string | null = null;

  function set(change: Partial<AppState>): void {
    screen = { ...screen, ...change };
    stage.paint();
  }

  /** What to ask the API for a view. */
  function paramsOf(view: UrlState): SearchParams {
    const whole = unfilteredSearch(view);
    const narrows = FILTER_FIELDS.some((name) => view.search[name]);
    if (!narrows || formatSearch(whole) !== partialSearch) return whole;
    return { ...view.search, facets: 'category,facility,area,open' };
  }

  /** Shows another view; `typing`: the next one may come at once. */
  function turnTo(view: UrlState, typing = false): void {
    const { lat, lon } = view.search;
    const before = screen.urlState.search;
    const origin = before.lat === lat && before.lon === lon ? screen.origin : null;
    const params = isEmptySearch(view) ? null : paramsOf(view);
    const { answer, asked } = screen.search;
    const here = params !== null && answer !== null && formatSearch(params) === formatSearch(asked);
    const look = screen.urlState.mapView;
    screen = { ...screen, urlState: view, refusal: null, origin, rows: ROWS, explanations: new Map(), shared: null };
    if (view.mapView && !sameLook(view.mapView, look)) stage.lookAt(view.mapView);
    else if (!view.mapView && look) stage.letGo();
    if (here) {
      finder.stay();
      narrowAgain(false);
      openPlace('link');
      return;
    }
    if (!typing || !params) {
      stage.paint();
      return void search();
    }
    // With an answer on the screen there is nothing else to draw before the next one.
    if (!answer) stage.paint();
    finder.soon(params);
  }

  function search(): void {
    if (!isEmptySearch(screen.urlState)) return void finder.find(paramsOf(screen.urlState));
    finder.rest();
    stage.close();
    narrowAgain(true);
  }

  function found(finding: SearchStatus): void {
    const before = screen.search;
    const { answer, asked, busy } = finding;
    const partial = answer !== null && answer.page.cursor !== null;
    if (answer && partial && !busy && asked.facets === undefined) {
      partialSearch = formatSearch(asked);
      const params = paramsOf(screen.urlState);
      if (params.facets !== undefined) return void finder.find(params);
    }
    if (busy || answer === before.answer) {
      // The answer on the screen stays until the next one, so that there is nothing to draw.
      if (busy && !finding.slow && answer) screen = { ...screen, search: finding };
      else set({ search: finding });
      return;
    }
    screen = { ...screen, search: finding, partial: asked.facets !== undefined || partial };
    narrowAgain(true);
    openPlace('link');
    const version = answer?.meta.data_version;
    if (version && screen.meta && version !== screen.meta.meta.data_version) void learn(true);
  }

  /** Works out anew what is left of the answer: the view's filters or the time changed, or it is another answer. */
  function narrowAgain(fresh: boolean): void {
    const { answer } = screen.search;
    if (!answer) {
      set({ filter: null, filtered: null, alternatives: [] });
      return void stage.show(null, fresh);
    }
    const { search } = screen.urlState;
    const narrowing = readFilter(search, { zone: answer.meta.timezone, now: Date.now() });
    const narrowed = screen.partial ? partialResults(answer, narrowing) : applyFilter(answer, narrowing);
    const alternatives = narrowed.hits === 0 ? alternativesTo(answer, narrowing) : [];
    set({ filter: narrowing, filtered: narrowed, alternatives });
    const trucks = alternatives.length > 0 ? alternatives : narrowed.trucks;
    stage.show({ answer, trucks, filter: narrowing }, fresh);
  }

  function openPlace(from: 'list' | 'map' | 'link'): void {
    const { place } = screen.urlState;
    const match = place === null ? null : findBranch(screen.search.answer, place);
    if (match) stage.open(match, from);
    else stage.close();
  }

  async function learn(fresh: boolean): Promise<void> {
    try {
      const meta = await api.meta({ fresh });
      const newer = screen.meta !== null && screen.meta.meta.data_version !== meta.meta.data_version;
      set({ meta, metaFailed: false, newer: screen.newer || newer });
      stage.cityKnown(meta);
    } catch {
      if (!screen.meta) set({ metaFailed: true });
    }
  }

  function go(view: UrlState): void {
    trail.commit(view);
    turnTo(view);
  }

  /** One move follows another: they are one step of the history, and what is open stays open while it is seen. */
  function searchMoved(): void {
    const { place } = screen.urlState;
    const view = withPlace(withBox(screen.urlState, stage.seenBox()), place);
    trail.draft(view);
    turnTo(view, true);
  }

  function learnWhy(vendor: string, why: ExplanationState): void {
    set({ explanations: new Map(screen.explanations).set(vendor, why) });
  }

  const actions: Actions = {
    type(event) {
      const { value } = event.target as HTMLInputElement;
      screen = { ...screen, typed: value };
      suggester.typed(value);
      const view = withText(screen.urlState, value);
      if (sameSearch(view, screen.urlState)) return;
      trail.draft(view);
      turnTo(view, true);
    },
    key(event) {
      const { rows, active } = screen.autocomplete;
      const row = rows[active];
      if (rows.length === 0 || event.isComposing) return;
      if (event.key === 'ArrowDown') suggester.move(1);
      else if (event.key === 'ArrowUp') suggester.move(-1);
      else if (event.key === 'Escape') suggester.close();
      else if (event.key === 'Enter' && row) actions.suggested(row);
      else return;
      event.preventDefault();
    },
    suggested(row) {
      suggester.close();
      const { urlState } = screen;
      if (row.type === 'corner') {
        const [a, b] = row.streets.map(text.properName);
        return void actions.measureFrom(row.at, { named: text.corner(a ?? '', b ?? ''), corner: true });
      }
      if (row.type === 'area') go(withToggledValue(withText(urlState, ''), 'area', row.text));
      else go(withText(urlState, row.text));
    },
    closeSuggestions: () => suggester.close(),
    submit(event) {
      event.preventDefault();
      suggester.close();
      const typed = new FormData(event.target as HTMLFormElement).get('q');
      const view = withText(screen.urlState, String(typed ?? ''));
      trail.commit(view);
      if (!sameSearch(view, screen.urlState) || !screen.search.answer || screen.search.busy) turnTo(view);
      // On a phone the keyboard would cover the answer.
      if (touch) (document.activeElement as HTMLElement | null)?.blur();
    },
    async near() {
      if (screen.locating) return;
      set({ locating: true, refusal: null });
      const answer = await requestPosition();
      set({ locating: false });
      if (typeof answer === 'string') return void set({ refusal: answer });
      stage.letGo();
      go(nearMe(screen.urlState, answer));
      set({ origin: 'me' });
    },
    measureFrom(origin, kind) {
      const named = typeof kind === 'object' && kind !== null;
      if (named) stage.letGo();
      // Words that named a place are not looked for in menus.
      const view = withOrigin(named && kind.corner ? withText(screen.urlState, '') : screen.urlState, origin);
      go(view);
      set({ origin: kind });
    },
    when(when, settled) {
      const view = withWhen(screen.urlState, when);
      if (settled) trail.commit(view);
      else trail.draft(view);
      turnTo(view, screen.partial);
    },
    searchHere: () => go(withBox(screen.urlState, stage.seenBox())),
    searchMoves(on) {
      set({ searchesMoves: on });
      if (on && screen.areaOffered) searchMoved();
    },
    go,
    link: (view) => `/${formatUrlState(view)}`,
    follow(event) {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.button !== 0) return;
      event.preventDefault();
      go(parseUrlState((event.currentTarget as HTMLAnchorElement).search));
    },
    retry() {
      search();
      if (!screen.meta) void learn(false);
    },
    retryMeta: () => void learn(true),
    unfold(key) {
      const unfolded = new Set(screen.unfolded);
      if (!unfolded.delete(key)) unfolded.add(key);
      set({ unfolded });
    },
    why(vendor) {
      actions.unfold(`why ${vendor}`);
      if (screen.explanations.has(vendor)) return;
      learnWhy(vendor, 'waiting');
      const { urlState } = screen;
      api.explain({ ...unfilteredSearch(urlState), ...urlState.search }).then(
        (all) => learnWhy(vendor, { by: all.get(vendor) ?? null }),
        () => learnWhy(vendor, 'failed'),
      );
    },
    moreRows: () => set({ rows: screen.rows + ROWS }),
    pick(branch, from) {
      const view = withPlace(screen.urlState, branch);
      // Whoever picks a result has found what was typed.
      trail.commit(screen.urlState);
      trail.amend(view);
      set({ urlState: view });
      openPlace(from);
    },
    async share(view, title) {
      const link = new URL(formatUrlState(view) || '/', location.origin).href;
      const outcome = await shareLink(link, title);
      if (outcome === 'copied') set({ shared: { words: text.copied, link: null } });
      if (outcome === 'failed') set({ shared: { words: text.copyFailed, link } });
      openPlace('link');
    },
    dismiss: () => stage.dismiss(),
  };

  return {
    t: text,
    language,
    touch,
    actions,
    get state() {
      return screen;
    },
    start() {
      window.addEventListener('online', () => {
        if (screen.search.failure?.kind === 'offline' || screen.search.saved) actions.retry();
      });
      setInterval(() => {
        if (screen.filter && screen.urlState.search.open_at === undefined && !screen.partial) narrowAgain(false);
      }, TICK_MS);
      void learn(false);
      turnTo(trail.read());
    },
    closed() {
      const view = withPlace(screen.urlState, null);
      trail.amend(view);
      set({ urlState: view, shared: null });
    },
    moved(look, areaOffered) {
      if (areaOffered === screen.areaOffered && sameLook(look, screen.urlState.mapView)) return;
      const view = withMapView(screen.urlState, look);
      trail.amend(view);
      set({ urlState: view, areaOffered });
      if (areaOffered && screen.searchesMoves) searchMoved();
    },
    reveal(vendor) {
      const at = screen.filtered?.trucks.findIndex(({ id }) => id === vendor) ?? -1;
      if (at >= screen.rows) set({ rows: at + 1 });
    },
  };
}

/** What opens next where nothing is known to be open at the asked time. */
function alternativesTo(answer: SearchAnswer, narrowing: ClientFilter): Truck[] {
  if (narrowing.forMinutes === null) return [];
  const anyTime: FilteredResults = applyFilter(answer, { ...narrowing, forMinutes: null });
  return opensNext(anyTime.trucks, narrowing.minute).slice(0, ALTERNATIVES);
}

function sameLook(a: MapView | null, b: MapView | null): boolean {
  return a?.lat === b?.lat && a?.lon === b?.lon && a?.zoom === b?.zoom;
}

/** The branch of that id and its vendor. */
export function findBranch(answer: SearchAnswer | null, id: string): { truck: Truck; branch: TruckBranch } | null {
  for (const truck of answer?.trucks ?? []) {
    const branch = truck.branches.find((one) => one.id === id);
    if (branch) return { truck, branch };
  }
  return null;
}

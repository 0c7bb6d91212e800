import type { ApiClient } from '../api/client.ts';
import { formatSearch } from '../api/search-params.ts';
import { createSearchRequests, type SearchStatus } from '../api/search-requests.ts';
import type { MetaAnswer } from '../api/types.ts';
import { afterPaint } from '../device/after-paint.ts';
import { type AppState, type DetailSource, INITIAL_STATE, type MapResults, ROWS_PER_PAGE } from './app-state.ts';
import { applyFilter, opensNext, partialResults, readFilter } from './client-filter.ts';
import { createHistory, type PageHistory } from './history.ts';
import { createRequestChoice } from './request-choice.ts';
import { type ShownPlace, shownPlace } from './shown-place.ts';
import { withBox, withPlace } from './url-changes.ts';
import { hasFilters, type MapView, sameMapView, type UrlState } from './url-state.ts';

/** Number of vendors listed as the next to open when the time filter leaves none. */
const ALTERNATIVES = 5;
/** Examples are not worth a longer wait, milliseconds. */
const FOODS_TIMEOUT_MS = 5000;

/** The rendered page, as the controller sees it. */
export type ControllerView = {
  /** Renders the current state. */
  readonly render: () => void;
  /** Shows results on the map; `isNewAnswer` is false if the same answer was only filtered in another way. */
  readonly showResults: (results: MapResults | null, isNewAnswer: boolean) => void;
  readonly showCity: (meta: MetaAnswer) => void;
  /** Opens the detail of a place whose content is rendered, or closes the detail (`null`). */
  readonly showDetail: (shown: ShownPlace | null, from: DetailSource) => void;
  /** Moves the focus to the list. */
  readonly focusList: () => void;
  /** Whether the list shows its first rows. */
  readonly isListAtTop: () => boolean;
  /** Lets the page choose again what the map shows. */
  readonly releaseView: () => void;
  readonly setMapView: (mapView: MapView) => void;
  /** The visible part of the map as `west,south,east,north`; the map then keeps its view. */
  readonly holdVisibleBox: () => string;
};

/**
 * Holds the app state and keeps it in step with the URL, the API's answers and the clock: another URL is searched, an answer
 * is filtered, and what is left is shown.
 */
export type SearchController = {
  readonly state: AppState;
  readonly history: PageHistory;
  /** Changes the state without rendering. */
  patch(change: Partial<AppState>): void;
  /** Changes the state and renders. */
  update(change: Partial<AppState>): void;
  /** Shows another URL and adds it to the history. */
  navigate(urlState: UrlState): void;
  /**
   * Shows another URL and leaves the history alone. `continuous`: more changes may follow at once (typing, dragging), so a
   * search that is under way is not aborted.
   */
  show(urlState: UrlState, continuous?: boolean): void;
  /** Searches the part of the map that the user has moved to. */
  searchMovedMap(): void;
  /** Sends the current search. */
  search(): void;
  /** Adds the API's next page to the answer. */
  loadNextPage(): void;
  /** Filters the current answer again, because the filters, the time or the answer changed. */
  refilter(isNewAnswer: boolean): void;
  /** Opens the detail that the URL names, or closes the detail if the answer does not have that branch. */
  syncDetail(from: DetailSource): void;
  loadMeta(fresh: boolean): Promise<void>;
};

export function createSearchController(api: ApiClient, view: ControllerView): SearchController {
  const history = createHistory((urlState) => show(urlState));
  const searchRequests = createSearchRequests(api, receive);
  const requests = createRequestChoice();
  let state = INITIAL_STATE;
  /** Without an answer, the page would be laid out twice within a moment if the answer is here already. A slow one is not waited for. */
  let awaitsFirstAnswer = true;
  function render(): void {
    if (!awaitsFirstAnswer) view.render();
  }
  function patch(change: Partial<AppState>): void {
    state = { ...state, ...change };
  }

  function update(change: Partial<AppState>): void {
    patch(change);
    render();
  }
  function renderFirstScreen(): void {
    patch({ firstScreenOnly: true });
    afterPaint(() => state.firstScreenOnly && update({ firstScreenOnly: false }));
  }

  const requestFor = (urlState: UrlState) => requests.requestFor(urlState, state.understood);

  function show(urlState: UrlState, continuous = false): void {
    const { lat, lon, q = '' } = urlState.search;
    const previous = state.urlState;
    const sameOrigin = previous.search.lat === lat && previous.search.lon === lon;
    const request = requestFor(urlState);
    const { answer, params } = state.searchStatus;
    const hasAnswer = answer !== null && formatSearch(request) === formatSearch(params);
    patch({
      urlState,
      searchText: state.searchText.trim() === q ? state.searchText : q,
      locationNotice: sameOrigin ? state.locationNotice : null,
      origin: sameOrigin ? state.origin : null,
      originAccuracy: sameOrigin ? state.originAccuracy : 0,
      visibleRows: ROWS_PER_PAGE,
      explanations: new Map(),
      shareNotice: null,
    });
    // Without waiting for an answer.
    if (urlState.place === null && previous.place !== null) syncDetail('link');
    const { mapView } = urlState;
    if (mapView && !sameMapView(mapView, previous.mapView)) view.setMapView(mapView);
    else if (!mapView && previous.mapView) view.releaseView();
    if (hasAnswer) {
      searchRequests.cancel();
      if (view.isListAtTop()) renderFirstScreen();
      refilter(false);
      syncDetail('link');
    } else if (continuous) {
      // With an answer on the screen, nothing else changes before the next one.
      if (!answer) render();
      searchRequests.searchWhileTyping(request);
    } else {
      render();
      search();
    }
  }

  function navigate(urlState: UrlState): void {
    history.commit(urlState);
    show(urlState);
  }

  function searchMovedMap(): void {
    // Consecutive moves share one history entry, and the open detail stays open.
    const urlState = withPlace(withBox(state.urlState, view.holdVisibleBox()), state.urlState.place);
    history.draft(urlState);
    show(urlState, true);
  }

  function search(): void {
    searchRequests.search(requestFor(state.urlState));
  }

  /** Food that has hits, as examples for a search that found nothing before any answer had hits. */
  async function loadFoods(): Promise<void> {
    const params = { status: 'approved', limit: '1', facets: 'category' };
    const { answer } = await api.search(params, AbortSignal.timeout(FOODS_TIMEOUT_MS)).catch(() => ({ answer: null }));
    update({ foods: answer?.facets.category ?? [] });
  }

  function receive(searchStatus: SearchStatus): void {
    const { answer, params, busy, slow, pages } = searchStatus;
    if (!busy || slow) awaitsFirstAnswer = false;
    const hasNextPage = answer !== null && answer.page.cursor !== null;
    if (!busy) patch({ understood: answer?.query.understood ?? [] });
    if (answer && !busy) {
      requests.learn(params, hasNextPage);
      // What the answer shows of the question or of its size may lead to another request.
      const request = requestFor(state.urlState);
      if (formatSearch(request) !== formatSearch(params)) return void searchRequests.search(request);
    }
    if (busy || answer === state.searchStatus.answer) {
      // The previous answer stays on the screen until the next one, so there is nothing to render.
      if (busy && !slow && answer) patch({ searchStatus });
      else update({ searchStatus });
      return;
    }
    patch({ searchStatus, partial: hasNextPage || pages > 1 || hasFilters(params) });
    if (answer && pages === 1) renderFirstScreen();
    refilter(pages === 1);
    syncDetail('link');
    const version = answer?.meta.data_version;
    if (version && state.meta && version !== state.meta.meta.data_version) void loadMeta(true);
  }

  function refilter(isNewAnswer: boolean): void {
    const { answer } = state.searchStatus;
    if (!answer) {
      update({ filter: null, filtered: null, alternatives: [] });
      return void view.showResults(null, isNewAnswer);
    }
    const { meta, query, relaxed } = answer;
    const { partial } = state;
    // The API counted at its own time, and may have given up the time to find anything.
    const now = partial ? Date.parse(query.at) : Date.now();
    const isTimeless = partial && relaxed.some(({ param }) => param === 'open_at');
    const clock = { zone: meta.timezone, now, isOpenNow: query.open };
    const wanted = readFilter(state.urlState.search, clock);
    const filter = isTimeless ? { ...wanted, openForMinutes: null } : wanted;
    const filtered = partial ? partialResults(answer, filter) : applyFilter(answer, filter);
    const alternatives = filtered.hits === 0 && !partial ? opensNext(answer, filter, ALTERNATIVES) : [];
    // What the filters leave may be nothing, so these counts ignore them. An example searches approved permits, so others give none.
    const hasExamples = isNewAnswer && answer.hits > 0 && query.status === 'approved';
    const foods = hasExamples ? applyFilter(answer, readFilter({}, clock)).counts.category : state.foods;
    update({ filter, filtered, alternatives, foods });
    if (answer.hits === 0 && foods.length === 0) void loadFoods();
    const trucks = alternatives.length > 0 ? alternatives : filtered.trucks;
    view.showResults({ answer, trucks, filter }, isNewAnswer);
  }

  function syncDetail(from: DetailSource): void {
    view.showDetail(shownPlace(state), from);
  }

  async function loadMeta(fresh: boolean): Promise<void> {
    try {
      const meta = await api.meta({ fresh });
      const hasNewerData = state.meta !== null && state.meta.meta.data_version !== meta.meta.data_version;
      update({ meta, metaFailed: false, hasNewerData: state.hasNewerData || hasNewerData });
      view.showCity(meta);
    } catch {
      if (!state.meta) update({ metaFailed: true });
    }
  }

  return {
    get state() {
      return state;
    },
    history,
    patch,
    update,
    navigate,
    show,
    searchMovedMap,
    search,
    loadNextPage: searchRequests.loadNextPage,
    refilter,
    syncDetail,
    loadMeta,
  };
}

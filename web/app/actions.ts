import { type Box, distanceMetres, type LatLon } from '../../functions/model/geo.ts';
import type { Autocomplete } from '../api/autocomplete.ts';
import type { ApiClient } from '../api/client.ts';
import type { SplitText } from '../api/what-and-where.ts';
import { requestPosition } from '../device/location.ts';
import { remember } from '../device/remembered.ts';
import { shareLink } from '../device/share.ts';
import type { Translations } from '../i18n/translations.ts';
import { type Actions, type ExplanationState, ROWS_PER_PAGE } from './app-state.ts';
import { partKey, withoutParts } from './question-parts.ts';
import type { ControllerView, SearchController } from './search-controller.ts';
import {
  withArea,
  withBox,
  withIntersection,
  withOpenTime,
  withOrigin,
  withPlace,
  withText,
  withUserLocation,
} from './url-changes.ts';
import { formatUrlState, parseUrlState, sameSearch, type UrlState, unfilteredSearch } from './url-state.ts';

/** A position that is further outside the city is used only if the person wants it, metres. */
const FAR_METRES = 30_000;
/** A position that is less accurate than this does not tell which vendor is near, metres. */
const ROUGH_METRES = 500;

export function createActions({
  api,
  t,
  touch,
  view,
  autocomplete,
  controller,
}: {
  api: Pick<ApiClient, 'explain'>;
  t: Translations;
  touch: boolean;
  view: ControllerView;
  autocomplete: Autocomplete;
  controller: SearchController;
}): Actions {
  const { history, navigate, show, update } = controller;

  function setExplanation(vendor: string, explanation: ExplanationState): void {
    update({ explanations: new Map(controller.state.explanations).set(vendor, explanation) });
  }

  /** The URL state without the parts of the question that have this key. */
  function withoutWords(key: string): UrlState {
    const { urlState, understood } = controller.state;
    if (!understood.some((part) => partKey(part) === key)) return urlState;
    const { text, parts } = withoutParts({ text: urlState.search.q ?? '', parts: understood }, key);
    controller.patch({ understood: parts });
    return withText(urlState, text);
  }

  function setText(text: string): void {
    controller.patch({ searchText: text });
    autocomplete.update(text);
    const urlState = withText(controller.state.urlState, text);
    if (sameSearch(urlState, controller.state.urlState)) return;
    history.draft(urlState);
    show(urlState, true);
  }

  /** What Enter does without a place in the text. */
  function searchText(text: string): void {
    const { urlState: previous, searchStatus } = controller.state;
    const urlState = withText(previous, text);
    history.commit(urlState);
    if (!sameSearch(urlState, previous) || !searchStatus.answer || searchStatus.busy) show(urlState);
  }

  const actions: Actions = {
    typeText: (event) => setText((event.target as HTMLInputElement).value),
    clearText: () => setText(''),
    pressKey(event) {
      const { rows, active } = controller.state.autocomplete;
      const row = rows[active];
      if (rows.length === 0 || event.isComposing) return;
      if (event.key === 'ArrowDown') autocomplete.moveActive(1);
      else if (event.key === 'ArrowUp') autocomplete.moveActive(-1);
      else if (event.key === 'Escape') autocomplete.close();
      else if (event.key === 'Enter' && row) actions.acceptSuggestion(row);
      else return;
      event.preventDefault();
    },
    acceptSuggestion(row) {
      autocomplete.close();
      const { urlState } = controller.state;
      if (row.type === 'place') actions.searchPlace(row.split);
      else if (row.type === 'area') navigate(withArea(urlState, '', row.text));
      else navigate(withText(urlState, row.text));
    },
    closeSuggestions: () => autocomplete.close(),
    async submit(event) {
      event.preventDefault();
      autocomplete.close();
      // On a phone, the keyboard would cover the results.
      if (touch) view.focusList();
      const text = controller.state.searchText;
      const split: SplitText | null = await autocomplete.certainSplit(text);
      // The user has typed on or gone elsewhere.
      if (controller.state.searchText !== text) return;
      if (split) actions.searchPlace(split);
      else searchText(text);
    },
    searchPlace({ words, place }) {
      view.releaseView();
      const { urlState } = controller.state;
      if (place.kind === 'area') navigate(withArea(urlState, words, place.name));
      else navigate(withIntersection(urlState, words, place.at, t.intersection(...place.streets)));
    },
    async searchNearMe() {
      if (controller.state.locating) return;
      update({ locating: true, locationNotice: null });
      const location = await requestPosition();
      update({ locating: false });
      if (typeof location === 'string') return void update({ locationNotice: location });
      const { bounds } = controller.state.meta?.city ?? {};
      const outside = bounds ? metresOutside(bounds, location) : 0;
      if (outside > FAR_METRES) return void update({ locationNotice: { outside: true, metres: outside, location } });
      actions.useLocation(location);
      const { accuracy } = location;
      if (accuracy > ROUGH_METRES) update({ locationNotice: { outside: false, metres: accuracy, location } });
    },
    useLocation(location) {
      view.releaseView();
      navigate(withUserLocation(controller.state.urlState, location));
      update({ origin: 'me', originAccuracy: location.accuracy, locationNotice: null });
    },
    closeLocationNotice: () => update({ locationNotice: null }),
    openControl: (control) => update({ control }),
    measureFrom(origin, kind) {
      if (kind !== 'pin') view.releaseView();
      navigate(withOrigin(controller.state.urlState, origin, kind === 'pin' ? null : kind.name));
      update({ origin: kind === 'pin' ? kind : null });
    },
    setPin() {
      const [west = 0, south = 0, east = 0, north = 0] = view.holdVisibleBox().split(',').map(Number);
      actions.measureFrom({ lat: (south + north) / 2, lon: (west + east) / 2 }, 'pin');
    },
    setOpenTime(openTime, settled) {
      // The time control replaces the words "open now".
      const urlState = withOpenTime(withoutWords('open_now '), openTime);
      if (settled) history.commit(urlState);
      else history.draft(urlState);
      show(urlState, controller.state.partial);
    },
    removePart(part) {
      const urlState = withoutWords(partKey(part));
      // The origin is where "near me" is.
      actions.navigate(part.as === 'near_me' ? withOrigin(urlState, null) : urlState);
    },
    searchVisibleArea: () => navigate(withBox(controller.state.urlState, view.holdVisibleBox())),
    setSearchOnMove(on) {
      remember('move', on ? '1' : '');
      update({ searchesOnMove: on });
      if (on && controller.state.areaOffered) controller.searchMovedMap();
    },
    setUnits(units) {
      remember('units', units);
      update({ units });
    },
    navigate(urlState) {
      // A search that was being typed keeps its entry in the history.
      history.commit(controller.state.urlState);
      navigate(urlState);
    },
    hrefOf: (urlState) => `/${formatUrlState(urlState)}`,
    followLink(event) {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.button !== 0) return;
      event.preventDefault();
      actions.navigate(parseUrlState((event.currentTarget as HTMLAnchorElement).search));
    },
    rememberLanguage: (language) => remember('lang', language),
    retry() {
      controller.search();
      if (!controller.state.meta) void controller.loadMeta(false);
    },
    retryMeta: () => void controller.loadMeta(true),
    toggleExpanded(key) {
      const expanded = new Set(controller.state.expanded);
      if (!expanded.delete(key)) expanded.add(key);
      update({ expanded });
    },
    toggleExplanation(vendor) {
      actions.toggleExpanded(`why ${vendor}`);
      const { urlState, explanations } = controller.state;
      if (explanations.has(vendor)) return;
      setExplanation(vendor, 'loading');
      api.explain({ ...unfilteredSearch(urlState), ...urlState.search }).then(
        (byVendor) => setExplanation(vendor, { explanation: byVendor.get(vendor) ?? null }),
        () => setExplanation(vendor, 'failed'),
      );
    },
    showMoreRows: () => update({ visibleRows: controller.state.visibleRows + ROWS_PER_PAGE }),
    selectBranch(branch, from) {
      const { urlState: previous } = controller.state;
      const urlState = withPlace(previous, branch);
      // Selecting a result completes the search that was being typed.
      history.commit(previous);
      history.amend(urlState);
      update({ urlState });
      controller.syncPopup(from);
    },
    async share(urlState, title) {
      const link = new URL(formatUrlState(urlState) || '/', location.origin).href;
      const outcome = await shareLink(link, title);
      if (outcome === 'copied') update({ shareNotice: { words: t.copied, link: null } });
      if (outcome === 'failed') update({ shareNotice: { words: t.copyFailed, link } });
      controller.syncPopup('link');
    },
    dismissPopup: () => view.dismissPopup(),
  };
  return actions;
}

/** Distance of a point from the nearest point of a box, metres. */
function metresOutside({ south, north, west, east }: Box, { lat, lon }: LatLon): number {
  const nearest = { lat: Math.min(north, Math.max(south, lat)), lon: Math.min(east, Math.max(west, lon)) };
  return distanceMetres(nearest, { lat, lon });
}

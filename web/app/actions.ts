import { type Box, distanceMetres, type LatLon } from '../../functions/model/geo.ts';
import type { Autocomplete } from '../api/autocomplete.ts';
import type { ApiClient } from '../api/client.ts';
import { requestPosition } from '../device/location.ts';
import { remember } from '../device/remembered.ts';
import { shareLink } from '../device/share.ts';
import type { Translations } from '../i18n/translations.ts';
import { type Actions, type ExplanationState, hasMorePages, ROWS_PER_PAGE } from './app-state.ts';
import { toggleFavourite } from './favourites.ts';
import { createFieldActions } from './field-actions.ts';
import { partKey, withoutParts } from './question-parts.ts';
import type { ControllerView, SearchController } from './search-controller.ts';
import { shownPlace } from './shown-place.ts';
import { withBox, withOpenTime, withOrigin, withPlace, withText, withUserLocation } from './url-changes.ts';
import { formatUrlState, parseUrlState, type UrlState, unfilteredSearch } from './url-state.ts';

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
  api: Pick<ApiClient, 'explain' | 'branches'>;
  t: Translations;
  touch: boolean;
  view: ControllerView;
  autocomplete: Autocomplete;
  controller: SearchController;
}): Actions {
  const { history, navigate, show, update } = controller;
  const field = createFieldActions({ t, touch, view, autocomplete, controller });

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

  /** Without a connection, a saved vendor is shown as it was saved. */
  async function checkSavedVendor(id: string): Promise<void> {
    const branches = await api.branches(id).catch(() => undefined);
    if (branches === undefined) return;
    const [first] = branches ?? [];
    const check = branches?.find(({ status }) => status === 'approved') ?? first ?? 'gone';
    update({ savedVendorChecks: new Map(controller.state.savedVendorChecks).set(id, check) });
  }

  const actions: Actions = {
    ...field,
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
    openControl(control) {
      update({ control });
      if (control === 'saved') for (const { id } of controller.state.favourites) void checkSavedVendor(id);
    },
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
    hrefOf: (urlState) => `./${formatUrlState(urlState)}`,
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
    // Some browsers do not request a script again whose import has failed.
    retryMap: () => location.reload(),
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
    toggleFavourite(vendor) {
      if (controller.state.urlState.embed) return;
      update({ favourites: toggleFavourite(vendor, controller.state.favourites) });
    },
    showMoreRows() {
      const { visibleRows, filtered } = controller.state;
      const loaded = filtered?.trucks.length ?? 0;
      const wanted = visibleRows > loaded ? visibleRows : visibleRows + ROWS_PER_PAGE;
      update({ visibleRows: wanted });
      if (wanted > loaded && hasMorePages(controller.state)) controller.loadNextPage();
    },
    selectBranch(branch, from) {
      const { urlState: previous } = controller.state;
      const urlState = withPlace(previous, branch);
      if (shownPlace(controller.state)) history.amend(urlState);
      else {
        // Selecting a result completes the search that was being typed.
        history.commit(previous);
        field.keepTypedText();
        history.enterDetail(urlState);
      }
      update({ urlState, shareNotice: null });
      controller.syncDetail(from);
    },
    async share(urlState, title) {
      const link = new URL(`./${formatUrlState(urlState)}`, location.href).href;
      const outcome = await shareLink(link, title);
      if (outcome === 'copied') update({ shareNotice: { words: t.copied, link: null } });
      if (outcome === 'failed') update({ shareNotice: { words: t.copyFailed, link } });
    },
    closeDetail() {
      if (!shownPlace(controller.state)) return;
      const urlState = withPlace(controller.state.urlState, null);
      history.leaveDetail(urlState);
      update({ urlState, shareNotice: null });
      controller.syncDetail('link');
    },
  };
  return actions;
}

/** Distance of a point from the nearest point of a box, metres. */
function metresOutside({ south, north, west, east }: Box, { lat, lon }: LatLon): number {
  const nearest = { lat: Math.min(north, Math.max(south, lat)), lon: Math.min(east, Math.max(west, lon)) };
  return distanceMetres(nearest, { lat, lon });
}

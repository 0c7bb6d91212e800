import { createAutocomplete } from '../api/autocomplete.ts';
import type { ApiClient } from '../api/client.ts';
import type { MetaAnswer } from '../api/types.ts';
import type { Language } from '../i18n/language.ts';
import { inUnits, type Translations } from '../i18n/translations.ts';
import { createActions } from './actions.ts';
import type { AppState, PageContext } from './app-state.ts';
import { storedFavourites } from './favourites.ts';
import { recentSearches } from './recent-searches.ts';
import { type ControllerView, createSearchController } from './search-controller.ts';
import { withMapView } from './url-changes.ts';
import { type MapView, sameMapView } from './url-state.ts';

/** How often the open states follow the clock. */
const CLOCK_MS = 20_000;
/** How long a page waits for the words for what its city lists. */
const CITY_PATIENCE_MS = 3_000;

/** The page: its context for the views, and the events that come from the map, the browser and the clock. */
export type Controller = PageContext & {
  start(): Promise<void>;
  /** The server fails, and the page searches by itself; or the server answers again. */
  onServerChange(isServerDown: boolean): void;
  /** The map's code could not be loaded. */
  onMapFailed(): void;
  /** The map was moved: by the user to `mapView`, or by the page (`null`). */
  onMapMoved(mapView: MapView | null, areaOffered: boolean): void;
  /** The page is printed (`true`), or was (`false`): on paper, every listed vendor shows all of its branches. */
  setPrinting(printing: boolean): void;
  /** Renders rows until the vendor's row is among them. */
  revealVendor(vendor: string): void;
};

export function createController({
  api,
  t: defaultTexts,
  textsOf,
  awaitsCity,
  language,
  touch,
  view,
}: {
  api: ApiClient;
  t: Translations;
  /** The texts for what a city lists. */
  textsOf: (city: MetaAnswer['city']) => Promise<Translations>;
  /** The city lists something else than the default texts say, so nothing is shown before its metadata, unless they are late. */
  awaitsCity: boolean;
  language: Language;
  touch: boolean;
  view: ControllerView;
}): Controller {
  let texts = defaultTexts;
  const withTexts: ApiClient = {
    ...api,
    // Before the metadata are in the state, so that the page is rendered once.
    async meta(options) {
      const meta = await api.meta(options);
      texts = await textsOf(meta.city).catch(() => texts);
      return meta;
    },
  };
  const controller = createSearchController(withTexts, view);
  const { history, update } = controller;
  const autocomplete = createAutocomplete(
    api,
    {
      areas: () => controller.state.meta?.areas ?? [],
      recent: () => (controller.state.urlState.embed ? [] : recentSearches()),
    },
    (suggestions) => update({ autocomplete: suggestions }),
  );
  const actions = createActions({ api, t: defaultTexts, touch, view, autocomplete, controller });

  let shown = { texts, t: texts };
  /** The expanded parts of the list on the screen, while it is printed. */
  let expandedOnScreen: AppState['expanded'] | null = null;

  return {
    get t() {
      const { units } = controller.state;
      if (shown.texts !== texts || (units !== null && units !== shown.t.units)) {
        shown = { texts, t: units === null ? texts : inUnits(texts, units) };
      }
      return shown.t;
    },
    language,
    touch,
    actions,
    get state() {
      return controller.state;
    },
    async start() {
      window.addEventListener('online', () => {
        const { error, savedAt } = controller.state.searchStatus;
        if (error?.kind === 'offline' || savedAt) actions.retry();
      });
      setInterval(() => {
        const { filter, urlState, partial } = controller.state;
        if (filter && urlState.search.open_at === undefined && !partial) controller.refilter(false);
      }, CLOCK_MS);
      const city = controller.loadMeta(false);
      if (awaitsCity) await Promise.race([city, new Promise((done) => setTimeout(done, CITY_PATIENCE_MS))]);
      const urlState = history.read();
      if (!urlState.embed) controller.patch({ favourites: storedFavourites() });
      controller.show(urlState);
    },
    onServerChange: (isServerDown) => update({ isServerDown }),
    onMapFailed: () => update({ mapFailed: true }),
    onMapMoved(mapView, areaOffered) {
      const { state } = controller;
      if (areaOffered === state.areaOffered && sameMapView(mapView, state.urlState.mapView)) return;
      const urlState = withMapView(state.urlState, mapView);
      history.amend(urlState);
      update({ urlState, areaOffered });
      if (areaOffered && state.searchesOnMove) controller.searchMovedMap();
    },
    setPrinting(printing) {
      const { expanded, filtered } = controller.state;
      if (printing === (expandedOnScreen !== null)) return;
      const branches = (filtered?.trucks ?? []).map(({ id }) => `branches ${id}`);
      const onScreen = expandedOnScreen ?? expanded;
      expandedOnScreen = printing ? expanded : null;
      update({ expanded: printing ? new Set([...expanded, ...branches]) : onScreen });
    },
    revealVendor(vendor) {
      const { filtered, visibleRows, firstScreenOnly } = controller.state;
      const row = filtered?.trucks.findIndex(({ id }) => id === vendor) ?? -1;
      if (row >= visibleRows || firstScreenOnly) {
        update({ visibleRows: Math.max(visibleRows, row + 1), firstScreenOnly: false });
      }
    },
  };
}

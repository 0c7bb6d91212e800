import { html, render } from 'lit-html';
import { createApiClient } from './api/client.ts';
import { createController } from './app/controller.ts';
import { shownPlace } from './app/shown-place.ts';
import { parseUrlState } from './app/url-state.ts';
import { afterPaint } from './device/after-paint.ts';
import { recall } from './device/remembered.ts';
import { LANGUAGE_TAGS, loadTranslations } from './i18n/language.ts';
import { createLateMap } from './map/late-map.ts';
import { markerData, markerOf } from './map/result-markers.ts';
import { createBottomSheet } from './view/bottom-sheet.ts';
import { chipBar } from './view/chip-bar.ts';
import { createControlDialog } from './view/control-dialog.ts';
import { controlSheet } from './view/control-sheet.ts';
import { detail } from './view/detail.ts';
import { createDetailPane } from './view/detail-pane.ts';
import { footer } from './view/footer.ts';
import { header } from './view/header.ts';
import { createHoverSync } from './view/hover-sync.ts';
import { pinIcon } from './view/icons.ts';
import { loadCityMenu } from './view/load-city-menu.ts';
import { locationNotice } from './view/location-notice.ts';
import { mapNote } from './view/map-note.ts';
import { listenForPrinting } from './view/printing.ts';
import { results } from './view/results.ts';

/** The list's lowest stop shows the summary and the first vendor's name. */
const LIST_PEEK_PIXELS = 132;
/** URL of the built service worker; empty in development, where nothing may be cached. */
declare const WORKER_URL: string;
/** URL of the script that searches in place of a server, relative to this one; empty in development. */
declare const OWN_ENGINE_URL: string;

const element = (id: string): HTMLElement => {
  const found = document.getElementById(id);
  if (!found) throw new Error(`index.html has no #${id}`);
  return found;
};
const pane = element('pane');
const grip = element('grip');
const layout = element('layout');
const list = element('results');
const topBar = element('top');
const bottomBar = element('footer');
const detailElement = element('detail');
const detailGrip = element('detail-grip');
const detailBody = element('detail-body');
const chips = element('chips');
const dialog = element('sheet') as HTMLDialogElement;
const mapControls = Object.assign(document.createElement('div'), { className: 'map-controls' });
const notice = Object.assign(document.createElement('div'), { className: 'location' });
const mapNotes = document.createElement('div');
layout.prepend(notice);

function addLink(rel: string, href: string): void {
  document.head.append(Object.assign(document.createElement('link'), { rel, href }));
}
// The style sheet is in the HTML. A policy of another version of the page, such as during a deployment, blocks it.
const style = document.querySelector('style');
if (style?.dataset.file && !style.sheet) addLink('stylesheet', style.dataset.file);

const { embed, lang } = parseUrlState(location.search);
document.documentElement.classList.toggle('is-embed', embed);
const { languages, wording } = document.documentElement.dataset;
const { language, translations: t } = await loadTranslations(lang ?? recall('lang'), navigator.languages, languages);
document.documentElement.lang = LANGUAGE_TAGS[language];
element('skip').textContent = t.skip;
chips.setAttribute('aria-label', t.filters);

const focusList = () => list.focus({ preventScroll: true });
const hoverSync = createHoverSync({
  pane,
  results: list,
  highlightMarkers: (ids, primary) => map.highlight(ids, primary),
  revealVendor: (vendor) => controller.revealVendor(vendor),
});
const map = createLateMap(
  async () => {
    const { createMap } = await import('./map/map.ts');
    return createMap(element('map'), t, {
      controls: mapControls,
      notes: mapNotes,
      events: {
        onMarkerHover: (id) => hoverSync.hoverMarker(id),
        onMarkerSelect(id) {
          controller.actions.selectBranch(id, 'map');
          hoverSync.revealMarker(id);
        },
        onBackgroundSelect: () => controller.actions.closeDetail(),
        onMove: (mapView, areaOffered) => controller.onMapMoved(mapView, areaOffered),
        onOriginMove: (origin) => controller.actions.measureFrom(origin, 'pin'),
      },
    });
  },
  () => controller.onMapFailed(),
);
/** A static site has no server that could fail. */
const hasServer = !window.localApi && OWN_ENGINE_URL !== '';
const loadOwnEngine = async (): Promise<typeof import('./local-api/own-engine.ts') | null> =>
  hasServer ? import(OWN_ENGINE_URL).catch(() => null) : null;
const covered = { list: 0, detail: 0 };
function coverMap(by: keyof typeof covered, pixels: number): void {
  covered[by] = pixels;
  const most = Math.max(covered.list, covered.detail);
  layout.style.setProperty('--covered', `${most}px`);
  // The map stays where it is when a marker opens the detail.
  map.setCoveredPixels(most, by === 'list');
}
const listSheet = createBottomSheet(
  { pane, grip, layout },
  {
    peekPixels: LIST_PEEK_PIXELS,
    onChange(stop, pixels) {
      grip.setAttribute('aria-label', `${t.sheetGrip}${t.separators.label}${t.sheet[stop]}`);
      coverMap('list', pixels);
    },
  },
);
const detailSheet = createBottomSheet(
  { pane: detailElement, grip: detailGrip, layout },
  {
    peekPixels: 0,
    onChange(stop, pixels) {
      detailGrip.setAttribute('aria-label', `${t.detailGrip}${t.separators.label}${t.sheet[stop]}`);
      coverMap('detail', pixels);
      if (stop === 'peek' && detailPane.isOpen()) controller.actions.closeDetail();
    },
  },
);
let isScrolled = false;
pane.addEventListener('scroll', () => {
  isScrolled = true;
});
const controlDialog = createControlDialog(dialog, () => {
  if (controller.state.control !== null) controller.actions.openControl(null);
});
const detailPane = createDetailPane(
  {
    detail: detailElement,
    layout,
    list: [pane, element('skip')],
    others: [topBar, chips, element('map')],
  },
  {
    sheet: detailSheet,
    listSheet,
    map: {
      select: (shown) =>
        map.select(shown && controller.state.filter && markerOf(shown, controller.state.filter, controller.t)),
      focusMarker: map.focusMarker,
    },
    focusRow: hoverSync.focusRow,
  },
);
// From anywhere on the page, unless the key has closed something else (the suggestions).
document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape' || event.defaultPrevented || !detailPane.isOpen()) return;
  event.preventDefault();
  controller.actions.closeDetail();
});
const controller = createController({
  api: createApiClient(
    window.earlyRequests ?? new Map(),
    () => navigator.onLine,
    async (url, signal) => (await loadOwnEngine())?.answerInstead(url, signal, controller.onServerChange) ?? null,
  ),
  t,
  language,
  textsOf: async ({ wording }) =>
    wording ? (await import('./i18n/city-texts.ts')).cityTexts(t, language, wording) : t,
  awaitsCity: wording !== undefined,
  touch: window.matchMedia('(pointer: coarse)').matches,
  view: {
    render() {
      const { urlState, meta, areaOffered, control } = controller.state;
      const { actions, t } = controller;
      const shown = shownPlace(controller.state);
      document.title = t.title(shown?.truck.name ?? urlState.search.q ?? '', meta?.city.name ?? null);
      // Closed before its content is gone, so that the browser returns the focus.
      if (control === null) controlDialog.show(null);
      const focused = document.activeElement;
      render(header(controller), topBar);
      render(chipBar(controller), chips);
      render(controlSheet(controller), dialog);
      if (control !== null) controlDialog.show(control);
      render(results(controller), list);
      render(footer(controller), bottomBar);
      if (shown) render(detail(controller, shown), detailBody);
      render(locationNotice(controller), notice);
      render(mapNote(controller), mapNotes);
      render(
        html`
          <button type="button" class="map-button is-area" ?hidden=${!areaOffered} @click=${actions.searchVisibleArea}>${t.searchHere}</button>
          <button type="button" class="map-button is-pin" title=${t.setPin} @click=${actions.setPin}>${pinIcon}<span>${t.pinButton}</span></button>
        `,
        mapControls,
      );
      hoverSync.reapply();
      // The focused element may be gone (a removed filter, a followed link, a hidden button): keep the focus in the list.
      if (focused && (!focused.isConnected || (focused as HTMLElement).hidden)) focusList();
    },
    showResults(shown, isNewAnswer) {
      const { lat, lon } = shown?.answer.query ?? {};
      map.setOrigin(lat != null && lon != null ? { lat, lon } : null);
      hoverSync.setVendors(shown?.trucks ?? []);
      map.showMarkers(markerData(shown, controller.t));
      if (!isNewAnswer) return;
      // Even setting it to what it is would lay out the new list twice.
      if (isScrolled) pane.scrollTop = 0;
      if (shown) map.fitResults();
      else map.fitCity();
    },
    showCity(meta) {
      map.drawCity(meta);
      if (!embed) loadCityMenu(topBar, meta.cities, t.cities);
    },
    showDetail: detailPane.show,
    focusList,
    isListAtTop: () => pane.scrollTop === 0 && window.scrollY === 0,
    releaseView: map.releaseView,
    setMapView: map.setView,
    holdVisibleBox: map.holdVisibleBox,
  },
});
listSheet.go('half');
listenForPrinting((printing) => {
  controller.setPrinting(printing);
  map.setPrinting(printing);
});
// Until here, it shows that the page is not complete.
list.replaceChildren();
void controller.start();

// Not in another site's frame. A browser that refuses (private windows do) only loses offline use.
if (WORKER_URL !== '' && !embed && 'serviceWorker' in navigator) {
  // Browsers offer to install a page that is visited again, so the first visit is spared this request.
  if (navigator.serviceWorker.controller) addLink('manifest', 'manifest.webmanifest');
  // A first visit does not pay for a search without a server.
  if (navigator.serviceWorker.controller) afterPaint(async () => (await loadOwnEngine())?.keepRelease());
  navigator.serviceWorker.register(WORKER_URL).catch(() => undefined);
  // Requests that were sent before the worker took over are repeated once they are answered, from the HTTP cache, so that it saves them.
  navigator.serviceWorker.addEventListener('controllerchange', () => {
    const takenOver = performance.now();
    new PerformanceObserver((list) => {
      const early = list.getEntries().filter((one) => one.startTime < takenOver && /\/(meta$|search\?)/.test(one.name));
      for (const { name } of early.slice(-9)) fetch(name, { cache: 'force-cache' }).catch(() => undefined);
    }).observe({ type: 'resource', buffered: true });
  });
}

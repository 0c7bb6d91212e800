import { html, render } from 'lit-html';
import { createApiClient } from './api/client.ts';
import { createController } from './app/controller.ts';
import { createPopupController } from './app/popup-controller.ts';
import { earlyRequests, language, translations } from './bootstrap.ts';
import { createMap } from './map/map.ts';
import { markerData } from './map/result-markers.ts';
import { createBottomSheet } from './view/bottom-sheet.ts';
import { chipBar } from './view/chip-bar.ts';
import { createControlDialog } from './view/control-dialog.ts';
import { controlSheet } from './view/control-sheet.ts';
import { footer } from './view/footer.ts';
import { header } from './view/header.ts';
import { createHoverSync } from './view/hover-sync.ts';
import { pinIcon } from './view/icons.ts';
import { locationNotice } from './view/location-notice.ts';
import { popup } from './view/popup.ts';
import { results } from './view/results.ts';

/** URL of the built service worker; empty in development, where nothing may be cached. */
declare const WORKER_URL: string;

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
const chips = element('chips');
const dialog = element('sheet') as HTMLDialogElement;
const mapControls = document.createElement('div');
mapControls.className = 'map-controls';
const notice = document.createElement('div');
notice.className = 'location';
layout.prepend(notice);

const t = await translations;
element('skip').textContent = t.skip;
chips.setAttribute('aria-label', t.filters);

const focusList = () => list.focus({ preventScroll: true });
const hoverSync = createHoverSync({
  pane,
  results: list,
  highlightMarkers: (ids, primary) => map.highlight(ids, primary),
  revealVendor: (vendor) => controller.revealVendor(vendor),
});
const map = createMap(element('map'), t, {
  controls: mapControls,
  events: {
    onMarkerHover: (id) => hoverSync.hoverMarker(id),
    onMarkerSelect(id) {
      controller.actions.selectBranch(id, 'map');
      hoverSync.revealMarker(id);
    },
    onPopupClose(id, returnFocus) {
      controller.onPopupClosed();
      popupController.onClosed(id, returnFocus);
    },
    onMove: (mapView, areaOffered) => controller.onMapMoved(mapView, areaOffered),
    onOriginMove: (origin) => controller.actions.measureFrom(origin, 'pin'),
  },
});
const sheet = createBottomSheet({ pane, grip, layout }, (stop, covered) => {
  grip.setAttribute('aria-label', `${t.sheetGrip}${t.separators.label}${t.sheet[stop]}`);
  map.setCoveredPixels(covered);
});
const controlDialog = createControlDialog(dialog, () => {
  if (controller.state.control !== null) controller.actions.openControl(null);
});
const popupController = createPopupController({
  renderContent: ({ truck, branch }, container) => render(popup(controller, truck, branch), container),
  map: { open: map.openPopup, focusMarker: map.focusMarker },
  sheet,
  focusRow: hoverSync.focusRow,
});
const controller = createController({
  api: createApiClient(earlyRequests, () => navigator.onLine),
  t,
  language,
  touch: window.matchMedia('(pointer: coarse)').matches,
  view: {
    render() {
      const { urlState, meta, areaOffered, control } = controller.state;
      const { actions } = controller;
      document.title = t.title(urlState.search.q ?? '', meta?.city.name ?? null);
      // Closed before its content is gone, so that the browser returns the focus.
      if (control === null) controlDialog.show(null);
      const focused = document.activeElement;
      render(header(controller), topBar);
      render(chipBar(controller), chips);
      render(controlSheet(controller), dialog);
      if (control !== null) controlDialog.show(control);
      render(results(controller), list);
      render(footer(controller), bottomBar);
      render(locationNotice(controller), notice);
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
      map.showMarkers(markerData(shown, t));
      if (!isNewAnswer) return;
      pane.scrollTop = 0;
      if (shown) map.fitResults();
      else map.fitCity();
    },
    showCity: map.drawCity,
    openPopup: popupController.open,
    closePopup() {
      if (document.activeElement?.closest('.card')) focusList();
      map.closePopup();
    },
    focusList,
    dismissPopup: map.dismissPopup,
    releaseView: map.releaseView,
    setMapView: map.setView,
    holdVisibleBox: map.holdVisibleBox,
  },
});
sheet.go('half');
// Until here, it shows that the page is not complete.
list.replaceChildren();
controller.start();

// Not in another site's frame. A browser that refuses (private windows do) only loses offline use.
if (WORKER_URL !== '' && !controller.state.urlState.embed && 'serviceWorker' in navigator) {
  navigator.serviceWorker.register(WORKER_URL).catch(() => undefined);
  // Answers that came before the worker took over are asked for once more, so that it saves them.
  navigator.serviceWorker.addEventListener('controllerchange', () => {
    const answers = performance.getEntriesByType('resource').filter(({ name }) => /\/(meta$|search\?)/.test(name));
    for (const { name } of answers.slice(-9)) fetch(name).catch(() => undefined);
  });
}

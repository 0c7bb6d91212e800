import { html, render } from 'lit-html';
import { createApiClient } from './api/client.ts';
import type { MapResults } from './app/app-state.ts';
import { createController } from './app/controller.ts';
import { early, language, words } from './bootstrap.ts';
import { keepOffline } from './device/offline.ts';
import { createMap } from './map/map.ts';
import { markerData } from './map/marker-data.ts';
import { createBottomSheet, type Stop } from './view/bottom-sheet.ts';
import { footer } from './view/footer.ts';
import { header } from './view/header.ts';
import { createHoverSync } from './view/hover-sync.ts';
import { pinIcon } from './view/icons.ts';
import { popup as popupContent } from './view/popup.ts';
import { results as resultsContent } from './view/results.ts';

const at = (id: string): HTMLElement => {
  const element = document.getElementById(id);
  if (!element) throw new Error(`index.html has no #${id}`);
  return element;
};
const [topBox, room, pane, grip, results, footBox, mapBox, skip] = [
  'top',
  'room',
  'pane',
  'grip',
  'results',
  'foot',
  'map',
  'skip',
].map(at) as [HTMLElement, HTMLElement, HTMLElement, HTMLElement, HTMLElement, HTMLElement, HTMLElement, HTMLElement];
const text = await words;
skip.textContent = text.skip;
results.replaceChildren();

const popup = document.createElement('div');
popup.className = 'card';
popup.setAttribute('role', 'dialog');
popup.setAttribute('aria-labelledby', 'card-name');
const controls = document.createElement('div');
controls.className = 'map-controls';
let openedFrom: 'list' | 'map' | 'link' = 'link';
/** Where the list stood before a popup needed the room. */
let stopBefore: Stop | null = null;

const light = createHoverSync({
  pane,
  results,
  toMap: (ids, key) => map.light(ids, key),
  reveal: (vendor) => session.reveal(vendor),
});
const map = createMap(mapBox, text, {
  controls,
  events: {
    onPoint: (id) => light.fromMap(id),
    onPick: (id) => session.actions.pick(id, 'map'),
    onClose(id, back) {
      session.closed();
      if (stopBefore) sheet.go(stopBefore);
      stopBefore = null;
      if (!back) return;
      if (openedFrom === 'list' && light.focusRow(id)) return;
      map.focusPin(id);
    },
    onMoved: (look, areaOffered) => session.moved(look, areaOffered),
    onPin: (place) => session.actions.measureFrom(place, 'pin'),
  },
});
const session = createController({
  api: createApiClient(early, () => navigator.onLine),
  text,
  language,
  touch: window.matchMedia('(pointer: coarse)').matches,
  stage: {
    paint() {
      const { urlState, meta } = session.state;
      document.title = text.title(urlState.search.q ?? '', meta?.city.name ?? null);
      const focused = document.activeElement;
      render(header(session), topBox);
      render(resultsContent(session), results);
      render(footer(session), footBox);
      render(mapControls(), controls);
      light.renew();
      // What had the focus may be gone, a filter's cross or a link that was followed: the focus stays in the list.
      if (focused && focused !== document.activeElement && !focused.isConnected) results.focus({ preventScroll: true });
    },
    show(shown: MapResults | null, fresh) {
      const { lat, lon } = shown?.answer.query ?? {};
      map.setOrigin(lat != null && lon != null ? { lat, lon } : null);
      light.learn(shown?.trucks ?? []);
      map.show(markerData(shown, text));
      if (!fresh) return;
      pane.scrollTop = 0;
      if (shown) map.frame();
      else map.home();
    },
    cityKnown: (meta) => map.drawCity(meta),
    open({ truck, branch }, from) {
      openedFrom = from;
      render(popupContent(session, truck, branch), popup);
      if (popup.isConnected && popup.dataset.branch === branch.id) return;
      popup.dataset.branch = branch.id;
      if (sheet.stop() !== 'peek') {
        stopBefore ??= sheet.stop();
        sheet.go('peek');
      }
      map.open(branch.id, popup);
      if (from !== 'link') popup.querySelector<HTMLElement>('h3')?.focus({ preventScroll: true });
    },
    close: () => map.close(),
    dismiss: () => map.dismiss(),
    letGo: () => map.letGo(),
    lookAt: (look) => map.lookAt(look),
    seenBox: () => map.takeBox(),
  },
});
const sheet = createBottomSheet({ pane, grip, room }, (stop, covered) => {
  grip.setAttribute('aria-label', `${text.sheetGrip}: ${text.sheet[stop]}`);
  map.cover(covered);
});
sheet.go('half');

function mapControls() {
  const { areaOffered } = session.state;
  return html`
    <button type="button" class="map-button is-area" ?hidden=${!areaOffered} @click=${session.actions.searchHere}>${text.searchHere}</button>
    <button type="button" class="map-button is-pin" title=${text.setPin} @click=${() => {
      const [west = 0, south = 0, east = 0, north = 0] = map.takeBox().split(',').map(Number);
      session.actions.measureFrom({ lat: (south + north) / 2, lon: (west + east) / 2 }, 'pin');
    }}>${pinIcon}<span>${text.pinButton}</span></button>
  `;
}

session.start();
keepOffline(session.state.urlState.embed);

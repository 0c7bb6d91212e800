import {
  DivIcon,
  DomEvent,
  type FitBoundsOptions,
  LatLngBounds,
  Map as LeafletMap,
  Marker,
  type PanOptions,
  type PointExpression,
  Polygon,
  Popup,
} from 'leaflet';
import type { LatLon } from '../functions/model/geo.ts';
import { credit } from './credit.ts';
import { popupOffset, type Spot } from './pin.ts';
import { createPins } from './pins.ts';
import type { Text } from './text.ts';
import { addTiles } from './tiles.ts';
import type { MetaAnswer } from './wire.ts';

export type MapEvents = {
  /** The pointer or the focus came to a marker (its spot's id), or left it (`null`). */
  readonly onPoint: (id: string | null) => void;
  /** A marker was pressed. */
  readonly onPick: (id: string) => void;
  /** The person closed the popup of this spot; `back`: with a key or its button, so that the focus must return. */
  readonly onClose: (id: string, back: boolean) => void;
};

/** The map: what it can be told. It knows spots, not vendors. */
export type CityMap = {
  /** Draws the city's outline and its base layer; looks at the city unless there are spots. */
  drawCity(meta: Pick<MetaAnswer, 'city' | 'outline' | 'tiles' | 'attribution' | 'meta'>): void;
  /** The spots of an answer; those that were there stay as they are. */
  show(spots: readonly Spot[]): void;
  /** Moves to the spots, unless the person moved the map to where some of them are. */
  frame(): void;
  /** Moves to the whole city, unless the person moved the map. */
  home(): void;
  /** Marks markers, and one of them above the others. */
  light(ids: readonly string[], key: string | null): void;
  /** Opens a spot's popup and moves the focus into it. False: there is no such spot. */
  open(id: string, content: HTMLElement): boolean;
  /** Closes the popup as the person would. */
  dismiss(): void;
  /** Closes the popup without a word. */
  close(): void;
  focusPin(id: string): void;
  setOrigin(origin: LatLon | null): void;
};

/** Deepest zoom that the page chooses by itself: a few street corners wide. */
const CLOSE_ZOOM = 16;
const MAX_ZOOM = 19;

export function createMap(container: HTMLElement, text: Text, events: MapEvents): CityMap {
  const still = window.matchMedia('(prefers-reduced-motion: reduce)').matches;
  const map = new (still ? StillMap : LeafletMap)(container, {
    attributionControl: false,
    minZoom: 3,
    maxZoom: MAX_ZOOM,
    zoomSnap: 0.5,
    zoomAnimation: !still,
    fadeAnimation: !still,
    markerZoomAnimation: !still,
    inertia: !still,
    closePopupOnClick: true,
  }).setView([0, 0], 3);
  map.zoomControl.setPosition('bottomright');
  for (const [selector, label] of [
    ['.leaflet-control-zoom-in', text.zoomIn],
    ['.leaflet-control-zoom-out', text.zoomOut],
  ] as const) {
    const button = container.querySelector(selector);
    button?.setAttribute('aria-label', label);
    button?.setAttribute('title', label);
  }
  // Below the tiles (200), so that it shows where they do not.
  map.createPane('outline').classList.add('outline-pane');
  const credits = credit(text).addTo(map);

  const pins = createPins(map, events.onPick);
  let opened: { id: string; popup: Popup } | null = null;
  let back = false;
  let movedByPerson = false;
  let outline: Polygon[] = [];
  let whole: LatLngBounds | null = null;
  let dropTiles: () => void = () => undefined;
  let originMarker: Marker | null = null;
  /** Where the page looks by itself; a pane of another size shows the same, better fitted. */
  let framed: (() => void) | null = null;

  const person = () => {
    movedByPerson = true;
    framed = null;
  };
  new ResizeObserver(() => {
    map.invalidateSize({ pan: framed === null, animate: false });
    framed?.();
  }).observe(container);
  map.on('dragstart', person);
  for (const name of ['wheel', 'dblclick', 'touchmove'] as const)
    container.addEventListener(name, person, { passive: true });
  container.addEventListener('keydown', (event) => {
    if (event.key.startsWith('Arrow') || ['+', '-', '='].includes(event.key)) person();
  });
  container.querySelector('.leaflet-control-zoom')?.addEventListener('click', person);

  const spotOf = (target: EventTarget | null) =>
    target instanceof Element ? target.closest('[data-spot]')?.getAttribute('data-spot') : undefined;
  for (const name of ['mouseover', 'focusin'] as const)
    container.addEventListener(name, (event) => {
      const id = spotOf(event.target);
      if (id) events.onPoint(id);
    });
  for (const name of ['mouseout', 'focusout'] as const)
    container.addEventListener(name, (event) => {
      if (spotOf(event.target)) events.onPoint(null);
    });
  container.addEventListener('keydown', (event) => {
    const id = spotOf(event.target);
    if (event.key === 'Escape' && opened) {
      event.stopPropagation();
      dismiss();
    } else if (id && (event.key === 'Enter' || event.key === ' ')) {
      event.preventDefault();
      events.onPick(id);
    }
  });

  /** At once: a popup that opens during a glide would be panned to where it no longer is. */
  function look(bounds: LatLngBounds, options: FitBoundsOptions): void {
    movedByPerson = false;
    framed = () => map.fitBounds(bounds, { ...options, animate: false });
    framed();
  }

  function home(): void {
    if (whole && !movedByPerson) look(whole, { padding: [10, 18] });
  }

  function dismiss(): void {
    back = true;
    opened?.popup.close();
    back = false;
  }

  function close(): void {
    const closing = opened;
    opened = null;
    if (!closing) return;
    pins.mark(closing.id, false);
    closing.popup.close();
  }

  map.on('popupclose', ({ popup }) => {
    if (!opened || opened.popup !== popup) return;
    const { id } = opened;
    opened = null;
    pins.mark(id, false);
    events.onClose(id, back);
  });

  return {
    drawCity({ city, outline: rings, tiles, attribution, meta }) {
      for (const polygon of outline) polygon.remove();
      outline = rings.map((ring) =>
        new Polygon(
          ring.map(([lon, lat]) => [lat, lon] as [number, number]),
          { pane: 'outline', className: 'outline', interactive: false, smoothFactor: 0.5 },
        ).addTo(map),
      );
      container.setAttribute('aria-label', text.map(city.name));
      dropTiles();
      credits.data(meta.origin === 'sample' ? null : attribution);
      credits.tiles(null);
      dropTiles = tiles ? addTiles(map, tiles, (shown) => credits.tiles(shown ? tiles : null)) : () => undefined;
      const { south, west, north, east } = city.bounds;
      const drawn = outline.reduce((all, polygon) => all.extend(polygon.getBounds()), new LatLngBounds([]));
      whole = drawn.isValid() ? drawn : new LatLngBounds([south, west], [north, east]);
      if (!pins.bounds().isValid()) home();
    },
    show: pins.show,
    light: pins.light,
    home,
    frame() {
      const bounds = pins.bounds();
      if (!bounds.isValid() || (movedByPerson && pins.anyWithin(map.getBounds()))) return;
      if (originMarker) bounds.extend(originMarker.getLatLng());
      look(bounds, { paddingTopLeft: [28, 60], paddingBottomRight: [28, 28], maxZoom: CLOSE_ZOOM });
    },
    open(id, content) {
      const found = pins.get(id);
      if (!found) return false;
      const { spot, pose } = found;
      const size = map.getSize();
      const popup = new Popup({
        offset: popupOffset(pose),
        maxWidth: Math.min(320, size.x - 48),
        minWidth: Math.min(260, size.x - 48),
        maxHeight: Math.max(140, size.y - 96),
        autoPan: true,
        autoPanPaddingTopLeft: [10, 22],
        autoPanPaddingBottomRight: [10, 34],
        closeButton: false,
        closeOnEscapeKey: false,
        className: 'place',
      })
        .setLatLng([spot.lat, spot.lon])
        .setContent(content);
      if (!map.getBounds().contains([spot.lat, spot.lon])) {
        map.setView([spot.lat, spot.lon], Math.max(map.getZoom(), CLOSE_ZOOM - 1), { animate: false });
      }
      close();
      opened = { id, popup };
      framed = null;
      pins.mark(id, true);
      popup.openOn(map);
      DomEvent.disableScrollPropagation(content);
      return true;
    },
    dismiss,
    close,
    focusPin(id) {
      pins.get(id)?.marker.getElement()?.focus({ preventScroll: true });
    },
    setOrigin(origin) {
      originMarker?.remove();
      originMarker = null;
      if (!origin) return;
      originMarker = new Marker([origin.lat, origin.lon], {
        icon: new DivIcon({ className: 'origin', iconSize: [22, 22] }),
        interactive: false,
        keyboard: false,
        title: text.originMarker,
      }).addTo(map);
    },
  };
}

/** Never glides: Leaflet's popups pan without asking. */
class StillMap extends LeafletMap {
  override panBy(offset: PointExpression, options: PanOptions = {}): this {
    return super.panBy(offset, { ...options, animate: false });
  }
}

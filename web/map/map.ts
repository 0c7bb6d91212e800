import {
  Control,
  DomEvent,
  type FitBoundsOptions,
  LatLngBounds,
  Map as LeafletMap,
  type PanOptions,
  type PointExpression,
  Polygon,
  Popup,
} from 'leaflet';
import type { LatLon } from '../../functions/model/geo.ts';
import type { MetaAnswer } from '../api/types.ts';
import type { MapView } from '../app/url-state.ts';
import type { Translations } from '../i18n/translations.ts';
import { createAttribution } from './attribution.ts';
import { addBaseLayer } from './base-layer.ts';
import { type MarkerData, popupOffset } from './marker.ts';
import { createMarkers } from './markers.ts';
import { createOriginMarker } from './origin-marker.ts';
import { afterMove, type MapStep, mayFrame, OWNED_BY_PAGE } from './view-ownership.ts';

// Over 250 lines because everything here moves the one map, and moves must not fight each other.

export type MapEvents = {
  /** The pointer or the focus came to a marker (its spot's id), or left it (`null`). */
  readonly onPoint: (id: string | null) => void;
  /** A marker was pressed. */
  readonly onPick: (id: string) => void;
  /** The person closed the popup of this spot; `back`: with a key or its button, so that the focus must return. */
  readonly onClose: (id: string, back: boolean) => void;
  /** The map came to rest: where a person moved it to (`null`: where the page did), and whether "search this area" is offered. */
  readonly onMoved: (look: MapView | null, areaOffered: boolean) => void;
  /** The person put the pin that distances are measured from. */
  readonly onPin: (at: LatLon) => void;
};

/** The map: what it can be told. It knows spots, not vendors. */
export type CityMap = {
  /** Draws the city's outline and its base layer; looks at the city unless there are spots. */
  drawCity(meta: Pick<MetaAnswer, 'city' | 'outline' | 'tiles' | 'attribution' | 'meta'>): void;
  /** The spots of an answer; those that were there stay as they are. */
  show(spots: readonly MarkerData[]): void;
  /** Moves to the spots, unless the person moved the map to where some of them are. */
  frame(): void;
  /** Moves to the whole city, unless the person moved the map. */
  home(): void;
  /** Looks where a link or the history says, as if the person had moved there. */
  lookAt(look: MapView): void;
  /** Whatever the person did with the map, the page may choose again. */
  letGo(): void;
  /** What is seen, as `west,south,east,north`; the map stays there. */
  takeBox(): string;
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
  /** So many pixels at the map's lower edge are covered by the list. */
  cover(bottom: number): void;
};

/** Deepest zoom that the page chooses by itself: a few street corners wide. */
const CLOSE_ZOOM = 16;
const MAX_ZOOM = 19;
/** With a place to measure from, the nearest so many spots are brought into view. */
const NEAREST = 8;

export function createMap(
  container: HTMLElement,
  text: Translations,
  { events, controls }: { events: MapEvents; controls: HTMLElement },
): CityMap {
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
  new (class extends Control {
    override onAdd = () => controls;
  })({ position: 'topright' }).addTo(map);
  DomEvent.disableClickPropagation(controls);
  // Below the tiles (200), so that it shows where they do not.
  map.createPane('outline').classList.add('outline-pane');
  const credits = createAttribution(text).addTo(map);

  const pins = createMarkers(map, { onPick: events.onPick, onCluster: comeCloser, clusterLabel: text.cluster });
  const origin = createOriginMarker(map, text.pin, (at) => {
    // Whoever placed the pin looks at it: the page does not move away.
    step('searched-here');
    events.onPin(at);
  });
  let opened: { id: string; popup: Popup } | null = null;
  let back = false;
  let hold = OWNED_BY_PAGE;
  /** A person's hand, wheel or key is moving the map. */
  let gesture = false;
  let covered = 0;
  let outline: Polygon[] = [];
  let whole: LatLngBounds | null = null;
  let shown: readonly MarkerData[] | null = null;
  let dropTiles: () => void = () => undefined;
  /** Where the page looks by itself; a pane of another size shows the same, better fitted. */
  let framed: (() => void) | null = null;

  function step(name: MapStep): void {
    hold = afterMove(hold, name, shown !== null);
    const { lat, lng } = map.getCenter();
    const look = hold.movedBy === 'person' ? { lat: round(lat), lon: round(lng), zoom: map.getZoom() } : null;
    events.onMoved(look, hold.offer);
  }
  const person = () => {
    gesture = true;
    framed = null;
  };
  new ResizeObserver(() => {
    map.invalidateSize({ pan: framed === null, animate: false });
    framed?.();
  }).observe(container);
  map.on('dragstart', person);
  map.on('moveend', () => {
    if (gesture) step('person-moved');
    gesture = false;
  });
  for (const name of ['wheel', 'dblclick'] as const) container.addEventListener(name, person, { passive: true });
  container.addEventListener(
    'touchmove',
    (event) => {
      if (event.touches.length > 1) person();
    },
    { passive: true },
  );
  container.addEventListener(
    'keydown',
    (event) => {
      if (event.target === container && (event.key.startsWith('Arrow') || ['+', '-', '='].includes(event.key)))
        person();
    },
    { capture: true },
  );
  container.querySelector('.leaflet-control-zoom')?.addEventListener('click', person, { capture: true });

  const idOf = (target: EventTarget | null) => {
    const on = target instanceof Element ? target.closest('[data-spot], [data-cluster]') : null;
    return on?.getAttribute('data-spot') ?? on?.getAttribute('data-cluster');
  };
  for (const name of ['mouseover', 'focusin'] as const)
    container.addEventListener(name, (event) => {
      const id = idOf(event.target);
      if (id) events.onPoint(id);
    });
  for (const name of ['mouseout', 'focusout'] as const)
    container.addEventListener(name, (event) => {
      if (idOf(event.target)) events.onPoint(null);
    });
  container.addEventListener('keydown', (event) => {
    const on = event.target instanceof Element ? event.target : null;
    const spot = on?.getAttribute('data-spot');
    const cluster = on?.getAttribute('data-cluster');
    if (event.key === 'Escape' && opened) {
      event.stopPropagation();
      dismiss();
    } else if (event.key === 'Enter' || event.key === ' ') {
      if (!spot && !cluster) return;
      event.preventDefault();
      if (spot) events.onPick(spot);
      else if (cluster) comeCloser(pins.membersOf(cluster));
    }
  });

  /** Shows what a cluster stands for, and leads the focus there. */
  function comeCloser(spots: readonly MarkerData[]): void {
    const [first] = spots;
    if (!first) return;
    person();
    const bounds = new LatLngBounds(spots.map(({ lat, lon }) => [lat, lon] as [number, number]));
    const fits = map.getBoundsZoom(bounds.pad(0.15));
    const zoom = Math.min(Math.max(fits, map.getZoom() + 1), CLOSE_ZOOM + 1);
    map.setView(centerOf(bounds.getCenter(), zoom), zoom, { animate: false });
    pins.focus(first.id);
  }

  /** The middle to look at so that a place stands in the middle of what the list does not cover. */
  function centerOf(place: { lat: number; lng: number }, zoom: number) {
    return map.unproject(map.project(place, zoom).add([0, covered / 2]), zoom);
  }

  /** At once: a popup that opens during a glide would be panned to where it no longer is. */
  function look(
    bounds: LatLngBounds,
    { padding, maxZoom }: { padding: [top: number, sides: number]; maxZoom?: number },
  ): void {
    framed = () => {
      const options: FitBoundsOptions = {
        paddingTopLeft: [padding[1], padding[0]],
        paddingBottomRight: [padding[1], padding[1] + covered],
        animate: false,
        ...(maxZoom === undefined ? {} : { maxZoom }),
      };
      gesture = false;
      map.fitBounds(bounds, options);
    };
    framed();
    step('program-moved');
  }

  function home(): void {
    if (whole && mayFrame(hold, true)) look(whole, { padding: [10, 18] });
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
      dropTiles = tiles ? addBaseLayer(map, tiles, (on) => credits.tiles(on ? tiles : null)) : () => undefined;
      const { south, west, north, east } = city.bounds;
      const drawn = outline.reduce((all, polygon) => all.extend(polygon.getBounds()), new LatLngBounds([]));
      whole = drawn.isValid() ? drawn : new LatLngBounds([south, west], [north, east]);
      if (!shown || shown.length === 0) home();
    },
    show(spots) {
      shown = spots;
      pins.show(spots);
    },
    light: pins.light,
    home() {
      shown = null;
      home();
    },
    frame() {
      const at = origin.get();
      const bounds = pins.bounds(at ? NEAREST : undefined);
      if (!bounds.isValid() || !mayFrame(hold, pins.anyWithin(map.getBounds()))) return;
      if (at) bounds.extend([at.lat, at.lon]);
      look(bounds, { padding: [60, 28], maxZoom: CLOSE_ZOOM });
    },
    lookAt({ lat, lon, zoom }) {
      framed = null;
      gesture = false;
      map.setView([lat, lon], zoom, { animate: false });
      step('searched-here');
    },
    letGo: () => step('let-go'),
    takeBox() {
      const box = seen();
      step('searched-here');
      return box;
    },
    open(id, content) {
      close();
      opened = null;
      pins.mark(id, true);
      const found = pins.get(id);
      if (!found) {
        pins.mark(id, false);
        return false;
      }
      const { spot, pose } = found;
      const size = map.getSize();
      const popup = new Popup({
        offset: popupOffset(pose),
        maxWidth: Math.min(340, size.x - 32),
        minWidth: Math.min(280, size.x - 32),
        maxHeight: Math.max(140, size.y - covered - 96),
        autoPan: true,
        autoPanPaddingTopLeft: [10, 22],
        autoPanPaddingBottomRight: [10, 34 + covered],
        closeButton: false,
        closeOnEscapeKey: false,
        className: 'place',
      })
        .setLatLng([spot.lat, spot.lon])
        .setContent(content);
      if (!map.getBounds().contains([spot.lat, spot.lon])) {
        const zoom = Math.max(map.getZoom(), CLOSE_ZOOM - 1);
        map.setView(centerOf({ lat: spot.lat, lng: spot.lon }, zoom), zoom, { animate: false });
      }
      opened = { id, popup };
      framed = null;
      popup.openOn(map);
      DomEvent.disableScrollPropagation(content);
      return true;
    },
    dismiss,
    close,
    focusPin: pins.focus,
    setOrigin: origin.set,
    cover(bottom) {
      covered = bottom;
      framed?.();
    },
  };

  function seen(): string {
    const { x, y } = map.getSize();
    const [northWest, southEast] = [map.containerPointToLatLng([0, 0]), map.containerPointToLatLng([x, y - covered])];
    return [northWest.lng, southEast.lat, southEast.lng, northWest.lat].map((one) => one.toFixed(5)).join();
  }
}

function round(degrees: number): number {
  return Math.round(degrees * 1e4) / 1e4;
}

/** Never glides: Leaflet's popups pan without asking. */
class StillMap extends LeafletMap {
  override panBy(offset: PointExpression, options: PanOptions = {}): this {
    return super.panBy(offset, { ...options, animate: false });
  }
}

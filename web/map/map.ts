import {
  Control,
  type ControlPosition,
  DomEvent,
  LatLngBounds,
  Map as LeafletMap,
  type PanOptions,
  type PointExpression,
  Polygon,
} from 'leaflet';
import type { LatLon } from '../../functions/model/geo.ts';
import type { MetaAnswer } from '../api/types.ts';
import type { MapView } from '../app/url-state.ts';
import type { Translations } from '../i18n/translations.ts';
import { AttributionControl } from './attribution.ts';
import { addBaseLayer } from './base-layer.ts';
import { CLOSE_ZOOM, createMapFraming } from './map-framing.ts';
import { listenForGestures, listenToMarkers } from './map-input.ts';
import { clusterLabel, type MarkerData } from './marker-data.ts';
import { createMarkers } from './markers.ts';
import { createOriginMarker } from './origin-marker.ts';

export type MapEvents = {
  /** The pointer or the focus is on a marker (its branch's id), or has left it (`null`). */
  readonly onMarkerHover: (id: string | null) => void;
  readonly onMarkerSelect: (id: string) => void;
  /** The user pressed the map itself, not a marker. */
  readonly onBackgroundSelect: () => void;
  /** The map has moved: to a view of the user's (`null`: of the page's), with "Search this area" offered or not. */
  readonly onMove: (view: MapView | null, areaOffered: boolean) => void;
  /** The user moved the search origin. */
  readonly onOriginMove: (origin: LatLon) => void;
};

/** What the page can tell the map. The map knows branches as markers and nothing of vendors. */
export type CityMap = {
  /** Draws the city's outline and base layer, and shows the whole city unless there are markers. */
  drawCity(meta: Pick<MetaAnswer, 'city' | 'outline' | 'outline_is_hull' | 'tiles' | 'attribution' | 'meta'>): void;
  /** Shows the markers of the results; unchanged ones keep the focus. */
  showMarkers(data: readonly MarkerData[]): void;
  /** Fits the results, unless the user moved the map to where some of them are in view. */
  fitResults(): void;
  /** Fits the whole city, unless the user moved the map. */
  fitCity(): void;
  /** Shows a view from a link or the history, as if the user had moved there. */
  setView(view: MapView): void;
  /** The page may choose the view again, even if the user moved the map. */
  releaseView(): void;
  /** The visible part of the map, as `west,south,east,north`. The view stays there. */
  holdVisibleBox(): string;
  /** Highlights markers, and `primary` more than the others. */
  highlight(ids: readonly string[], primary: string | null): void;
  /** Marks the branch in the detail and brings it into view; `null`: no detail is open. */
  select(branch: MarkerData | null): void;
  focusMarker(id: string): void;
  setOrigin(origin: LatLon | null): void;
  /** Shows the same view in the size of a printed page, or on the screen again. */
  setPrinting(printing: boolean): void;
  /** Pixels at the map's lower edge that a sheet covers; `refit`: what was fitted is fitted again, above the sheet. */
  setCoveredPixels(pixels: number, refit: boolean): void;
};

const MAX_ZOOM = 19;
/** With a search origin, this number of the nearest markers is brought into view. */
const NEAREST = 8;

export function createMap(
  container: HTMLElement,
  t: Translations,
  { events, controls, notes }: { events: MapEvents; controls: HTMLElement; notes: HTMLElement },
): CityMap {
  const map = createLeafletMap(container, t);
  addControl(map, controls, 'topright');
  addControl(map, notes, 'topleft');
  const attribution = new AttributionControl(t).addTo(map);
  /** `null` without an answer. */
  let results: readonly MarkerData[] | null = null;
  let outline: Polygon[] = [];
  let cityBounds: LatLngBounds | null = null;
  let removeBaseLayer: () => void = () => undefined;

  const markers = createMarkers(map, {
    onSelect: events.onMarkerSelect,
    onClusterSelect: openCluster,
    clusterLabel: (members) => clusterLabel(members, t),
  });
  const framing = createMapFraming(map, container, { hasResults: () => results !== null, onMove: events.onMove });
  const origin = createOriginMarker(map, t.pin, (at) => {
    framing.hold();
    events.onOriginMove(at);
  });
  map.on('click', events.onBackgroundSelect);
  listenForGestures(map, container, framing.startGesture);
  listenToMarkers(container, {
    onHover: events.onMarkerHover,
    onSelect: events.onMarkerSelect,
    onClusterSelect: (id) => openCluster(markers.membersOf(id)),
  });

  /** Zooms in until the members of a cluster come apart, and moves the focus to the first. */
  function openCluster(members: readonly MarkerData[]): void {
    const [first] = members;
    if (!first) return;
    framing.zoomInOn(new LatLngBounds(members.map(({ lat, lon }) => [lat, lon] as [number, number])));
    markers.focus(first.id);
  }

  function fitCity(): void {
    if (cityBounds && framing.mayFit(true)) framing.fit(cityBounds, { padding: [10, 18] });
  }

  return {
    drawCity({ city, outline: rings, outline_is_hull, tiles, attribution: dataAttribution, meta }) {
      for (const polygon of outline) polygon.remove();
      outline = rings.map((ring) =>
        new Polygon(
          ring.map(([lon, lat]) => [lat, lon] as [number, number]),
          { pane: 'outline', className: 'outline', interactive: false, smoothFactor: 0.5 },
        ).addTo(map),
      );
      container.setAttribute('aria-label', t.map(city.name));
      removeBaseLayer();
      attribution.setHull(outline_is_hull);
      attribution.setData(meta.origin === 'sample' ? null : dataAttribution);
      attribution.setTiles(null);
      removeBaseLayer = tiles
        ? addBaseLayer(map, tiles, (shown) => attribution.setTiles(shown ? tiles : null))
        : () => undefined;
      const { south, west, north, east } = city.bounds;
      const drawn = outline.reduce((all, polygon) => all.extend(polygon.getBounds()), new LatLngBounds([]));
      cityBounds = drawn.isValid() ? drawn : new LatLngBounds([south, west], [north, east]);
      if (!results || results.length === 0) fitCity();
    },
    showMarkers(data) {
      results = data;
      markers.show(data);
    },
    fitResults() {
      const at = origin.get();
      const bounds = markers.bounds(at ? NEAREST : undefined);
      if (!bounds.isValid() || !framing.mayFit(markers.anyWithin(map.getBounds()))) return;
      if (at) bounds.extend([at.lat, at.lon]);
      // A market may be smaller than the screen at that zoom.
      const cityZoom = cityBounds ? map.getBoundsZoom(cityBounds) : 0;
      framing.fit(bounds, { padding: [60, 28], maxZoom: Math.max(CLOSE_ZOOM, cityZoom) });
    },
    fitCity() {
      results = null;
      fitCity();
    },
    setView: framing.setView,
    releaseView: framing.release,
    holdVisibleBox() {
      const box = framing.visibleBox();
      framing.hold();
      return box;
    },
    highlight: markers.highlight,
    select(branch) {
      markers.setSelected(branch);
      if (branch) framing.bringIntoView([branch.lat, branch.lon]);
    },
    focusMarker: markers.focus,
    setOrigin(at) {
      origin.set(at);
      markers.setOrigin(at);
    },
    setPrinting: framing.setPrinting,
    setCoveredPixels: framing.setCoveredPixels,
  };
}

/** A Leaflet map with translated zoom buttons and a pane for the outline. */
function createLeafletMap(container: HTMLElement, t: Translations): LeafletMap {
  const animated = !window.matchMedia('(prefers-reduced-motion: reduce)').matches;
  const map = new (animated ? LeafletMap : UnanimatedMap)(container, {
    attributionControl: false,
    minZoom: 3,
    maxZoom: MAX_ZOOM,
    zoomSnap: 0.5,
    zoomAnimation: animated,
    fadeAnimation: animated,
    markerZoomAnimation: animated,
    inertia: animated,
  }).setView([0, 0], 3);
  map.zoomControl.setPosition('bottomright');
  for (const [selector, label] of [
    ['.leaflet-control-zoom-in', t.zoomIn],
    ['.leaflet-control-zoom-out', t.zoomOut],
  ] as const) {
    const button = container.querySelector(selector);
    button?.setAttribute('aria-label', label);
    button?.setAttribute('title', label);
  }
  // Under the tiles (z-index 200), so that the outline shows where there are none.
  map.createPane('outline').classList.add('outline-pane');
  return map;
}

/** Adds an element of the page to a corner of the map. */
function addControl(map: LeafletMap, element: HTMLElement, position: ControlPosition): void {
  new (class extends Control {
    override onAdd = () => element;
  })({ position }).addTo(map);
  DomEvent.disableClickPropagation(element);
}

/** Keys, and a marker that gets the focus, pan the map with an animation that no option of the map turns off. */
class UnanimatedMap extends LeafletMap {
  override panBy(offset: PointExpression, options: PanOptions = {}): this {
    return super.panBy(offset, { ...options, animate: false });
  }
}

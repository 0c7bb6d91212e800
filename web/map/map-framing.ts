import { type LatLng, LatLngBounds, type LatLngExpression, type LatLngTuple, type Map as LeafletMap } from 'leaflet';
import type { MapView } from '../app/url-state.ts';
import { mayFit, nextOwnership, OWNED_BY_PAGE, type ViewChange } from './view-ownership.ts';

/** Deepest zoom that the page chooses by itself: a few intersections wide. */
export const CLOSE_ZOOM = 16;
/** A marker's tip this close to an edge is out of view, pixels; twice as close to the upper edge, because its head is above it. */
const EDGE = 24;

/** The part of the map that is in view: who may move it, and how it fits into what the list leaves uncovered. */
export type MapFraming = {
  /** The user starts to move the map. */
  startGesture(): void;
  /** Whether the page may move the map; `someInView`: some of the results are in view. */
  mayFit(someInView: boolean): boolean;
  /** Shows these bounds, and again whenever the map's size changes. Padding in pixels. */
  fit(bounds: LatLngBounds, options: { padding: [top: number, sides: number]; maxZoom?: number }): void;
  /** Shows a view from a link or the history in the uncovered part of the map. It counts as the user's own. */
  setView(view: MapView): void;
  /** Zooms in on these bounds for the user, who selected their cluster. */
  zoomInOn(bounds: LatLngBounds): void;
  /** Moves the map to a point that is outside the uncovered part. */
  bringIntoView(point: LatLngTuple): void;
  /** The view stays where it is: the user chose it. */
  hold(): void;
  /** The page may choose the view again. */
  release(): void;
  /** The uncovered part of the map, as `west,south,east,north`. */
  visibleBox(): string;
  /** Fits the uncovered part of the map into the size of a printed page, or restores the view of the screen. */
  setPrinting(printing: boolean): void;
  /** Pixels at the map's lower edge that a sheet covers; `refit`: the last fit is repeated above it. */
  setCoveredPixels(pixels: number, refit: boolean): void;
};

/**
 * @param hasResults whether there are results that an area could filter
 * @param onMove told the view if it is the user's (`null` if the page's), and whether "Search this area" is offered
 */
export function createMapFraming(
  map: LeafletMap,
  container: HTMLElement,
  { hasResults, onMove }: { hasResults: () => boolean; onMove: (view: MapView | null, areaOffered: boolean) => void },
): MapFraming {
  let ownership = OWNED_BY_PAGE;
  let userIsMoving = false;
  let covered = 0;
  /** Repeats the last fit, for a map of another size; `null` once the view was moved in another way. */
  let refit: (() => void) | null = null;
  const paper = window.matchMedia('print');
  /** What the screen showed, while the map is printed. */
  let screenView: { readonly center: LatLng; readonly zoom: number } | null = null;

  function change(to: ViewChange): void {
    ownership = nextOwnership(ownership, to, hasResults());
    const { lat, lng } = map.unproject(map.project(map.getCenter()).subtract([0, covered / 2]));
    const view = { lat: roundDegrees(lat), lon: roundDegrees(lng), zoom: map.getZoom() };
    onMove(ownership.movedBy === 'person' ? view : null, ownership.offer);
  }

  /** The map center that shows a point in the middle of the uncovered part. */
  function centerFor(point: LatLngExpression, zoom: number): LatLng {
    return map.unproject(map.project(point, zoom).add([0, covered / 2]), zoom);
  }

  function startGesture(): void {
    userIsMoving = true;
    refit = null;
  }

  /** Pixels at an edge of the screen that a notch or the system's bar may cover. */
  function inset(side: 'right' | 'bottom'): number {
    return Number.parseFloat(getComputedStyle(container).getPropertyValue(`--inset-${side}`)) || 0;
  }

  function uncoveredBounds(): LatLngBounds {
    const { x, y } = map.getSize();
    return new LatLngBounds(map.containerPointToLatLng([0, 0]), map.containerPointToLatLng([x, y - covered]));
  }

  function adaptToSize(): void {
    // Until the print begins for the script, the map still has the size of the screen's view.
    if (screenView || paper.matches) return;
    map.invalidateSize({ pan: refit === null, animate: false });
    refit?.();
  }

  function isUncovered(point: LatLngTuple): boolean {
    const { x: width, y: height } = map.getSize();
    const { x, y } = map.latLngToContainerPoint(point);
    return x >= EDGE && x <= width - EDGE && y >= 2 * EDGE && y <= height - covered - EDGE;
  }

  new ResizeObserver(adaptToSize).observe(container);
  map.on('moveend', () => {
    if (userIsMoving) change('person-moved');
    userIsMoving = false;
  });

  return {
    startGesture,
    mayFit: (someInView) => mayFit(ownership, someInView),
    fit(bounds, { padding: [top, sides], maxZoom }) {
      refit = () => {
        userIsMoving = false;
        map.fitBounds(bounds, {
          paddingTopLeft: [sides, top],
          paddingBottomRight: [sides + inset('right'), sides + Math.max(covered, inset('bottom'))],
          animate: false,
          ...(maxZoom === undefined ? {} : { maxZoom }),
        });
      };
      refit();
      change('program-moved');
    },
    setView({ lat, lon, zoom }) {
      refit = null;
      userIsMoving = false;
      map.setView(centerFor([lat, lon], zoom), zoom, { animate: false });
      change('searched-here');
    },
    zoomInOn(bounds) {
      startGesture();
      // A cluster of one intersection comes apart at the street zoom or at the last one.
      const fitting = Math.max(map.getBoundsZoom(bounds.pad(0.15)), map.getZoom() + 1);
      const zoom = Math.min(fitting, map.getZoom() < CLOSE_ZOOM ? CLOSE_ZOOM : map.getMaxZoom());
      map.setView(centerFor(bounds.getCenter(), zoom), zoom, { animate: false });
    },
    bringIntoView(point) {
      // A detail that opens next to the map makes it narrower.
      adaptToSize();
      if (isUncovered(point)) return;
      refit = null;
      const zoom = map.getBounds().contains(point) ? map.getZoom() : Math.max(map.getZoom(), CLOSE_ZOOM - 1);
      map.setView(centerFor(point, zoom), zoom, { animate: false });
    },
    hold: () => change('searched-here'),
    release: () => change('released'),
    visibleBox() {
      const bounds = uncoveredBounds();
      const edges = [bounds.getWest(), bounds.getSouth(), bounds.getEast(), bounds.getNorth()];
      return edges.map((degrees) => degrees.toFixed(5)).join();
    },
    setPrinting(printing) {
      if (printing === (screenView !== null)) return;
      const bounds = uncoveredBounds();
      const previous = screenView;
      screenView = printing ? { center: map.getCenter(), zoom: map.getZoom() } : null;
      container.classList.toggle('is-printed', printing);
      map.invalidateSize({ animate: false, pan: false });
      if (previous) map.setView(previous.center, previous.zoom, { animate: false });
      else map.fitBounds(bounds, { animate: false });
    },
    setCoveredPixels(pixels, refits) {
      covered = pixels;
      if (refits && !screenView) refit?.();
    },
  };
}

function roundDegrees(degrees: number): number {
  return Math.round(degrees * 1e4) / 1e4;
}

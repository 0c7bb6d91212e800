import { DivIcon, type Map as LeafletMap, Marker } from 'leaflet';
import type { LatLon } from '../../functions/model/geo.ts';

/** Pixels that an arrow key moves the marker; with Shift, this many times as far. */
const STEP_PIXELS = 12;
const SHIFT_FACTOR = 5;
/** Pause after the last key before the new origin is reported, so that a held key causes one search. */
const PAUSE_MS = 350;
const DIRECTIONS: Readonly<Record<string, readonly [x: number, y: number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

/** The search origin on the map: the user drags it, or moves it with the arrow keys. */
export type OriginMarker = {
  set(origin: LatLon | null): void;
  get(): LatLon | null;
};

/** @param onMove told where the user moved it to */
export function createOriginMarker(map: LeafletMap, label: string, onMove: (origin: LatLon) => void): OriginMarker {
  let marker: Marker | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;

  function get(): LatLon | null {
    const at = marker?.getLatLng();
    return at ? { lat: at.lat, lon: at.lng } : null;
  }
  function report(): void {
    const origin = get();
    if (origin) onMove(origin);
  }
  function moveByKey(event: KeyboardEvent): void {
    const direction = DIRECTIONS[event.key];
    if (!marker || !direction) return;
    event.preventDefault();
    event.stopPropagation();
    const [x, y] = direction;
    const step = STEP_PIXELS * (event.shiftKey ? SHIFT_FACTOR : 1);
    const from = map.latLngToContainerPoint(marker.getLatLng());
    marker.setLatLng(map.containerPointToLatLng(from.add([x * step, y * step])));
    clearTimeout(timer);
    timer = setTimeout(report, PAUSE_MS);
  }

  return {
    get,
    set(origin) {
      clearTimeout(timer);
      if (!origin) {
        marker?.remove();
        marker = null;
        return;
      }
      if (marker) {
        marker.setLatLng([origin.lat, origin.lon]);
        return;
      }
      marker = new Marker([origin.lat, origin.lon], {
        icon: new DivIcon({ className: 'origin', iconSize: [26, 26] }),
        draggable: true,
        keyboard: true,
        zIndexOffset: 5_000,
      }).addTo(map);
      marker.on('dragend', report);
      const element = marker.getElement();
      element?.setAttribute('aria-label', label);
      element?.addEventListener('keydown', moveByKey);
    },
  };
}

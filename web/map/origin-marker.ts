import { DivIcon, type Map as LeafletMap, Marker } from 'leaflet';
import type { LatLon } from '../../functions/model/geo.ts';

/** A key moves the pin so many pixels, with Shift so many times as far. */
const STEP_PIXELS = 12;
const BIG_STEPS = 5;
/** After the last key so long, the distances are measured again. */
const REST_MS = 350;

/** The place that distances are measured from: a pin that can be dragged, and moved with the arrow keys. */
export type OriginMarker = {
  set(origin: LatLon | null): void;
  get(): LatLon | null;
};

/** @param onMove told where the person put it */
export function createOriginMarker(map: LeafletMap, label: string, onMove: (to: LatLon) => void): OriginMarker {
  let marker: Marker | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const place = (): LatLon | null => {
    const at = marker?.getLatLng();
    return at ? { lat: at.lat, lon: at.lng } : null;
  };
  const tell = () => {
    const at = place();
    if (at) onMove(at);
  };
  function key(event: KeyboardEvent): void {
    const [dx, dy] = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key] ?? [
      0, 0,
    ];
    if (!marker || (dx === 0 && dy === 0)) return;
    event.preventDefault();
    event.stopPropagation();
    const step = STEP_PIXELS * (event.shiftKey ? BIG_STEPS : 1);
    const from = map.latLngToContainerPoint(marker.getLatLng());
    marker.setLatLng(map.containerPointToLatLng(from.add([(dx ?? 0) * step, (dy ?? 0) * step])));
    clearTimeout(timer);
    timer = setTimeout(tell, REST_MS);
  }
  return {
    get: place,
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
      marker.on('dragend', tell);
      const element = marker.getElement();
      element?.setAttribute('aria-label', label);
      element?.addEventListener('keydown', key);
    },
  };
}

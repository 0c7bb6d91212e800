import { DomEvent, type Map as LeafletMap, Popup } from 'leaflet';
import type { LatLon } from '../../functions/model/geo.ts';
import type { MapFraming } from './map-framing.ts';
import { popupOffset } from './marker.ts';
import type { Markers } from './markers.ts';

/** The popup of a branch; at most one is open. */
export type MapPopup = {
  /** Opens it at a marker, or at the place itself if the filters leave the branch no marker. */
  open(branch: LatLon & { readonly id: string }, content: HTMLElement): void;
  /** Closes the popup for the user, who pressed a key or its button. @returns whether one was open */
  dismiss(): boolean;
  /** Closes the popup without reporting it. */
  close(): void;
};

/** @param onClose the user closed the popup of a branch; `returnFocus`: with a key or its button, not by a click on the map */
export function createMapPopup(
  map: LeafletMap,
  { markers, framing }: { markers: Markers; framing: MapFraming },
  onClose: (id: string, returnFocus: boolean) => void,
): MapPopup {
  let current: { id: string; popup: Popup } | null = null;
  let returnFocus = false;

  function close(): void {
    const closing = current;
    current = null;
    if (!closing) return;
    markers.setPopupOpen(closing.id, false);
    closing.popup.close();
  }

  map.on('popupclose', ({ popup }) => {
    if (!current || current.popup !== popup) return;
    const { id } = current;
    current = null;
    markers.setPopupOpen(id, false);
    onClose(id, returnFocus);
  });

  return {
    open({ id, lat, lon }, content) {
      close();
      markers.setPopupOpen(id, true);
      const pose = markers.poseOf(id);
      const size = map.getSize();
      const covered = framing.coveredPixels();
      const popup = new Popup({
        offset: pose ? popupOffset(pose) : [0, 0],
        maxWidth: Math.min(340, size.x - 32),
        minWidth: Math.min(280, size.x - 32),
        maxHeight: Math.max(140, size.y - covered - 96),
        autoPan: true,
        autoPanPaddingTopLeft: [10, 22],
        autoPanPaddingBottomRight: [10, 34 + covered],
        closeButton: false,
        closeOnEscapeKey: false,
      })
        .setLatLng([lat, lon])
        .setContent(content);
      framing.bringIntoView([lat, lon]);
      current = { id, popup };
      popup.openOn(map);
      DomEvent.disableScrollPropagation(content);
    },
    dismiss() {
      if (!current) return false;
      returnFocus = true;
      current.popup.close();
      returnFocus = false;
      return true;
    },
    close,
  };
}

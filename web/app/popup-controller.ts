import type { Truck, TruckBranch } from '../api/types.ts';
import type { PopupSource } from './app-state.ts';

/** Decides where the list sheet and the focus go when the map's popup opens and closes. */
export type PopupController = {
  /** Opens the popup of a branch, or updates its content if it is open. */
  open(shown: { truck: Truck; branch: TruckBranch }, from: PopupSource): void;
  /** @param returnFocus the user closed the popup with a key or its button, so the focus goes back to where it came from */
  onClosed(branch: string, returnFocus: boolean): void;
};

/** @param focusRow focuses the row of a branch; false if the list does not show it */
export function createPopupController<Stop extends string>({
  renderContent,
  map,
  sheet,
  focusRow,
}: {
  renderContent: (shown: { truck: Truck; branch: TruckBranch }, element: HTMLElement) => void;
  map: { open(branch: TruckBranch, element: HTMLElement): void; focusMarker(branch: string): void };
  sheet: { stop(): Stop | 'peek'; go(stop: Stop | 'peek'): void };
  focusRow: (branch: string) => boolean;
}): PopupController {
  const element = document.createElement('div');
  element.className = 'card';
  element.setAttribute('role', 'dialog');
  element.setAttribute('aria-labelledby', 'card-name');
  let source: PopupSource = 'link';
  /** The sheet's stop before it made way for the popup; it returns there. */
  let previousStop: Stop | 'peek' | null = null;

  return {
    open(shown, from) {
      source = from;
      renderContent(shown, element);
      const { id } = shown.branch;
      if (element.isConnected && element.dataset.branch === id) return;
      element.dataset.branch = id;
      if (sheet.stop() !== 'peek') {
        previousStop ??= sheet.stop();
        sheet.go('peek');
      }
      map.open(shown.branch, element);
      if (from !== 'link') element.querySelector<HTMLElement>('h3')?.focus({ preventScroll: true });
    },
    onClosed(branch, returnFocus) {
      if (previousStop) sheet.go(previousStop);
      previousStop = null;
      const { activeElement, body } = document;
      if (!returnFocus || (activeElement !== body && !element.contains(activeElement))) return;
      if (source === 'list' && focusRow(branch)) return;
      map.focusMarker(branch);
    },
  };
}

import type { DetailSource } from '../app/app-state.ts';
import type { ShownPlace } from '../app/shown-place.ts';
import type { BottomSheet, Stop } from './bottom-sheet.ts';

/** Screens on which the detail is between the list and the map, and covers neither; as in detail.css. */
const BETWEEN = '(width >= 1200px)';
/** Screens on which the detail covers the whole page; as in detail.css. */
const WHOLE_PAGE = '(width < 600px) and (height <= 520px)';

/** The detail: a sheet over the list on a phone, a pane over or next to the list on a wider screen, else the whole page. */
export type DetailPane = {
  /** Opens the detail, whose content is already rendered, or closes it (`null`). */
  show(shown: ShownPlace | null, from: DetailSource): void;
  isOpen(): boolean;
};

type DetailParts = {
  readonly detail: HTMLElement;
  readonly layout: HTMLElement;
  /** What it covers on most screens: the list and the link to it. */
  readonly list: readonly HTMLElement[];
  /** What it covers as well where it covers the whole page. */
  readonly others: readonly HTMLElement[];
};

/**
 * Opens and closes the detail. What the detail covers is inert meanwhile, and the focus returns to where the detail was opened.
 * @param focusRow focuses the row of a branch; false if the list does not show it
 */
export function createDetailPane(
  { detail, layout, list, others }: DetailParts,
  {
    sheet,
    listSheet,
    map,
    focusRow,
  }: {
    sheet: BottomSheet;
    listSheet: BottomSheet;
    map: { select(shown: ShownPlace | null): void; focusMarker(branch: string): void };
    focusRow: (branch: string) => boolean;
  },
): DetailPane {
  const between = window.matchMedia(BETWEEN);
  const wholePage = window.matchMedia(WHOLE_PAGE);
  let source: DetailSource = 'link';
  /** The branch in the detail, and the one with which it was opened. */
  let open: { branch: string; first: string } | null = null;
  /** The list's stop before it made way for the detail; it returns there. */
  let previousStop: Stop | null = null;

  function setInert(): void {
    for (const covered of list) covered.inert = open !== null && !between.matches;
    for (const covered of others) covered.inert = open !== null && wholePage.matches;
  }
  for (const media of [between, wholePage]) media.addEventListener('change', setInert);

  function returnFocus({ branch, first }: { branch: string; first: string }): void {
    if (source !== 'map' && (focusRow(branch) || focusRow(first))) return;
    map.focusMarker(branch);
  }

  function close(): void {
    const closing = open;
    if (!closing) return;
    const { activeElement, body } = document;
    const hadFocus = activeElement === body || detail.contains(activeElement);
    open = null;
    setInert();
    detail.hidden = true;
    sheet.go('peek');
    if (previousStop) listSheet.go(previousStop);
    previousStop = null;
    map.select(null);
    if (hadFocus) returnFocus(closing);
  }

  return {
    show(shown, from) {
      if (!shown) return close();
      const { branch } = shown;
      if (open?.branch === branch.id) return;
      // On the page's first load, and while something else is used, a link does not take the focus.
      const takesFocus = from !== 'link' || layout.contains(document.activeElement);
      const isNew = open === null;
      open = { branch: branch.id, first: open?.first ?? branch.id };
      if (isNew) {
        source = from;
        detail.hidden = false;
        // A list at full height would show above the detail.
        if (listSheet.stop() === 'full') {
          previousStop = 'full';
          listSheet.go('half');
        }
        sheet.go('half');
      }
      setInert();
      detail.scrollTop = 0;
      map.select(shown);
      if (takesFocus) detail.querySelector<HTMLElement>('h2')?.focus({ preventScroll: true });
    },
    isOpen: () => open !== null,
  };
}

/**
 * Who moved the map last, and whether "Search this area" is offered. Only the user's own moves make the offer; what the page
 * does by itself (fitting results, showing a place) never becomes a filter.
 */
export type ViewOwnership = {
  readonly movedBy: 'program' | 'person';
  /** "Search this area" is shown. */
  readonly offer: boolean;
};

export type ViewChange =
  /** The user dragged, scrolled, pressed a key or a zoom button. */
  | 'person-moved'
  /** The page chose the view. */
  | 'program-moved'
  /** "Search this area" was pressed: the view stays exactly as it is. */
  | 'searched-here'
  /** "Near me", another origin or the start page: the page may choose the view again. */
  | 'released';

export const OWNED_BY_PAGE: ViewOwnership = { movedBy: 'program', offer: false };

/** @param hasResults there are results that an area could filter */
export function nextOwnership(ownership: ViewOwnership, change: ViewChange, hasResults: boolean): ViewOwnership {
  switch (change) {
    case 'person-moved':
      return { movedBy: 'person', offer: hasResults };
    case 'searched-here':
      return { movedBy: 'person', offer: false };
    case 'program-moved':
    case 'released':
      return ownership.movedBy === 'program' && !ownership.offer ? ownership : OWNED_BY_PAGE;
  }
}

/** Whether the page may fit new results: not if the user moved the map to where some of them are in view. */
export function mayFit({ movedBy }: ViewOwnership, someInView: boolean): boolean {
  return movedBy === 'program' || !someInView;
}

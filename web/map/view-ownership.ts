/**
 * Who moved the map last, and whether "search this area" is offered. Only a person's move makes the offer; what the
 * program does (fitting an answer, opening a popup) never becomes a filter.
 */
export type ViewOwnership = {
  readonly movedBy: 'program' | 'person';
  /** "Search this area" is shown. */
  readonly offer: boolean;
};

export type MapStep =
  /** A drag, a wheel, a key, a zoom button. */
  | 'person-moved'
  /** The page chose what the map shows. */
  | 'program-moved'
  /** "Search this area" was pressed: the view stays exactly as it is. */
  | 'searched-here'
  /** Near me, another origin or the first page: the page may choose again. */
  | 'let-go';

export const OWNED_BY_PAGE: ViewOwnership = { movedBy: 'program', offer: false };

/** The next state; `searching`: there is an answer that an area could narrow. */
export function afterMove(hold: ViewOwnership, step: MapStep, searching: boolean): ViewOwnership {
  switch (step) {
    case 'person-moved':
      return { movedBy: 'person', offer: searching };
    case 'searched-here':
      return { movedBy: 'person', offer: false };
    case 'program-moved':
    case 'let-go':
      return hold.movedBy === 'program' && !hold.offer ? hold : OWNED_BY_PAGE;
  }
}

/** Whether an answer may move the map: not from where a person looks at some of it. */
export function mayFrame({ movedBy }: ViewOwnership, someInView: boolean): boolean {
  return movedBy === 'program' || !someInView;
}

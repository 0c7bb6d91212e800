import { readView, type View, viewQuery } from './state.ts';

/** The page's way through the browser's history: every view is a link, and back leads to the view before. */
export type Trail = {
  read(): View;
  /** A view on the way to another (typing, a slider): the first one gets an entry, the next ones replace it. */
  draft(view: View): void;
  /** A view that the person chose. */
  commit(view: View): void;
  /** A detail of the view at hand (an open popup, where the map looks): no entry of its own. */
  amend(view: View): void;
};

/** @param onReturn told the view to which the person went back or forward */
export function createTrail(onReturn: (view: View) => void): Trail {
  let drafting = false;
  const read = () => readView(location.search);
  const write = (view: View, replace: boolean) => {
    const query = viewQuery(view);
    const url = `${location.pathname}${query}`;
    if (replace) history.replaceState(null, '', url);
    else if (query !== viewQuery(read())) history.pushState(null, '', url);
  };
  window.addEventListener('popstate', () => {
    drafting = false;
    onReturn(read());
  });
  return {
    read,
    draft(view) {
      write(view, drafting);
      drafting = true;
    },
    commit(view) {
      write(view, drafting);
      drafting = false;
    },
    amend(view) {
      write(view, true);
    },
  };
}

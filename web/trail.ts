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

/**
 * Every draft but the first is written when it has stood for so long, milliseconds. WebKit refuses more than 100 changes of the address
 * in 30 seconds, which a slider passes, and Chromium asks for the page's icon again at each.
 */
const REST_MS = 300;

/** @param onReturn told the view to which the person went back or forward */
export function createTrail(onReturn: (view: View) => void): Trail {
  let drafting = false;
  /** Runs while a draft has not stood long enough. */
  let resting: ReturnType<typeof setTimeout> | undefined;
  const read = () => readView(location.search);
  let written = viewQuery(read());
  const endRest = () => {
    clearTimeout(resting);
    resting = undefined;
  };
  /** @returns whether the address changed */
  const write = (view: View, replace: boolean): boolean => {
    endRest();
    const query = viewQuery(view);
    if (query === written) return false;
    written = query;
    const url = `${location.pathname}${query}`;
    if (replace) history.replaceState(null, '', url);
    else history.pushState(null, '', url);
    return true;
  };
  const rest = (view: View) => {
    endRest();
    resting = setTimeout(write, REST_MS, view, true);
  };
  window.addEventListener('popstate', () => {
    const view = read();
    // A link within the page leads to no other view.
    if (viewQuery(view) === written) return;
    written = viewQuery(view);
    endRest();
    drafting = false;
    onReturn(view);
  });
  return {
    read,
    draft(view) {
      if (drafting) rest(view);
      else drafting = write(view, false);
    },
    commit(view) {
      write(view, drafting);
      drafting = false;
    },
    amend(view) {
      if (resting !== undefined) rest(view);
      else write(view, true);
    },
  };
}

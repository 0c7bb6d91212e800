import { formatUrlState, parseUrlState, type UrlState } from './url-state.ts';

/** The page's way through the browser's history: every view is a link, and back leads to the view before. */
export type PageHistory = {
  read(): UrlState;
  /** A view on the way to another (typing, a slider): the first one gets an entry, the next ones replace it. */
  draft(view: UrlState): void;
  /** A view that the person chose. */
  commit(view: UrlState): void;
  /** A detail of the view at hand (an open popup, where the map looks): no entry of its own. */
  amend(view: UrlState): void;
};

/**
 * Every draft but the first is written when it has stood for so long, milliseconds. WebKit refuses more than 100 changes of the address
 * in 30 seconds, which a slider passes, and Chromium asks for the page's icon again at each.
 */
const REST_MS = 300;

/** @param onReturn told the view to which the person went back or forward */
export function createHistory(onReturn: (view: UrlState) => void): PageHistory {
  let drafting = false;
  /** Runs while a draft has not stood long enough. */
  let resting: ReturnType<typeof setTimeout> | undefined;
  const read = () => parseUrlState(location.search);
  let written = formatUrlState(read());
  const endRest = () => {
    clearTimeout(resting);
    resting = undefined;
  };
  /** @returns whether the address changed */
  const write = (view: UrlState, replace: boolean): boolean => {
    endRest();
    const query = formatUrlState(view);
    if (query === written) return false;
    written = query;
    const url = `${location.pathname}${query}`;
    if (replace) history.replaceState(null, '', url);
    else history.pushState(null, '', url);
    return true;
  };
  const rest = (view: UrlState) => {
    endRest();
    resting = setTimeout(write, REST_MS, view, true);
  };
  window.addEventListener('popstate', () => {
    const view = read();
    // A link within the page leads to no other view.
    if (formatUrlState(view) === written) return;
    written = formatUrlState(view);
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

import { formatUrlState, parseUrlState, type UrlState } from './url-state.ts';

/** The page's entries in the browser's history. */
export type PageHistory = {
  read(): UrlState;
  /** Writes an intermediate state (typing, dragging a slider): the first one adds an entry, the next ones replace it. */
  draft(urlState: UrlState): void;
  /** Writes a state that the user chose: it replaces the drafts before it, or adds an entry. */
  commit(urlState: UrlState): void;
  /** Writes a part of the current state (the place of an open detail, the map view) without an entry of its own. */
  amend(urlState: UrlState): void;
  /** Writes a state with the detail open, in an entry of its own, so that Back closes it. */
  enterDetail(urlState: UrlState): void;
  /** Writes the state without the detail: goes back to the entry under it, or, where a link opened it, rewrites the current one. */
  leaveDetail(urlState: UrlState): void;
};

/** The state object of an entry whose detail was opened from the entry under it. */
const OPENED_HERE = { detail: true };
const isOpenedHere = () => (history.state as Partial<typeof OPENED_HERE> | null)?.detail === true;

/**
 * A draft that replaces another is written after this long without a newer one, milliseconds. WebKit refuses more than 100
 * URL changes in 30 seconds, which a slider exceeds, and Chromium fetches the page's icon again at each change.
 */
const REST_MS = 300;

/** @param onReturn receives the state to which the user went back or forward */
export function createHistory(onReturn: (urlState: UrlState) => void): PageHistory {
  let isDraft = false;
  /** Set while a write is pending. */
  let pending: ReturnType<typeof setTimeout> | undefined;
  /** What has to be written when the browser has gone back from a detail; `null` unless it is on its way. */
  let afterLeaving: (() => void)[] | null = null;
  const read = () => parseUrlState(location.search);
  let written = formatUrlState(read());
  const cancelPending = () => {
    clearTimeout(pending);
    pending = undefined;
  };
  /** @returns whether the URL changed */
  const write = (urlState: UrlState, replace: boolean, entryState: unknown = null): boolean => {
    if (afterLeaving) {
      afterLeaving.push(() => write(urlState, replace, entryState));
      return true;
    }
    cancelPending();
    const query = formatUrlState(urlState);
    if (query === written) return false;
    written = query;
    const url = `${location.pathname}${query}`;
    if (replace) history.replaceState(history.state, '', url);
    else history.pushState(entryState, '', url);
    return true;
  };
  const replaceLater = (urlState: UrlState) => {
    cancelPending();
    pending = setTimeout(write, REST_MS, urlState, true);
  };
  window.addEventListener('popstate', () => {
    const urlState = read();
    if (afterLeaving) {
      written = formatUrlState(urlState);
      const writes = afterLeaving;
      afterLeaving = null;
      for (const one of writes) one();
      return;
    }
    // A fragment link (such as "skip to the list") does not change the state.
    if (formatUrlState(urlState) === written) return;
    written = formatUrlState(urlState);
    cancelPending();
    isDraft = false;
    onReturn(urlState);
  });
  return {
    read,
    draft(urlState) {
      if (isDraft) replaceLater(urlState);
      else isDraft = write(urlState, false);
    },
    commit(urlState) {
      write(urlState, isDraft);
      isDraft = false;
    },
    amend(urlState) {
      if (pending !== undefined) replaceLater(urlState);
      else write(urlState, true);
    },
    enterDetail(urlState) {
      isDraft = false;
      write(urlState, false, OPENED_HERE);
    },
    leaveDetail(urlState) {
      if (!isOpenedHere() || afterLeaving) return void write(urlState, true);
      cancelPending();
      isDraft = false;
      // The entry under it may show another part of the map.
      afterLeaving = [() => write(urlState, true)];
      history.back();
    },
  };
}

import type { Autocomplete } from '../api/autocomplete.ts';
import type { PlacedText } from '../api/what-and-where.ts';
import type { Translations } from '../i18n/translations.ts';
import type { FieldActions } from './app-state.ts';
import { forgetSearch, keepSearch } from './recent-searches.ts';
import type { ControllerView, SearchController } from './search-controller.ts';
import { withArea, withIntersection, withText } from './url-changes.ts';
import { sameSearch } from './url-state.ts';

/** What the user can do in the search field and its list, and what completes a search that was typed. */
export function createFieldActions({
  t,
  touch,
  view,
  autocomplete,
  controller,
}: {
  t: Translations;
  touch: boolean;
  view: ControllerView;
  autocomplete: Autocomplete;
  controller: SearchController;
}): FieldActions & { keepTypedText(): void } {
  const { history, navigate, show } = controller;
  /** The text was typed and its search is not kept yet. */
  let isTyped = false;

  /** Completes the search of Enter while its text may still turn out to name a place. */
  let completeSubmit: (() => void) | null = null;

  function setText(text: string): void {
    completeSubmit?.();
    isTyped = true;
    controller.patch({ searchText: text });
    autocomplete.update(text);
    const urlState = withText(controller.state.urlState, text);
    if (sameSearch(urlState, controller.state.urlState)) return;
    history.draft(urlState);
    show(urlState, true);
  }

  /** What Enter does without a place in the text. */
  function searchText(text: string): void {
    const { urlState: previous, searchStatus } = controller.state;
    const urlState = withText(previous, text);
    const isSame = sameSearch(urlState, previous) && previous.place === null;
    history.commit(isSame ? previous : urlState);
    if (!isSame || !searchStatus.answer || searchStatus.busy) show(urlState);
  }

  function keep(search: PlacedText): void {
    isTyped = false;
    if (!controller.state.urlState.embed) keepSearch(search);
  }

  /** Searches for words, where the text says so at that place, and keeps the search. */
  function search({ words, place }: PlacedText): void {
    keep({ words, place });
    const { urlState } = controller.state;
    if (place !== null) view.releaseView();
    if (place === null) navigate(withText(urlState, words));
    else if (place.kind === 'area') navigate(withArea(urlState, words, place.name));
    else navigate(withIntersection(urlState, words, place.at, t.intersection(...place.streets)));
  }

  const actions: FieldActions = {
    typeText: (event) => setText((event.target as HTMLInputElement).value),
    clearText: () => setText(''),
    focusField() {
      completeSubmit?.();
      if (controller.state.searchText.trim() === '') autocomplete.update('');
    },
    pressKey(event) {
      const { rows, active } = controller.state.autocomplete;
      const row = rows[active];
      if (event.isComposing) return;
      if (rows.length === 0) {
        // Escape has closed the recent searches.
        if (event.key === 'ArrowDown') actions.focusField();
        return;
      }
      if (event.key === 'ArrowDown') autocomplete.moveActive(1);
      else if (event.key === 'ArrowUp') autocomplete.moveActive(-1);
      else if (event.key === 'Escape') autocomplete.close();
      else if (event.key === 'Enter' && row) actions.acceptSuggestion(row);
      else if (event.key === 'Delete' && row?.type === 'recent') actions.forgetSearch(row.search);
      else return;
      event.preventDefault();
    },
    acceptSuggestion(row) {
      autocomplete.close();
      if (row.type === 'place' || row.type === 'recent') search(row.search);
      else if (row.type === 'area') search({ words: '', place: { kind: 'area', name: row.text } });
      else search({ words: row.text, place: null });
    },
    closeSuggestions: () => autocomplete.close(),
    forgetSearch(forgotten) {
      forgetSearch(forgotten);
      autocomplete.update('');
    },
    async submit(event) {
      event.preventDefault();
      autocomplete.close();
      // On a phone, the keyboard would cover the results.
      if (touch) view.focusList();
      const text = controller.state.searchText;
      const complete = () => {
        completeSubmit = null;
        keep({ words: text, place: null });
        // Otherwise the user has gone elsewhere.
        if (controller.state.searchText === text) searchText(text);
      };
      completeSubmit = complete;
      const split = await autocomplete.certainSplit(text);
      if (completeSubmit !== complete) return;
      completeSubmit = null;
      if (split && controller.state.searchText === text) search(split);
      else complete();
    },
  };
  return {
    ...actions,
    keepTypedText() {
      const { q = '' } = controller.state.urlState.search;
      if (isTyped) keep({ words: q, place: null });
    },
  };
}

import { html, nothing, type TemplateResult } from 'lit-html';
import type { AutocompleteRow } from '../api/autocomplete.ts';
import type { PlacedText } from '../api/what-and-where.ts';
import type { PageContext } from '../app/app-state.ts';
import type { UrlState } from '../app/url-state.ts';
import { highlightRanges } from './highlight.ts';
import { clockIcon, closeIcon, pinIcon, searchIcon } from './icons.ts';

/** The list under the search field: suggestions, or recent searches with buttons that remove them. */
export function searchSuggestions(page: PageContext): TemplateResult {
  const { t, state } = page;
  const { rows, active } = state.autocomplete;
  const searches = rows.flatMap((row) => (row.type === 'recent' ? [row.search] : []));
  // A press must not take the focus from the field: the list would close.
  return html`<div class="suggestions" ?hidden=${rows.length === 0} @mousedown=${(event: Event) => event.preventDefault()}>
      <ul class="suggestion-rows" id="suggestions" role="listbox" aria-label=${searches.length > 0 ? t.recentSearches : t.suggestions}>
        ${rows.map((row, index) => option(page, row, index, index === active))}
      </ul>
      ${searches.length > 0 ? removeButtons(page, searches) : nothing}
    </div>
    <p class="unseen" role="status">${rows.length > 0 ? t.suggestionsShown(rows.length) : ''}</p>`;
}

function option(page: PageContext, row: AutocompleteRow, index: number, active: boolean): TemplateResult {
  return html`<li
    class="suggestion"
    id="suggestion-${index}"
    role="option"
    aria-selected=${active}
    @click=${() => page.actions.acceptSuggestion(row)}
  >
    ${iconOf(row)}
    <span class="suggestion-text">${
      row.type === 'place' || row.type === 'recent'
        ? searchName(page, row.search)
        : html`<bdi>${highlightRanges(row.text, row.highlight ?? [])}</bdi>`
    }</span>
    ${row.type === 'recent' ? nothing : html`<span class="suggestion-type">${typeOf(page, row)}</span>`}
  </li>`;
}

function iconOf({ type }: AutocompleteRow): TemplateResult {
  if (type === 'recent') return clockIcon;
  return type === 'place' ? pinIcon : searchIcon;
}

function typeOf({ t, state }: PageContext, row: Exclude<AutocompleteRow, { type: 'recent' }>): string {
  if (row.type === 'place') return t.suggestionTypes[row.search.place?.kind ?? 'area'];
  const type = t.suggestionTypes[row.type];
  return isCounted(state.urlState) ? `${type} · ${t.number(row.count ?? 0)}` : type;
}

/** Whether the API's counts are those of a press: it keeps the other filters, which the API does not know. */
function isCounted({ search }: UrlState): boolean {
  const { q, lat, lon, sort, status, ...filters } = search;
  return (status === undefined || status === 'approved') && Object.keys(filters).length === 0;
}

/** What and where, as people say it. */
function searchName({ t }: PageContext, { words, place }: PlacedText): string {
  if (place === null) return words;
  if (place.kind === 'area') return words === '' ? place.name : t.wordsIn(words, place.name);
  const corner = t.intersection(...place.streets);
  return words === '' ? corner : t.wordsNear(words, corner);
}

/** Next to the list and not in it, because an option holds no buttons. */
function removeButtons(page: PageContext, searches: readonly PlacedText[]): TemplateResult {
  const { t, actions } = page;
  const forget = (search: PlacedText | null) => {
    // The button goes, and the focus must not go with it.
    document.getElementById('q')?.focus();
    actions.forgetSearch(search);
  };
  return html`<div class="suggestion-removals">
      ${searches.map(
        (search) =>
          html`<button type="button" class="remove" aria-label=${t.remove(searchName(page, search))} @click=${() => forget(search)}>${closeIcon}</button>`,
      )}
    </div>
    <button type="button" class="link forget-all" @click=${() => forget(null)}>${t.clearRecent}</button>`;
}

import { html, nothing, type TemplateResult } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import type { AutocompleteRow } from '../api/autocomplete.ts';
import type { SplitText } from '../api/what-and-where.ts';
import type { PageContext } from '../app/app-state.ts';
import { homeUrlState } from '../app/url-changes.ts';
import type { UrlState } from '../app/url-state.ts';
import { highlightRanges } from './highlight.ts';
import { closeIcon, pinIcon, searchIcon } from './icons.ts';

/** The page's name and the search form: a combobox as in the ARIA practices (1.2, list with manual selection). */
export function header(page: PageContext): TemplateResult {
  const { t, state, actions } = page;
  const { urlState, searchText, meta, autocomplete } = state;
  const { rows, active } = autocomplete;
  const open = rows.length > 0;
  return html`
    <div class="header-inner">
      <h1 class="brand">
        <a href=${actions.hrefOf(homeUrlState(urlState))} @click=${actions.followLink}
          ><img src="/favicon.svg" width="36" height="36" alt="" /><span class="brand-name">${t.name}</span></a>
        <span class="tagline">${t.tagline(meta?.city.name ?? null)}</span>
      </h1>
      <form class="search" role="search" action="/" @submit=${actions.submit} @focusout=${(event: FocusEvent) => {
        const form = event.currentTarget as HTMLElement;
        if (!form.contains(event.relatedTarget as Node | null)) actions.closeSuggestions();
      }}>
        <label class="unseen" for="q">${t.searchLabel}</label>
        <div class="field">
            <input
              id="q"
              name="q"
              type="search"
              role="combobox"
              aria-autocomplete="list"
              aria-expanded=${open}
              aria-controls="suggestions"
              aria-activedescendant=${active >= 0 ? `suggestion-${active}` : nothing}
              enterkeyhint="search"
              autocomplete="off"
              autocapitalize="off"
              spellcheck="false"
              maxlength="100"
              placeholder=${t.searchPlaceholder}
              .value=${live(searchText)}
              @input=${actions.typeText}
              @keydown=${actions.pressKey}
            />
            <button type="button" class="clear" aria-label=${t.clearText} ?hidden=${searchText === ''} @click=${(
              event: Event,
            ) => {
              const { form } = event.currentTarget as HTMLButtonElement;
              form?.querySelector('input')?.focus();
              actions.clearText();
            }}>${closeIcon}</button>
            <button class="search-button" type="submit" aria-label=${t.searchButton}>${searchIcon}</button>
        </div>
        <ul class="suggestions" id="suggestions" role="listbox" aria-label=${t.suggestions} ?hidden=${!open}>
          ${rows.map((row, index) => suggestion(page, row, index, index === active))}
        </ul>
        <p class="unseen" role="status">${open ? t.suggestionsShown(rows.length) : ''}</p>
      </form>
    </div>
  `;
}

function suggestion(
  { t, state, actions }: PageContext,
  row: AutocompleteRow,
  index: number,
  active: boolean,
): TemplateResult {
  const keepFocus = (event: Event) => event.preventDefault();
  return html`<li
    class="suggestion"
    id="suggestion-${index}"
    role="option"
    aria-selected=${active}
    @mousedown=${keepFocus}
    @click=${() => actions.acceptSuggestion(row)}
  >
    ${row.type === 'place' ? pinIcon : searchIcon}
    <span class="suggestion-text">${
      row.type === 'place'
        ? splitName(t, row.split)
        : html`<bdi>${highlightRanges(row.text, row.highlight ?? [])}</bdi>`
    }</span>
    <span class="suggestion-type">${
      row.type === 'place'
        ? t.suggestionTypes[row.split.place.kind]
        : html`${t.suggestionTypes[row.type]}${isCounted(state.urlState) ? html` · ${t.number(row.count ?? 0)}` : nothing}`
    }</span>
  </li>`;
}

/** Whether the API's counts are those of a press: it keeps the other filters, which the API does not know. */
function isCounted({ search }: UrlState): boolean {
  const { q, lat, lon, sort, status, ...filters } = search;
  return (status === undefined || status === 'approved') && Object.keys(filters).length === 0;
}

/** What and where, as people say it. */
function splitName(t: PageContext['t'], { words, place }: SplitText): string {
  if (place.kind === 'area') return words === '' ? place.name : t.wordsIn(words, place.name);
  const corner = t.intersection(...place.streets);
  return words === '' ? corner : t.wordsNear(words, corner);
}

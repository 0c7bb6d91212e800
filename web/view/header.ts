import { html, nothing, type TemplateResult } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import type { AutocompleteRow } from '../api/autocomplete.ts';
import type { PageContext } from '../app/app-state.ts';
import { homeUrlState } from '../app/url-changes.ts';
import { highlightRanges } from './highlight.ts';
import { pinIcon, searchIcon } from './icons.ts';

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

function suggestion({ t, actions }: PageContext, row: AutocompleteRow, index: number, active: boolean): TemplateResult {
  const keepFocus = (event: Event) => event.preventDefault();
  return html`<li
    class="suggestion"
    id="suggestion-${index}"
    role="option"
    aria-selected=${active}
    @mousedown=${keepFocus}
    @click=${() => actions.acceptSuggestion(row)}
  >
    ${row.type === 'intersection' ? pinIcon : searchIcon}
    <span class="suggestion-text">${
      row.type === 'intersection'
        ? t.intersection(t.properName(row.streets[0]), t.properName(row.streets[1]))
        : html`<bdi>${highlightRanges(row.text, row.highlight ?? [])}</bdi>`
    }</span>
    <span class="suggestion-type">${t.suggestionTypes[row.type]}${row.type === 'intersection' ? nothing : html` · ${t.number(row.count ?? 0)}`}</span>
  </li>`;
}

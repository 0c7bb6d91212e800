import { html, nothing, type TemplateResult } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import type { PageContext } from '../app/app-state.ts';
import { homeUrlState } from '../app/url-changes.ts';
import { closeIcon, searchIcon } from './icons.ts';
import { searchSuggestions } from './search-suggestions.ts';

/** The icon that the build has put into the page, so that no visit has to request it. */
const iconUrl = () => document.querySelector<HTMLLinkElement>('link[rel="icon"]')?.href ?? '';

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
          ><img src=${iconUrl()} width="36" height="36" alt="" /><span class="brand-name">${t.name}</span></a>
        <span class="tagline">${t.tagline(meta?.city.name ?? null)}</span>
      </h1>
      <form class="search" role="search" action="./" @submit=${actions.submit} @focusout=${(event: FocusEvent) => {
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
              @focus=${actions.focusField}
              @input=${actions.typeText}
              @keydown=${actions.pressKey}
            />
            ${clearButton(page)}
            <button class="search-button" type="submit" aria-label=${t.searchButton}>${searchIcon}</button>
        </div>
        ${searchSuggestions(page)}
      </form>
    </div>
  `;
}

/** The browsers' own buttons differ, and the keyboard does not reach them. */
function clearButton({ t, actions }: PageContext): TemplateResult {
  return html`<button type="button" class="clear" aria-label=${t.clearText} @click=${(event: Event) => {
    // An empty field hides the button (search-form.css), and the focus must not go with it.
    (event.currentTarget as HTMLButtonElement).form?.querySelector('input')?.focus();
    actions.clearText();
  }}>${closeIcon}</button>`;
}

import { html, nothing, type TemplateResult } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import { locateIcon, pinIcon, searchIcon } from './icons.ts';
import { marked } from './marked.ts';
import type { Session } from './screen.ts';
import { homeOf } from './steps.ts';
import type { Suggested } from './suggesting.ts';

/** The page's head: its name and the search form, a combobox after the ARIA practices (1.2, list with manual selection). */
export function top(session: Session): TemplateResult {
  const { text, screen, actions } = session;
  const { view, typed, meta, locating, suggesting } = screen;
  const { q = '' } = view.search;
  const { rows, active } = suggesting;
  const open = rows.length > 0;
  return html`
    <div class="top-in">
      <h1 class="brand">
        <a href=${actions.link(homeOf(view))} @click=${actions.follow}>${text.name}</a>
        <span class="tagline">${text.tagline(meta?.city.name ?? null)}</span>
      </h1>
      <form class="search" role="search" action="/" @submit=${actions.submit} @focusout=${(event: FocusEvent) => {
        const form = event.currentTarget as HTMLElement;
        if (!form.contains(event.relatedTarget as Node | null)) actions.closeSuggestions();
      }}>
        <label class="search-label" for="q">${text.searchLabel}</label>
        <div class="search-row">
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
              placeholder=${text.searchPlaceholder}
              .value=${live(typed.trim() === q ? typed : q)}
              @input=${actions.type}
              @keydown=${actions.key}
            />
            <button class="go" type="submit" aria-label=${text.searchButton}>${searchIcon}<span class="go-text">${text.searchButton}</span></button>
          </div>
          <button class="near" type="button" ?aria-busy=${locating} @click=${actions.near}>
            ${locateIcon}<span>${locating ? text.locating : text.nearMe}</span>
          </button>
        </div>
        <ul class="suggestions" id="suggestions" role="listbox" aria-label=${text.suggestions} ?hidden=${!open}>
          ${rows.map((row, index) => option(session, row, index, index === active))}
        </ul>
        <p class="unseen" role="status">${open ? text.suggestionsShown(rows.length) : ''}</p>
      </form>
    </div>
  `;
}

function option({ text, actions }: Session, row: Suggested, index: number, active: boolean): TemplateResult {
  const keepFocus = (event: Event) => event.preventDefault();
  return html`<li
    class="suggestion"
    id="suggestion-${index}"
    role="option"
    aria-selected=${active}
    @mousedown=${keepFocus}
    @click=${() => actions.suggested(row)}
  >
    ${row.type === 'corner' ? pinIcon : searchIcon}
    <span class="suggestion-text">${
      row.type === 'corner'
        ? text.corner(text.properName(row.streets[0]), text.properName(row.streets[1]))
        : html`<bdi>${marked(row.text, row.highlight ?? [])}</bdi>`
    }</span>
    <span class="suggestion-type">${text.suggestionTypes[row.type]}${row.type === 'corner' ? nothing : html` · ${text.number(row.count ?? 0)}`}</span>
  </li>`;
}

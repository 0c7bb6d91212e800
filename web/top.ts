import { html, type TemplateResult } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import { locateIcon, searchIcon } from './icons.ts';
import type { Session } from './session.ts';

/** The page's head: its name and the search form. */
export function top({ text, screen, actions }: Session): TemplateResult {
  const { view, meta, locating } = screen;
  return html`
    <div class="top-in">
      <h1 class="brand">
        <a href="/" @click=${actions.follow}>${text.name}</a>
        <span class="tagline">${text.tagline(meta?.city.name ?? null)}</span>
      </h1>
      <form class="search" role="search" action="/" @submit=${actions.submit}>
        <label class="search-label" for="q">${text.searchLabel}</label>
        <div class="search-row">
          <div class="field">
            <input
              id="q"
              name="q"
              type="search"
              enterkeyhint="search"
              autocomplete="off"
              autocapitalize="off"
              spellcheck="false"
              maxlength="100"
              placeholder=${text.searchPlaceholder}
              .value=${live(view.search.q ?? '')}
              @input=${actions.type}
            />
            <button class="go" type="submit">${searchIcon}<span class="go-text">${text.searchButton}</span></button>
          </div>
          <button class="near" type="button" ?aria-busy=${locating} @click=${actions.near}>
            ${locateIcon}<span>${locating ? text.locating : text.nearMe}</span>
          </button>
        </div>
      </form>
    </div>
  `;
}

import { html, nothing, type TemplateResult } from 'lit-html';
import type { ApiError } from '../api/client.ts';
import type { SearchAnswer } from '../api/types.ts';
import type { PageContext } from '../app/app-state.ts';
import { applyFilter, readFilter } from '../app/client-filter.ts';
import { homeUrlState, withAnyStatus, withToggledValue } from '../app/url-changes.ts';
import { activeFilters, withoutAllFilters } from './active-filters.ts';
import { pageLink } from './page-link.ts';
import { resultRows } from './result-list.ts';

/** Number of examples after a search that found nothing. */
const EXAMPLES = 3;

/** The API found vendors, but the filters leave none: offers to remove a filter, and lists the vendors that open next. */
export function filteredOut(page: PageContext, answer: SearchAnswer): TemplateResult {
  const { t, state } = page;
  const { alternatives, partial, urlState } = state;
  const clock = { zone: answer.meta.timezone, now: Date.now(), isOpenNow: answer.query.open };
  const removable = activeFilters(page)
    .filter(({ widens }) => widens)
    .map((one) => ({ ...one, hits: partial ? 0 : applyFilter(answer, readFilter(one.urlState.search, clock)).hits }))
    .filter(({ hits }) => hits > 0);
  const offers = html`
    ${removable.map((one) =>
      pageLink(page, { className: 'example', urlState: one.urlState, label: t.without(one.label, one.hits) }),
    )}
    <p class="actions">
      ${pageLink(page, { className: 'button', urlState: withoutAllFilters(page), label: t.clearFilters })}
      ${
        urlState.search.status === 'any' || !t.searchAnyStatus
          ? nothing
          : pageLink(page, { className: 'link', urlState: withAnyStatus(urlState, true), label: t.searchAnyStatus })
      }
    </p>
  `;
  if (alternatives.length === 0) return html`<div class="state is-narrowed"><h3>${t.filteredOut}</h3>${offers}</div>`;
  // What opens next is the answer, so it comes before the offers.
  return html`
    <h3 class="opens-next">${t.opensNext}</h3>
    ${resultRows(page, alternatives)}
    <div class="state is-narrowed">${offers}</div>
  `;
}

/** The API found nothing. */
export function empty(page: PageContext, { query }: SearchAnswer): TemplateResult {
  const { t, state } = page;
  const { urlState } = state;
  return html`
    <div class="state">
      <h3>${t.emptyHeading(query.q)}</h3>
      <p>${t.emptyHelp}</p>
      ${examples(page)}
      ${
        query.status === 'any' || !t.searchAnyStatus
          ? nothing
          : html`<p>${pageLink(page, { className: 'button', urlState: withAnyStatus(urlState, true), label: t.searchAnyStatus })}</p>`
      }
      <p>${pageLink(page, { className: 'link', urlState: homeUrlState(urlState), label: t.clear })}</p>
    </div>
  `;
}

/** The search failed; only a refused search cannot be tried again. */
export function failure(page: PageContext, error: ApiError): TemplateResult {
  const { t, state, actions } = page;
  const { heading, help } = t.failures[error.kind];
  const isRefused = error.kind === 'refused';
  return html`
    <div class="state is-failure">
      <h3>${heading}</h3>
      <p>${help}</p>
      ${error.details.length > 0 ? html`<ul class="faults" lang="en">${error.details.map((detail) => html`<li>${detail}</li>`)}</ul>` : nothing}
      ${error.requestId ? html`<p class="quiet">${t.requestId(error.requestId)}</p>` : nothing}
      <p class="actions">
        ${isRefused ? nothing : html`<button class="button" type="button" @click=${actions.retry}>${t.retry}</button>`}
        ${pageLink(page, { className: isRefused ? 'button' : 'link', urlState: homeUrlState(state.urlState), label: t.clear })}
      </p>
    </div>
  `;
}

/** Placeholder rows while the first answer loads. */
export function skeleton(): TemplateResult {
  return html`<div class="rows is-skeleton" aria-hidden="true">${[0, 1, 2, 3].map(() => html`<div class="row"><i></i><i></i><i></i></div>`)}</div>`;
}

/** Kinds of food that have hits. */
function examples(page: PageContext): TemplateResult {
  const { t, state } = page;
  return html`<ul class="examples">
    ${state.foods.slice(0, EXAMPLES).map(({ value }) => {
      const urlState = withToggledValue(homeUrlState(state.urlState), 'category', value);
      return html`<li>${pageLink(page, { className: 'example', urlState, label: t.category(value) })}</li>`;
    })}
  </ul>`;
}

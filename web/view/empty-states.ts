import { html, nothing, type TemplateResult } from 'lit-html';
import type { ApiError } from '../api/client.ts';
import type { SearchAnswer } from '../api/types.ts';
import type { PageContext } from '../app/app-state.ts';
import { applyFilter, readFilter } from '../app/client-filter.ts';
import { homeUrlState, withAnyStatus, withOpenTime, withText } from '../app/url-changes.ts';
import { activeFilters, withoutAllFilters } from './filter-chips.ts';
import { cartPicture } from './icons.ts';
import { pageLink } from './page-link.ts';
import { resultRows } from './result-list.ts';

/** Before a search: what the page is, with examples to start from. */
export function welcome(page: PageContext): TemplateResult {
  const { t, state } = page;
  const { meta, urlState } = state;
  return html`
    <div class="state is-welcome">
      ${cartPicture}
      <h3>${t.idleHeading}</h3>
      <p class="intro">${t.idleIntro(meta?.city.name ?? null, meta?.counts ?? null, meta?.meta.origin === 'sample')}</p>
      <p class="quiet">${t.idleTry}</p>
      ${examples(page)}
      <p class="actions">
        ${pageLink(page, { className: 'button', urlState: withOpenTime(urlState, 'now'), label: t.showOpen })}
        ${pageLink(page, { className: 'all', urlState: withAnyStatus(urlState, false), label: t.showAll })}
      </p>
    </div>
  `;
}

/** The API found vendors, but the filters leave none: offers to remove a filter, and lists the vendors that open next. */
export function filteredOut(page: PageContext, answer: SearchAnswer): TemplateResult {
  const { t, state } = page;
  const { alternatives, filter, partial, urlState } = state;
  const clock = { zone: answer.meta.timezone, now: Date.now(), isOpenNow: answer.query.open };
  const removable = activeFilters(page)
    .filter(({ widens }) => widens)
    .map((one) => ({ ...one, hits: partial ? 0 : applyFilter(answer, readFilter(one.urlState.search, clock)).hits }))
    .filter(({ hits }) => hits > 0);
  const hasTime = filter?.openForMinutes != null;
  return html`
    <div class="state is-narrowed">
      <h3>${hasTime && alternatives.length > 0 ? t.noneOpen(t.weekTime(filter.minute)) : t.filteredOut}</h3>
      ${removable.map((one) =>
        pageLink(page, { className: 'example', urlState: one.urlState, label: t.without(one.label, one.hits) }),
      )}
      <p class="actions">
        ${pageLink(page, { className: 'button', urlState: withoutAllFilters(page), label: t.clearFilters })}
        ${
          urlState.search.status === 'any'
            ? nothing
            : pageLink(page, { className: 'link', urlState: withAnyStatus(urlState, true), label: t.searchAnyStatus })
        }
      </p>
    </div>
    ${alternatives.length > 0 ? html`<h3 class="opens-next">${t.opensNext}</h3>${resultRows(page, alternatives)}` : nothing}
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
        query.status === 'any'
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

function examples(page: PageContext): TemplateResult {
  return html`<ul class="examples">
    ${page.t.examples.map(
      (word) =>
        html`<li>${pageLink(page, { className: 'example', urlState: withText(page.state.urlState, word), label: word })}</li>`,
    )}
  </ul>`;
}

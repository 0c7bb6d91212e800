import { html, nothing, type TemplateResult } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import type { ApiError } from '../api/client.ts';
import type { SearchAnswer } from '../api/types.ts';
import type { PageContext } from '../app/app-state.ts';
import { applyFilter, readFilter } from '../app/client-filter.ts';
import { homeUrlState, withAnyStatus, withOpenTime, withSort, withText } from '../app/url-changes.ts';
import { isEmptySearch } from '../app/url-state.ts';
import { active, chips, filters, unfiltered, whenControl } from './filters.ts';
import { cartPicture } from './icons.ts';
import { resultList, resultRows } from './result-list.ts';

const ORDERS = ['best', 'distance', 'name'];
/** Data older than this is said to be old, days. */
const OLD_DAYS = 90;

/** Everything below the search form: notices, the controls of the answer, and the state that the search is in. */
export function results(session: PageContext): TemplateResult {
  const { state } = session;
  const { searchStatus, filtered } = state;
  const idle = isEmptySearch(state.urlState) && !searchStatus.answer;
  const found = filtered?.hits ?? 0;
  // Its line is there from the start, so that nothing moves when the answer comes.
  const awaited = !idle && !searchStatus.answer && !searchStatus.error;
  return html`
    <div class="progress ${searchStatus.slow ? 'is-on' : ''}"></div>
    <h2 class="unseen">${session.t.resultsHeading}</h2>
    <p class="summary ${found > 0 || awaited ? '' : 'unseen'}" role="status">${summary(session)}</p>
    ${
      idle || searchStatus.error
        ? nothing
        : html`${whenControl(session)}
            <div class="tools">${filters(session)} ${order(session)}</div>`
    }
    ${idle ? nothing : html`${chips(session)} ${notices(session)} ${loosened(session)}`}
    ${body(session, idle)}
    ${idle ? notices(session) : nothing}
  `;
}

function notices({ t, state, actions }: PageContext): TemplateResult {
  const { hasNewerData, locationError, metaFailed, searchStatus } = state;
  // The answer says it too: nothing must be pushed down when the rest comes.
  const about = searchStatus.answer?.meta ?? state.meta?.meta;
  const days = about ? (Date.parse(about.now) - Date.parse(about.as_of)) / 86_400_000 : 0;
  return html`
    ${about?.origin === 'sample' ? html`<p class="notice is-sample">${t.sample}</p>` : nothing}
    ${about && about.origin !== 'sample' && days > OLD_DAYS ? html`<p class="notice">${t.staleData(about.as_of)}</p>` : nothing}
    ${searchStatus.savedAt ? html`<p class="notice is-saved" role="status">${t.saved(t.date(searchStatus.savedAt))}</p>` : nothing}
    ${hasNewerData ? html`<p class="notice" role="status">${t.dataUpdated}</p>` : nothing}
    ${locationError ? html`<p class="notice is-bad" role="alert">${t.locationErrors[locationError]}</p>` : nothing}
    ${
      metaFailed
        ? html`<p class="notice is-bad">${t.metaFailed} <button type="button" class="link" @click=${actions.retryMeta}>${t.retry}</button></p>`
        : nothing
    }
  `;
}

function summary({ t, state: { searchStatus, filtered, filter, urlState } }: PageContext): string {
  if (searchStatus.error) return t.failures[searchStatus.error.kind].heading;
  if (!searchStatus.answer || !filtered) return searchStatus.slow ? t.searching : '';
  const { query } = searchStatus.answer;
  if (filtered.hits === 0) return searchStatus.answer.hits > 0 ? t.filteredOut : t.emptyHeading(query.q);
  const { hits, locations, trucks, states } = filtered;
  const radius = Number(urlState.search.radius);
  const found = [t.found(hits, locations), ...(radius > 0 ? [t.foundWithin(t.distance(radius))] : [])].join(' ');
  const timed = filter?.openForMinutes != null && states.unknown > 0;
  return [
    timed ? `${found}: ${t.openCount(states.open)}, ${t.unknownHoursCount(states.unknown)}` : found,
    ...(trucks.length < hits ? [t.truncated(trucks.length)] : []),
  ].join('. ');
}

/** What the API had to give up to find anything: nobody must think that this is what was asked. */
function loosened({ t, state: { searchStatus, urlState, filtered, filter }, actions }: PageContext): TemplateResult {
  const relaxed = searchStatus.answer?.relaxed ?? [];
  const metres = (param: string, value: string | null) =>
    param === 'radius' && value ? t.distance(Number(value)) : value;
  const dark = filter?.openForMinutes != null && filtered !== null && filtered.hits > 0 && filtered.states.open === 0;
  return html`
    ${
      relaxed.length === 0
        ? nothing
        : html`<p class="notice is-relaxed" role="status">${relaxed
            .map(({ param, from, to }) => t.relaxed(param, metres(param, from) ?? '', metres(param, to)))
            .join(' ')}</p>`
    }
    ${
      dark
        ? html`<p class="notice is-dark">${t.allHoursUnknown}
            ${urlState.search.status === 'any' ? nothing : html`<a class="link" href=${actions.hrefOf(withAnyStatus(urlState, true))} @click=${actions.followLink}>${t.searchAnyStatus}</a>`}
          </p>`
        : nothing
    }
  `;
}

function body(session: PageContext, idle: boolean): TemplateResult | typeof nothing {
  const { searchStatus, filtered } = session.state;
  if (searchStatus.error) return failed(session, searchStatus.error);
  if (searchStatus.answer && filtered) {
    if (filtered.hits > 0) return resultList(session, filtered.trucks);
    return searchStatus.answer.hits > 0
      ? narrowedAway(session, searchStatus.answer)
      : empty(session, searchStatus.answer);
  }
  if (idle) return welcome(session);
  return searchStatus.slow ? skeleton() : nothing;
}

function order({ t, state, actions }: PageContext): TemplateResult {
  const { lat, lon, sort = 'best' } = state.urlState.search;
  const located = lat !== undefined && lon !== undefined;
  return html`
    <select
      class="order"
      aria-label=${t.sortLabel}
      @change=${(event: Event) => actions.navigate(withSort(state.urlState, (event.target as HTMLSelectElement).value))}
    >
      ${ORDERS.map(
        (
          name,
        ) => html`<option value=${name} ?disabled=${name === 'distance' && !located} .selected=${live(name === sort)}>
          ${t.sorts[name]}
        </option>`,
      )}
    </select>
  `;
}

function examples({ t, state, actions }: PageContext): TemplateResult {
  return html`<ul class="examples">
    ${t.examples.map(
      (word) =>
        html`<li><a class="example" href=${actions.hrefOf(withText(state.urlState, word))} @click=${actions.followLink}>${word}</a></li>`,
    )}
  </ul>`;
}

function welcome(session: PageContext): TemplateResult {
  const { t, state, actions } = session;
  return html`
    <div class="state is-welcome">
      ${cartPicture}
      <h3>${t.idleHeading}</h3>
      <p class="intro">${t.idleIntro(state.meta?.city.name ?? null, state.meta?.counts ?? null, state.meta?.meta.origin === 'sample')}</p>
      <p class="quiet">${t.idleTry}</p>
      ${examples(session)}
      <p class="ways">
        <a class="button" href=${actions.hrefOf(withOpenTime(state.urlState, 'now'))} @click=${actions.followLink}>${t.showOpen}</a>
        <a class="all" href=${actions.hrefOf(withAnyStatus(state.urlState, false))} @click=${actions.followLink}>${t.showAll}</a>
      </p>
    </div>
  `;
}

/** Something was found, but the filters leave none of it: which of them to take away, and what is nearest to what was asked. */
function narrowedAway(session: PageContext, answer: SearchAnswer): TemplateResult {
  const { t, state, actions } = session;
  const { alternatives, filter, partial } = state;
  const clock = { zone: answer.meta.timezone, now: Date.now() };
  const ways = active(session)
    .filter(({ widens }) => widens)
    .map((way) => ({ ...way, hits: partial ? 0 : applyFilter(answer, readFilter(way.next.search, clock)).hits }))
    .filter(({ hits }) => hits > 0);
  const timed = filter?.openForMinutes != null;
  return html`
    <div class="state is-narrowed">
      <h3>${timed && alternatives.length > 0 ? t.noneOpen(t.weekTime(filter.minute)) : t.filteredOut}</h3>
      ${ways.map(
        ({ words, next, hits }) =>
          html`<a class="example" href=${actions.hrefOf(next)} @click=${actions.followLink}>${t.without(words, hits)}</a>`,
      )}
      <p class="ways">
        <a class="button" href=${actions.hrefOf(unfiltered(session))} @click=${actions.followLink}>${t.clearFilters}</a>
        ${
          state.urlState.search.status === 'any'
            ? nothing
            : html`<a class="link" href=${actions.hrefOf(withAnyStatus(state.urlState, true))} @click=${actions.followLink}>${t.searchAnyStatus}</a>`
        }
      </p>
    </div>
    ${alternatives.length > 0 ? html`<h3 class="next">${t.opensNext}</h3>${resultRows(session, alternatives)}` : nothing}
  `;
}

function empty(session: PageContext, { query }: SearchAnswer): TemplateResult {
  const { t, state, actions } = session;
  return html`
    <div class="state">
      <h3>${t.emptyHeading(query.q)}</h3>
      <p>${t.emptyHelp}</p>
      ${examples(session)}
      ${
        query.status === 'any'
          ? nothing
          : html`<p><a class="button" href=${actions.hrefOf(withAnyStatus(state.urlState, true))} @click=${actions.followLink}>${t.searchAnyStatus}</a></p>`
      }
      <p><a class="link" href=${actions.hrefOf(homeUrlState(state.urlState))} @click=${actions.followLink}>${t.clear}</a></p>
    </div>
  `;
}

function failed({ t, state, actions }: PageContext, failure: ApiError): TemplateResult {
  const { heading, help } = t.failures[failure.kind];
  return html`
    <div class="state is-failure">
      <h3>${heading}</h3>
      <p>${help}</p>
      ${failure.details.length > 0 ? html`<ul class="faults" lang="en">${failure.details.map((fault) => html`<li>${fault}</li>`)}</ul>` : nothing}
      ${failure.requestId ? html`<p class="quiet">${t.requestId(failure.requestId)}</p>` : nothing}
      <p class="ways">
        ${failure.kind === 'refused' ? nothing : html`<button class="button" type="button" @click=${actions.retry}>${t.retry}</button>`}
        <a class=${failure.kind === 'refused' ? 'button' : 'link'} href=${actions.hrefOf(homeUrlState(state.urlState))} @click=${actions.followLink}>${t.clear}</a>
      </p>
    </div>
  `;
}

function skeleton(): TemplateResult {
  return html`<div class="rows is-skeleton" aria-hidden="true">${[0, 1, 2, 3].map(() => html`<div class="row"><i></i><i></i><i></i></div>`)}</div>`;
}

import { html, nothing, type TemplateResult } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import { MOST_REQUIRED } from '../../functions/model/text/parsed-query.ts';
import type { PageContext } from '../app/app-state.ts';
import { surplusWords } from '../app/question-parts.ts';
import { withAnyStatus, withExactWords, withSort } from '../app/url-changes.ts';
import { isEmptySearch, isTrue } from '../app/url-state.ts';
import { empty, failure, filteredOut, skeleton, welcome } from './empty-states.ts';
import { filterChips } from './filter-chips.ts';
import { filters, timeFilter } from './filters.ts';
import { pageLink } from './page-link.ts';
import { resultList } from './result-list.ts';
import { understoodChips } from './understood-chips.ts';

const SORTS = ['best', 'distance', 'name'];
/** A notice says that the data is old if it is older than this. */
const STALE_DAYS = 90;

/** Everything below the search form: summary, filters, notices, and the list or what replaces it. */
export function results(page: PageContext): TemplateResult {
  const { state, t } = page;
  const { searchStatus, filtered } = state;
  const isIdle = isEmptySearch(state.urlState) && !searchStatus.answer;
  const found = filtered?.hits ?? 0;
  // The line is there before the answer, so that nothing moves when the answer comes.
  const isLoading = !isIdle && !searchStatus.answer && !searchStatus.error;
  return html`
    <div class="progress ${searchStatus.slow ? 'is-on' : ''}"></div>
    <h2 class="unseen">${t.resultsHeading}</h2>
    <p class="summary ${found > 0 || isLoading ? '' : 'unseen'}" role="status">${summary(page)}</p>
    ${
      isIdle || searchStatus.error
        ? nothing
        : html`${timeFilter(page)}
            <div class="tools">${filters(page)} ${sortControl(page)}</div>`
    }
    ${isIdle ? nothing : html`${understoodChips(page)} ${filterChips(page)} ${notices(page)} ${searchNotices(page)}`}
    ${body(page, isIdle)}
    ${isIdle ? notices(page) : nothing}
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
  const hasUnknownHours = filter?.openForMinutes != null && states.unknown > 0;
  return [
    hasUnknownHours ? `${found}: ${t.openCount(states.open)}, ${t.unknownHoursCount(states.unknown)}` : found,
    ...(trucks.length < hits ? [t.truncated(trucks.length)] : []),
  ].join('. ');
}

/** Notices about the data and the connection. */
function notices({ t, state, actions }: PageContext): TemplateResult {
  const { hasNewerData, metaFailed, searchStatus } = state;
  // From the answer if it came before the metadata, which then pushes nothing down.
  const data = searchStatus.answer?.meta ?? state.meta?.meta;
  const days = data ? (Date.parse(data.now) - Date.parse(data.as_of)) / 86_400_000 : 0;
  return html`
    ${data?.origin === 'sample' ? html`<p class="notice is-sample">${t.sample}</p>` : nothing}
    ${data && data.origin !== 'sample' && days > STALE_DAYS ? html`<p class="notice">${t.staleData(data.as_of)}</p>` : nothing}
    ${searchStatus.savedAt ? html`<p class="notice is-saved" role="status">${t.saved(t.date(searchStatus.savedAt))}</p>` : nothing}
    ${hasNewerData ? html`<p class="notice" role="status">${t.dataUpdated}</p>` : nothing}
    ${
      metaFailed
        ? html`<p class="notice is-bad">${t.metaFailed} <button type="button" class="link" @click=${actions.retryMeta}>${t.retry}</button></p>`
        : nothing
    }
  `;
}

/** Notices about what was searched for: how the question was shortened and relaxed, and whether opening hours are known. */
function searchNotices(page: PageContext): TemplateResult {
  const { t } = page;
  const { searchStatus, urlState, understood, filtered, filter } = page.state;
  const { relaxed = [] } = searchStatus.answer ?? {};
  const surplus = isTrue(urlState.search.strict) ? [] : surplusWords(understood);
  const formatValue = (param: string, value: string | null) =>
    param === 'radius' && value ? t.distance(Number(value)) : value;
  const { place } = urlState;
  const isPlaceGone =
    place && !searchStatus.answer?.trucks.some(({ branches }) => branches.some(({ id }) => id === place));
  const allHoursUnknown =
    filter?.openForMinutes != null && filtered !== null && filtered.hits > 0 && filtered.states.open === 0;
  return html`
    ${isPlaceGone && filtered ? html`<p class="notice" role="status">${t.placeGone}</p>` : nothing}
    ${surplus.length === 0 ? nothing : html`<p class="notice is-surplus" role="status">${t.surplus(MOST_REQUIRED, surplus.join(', '))}</p>`}
    ${
      relaxed.length === 0
        ? nothing
        : html`<p class="notice is-relaxed" role="status">${relaxed
            .map(({ param, from, to }) => t.relaxed(param, formatValue(param, from) ?? '', formatValue(param, to)))
            .join(' ')}
            ${
              relaxed.some(({ param }) => param === 'q')
                ? pageLink(page, { className: 'link', urlState: withExactWords(urlState, true), label: t.exactWords })
                : nothing
            }</p>`
    }
    ${
      allHoursUnknown
        ? html`<p class="notice is-dark">${t.allHoursUnknown}
            ${urlState.search.status === 'any' ? nothing : pageLink(page, { className: 'link', urlState: withAnyStatus(urlState, true), label: t.searchAnyStatus })}
          </p>`
        : nothing
    }
  `;
}

function body(page: PageContext, isIdle: boolean): TemplateResult | typeof nothing {
  const { searchStatus, filtered } = page.state;
  if (searchStatus.error) return failure(page, searchStatus.error);
  if (searchStatus.answer && filtered) {
    if (filtered.hits > 0) return resultList(page, filtered.trucks);
    return searchStatus.answer.hits > 0 ? filteredOut(page, searchStatus.answer) : empty(page, searchStatus.answer);
  }
  if (isIdle) return welcome(page);
  return searchStatus.slow ? skeleton() : nothing;
}

function sortControl({ t, state, actions }: PageContext): TemplateResult {
  const { lat, lon, sort = 'best' } = state.urlState.search;
  const hasOrigin = lat !== undefined && lon !== undefined;
  return html`
    <select
      class="sort"
      aria-label=${t.sortLabel}
      @change=${(event: Event) => actions.navigate(withSort(state.urlState, (event.target as HTMLSelectElement).value))}
    >
      ${SORTS.map(
        (
          name,
        ) => html`<option value=${name} ?disabled=${name === 'distance' && !hasOrigin} .selected=${live(name === sort)}>
          ${t.sorts[name]}
        </option>`,
      )}
    </select>
  `;
}

import { html, nothing, type TemplateResult } from 'lit-html';
import type { AppState, PageContext } from '../app/app-state.ts';
import { hasFilters } from '../app/url-state.ts';
import { chosenTime } from './chosen-time.ts';
import { empty, failure, filteredOut, skeleton } from './empty-states.ts';
import { notices } from './notices.ts';
import { resultList } from './result-list.ts';

/** Everything in the pane: summary, notices, and the list or what replaces it. */
export function results(page: PageContext): TemplateResult {
  const { state, t } = page;
  const { searchStatus, filtered } = state;
  const { q } = state.urlState.search;
  // The line is there before the answer, so that nothing moves when the answer comes.
  const hasLine =
    (filtered?.hits ?? 0) > 0 || state.alternatives.length > 0 || !(searchStatus.answer || searchStatus.error);
  return html`
    <div class="progress ${searchStatus.slow ? 'is-on' : ''}"></div>
    <h2 class="unseen">${t.resultsHeading}</h2>
    <p class="summary ${hasLine ? '' : 'unseen'}" role="status">${summary(page)}</p>
    ${state.filter ? html`<p class="print-only">${[...(q ? [q] : []), t.shownFor(chosenTime(t, state.filter))].join(' · ')}</p>` : nothing}
    ${notices(page)} ${body(page)}
  `;
}

function summary({ t, state }: PageContext): string {
  const { searchStatus, filtered, filter, urlState, alternatives } = state;
  if (searchStatus.error) return t.failures[searchStatus.error.kind].heading;
  if (!searchStatus.answer || !filtered) return searchStatus.slow ? t.searching : '';
  const { query } = searchStatus.answer;
  if (alternatives.length > 0 && filter) return t.noneOpen(chosenTime(t, filter));
  if (filtered.hits === 0) return isFilteredOut(state) ? t.filteredOut : t.emptyHeading(query.q);
  const { hits, locations, trucks, states } = filtered;
  const radius = Number(urlState.search.radius);
  const when = urlState.search.open_at !== undefined && filter ? t.openAt(chosenTime(t, filter)) : t.timeOptions.now;
  const found =
    filter?.openForMinutes != null ? t.openSummary(when, states.open, states.unknown) : t.found(hits, locations);
  return [
    [found, ...(radius > 0 ? [t.foundWithin(t.distance(radius))] : [])].join(' '),
    ...(urlState.search.limit !== undefined && trucks.length < hits ? [t.truncated(trucks.length)] : []),
  ].join(t.separators.sentence);
}

function body(page: PageContext): TemplateResult | typeof nothing {
  const { searchStatus, filtered } = page.state;
  if (searchStatus.error) return failure(page, searchStatus.error);
  if (searchStatus.answer && filtered) {
    if (filtered.hits > 0) return resultList(page, filtered.trucks);
    return isFilteredOut(page.state) ? filteredOut(page, searchStatus.answer) : empty(page, searchStatus.answer);
  }
  return searchStatus.slow ? skeleton() : nothing;
}

/** Whether the filters are why nothing is left, as far as that is known: of what the API filtered, it says nothing more. */
function isFilteredOut({ searchStatus, partial, urlState }: AppState): boolean {
  return (searchStatus.answer?.hits ?? 0) > 0 || (partial && hasFilters(urlState.search));
}

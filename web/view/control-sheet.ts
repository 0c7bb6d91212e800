import { html, nothing, type TemplateResult } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import type { Control, PageContext } from '../app/app-state.ts';
import { withOpenTime, without, withSort } from '../app/url-changes.ts';
import type { UrlState } from '../app/url-state.ts';
import { groupFilter, moreFilters } from './filters.ts';
import { closeIcon } from './icons.ts';
import { savedVendors } from './saved-vendors.ts';
import { timeFilter } from './time-filter.ts';

const SORTS = ['best', 'distance', 'name'];

/** The content of the open control's dialog. */
export function controlSheet(page: PageContext): TemplateResult | typeof nothing {
  const { t, state, actions } = page;
  const { control, filtered } = state;
  if (control === null) return nothing;
  const cleared = clearedState(control, state.urlState);
  return html`<div class="sheet-inner">
    <div class="sheet-head">
      <h2 id="sheet-title">${titleOf(page, control)}</h2>
      <button type="button" class="close" aria-label=${t.close} @click=${() => actions.openControl(null)}>${closeIcon}</button>
    </div>
    <div class="sheet-body">${contentOf(page, control)}</div>
    <div class="sheet-foot" ?hidden=${control === 'saved'}>
      ${cleared ? html`<button type="button" class="link" @click=${() => actions.navigate(cleared)}>${t.clearControl}</button>` : nothing}
      <button type="button" class="button" @click=${() => actions.openControl(null)}>${t.showResults(filtered?.hits ?? 0)}</button>
    </div>
  </div>`;
}

function titleOf({ t }: PageContext, control: Control): string {
  if (control === 'when') return t.chooseTime;
  if (control === 'sort') return t.sortLabel;
  if (control === 'saved') return t.favourites;
  return control === 'more' ? t.filters : t.groups[control];
}

function contentOf(page: PageContext, control: Control): TemplateResult | typeof nothing {
  if (control === 'when') return timeFilter(page);
  if (control === 'sort') return sortChoice(page);
  if (control === 'saved') return savedVendors(page);
  if (control === 'more') return moreFilters(page);
  return groupFilter(page, control);
}

/** The URL state without the control's value; `null` where there is nothing to clear. */
function clearedState(control: Control, urlState: UrlState): UrlState | null {
  const { search } = urlState;
  if (control === 'when') return search.open_at || search.open_now ? withOpenTime(urlState, 'any') : null;
  if (control === 'category' || control === 'area') return search[control] ? without(urlState, control) : null;
  return null;
}

/** The nearest first needs an origin: without one, it asks where the user is. */
function sortChoice({ t, state, actions }: PageContext): TemplateResult {
  const { lat, lon, sort = 'best' } = state.urlState.search;
  const hasOrigin = lat !== undefined && lon !== undefined;
  const choose = (name: string) => {
    actions.openControl(null);
    if (name === 'distance' && !hasOrigin) actions.searchNearMe();
    else actions.navigate(withSort(state.urlState, name));
  };
  return html`<fieldset class="choices">
    <legend class="unseen">${t.sortLabel}</legend>
    ${SORTS.map(
      (name) => html`<label class="checkbox">
        <input type="radio" name="sort" .checked=${live(name === sort)} @click=${() => choose(name)} />
        <span>${t.sorts[name]}</span>
      </label>`,
    )}
  </fieldset>`;
}

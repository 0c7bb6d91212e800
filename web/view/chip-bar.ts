import { html, nothing, type TemplateResult } from 'lit-html';
import type { Control, PageContext } from '../app/app-state.ts';
import { withOpenTime, withOrigin, without, withSort } from '../app/url-changes.ts';
import { isTrue, type UrlState, valuesOf } from '../app/url-state.ts';
import { activeFilters } from './active-filters.ts';
import { chosenTime } from './chosen-time.ts';
import { chevronIcon, clockIcon, closeIcon, filterIcon, locateIcon, starIcon } from './icons.ts';
import { understoodChips } from './understood-chips.ts';

/** The row under the search field: what limits the list, and the controls, each with its state. */
export function chipBar(page: PageContext): TemplateResult {
  return html`<div class="chip-row">
    ${understoodChips(page)}${otherFilters(page)}
    <div class="controls">
      ${openNow(page)}${nearMe(page)}${when(page)}${group(page, 'category')}${group(page, 'area')}${sort(page)}${more(page)}${saved(page)}
    </div>
  </div>`;
}

/** The filters without a chip of their own. */
function otherFilters(page: PageContext): TemplateResult | typeof nothing {
  const { t, actions } = page;
  const filters = activeFilters(page).filter(({ hasControl }) => !hasControl);
  if (filters.length === 0) return nothing;
  return html`<ul class="chips">
    ${filters.map(
      ({ label, urlState }) => html`<li class="chip"><bdi>${label}</bdi
        ><button type="button" class="remove" aria-label=${t.remove(label)} @click=${() => actions.navigate(urlState)}>${closeIcon}</button></li>`,
    )}
  </ul>`;
}

/** Not offered where no hours are known: it would list every vendor as "maybe open". */
function openNow({ t, state, actions }: PageContext): TemplateResult | typeof nothing {
  const { filtered, filter, urlState, understood } = state;
  const { open_at, open_now } = urlState.search;
  const isOn = isTrue(open_now);
  const { open = 0, closed = 0 } = filtered?.states ?? {};
  const isKnown = open + closed > 0 || filter?.openForMinutes != null || !filtered;
  // The words "open now" in the question have a chip.
  const hasWords = open_at === undefined && !isOn && understood.some(({ as }) => as === 'open_now');
  if (hasWords || (!isKnown && !isOn)) return nothing;
  const count = open === 0 || open_at !== undefined ? nothing : html` <span class="count">${t.number(open)}</span>`;
  return html`<span class="control ${isOn ? 'is-on' : ''}"><button type="button" aria-pressed=${isOn} @click=${() =>
    actions.setOpenTime(
      isOn ? 'any' : 'now',
      true,
    )}>${clockIcon}<span>${t.timeOptions.now}${count}</span></button></span>`;
}

function nearMe({ t, state, actions }: PageContext): TemplateResult | typeof nothing {
  const { locating, origin, urlState, understood } = state;
  // The words "near me" in the question have a chip.
  if (understood.some(({ as }) => as === 'near_me')) return nothing;
  const isOn = origin === 'me';
  return html`<span class="control ${isOn ? 'is-on' : ''}"><button type="button" aria-pressed=${isOn} ?aria-busy=${locating} @click=${() =>
    isOn ? actions.navigate(withOrigin(urlState, null)) : actions.searchNearMe()}>${locateIcon}<span>${
    locating ? t.locating : t.nearMe
  }</span></button></span>`;
}

function when(page: PageContext): TemplateResult {
  const { t, state } = page;
  const { urlState, filter } = state;
  const value = urlState.search.open_at !== undefined && filter ? chosenTime(t, filter) : null;
  return control(page, 'when', { label: t.whenLabel, value, cleared: withOpenTime(urlState, 'any') });
}

function group(page: PageContext, name: 'category' | 'area'): TemplateResult | typeof nothing {
  const { t, state } = page;
  const { urlState, filtered } = state;
  const [first, ...others] = valuesOf(urlState.search[name]);
  if (first === undefined && (filtered?.counts[name].length ?? 0) < 2) return nothing;
  const label = first === undefined || name === 'area' ? first : t.category(first);
  const value = label === undefined ? null : others.length > 0 ? `${label} +${t.number(others.length)}` : label;
  return control(page, name, { label: t.groups[name], value, cleared: without(urlState, name) });
}

function sort(page: PageContext): TemplateResult {
  const { t, state } = page;
  const { sort: order = 'best' } = state.urlState.search;
  const value = order === 'best' ? null : (t.sorts[order] ?? order);
  return control(page, 'sort', { label: t.sortLabel, value, cleared: withSort(state.urlState, 'best') });
}

function more({ t, actions }: PageContext): TemplateResult {
  return html`<span class="control"><button type="button" aria-haspopup="dialog" data-control="more" @click=${() =>
    actions.openControl('more')}>${filterIcon}<span>${t.filters}</span></button></span>`;
}

/** Offered once there is one; until then, the filters have it. */
function saved({ t, state, actions }: PageContext): TemplateResult | typeof nothing {
  const { length } = state.favourites;
  if (length === 0) return nothing;
  return html`<span class="control"><button type="button" aria-haspopup="dialog" data-control="saved" @click=${() =>
    actions.openControl(
      'saved',
    )}>${starIcon}<span>${t.favourites} <span class="count">${t.number(length)}</span></span></button></span>`;
}

/** A button that opens a control's sheet; with a value, the button shows it, and another removes it. */
function control(
  { t, actions }: PageContext,
  name: Control,
  { label, value, cleared }: { label: string; value: string | null; cleared: UrlState },
): TemplateResult {
  return html`<span class="control ${value === null ? '' : 'is-on'}"><button type="button" aria-haspopup="dialog" data-control=${name} @click=${() =>
    actions.openControl(name)}>${
    value === null
      ? html`<span>${label}</span>${chevronIcon}`
      : html`<span class="unseen">${label}${t.separators.label}</span><bdi>${value}</bdi>`
  }</button>${
    value === null
      ? nothing
      : html`<button type="button" class="remove" aria-label=${t.remove(value)} @click=${() => actions.navigate(cleared)}>${closeIcon}</button>`
  }</span>`;
}

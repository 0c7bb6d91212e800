import { html, nothing, type TemplateResult } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import { valueKey } from '../../functions/model/text/tokenizer.ts';
import type { PageContext } from '../app/app-state.ts';
import { FILTER_GROUPS, type FilterGroup, type ValueCount } from '../app/client-filter.ts';
import { withAnyStatus, withExactWords, withKnownHours, withRadius, withToggledValue } from '../app/url-changes.ts';
import { isTrue, valuesOf } from '../app/url-state.ts';
import { filterIcon } from './icons.ts';
import { weekSlider } from './week-slider.ts';

/** Values of a group that are shown until "more" is pressed. */
const VALUES_SHOWN = 8;

/** All filters but the time, in a section that opens. */
export function filters(page: PageContext): TemplateResult {
  const { t, state, actions } = page;
  const { urlState } = state;
  const isExact = isTrue(urlState.search.strict);
  const active = [
    ...FILTER_GROUPS.flatMap((group) => valuesOf(urlState.search[group])),
    ...[
      urlState.search.status === 'any',
      urlState.search.hours === 'known',
      urlState.search.radius !== undefined,
      isExact,
    ].filter(Boolean),
  ].length;
  return html`
    <details class="filters">
      <summary>${filterIcon}<span class="filters-label">${active > 0 ? t.filtersOn(active) : t.filters}</span></summary>
      <div class="filters-body">
        ${FILTER_GROUPS.map((group) => groupFilter(page, group, state.filtered?.counts[group] ?? []))}
        ${radiusFilter(page)}
        ${checkbox(t.hoursKnown, urlState.search.hours === 'known', (on) => actions.navigate(withKnownHours(urlState, on)))}
        ${checkbox(t.anyStatus, urlState.search.status === 'any', (on) => actions.navigate(withAnyStatus(urlState, on)))}
        ${checkbox(t.exactWords, isExact, (on) => actions.navigate(withExactWords(urlState, on)))}
        ${checkbox(t.searchOnMove, state.searchesOnMove, actions.setSearchOnMove)}
      </div>
    </details>
  `;
}

function checkbox(label: string, checked: boolean, onChange: (checked: boolean) => void): TemplateResult {
  return html`<label class="checkbox">
    <input type="checkbox" .checked=${live(checked)}
      @change=${(event: Event) => onChange((event.target as HTMLInputElement).checked)} />
    <span>${label}</span>
  </label>`;
}

/** Open at any time, now, or at a time of the week. */
export function timeFilter(page: PageContext): TemplateResult {
  const { t, state, actions } = page;
  const { open_now, open_at } = state.urlState.search;
  const isNow = isTrue(open_now) || state.filter?.openForMinutes != null;
  const chosen = open_at !== undefined ? 'at' : isNow ? 'now' : 'any';
  return html`
    <fieldset class="when">
      <legend class="unseen">${t.whenLabel}</legend>
      <div class="segments">
        ${(['any', 'now', 'at'] as const).map(
          (name) => html`<label class="segment">
            <input type="radio" name="when" .checked=${live(chosen === name)} @change=${() =>
              actions.setOpenTime(name === 'at' ? { minute: noonOf(state.filter?.minute ?? 0) } : name, true)} />
            <span>${t.timeOptions[name]}</span>
          </label>`,
        )}
      </div>
      ${chosen === 'at' ? weekSlider(page) : nothing}
    </fieldset>
  `;
}

/** Noon on the day of a minute of the week: most people plan their lunch. */
function noonOf(minute: number): number {
  return Math.floor(minute / 1440) * 1440 + 720;
}

function groupFilter(
  { t, state, actions }: PageContext,
  group: FilterGroup,
  counts: readonly ValueCount[],
): TemplateResult | typeof nothing {
  const { urlState, expanded } = state;
  const chosen = valuesOf(urlState.search[group]);
  const isChosen = (value: string) => chosen.some((one) => valueKey(one) === valueKey(value));
  // A chosen value stays, even if no vendor has it now, so that it can be removed.
  const missing = chosen.filter((value) => !counts.some((one) => valueKey(one.value) === valueKey(value)));
  const all = [...counts, ...missing.map((value) => ({ value, count: 0 }))];
  if (all.length < (missing.length > 0 ? 1 : 2) && chosen.length === 0) return nothing;
  const key = `values ${group}`;
  const shown = expanded.has(key) ? all : all.filter(({ value }, index) => index < VALUES_SHOWN || isChosen(value));
  return html`<fieldset class="values">
    <legend>${t.groups[group]}</legend>
    ${shown.map(
      ({ value, count }) => html`<button
        type="button"
        class="value"
        aria-pressed=${isChosen(value)}
        @click=${() => actions.navigate(withToggledValue(urlState, group, value))}
      ><bdi>${group === 'area' ? value : t[group](value)}</bdi> <span class="count">${t.number(count)}</span></button>`,
    )}
    ${
      all.length > VALUES_SHOWN
        ? html`<button type="button" class="link" aria-expanded=${expanded.has(key)} @click=${() => actions.toggleExpanded(key)}>
            ${expanded.has(key) ? t.fewerValues : t.moreValues(all.length - shown.length)}
          </button>`
        : nothing
    }
  </fieldset>`;
}

function radiusFilter({ t, state, actions }: PageContext): TemplateResult | typeof nothing {
  const { urlState } = state;
  const { lat, lon, radius } = urlState.search;
  if (lat === undefined || lon === undefined) return nothing;
  const radii = [...new Set([...t.radii, ...(Number(radius) > 0 ? [Number(radius)] : [])])].sort((a, b) => a - b);
  const choose = (value: string) => actions.navigate(withRadius(urlState, value));
  return html`<label class="within">
    <span>${t.within}</span>
    <select @change=${(event: Event) => choose((event.target as HTMLSelectElement).value)}>
      <option value="" .selected=${live(radius === undefined)}>${t.withinAny}</option>
      ${radii.map((metres) => html`<option value=${metres} .selected=${live(Number(radius) === metres)}>${t.distance(metres)}</option>`)}
    </select>
  </label>`;
}

import { html, nothing, type TemplateResult } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import { valueKey } from '../../functions/model/text/tokenizer.ts';
import type { PageContext } from '../app/app-state.ts';
import type { FilterGroup } from '../app/client-filter.ts';
import { withAnyStatus, withExactWords, withKnownHours, withRadius, withToggledValue } from '../app/url-changes.ts';
import { isTrue, valuesOf } from '../app/url-state.ts';

/** Values of a group that are shown until "more" is pressed. */
const VALUES_SHOWN = 12;

const UNITS = ['mi', 'km'] as const;

/** The filters without a chip of their own. */
export function moreFilters(page: PageContext): TemplateResult {
  const { t, state, actions } = page;
  const { search } = state.urlState;
  return html`
    ${
      state.urlState.embed
        ? nothing
        : html`<button type="button" class="value" aria-haspopup="dialog" @click=${() => actions.openControl('saved')}>${t.favourites} <span class="count">${t.number(state.favourites.length)}</span></button>`
    }
    ${groupFilter(page, 'facility')} ${radiusFilter(page)}
    ${checkbox(t.hoursKnown, search.hours === 'known', (on) => actions.navigate(withKnownHours(state.urlState, on)))}
    ${t.anyStatus && checkbox(t.anyStatus, search.status === 'any', (on) => actions.navigate(withAnyStatus(state.urlState, on)))}
    ${checkbox(t.exactWords, isTrue(search.strict), (on) => actions.navigate(withExactWords(state.urlState, on)))}
    ${checkbox(t.searchOnMove, state.searchesOnMove, actions.setSearchOnMove)} ${unitsChoice(page)}
  `;
}

function unitsChoice({ t, actions }: PageContext): TemplateResult {
  return html`<fieldset class="units">
    <legend>${t.unitsLabel}</legend>
    <div class="segments">
      ${UNITS.map(
        (units) => html`<label class="segment">
          <input type="radio" name="units" .checked=${live(t.units === units)} @change=${() => actions.setUnits(units)} />
          <span>${t.unitNames[units]}</span>
        </label>`,
      )}
    </div>
  </fieldset>`;
}

function checkbox(label: string, checked: boolean, onChange: (checked: boolean) => void): TemplateResult {
  return html`<label class="checkbox">
    <input type="checkbox" .checked=${live(checked)}
      @change=${(event: Event) => onChange((event.target as HTMLInputElement).checked)} />
    <span>${label}</span>
  </label>`;
}

/** The values of a group, each with the number of vendors that have it. */
export function groupFilter({ t, state, actions }: PageContext, group: FilterGroup): TemplateResult | typeof nothing {
  const { urlState, expanded } = state;
  const counts = state.filtered?.counts[group] ?? [];
  const chosen = valuesOf(urlState.search[group]);
  const isChosen = (value: string) => chosen.some((one) => valueKey(one) === valueKey(value));
  // A chosen value stays, even if no vendor has it now, so that it can be removed.
  const missing = chosen.filter((value) => !counts.some((one) => valueKey(one.value) === valueKey(value)));
  const all = [...counts, ...missing.map((value) => ({ value, count: 0 }))];
  if (all.length < (missing.length > 0 ? 1 : 2) && chosen.length === 0) return nothing;
  const key = `values ${group}`;
  const shown = expanded.has(key) ? all : all.filter(({ value }, index) => index < VALUES_SHOWN || isChosen(value));
  return html`<fieldset class="values">
    <legend class=${group === 'facility' ? '' : 'unseen'}>${t.groups[group]}</legend>
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

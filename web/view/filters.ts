import { html, nothing, type TemplateResult } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import { valueKey } from '../../functions/model/text/tokenizer.ts';
import { formatSearch } from '../api/search-params.ts';
import type { PageContext } from '../app/app-state.ts';
import { FILTER_GROUPS, type FilterGroup, type ValueCount } from '../app/client-filter.ts';
import {
  withAnyStatus,
  withKnownHours,
  withOpenTime,
  withOrigin,
  without,
  withoutFilters,
  withRadius,
  withToggledValue,
} from '../app/url-changes.ts';
import { isTrue, valuesOf } from '../app/url-state.ts';
import { closeIcon, filterIcon } from './icons.ts';
import { weekSlider } from './week-slider.ts';

/** Values of a group that are shown before "more". */
const VALUES_SHOWN = 8;

/** What narrows a search, time aside. */
export function filters(session: PageContext): TemplateResult {
  const { t, state, actions } = session;
  const { urlState } = state;
  const set = (condition: boolean, name: string) => (condition ? [name] : []);
  const on = [
    ...FILTER_GROUPS.flatMap((group) => valuesOf(urlState.search[group])),
    ...set(urlState.search.status === 'any', 'status'),
    ...set(urlState.search.hours === 'known', 'hours'),
    ...set(urlState.search.radius !== undefined, 'radius'),
  ].length;
  return html`
    <details class="filters">
      <summary>${filterIcon}<span class="filters-words">${on > 0 ? t.filtersOn(on) : t.filters}</span></summary>
      <div class="filters-in">
        ${FILTER_GROUPS.map((group) => groupControl(session, group, state.filtered?.counts[group] ?? []))}
        ${withinControl(session)}
        <label class="check">
          <input type="checkbox" .checked=${live(urlState.search.hours === 'known')}
            @change=${(event: Event) => actions.navigate(withKnownHours(urlState, (event.target as HTMLInputElement).checked))} />
          <span>${t.hoursKnown}</span>
        </label>
        <label class="check">
          <input
            type="checkbox"
            .checked=${live(urlState.search.status === 'any')}
            @change=${(event: Event) => actions.navigate(withAnyStatus(urlState, (event.target as HTMLInputElement).checked))}
          />
          <span>${t.anyStatus}</span>
        </label>
        <label class="check">
          <input type="checkbox" .checked=${live(state.searchesOnMove)}
            @change=${(event: Event) => actions.setSearchOnMove((event.target as HTMLInputElement).checked)} />
          <span>${t.searchOnMove}</span>
        </label>
      </div>
    </details>
  `;
}

/** When: at any time, now, or at a time of the week. */
export function whenControl(session: PageContext): TemplateResult {
  const { t, state, actions } = session;
  const { open_now, open_at } = state.urlState.search;
  const chosen = open_at !== undefined ? 'at' : isTrue(open_now) ? 'now' : 'any';
  return html`
    <fieldset class="when">
      <legend class="unseen">${t.whenLabel}</legend>
      <div class="segments">
        ${(['any', 'now', 'at'] as const).map(
          (name) => html`<label class="segment">
            <input type="radio" name="when" .checked=${live(chosen === name)} @change=${() =>
              actions.setOpenTime(name === 'at' ? { minute: lunchOf(state.filter?.minute ?? 0) } : name, true)} />
            <span>${t.timeOptions[name]}</span>
          </label>`,
        )}
      </div>
      ${chosen === 'at' ? weekSlider(session) : nothing}
    </fieldset>
  `;
}

/** Noon of the day of a minute of the week: what most people look ahead to. */
function lunchOf(minute: number): number {
  return Math.floor(minute / 1440) * 1440 + 720;
}

function groupControl(
  { t, state, actions }: PageContext,
  group: FilterGroup,
  counts: readonly ValueCount[],
): TemplateResult | typeof nothing {
  const { urlState, expanded } = state;
  const chosen = valuesOf(urlState.search[group]);
  const isOn = (value: string) => chosen.some((one) => valueKey(one) === valueKey(value));
  // What was chosen stays to be taken away, even where nothing of it is left.
  const gone = chosen.filter((value) => !counts.some((one) => valueKey(one.value) === valueKey(value)));
  const all = [...counts, ...gone.map((value) => ({ value, count: 0 }))];
  if (all.length < (gone.length > 0 ? 1 : 2) && chosen.length === 0) return nothing;
  const unfolds = `values ${group}`;
  const shown = expanded.has(unfolds) ? all : all.filter(({ value }, index) => index < VALUES_SHOWN || isOn(value));
  return html`<fieldset class="values">
    <legend>${t.groups[group]}</legend>
    ${shown.map(
      ({ value, count }) => html`<button
        type="button"
        class="value"
        aria-pressed=${isOn(value)}
        @click=${() => actions.navigate(withToggledValue(urlState, group, value))}
      ><bdi>${group === 'area' ? value : t[group](value)}</bdi> <span class="count">${t.number(count)}</span></button>`,
    )}
    ${
      all.length > VALUES_SHOWN
        ? html`<button type="button" class="link" aria-expanded=${expanded.has(unfolds)} @click=${() => actions.toggleExpanded(unfolds)}>
            ${expanded.has(unfolds) ? t.fewerValues : t.moreValues(all.length - shown.length)}
          </button>`
        : nothing
    }
  </fieldset>`;
}

function withinControl({ t, state, actions }: PageContext): TemplateResult | typeof nothing {
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

/** What narrows the answer, each with a way to take it away. */
export function chips(session: PageContext): TemplateResult | typeof nothing {
  const { actions, t } = session;
  // The time has its own control right above.
  const timeless = formatSearch(withOpenTime(session.state.urlState, 'any').search);
  const all = active(session).filter(({ next }) => formatSearch(next.search) !== timeless);
  if (all.length === 0) return nothing;
  return html`<ul class="chips">
    ${all.map(
      ({ words, next }) => html`<li class="chip"><bdi>${words}</bdi
        ><button type="button" aria-label=${t.remove(words)} @click=${() => actions.navigate(next)}>${closeIcon}</button></li>`,
    )}
  </ul>`;
}

/** What narrows the answer, in words, and the view without it. */
export function active({
  t,
  state,
}: PageContext): { words: string; next: PageContext['state']['urlState']; widens: boolean }[] {
  const { urlState, origin, filter } = state;
  const { search } = urlState;
  const { lat, lon, status, radius, bbox, limit, open_at, open_for, open_now } = search;
  const from =
    origin === 'me'
      ? t.fromHere
      : origin === 'pin'
        ? t.fromPin
        : origin
          ? t.fromPlace(origin.name)
          : t.fromPoint(lat ?? '', lon ?? '');
  const chip = (given: unknown, words: () => string, next: () => typeof urlState, widens = true) =>
    given ? [{ words: words(), next: next(), widens }] : [];
  const time = open_at && filter ? t.openAt(t.weekTime(filter.minute)) : t.timeOptions.now;
  return [
    ...chip(
      lat !== undefined && lon !== undefined,
      () => from,
      () => withOrigin(urlState, null),
      false,
    ),
    ...chip(
      radius,
      () => t.withinFilter(t.distance(Number(radius))),
      () => without(urlState, 'radius'),
    ),
    ...chip(
      bbox,
      () => t.boxFilter,
      () => without(urlState, 'bbox'),
    ),
    ...chip(
      open_at || isTrue(open_now),
      () => time,
      () => withOpenTime(urlState, 'any'),
    ),
    ...chip(
      open_for,
      () => t.openForFilter(Number(open_for)),
      () => without(urlState, 'open_for'),
    ),
    ...FILTER_GROUPS.flatMap((group) =>
      valuesOf(search[group]).map((value) => ({
        words: group === 'area' ? value : t[group](value),
        next: withToggledValue(urlState, group, value),
        widens: true,
      })),
    ),
    ...chip(
      search.hours === 'known',
      () => t.hoursKnown,
      () => without(urlState, 'hours'),
    ),
    ...chip(
      status === 'any',
      () => t.permitFilter,
      () => withAnyStatus(urlState, false),
      false,
    ),
    ...chip(
      status && status !== 'any' && status !== 'approved',
      () => t.permitState(t.status(status ?? '')),
      () => withAnyStatus(urlState, false),
      false,
    ),
    ...chip(
      Number(limit) > 0,
      () => t.limitFilter(Number(limit)),
      () => without(urlState, 'limit'),
      false,
    ),
  ];
}

/** The view without anything that the chips, the time and the place narrow. */
export function unfiltered({ state }: PageContext): PageContext['state']['urlState'] {
  return without(withoutFilters(state.urlState), 'radius', 'bbox');
}

import { html, nothing, type TemplateResult } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import { valueKey } from '../functions/model/words.ts';
import { closeIcon, filterIcon } from './icons.ts';
import { type Count, GROUPS, type Group } from './narrow.ts';
import type { Session } from './screen.ts';
import { isTrue, searchQuery, valuesOf } from './state.ts';
import { toggled, widened, withAnyStatus, withKnownHours, withOrigin, without, withRadius, withWhen } from './steps.ts';
import { timeline } from './timeline.ts';

/** Values of a group that are shown before "more". */
const VALUES_SHOWN = 8;

/** What narrows a search, time aside. */
export function filters(session: Session): TemplateResult {
  const { text, screen, actions } = session;
  const { view } = screen;
  const set = (condition: boolean, name: string) => (condition ? [name] : []);
  const on = [
    ...GROUPS.flatMap((group) => valuesOf(view.search[group])),
    ...set(view.search.status === 'any', 'status'),
    ...set(view.search.hours === 'known', 'hours'),
    ...set(view.search.radius !== undefined, 'radius'),
  ].length;
  return html`
    <details class="filters">
      <summary>${filterIcon}<span class="filters-words">${on > 0 ? text.filtersOn(on) : text.filters}</span></summary>
      <div class="filters-in">
        ${GROUPS.map((group) => groupControl(session, group, screen.narrowed?.counts[group] ?? []))}
        ${withinControl(session)}
        <label class="check">
          <input type="checkbox" .checked=${live(view.search.hours === 'known')}
            @change=${(event: Event) => actions.go(withKnownHours(view, (event.target as HTMLInputElement).checked))} />
          <span>${text.hoursKnown}</span>
        </label>
        <label class="check">
          <input
            type="checkbox"
            .checked=${live(view.search.status === 'any')}
            @change=${(event: Event) => actions.go(withAnyStatus(view, (event.target as HTMLInputElement).checked))}
          />
          <span>${text.anyStatus}</span>
        </label>
        <label class="check">
          <input type="checkbox" .checked=${live(screen.searchesMoves)}
            @change=${(event: Event) => actions.searchMoves((event.target as HTMLInputElement).checked)} />
          <span>${text.searchMoves}</span>
        </label>
      </div>
    </details>
  `;
}

/** When: at any time, now, or at a time of the week. */
export function whenControl(session: Session): TemplateResult {
  const { text, screen, actions } = session;
  const { open_now, open_at } = screen.view.search;
  const chosen = open_at !== undefined ? 'at' : isTrue(open_now) ? 'now' : 'any';
  return html`
    <fieldset class="when">
      <legend class="unseen">${text.whenLabel}</legend>
      <div class="segments">
        ${(['any', 'now', 'at'] as const).map(
          (name) => html`<label class="segment">
            <input type="radio" name="when" .checked=${live(chosen === name)} @change=${() =>
              actions.when(name === 'at' ? { minute: lunchOf(screen.narrowing?.minute ?? 0) } : name, true)} />
            <span>${text.whens[name]}</span>
          </label>`,
        )}
      </div>
      ${chosen === 'at' ? timeline(session) : nothing}
    </fieldset>
  `;
}

/** Noon of the day of a minute of the week: what most people look ahead to. */
function lunchOf(minute: number): number {
  return Math.floor(minute / 1440) * 1440 + 720;
}

function groupControl(
  { text, screen, actions }: Session,
  group: Group,
  counts: readonly Count[],
): TemplateResult | typeof nothing {
  const { view, unfolded } = screen;
  const chosen = valuesOf(view.search[group]);
  const isOn = (value: string) => chosen.some((one) => valueKey(one) === valueKey(value));
  // What was chosen stays to be taken away, even where nothing of it is left.
  const gone = chosen.filter((value) => !counts.some((one) => valueKey(one.value) === valueKey(value)));
  const all = [...counts, ...gone.map((value) => ({ value, count: 0 }))];
  if (all.length < (gone.length > 0 ? 1 : 2) && chosen.length === 0) return nothing;
  const unfolds = `values ${group}`;
  const shown = unfolded.has(unfolds) ? all : all.filter(({ value }, index) => index < VALUES_SHOWN || isOn(value));
  return html`<fieldset class="values">
    <legend>${text.groups[group]}</legend>
    ${shown.map(
      ({ value, count }) => html`<button
        type="button"
        class="value"
        aria-pressed=${isOn(value)}
        @click=${() => actions.go(toggled(view, group, value))}
      ><bdi>${group === 'area' ? value : text[group](value)}</bdi> <span class="count">${text.number(count)}</span></button>`,
    )}
    ${
      all.length > VALUES_SHOWN
        ? html`<button type="button" class="link" aria-expanded=${unfolded.has(unfolds)} @click=${() => actions.unfold(unfolds)}>
            ${unfolded.has(unfolds) ? text.fewerValues : text.moreValues(all.length - shown.length)}
          </button>`
        : nothing
    }
  </fieldset>`;
}

function withinControl({ text, screen, actions }: Session): TemplateResult | typeof nothing {
  const { view } = screen;
  const { lat, lon, radius } = view.search;
  if (lat === undefined || lon === undefined) return nothing;
  const radii = [...new Set([...text.radii, ...(Number(radius) > 0 ? [Number(radius)] : [])])].sort((a, b) => a - b);
  const choose = (value: string) => actions.go(withRadius(view, value));
  return html`<label class="within">
    <span>${text.within}</span>
    <select @change=${(event: Event) => choose((event.target as HTMLSelectElement).value)}>
      <option value="" .selected=${live(radius === undefined)}>${text.withinAny}</option>
      ${radii.map((metres) => html`<option value=${metres} .selected=${live(Number(radius) === metres)}>${text.distance(metres)}</option>`)}
    </select>
  </label>`;
}

/** What narrows the answer, each with a way to take it away. */
export function chips(session: Session): TemplateResult | typeof nothing {
  const { actions, text } = session;
  // The time has its own control right above.
  const timeless = searchQuery(withWhen(session.screen.view, 'any').search);
  const all = active(session).filter(({ next }) => searchQuery(next.search) !== timeless);
  if (all.length === 0) return nothing;
  return html`<ul class="chips">
    ${all.map(
      ({ words, next }) => html`<li class="chip"><bdi>${words}</bdi
        ><button type="button" aria-label=${text.remove(words)} @click=${() => actions.go(next)}>${closeIcon}</button></li>`,
    )}
  </ul>`;
}

/** What narrows the answer, in words, and the view without it. */
export function active({
  text,
  screen,
}: Session): { words: string; next: Session['screen']['view']; widens: boolean }[] {
  const { view, origin, narrowing } = screen;
  const { search } = view;
  const { lat, lon, status, radius, bbox, limit, open_at, open_for, open_now } = search;
  const from =
    origin === 'me'
      ? text.fromHere
      : origin === 'pin'
        ? text.fromPin
        : origin
          ? text.fromPlace(origin.named)
          : text.fromPoint(lat ?? '', lon ?? '');
  const chip = (given: unknown, words: () => string, next: () => typeof view, widens = true) =>
    given ? [{ words: words(), next: next(), widens }] : [];
  const time = open_at && narrowing ? text.openAt(text.weekTime(narrowing.minute)) : text.whens.now;
  return [
    ...chip(
      lat !== undefined && lon !== undefined,
      () => from,
      () => withOrigin(view, null),
      false,
    ),
    ...chip(
      radius,
      () => text.withinFilter(text.distance(Number(radius))),
      () => without(view, 'radius'),
    ),
    ...chip(
      bbox,
      () => text.boxFilter,
      () => without(view, 'bbox'),
    ),
    ...chip(
      open_at || isTrue(open_now),
      () => time,
      () => withWhen(view, 'any'),
    ),
    ...chip(
      open_for,
      () => text.openForFilter(Number(open_for)),
      () => without(view, 'open_for'),
    ),
    ...GROUPS.flatMap((group) =>
      valuesOf(search[group]).map((value) => ({
        words: group === 'area' ? value : text[group](value),
        next: toggled(view, group, value),
        widens: true,
      })),
    ),
    ...chip(
      search.hours === 'known',
      () => text.hoursKnown,
      () => without(view, 'hours'),
    ),
    ...chip(
      status === 'any',
      () => text.permitFilter,
      () => withAnyStatus(view, false),
      false,
    ),
    ...chip(
      status && status !== 'any' && status !== 'approved',
      () => text.permitState(text.status(status ?? '')),
      () => withAnyStatus(view, false),
      false,
    ),
    ...chip(
      Number(limit) > 0,
      () => text.limitFilter(Number(limit)),
      () => without(view, 'limit'),
      false,
    ),
  ];
}

/** The view without anything that the chips, the time and the place narrow. */
export function unfiltered({ screen }: Session): Session['screen']['view'] {
  return without(widened(screen.view), 'radius', 'bbox');
}

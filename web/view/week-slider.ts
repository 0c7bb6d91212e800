import { html, nothing, svg, type TemplateResult } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import { DAY } from '../../functions/model/hours/week.ts';
import type { Truck } from '../api/types.ts';
import type { PageContext } from '../app/app-state.ts';
import { applyFilter, type ClientFilter, openPerHour } from '../app/client-filter.ts';
import { withOpenWindow } from '../app/url-changes.ts';
import type { Translations } from '../i18n/translations.ts';
import { chosenTime } from './chosen-time.ts';

/** Minutes between two positions of the slider: hours in the city's data begin and end on half hours, breaks on quarter hours. */
const STEP = 15;
/** Height of the histogram, in units of its SVG. */
const HEIGHT = 40;

/** The times that most people choose, as minutes of the day. */
const MEALS = { breakfast: 8 * 60, lunch: 12 * 60, dinner: 18 * 60, night: 21 * 60 } as const;
const MEAL_NAMES = Object.keys(MEALS) as (keyof typeof MEALS)[];

/** Noon on the day of a minute of the week: most people plan their lunch. */
export function noonOf(minute: number): number {
  return Math.floor(minute / DAY) * DAY + DAY / 2;
}

/**
 * Chooses a day and, once there is one, a time, under a histogram of how many vendors are open in each hour of that day. While the
 * slider moves, a whole answer is filtered in the page, without a request.
 */
export function weekSlider({ t, state, actions }: PageContext): TemplateResult {
  const { filter, searchStatus, partial, filtered } = state;
  if (!filter || !searchStatus.answer) return html`<div class="timeline"></div>`;
  const isChosen = state.urlState.search.open_at !== undefined;
  const day = Math.floor(filter.minute / DAY);
  const minuteOfDay = filter.minute % DAY;
  const anyTime: ClientFilter = { ...filter, openForMinutes: null };
  const open = filtered?.states.open ?? 0;
  const slide = (settled: boolean) => (event: Event) =>
    actions.setOpenTime({ minute: day * DAY + Number((event.target as HTMLInputElement).value) }, settled);
  return html`<div class="timeline">
    <div class="days" role="radiogroup" aria-label=${t.dayLabel}>
      ${[0, 1, 2, 3, 4, 5, 6].map(
        (one) => html`<label class="day">
          <input type="radio" name="day" aria-label=${t.day(one, 'long')} .checked=${live(isChosen && one === day)}
            @change=${() => actions.setOpenTime({ minute: isChosen ? one * DAY + minuteOfDay : noonOf(one * DAY) }, true)} />
          <span class="day-name">${t.day(one)}</span>
        </label>`,
      )}
    </div>
    ${
      isChosen
        ? html`<div class="meals">
      ${MEAL_NAMES.map(
        (meal) =>
          html`<button type="button" class="value" aria-pressed=${minuteOfDay === MEALS[meal]} @click=${() =>
            actions.setOpenTime(
              { minute: day * DAY + MEALS[meal] },
              true,
            )}>${t.meals[meal]} <span class="count">${t.clock(MEALS[meal])}</span></button>`,
      )}
    </div>
    ${partial ? nothing : histogram(t, applyFilter(searchStatus.answer, anyTime).trucks, filter.minute)}
    <input
      class="time"
      type="range"
      min="0"
      max=${DAY - STEP}
      step=${STEP}
      aria-label=${t.timeLabel}
      aria-valuetext="${t.weekTimeLong(filter.minute)}${t.separators.label}${t.openCount(open)}"
      .value=${live(String(minuteOfDay))}
      @input=${slide(false)}
      @change=${slide(true)}
    />
    <p class="time-label" aria-hidden="true">
      <b>${chosenTime(t, filter)}</b> <span>${t.openCount(open)}</span>
    </p>
    ${openUntil({ t, state, actions }, filter)}`
        : nothing
    }
  </div>`;
}

/** Hours after the chosen time until which a vendor may open. */
const WINDOW_HOURS = [1, 2, 3, 4, 6];

/** Makes a window of the chosen time: "between 11 and 2". */
function openUntil(
  { t, state, actions }: Pick<PageContext, 't' | 'state' | 'actions'>,
  { minute, openWithinMinutes }: ClientFilter,
): TemplateResult {
  const choose = (event: Event) =>
    actions.navigate(withOpenWindow(state.urlState, Number((event.target as HTMLSelectElement).value)));
  const hours = WINDOW_HOURS.map((count) => count * 60);
  const others = hours.includes(openWithinMinutes) || openWithinMinutes === 0 ? [] : [openWithinMinutes];
  return html`<label class="within">
    <span>${t.untilLabel}</span>
    <select @change=${choose}>
      <option value="0" .selected=${live(openWithinMinutes === 0)}>${t.untilNone}</option>
      ${[...hours, ...others].map(
        (minutes) =>
          html`<option value=${minutes} .selected=${live(minutes === openWithinMinutes)}>${t.clock(minute + minutes)}</option>`,
      )}
    </select>
  </label>`;
}

/** How many vendors are open in each hour of the day of a minute of the week. Of a part of them, it would say something wrong. */
function histogram(t: Translations, trucks: readonly Truck[], minute: number): TemplateResult {
  const day = Math.floor(minute / DAY);
  const hours = openPerHour(trucks, day);
  const most = Math.max(...hours);
  const label = most === 0 ? t.noneOpenThatDay : t.busiest(t.clock(hours.indexOf(most) * 60), most);
  return html`<svg class="bars" viewBox="0 0 240 ${HEIGHT}" preserveAspectRatio="none" role="img" aria-label="${t.histogram(t.day(day, 'long'))}${t.separators.sentence}${label}">
    ${hours.map((count, hour) => {
      const height = count === 0 ? 1 : Math.max(4, (count / most) * HEIGHT);
      const isCurrent = Math.floor((minute % DAY) / 60) === hour;
      return svg`<rect class=${isCurrent ? 'hour is-here' : 'hour'} x=${hour * 10 + 1} y=${HEIGHT - height} width="8" height=${height}></rect>`;
    })}
  </svg>`;
}

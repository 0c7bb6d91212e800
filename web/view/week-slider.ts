import { html, svg, type TemplateResult } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import { DAY } from '../../functions/model/hours/week.ts';
import type { PageContext } from '../app/app-state.ts';
import { applyFilter, openPerHour } from '../app/client-filter.ts';

/** Steps of the slider, minutes: hours in the city's data are in halves, and lunch breaks in quarters. */
const STEP = 15;
/** The histogram's height, in its own units. */
const HEIGHT = 40;

/**
 * The week's slider: a day, and a time of it, over how many vendors are open in each hour of that day. Everything follows
 * while it is moved, without a request where the whole answer is here.
 */
export function weekSlider({ t, state, actions }: PageContext): TemplateResult {
  const { filter, searchStatus, partial, filtered } = state;
  if (!filter || !searchStatus.answer) return html`<div class="timeline"></div>`;
  const day = Math.floor(filter.minute / DAY);
  const ofDay = filter.minute % DAY;
  const anyTime = { ...filter, forMinutes: null };
  const trucks = partial ? searchStatus.answer.trucks : applyFilter(searchStatus.answer, anyTime).trucks;
  const hours = openPerHour(trucks, day);
  const most = Math.max(...hours);
  const at = (minuteOfDay: number) => ({ minute: day * DAY + minuteOfDay });
  const open = filtered?.states.open ?? 0;
  const slide = (settled: boolean) => (event: Event) =>
    actions.setOpenTime(at(Number((event.target as HTMLInputElement).value)), settled);
  return html`<div class="timeline">
    <div class="days" role="radiogroup" aria-label=${t.dayLabel}>
      ${[0, 1, 2, 3, 4, 5, 6].map(
        (one) => html`<label class="day">
          <input type="radio" name="day" aria-label=${t.day(one, 'long')} .checked=${live(one === day)}
            @change=${() => actions.setOpenTime({ minute: one * DAY + ofDay }, true)} />
          <span class="day-name">${t.day(one)}</span>
        </label>`,
      )}
    </div>
    <svg class="bars" viewBox="0 0 240 ${HEIGHT}" preserveAspectRatio="none" role="img" aria-label="${t.histogram(t.day(day, 'long'))}. ${
      most === 0 ? t.noneOpenThatDay : t.busiest(t.clock(hours.indexOf(most) * 60), most)
    }">
      ${hours.map((count, hour) => {
        const height = count === 0 ? 1 : Math.max(4, (count / most) * HEIGHT);
        const here = Math.floor(ofDay / 60) === hour;
        return svg`<rect class=${here ? 'hour is-here' : 'hour'} x=${hour * 10 + 1} y=${HEIGHT - height} width="8" height=${height}></rect>`;
      })}
    </svg>
    <input
      class="time"
      type="range"
      min="0"
      max=${DAY - STEP}
      step=${STEP}
      aria-label=${t.timeLabel}
      aria-valuetext="${t.weekTimeLong(filter.minute)}: ${t.openCount(open)}"
      .value=${live(String(ofDay))}
      @input=${slide(false)}
      @change=${slide(true)}
    />
    <p class="time-words" aria-hidden="true">
      <b>${t.weekTime(filter.minute)}</b> <span>${t.openCount(open)}</span>
    </p>
  </div>`;
}

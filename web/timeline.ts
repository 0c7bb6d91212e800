import { html, svg, type TemplateResult } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import { DAY } from '../functions/model/week.ts';
import { narrow, openPerHour } from './narrow.ts';
import type { Session } from './screen.ts';

/** Steps of the slider, minutes: hours in the city's data are in halves, and lunch breaks in quarters. */
const STEP = 15;
/** The histogram's height, in its own units. */
const HEIGHT = 40;

/**
 * The week's slider: a day, and a time of it, over how many vendors are open in each hour of that day. Everything follows
 * while it is moved, without a request where the whole answer is here.
 */
export function timeline({ text, screen, actions }: Session): TemplateResult {
  const { narrowing, finding, partial, narrowed } = screen;
  if (!narrowing || !finding.answer) return html`<div class="timeline"></div>`;
  const day = Math.floor(narrowing.minute / DAY);
  const ofDay = narrowing.minute % DAY;
  const anyTime = { ...narrowing, forMinutes: null };
  const trucks = partial ? finding.answer.trucks : narrow(finding.answer, anyTime).trucks;
  const hours = openPerHour(trucks, day);
  const most = Math.max(...hours);
  const at = (minuteOfDay: number) => ({ minute: day * DAY + minuteOfDay });
  const open = narrowed?.states.open ?? 0;
  const slide = (settled: boolean) => (event: Event) =>
    actions.when(at(Number((event.target as HTMLInputElement).value)), settled);
  return html`<div class="timeline">
    <div class="days" role="radiogroup" aria-label=${text.dayLabel}>
      ${[0, 1, 2, 3, 4, 5, 6].map(
        (one) => html`<label class="day">
          <input type="radio" name="day" aria-label=${text.day(one, 'long')} .checked=${live(one === day)}
            @change=${() => actions.when({ minute: one * DAY + ofDay }, true)} />
          <span class="day-name">${text.day(one)}</span>
        </label>`,
      )}
    </div>
    <svg class="bars" viewBox="0 0 240 ${HEIGHT}" preserveAspectRatio="none" role="img" aria-label="${text.histogram(text.day(day, 'long'))}. ${
      most === 0 ? text.noneThatDay : text.busiest(text.clock(hours.indexOf(most) * 60), most)
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
      aria-label=${text.timeLabel}
      aria-valuetext="${text.weekTimeLong(narrowing.minute)}: ${text.openThen(open)}"
      .value=${live(String(ofDay))}
      @input=${slide(false)}
      @change=${slide(true)}
    />
    <p class="time-words" aria-hidden="true">
      <b>${text.weekTime(narrowing.minute)}</b> <span>${text.openThen(open)}</span>
    </p>
  </div>`;
}

import { html, type TemplateResult } from 'lit-html';
import { DAY, WEEK } from '../../functions/model/hours/week.ts';
import type { TruckBranch } from '../api/types.ts';
import type { PageContext } from '../app/app-state.ts';

/** The labelled hours, minutes of the day. */
const MORNING = DAY / 4;
const NOON = DAY / 2;
const EVENING = (DAY * 3) / 4;

/** The permitted hours as seven strips, hidden from screen readers because the text next to them says the same. */
export function weekChart({ t, state }: PageContext, branch: TruckBranch): TemplateResult {
  const today = Math.floor((state.filter?.minute ?? 0) / DAY);
  return html`<div class="week" aria-hidden="true">
    ${[0, 1, 2, 3, 4, 5, 6].map(
      (day) => html`<span class="week-day ${day === today ? 'is-here' : ''}">${t.day(day)}</span>
        <svg class="week-strip" viewBox="0 0 ${DAY} 10" preserveAspectRatio="none">
          <path d=${`M0 5h${DAY}`}></path>
          <path d=${[MORNING, NOON, EVENING].map((minute) => `M${minute} 0v10`).join('')}></path>
          <path class="week-open" d=${openLines(branch, day)}></path>
        </svg>`,
    )}
    <span class="week-hours"><span>${t.clock(MORNING)}</span><span>${t.noon}</span><span>${t.clock(EVENING)}</span></span>
  </div>`;
}

/** An SVG path with a line for each permitted period of a day; a period past midnight continues on the next day. */
function openLines({ week }: TruckBranch, day: number): string {
  return week
    .flatMap(([start, end]) => [0, -WEEK].map((shift) => [start + shift - day * DAY, end + shift - day * DAY] as const))
    .flatMap(([start, end]) => {
      const [from, to] = [Math.max(0, start), Math.min(DAY, end)];
      return from < to ? [`M${from} 5H${to}`] : [];
    })
    .join('');
}

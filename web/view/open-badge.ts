import { html, nothing, type TemplateResult } from 'lit-html';
import { minutesLeft, minutesToOpen, type OpenState } from '../../functions/model/hours/open-state.ts';
import { DAY, WEEK } from '../../functions/model/hours/week.ts';
import type { TruckBranch } from '../api/types.ts';
import type { PageContext } from '../app/app-state.ts';
import { type ClientFilter, openStateOf } from '../app/client-filter.ts';
import type { Translations } from '../i18n/translations.ts';

/** Up to this many minutes before closing, the label counts the minutes. */
const CLOSES_SOON = 45;

/** A badge for {@link openStatus} at the filter's minute. */
export function openBadge(
  { t, state }: Pick<PageContext, 't' | 'state'>,
  branch: TruckBranch,
): TemplateResult | typeof nothing {
  if (!state.filter) return nothing;
  const { state: openState, label } = openStatus(branch, state.filter, t);
  return html`<span class="badge is-${openState}">${label}</span>`;
}

/** Whether a branch is permitted to be open, and until when or from when: `Open until 3 PM`, `Opens Wed 10 AM`. */
export function openStatus(
  branch: TruckBranch,
  { minute }: Pick<ClientFilter, 'minute'>,
  t: Translations,
): { readonly state: OpenState; readonly label: string } {
  const state = openStateOf(branch, { minute, openForMinutes: null, openWithinMinutes: 0 });
  return { state, label: labelOf(branch, state, minute, t) };
}

function labelOf({ week }: TruckBranch, state: OpenState, minute: number, t: Translations): string {
  if (state === 'open') {
    const left = minutesLeft(week, minute) ?? 0;
    if (left === Number.POSITIVE_INFINITY) return t.openAlways;
    if (left <= CLOSES_SOON) return t.closesIn(left);
    return t.openUntil(timeAfter(minute, left, t));
  }
  const wait = minutesToOpen(week, minute);
  if (wait !== null) return t.opens(timeAfter(minute, wait, t));
  return state === 'closed' ? t.closed : t.hoursUnknown;
}

/** The time this many minutes after `minute`, with its day unless it is on the same day. */
function timeAfter(minute: number, minutes: number, t: Translations): string {
  const time = (minute + minutes) % WEEK;
  const sameDay = (minute % DAY) + minutes <= DAY;
  return sameDay ? t.clock(time) : t.weekTime(time);
}

import { minutesLeft, minutesToOpen, type OpenState } from '../../functions/model/hours/open-state.ts';
import { DAY, WEEK } from '../../functions/model/hours/week.ts';
import type { TruckBranch } from '../api/types.ts';
import { type ClientFilter, openStateOf } from '../app/client-filter.ts';
import type { Translations } from '../i18n/translations.ts';

/** What a card and a marker say of a branch's hours at a minute. */
export type Badge = { readonly state: OpenState; readonly words: string };

/** So many minutes before the end, the end is said in minutes. */
const SOON = 45;

/** Whether a branch is permitted to be open, and until when or from when: `Open until 3 PM`, `Opens Wed 10 AM`. */
export function openBadge(branch: TruckBranch, narrowing: ClientFilter, text: Translations): Badge {
  const { minute } = narrowing;
  const state = openStateOf(branch, { minute, openForMinutes: null });
  return { state, words: wordsOf(branch, state, minute, text) };
}

function wordsOf({ week }: TruckBranch, state: OpenState, minute: number, text: Translations): string {
  if (state === 'open') {
    const left = minutesLeft(week, minute) ?? 0;
    if (left === Number.POSITIVE_INFINITY) return text.openAlways;
    if (left <= SOON) return text.closesIn(left);
    return text.openUntil(timeFrom(minute, left, text));
  }
  const wait = minutesToOpen(week, minute);
  if (wait !== null) return text.opens(timeFrom(minute, wait, text));
  return state === 'closed' ? text.closed : text.hoursUnknown;
}

/** A time some minutes later: with its day when that is another one. */
function timeFrom(minute: number, later: number, text: Translations): string {
  const at = (minute + later) % WEEK;
  const sameDay = (minute % DAY) + later <= DAY;
  return sameDay ? text.clock(at) : text.weekTime(at);
}

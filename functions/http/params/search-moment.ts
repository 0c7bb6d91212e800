import { type Moment, momentAt, parseMoment } from '../../model/hours/clock.ts';
import type { ParameterFault } from '../openapi/schemas/problem.ts';
import { SEARCH_PARAMS } from './parameters.ts';
import { mustBe } from './parse.ts';

/** The moment at which a search judges opening hours: `open_at` if given, else now. Adds a fault if `open_at` is not a time. */
export function searchMoment(
  openAt: string | undefined,
  clock: { readonly zone: string; readonly now: number },
  faults: ParameterFault[],
): Moment {
  if (openAt === undefined) return currentMoment(clock);
  const moment = parseMoment(openAt, clock);
  if (moment) return sharedMoment(moment, clock.zone);
  faults.push({ parameter: 'open_at', detail: mustBe(SEARCH_PARAMS.open_at.expects, openAt) });
  return currentMoment(clock);
}

let last: { readonly zone: string; readonly moment: Moment } | undefined;

function currentMoment({ now, zone }: { readonly zone: string; readonly now: number }): Moment {
  if (last?.moment.instant === now && last.zone === zone) return last.moment;
  last = { zone, moment: sharedMoment(momentAt(now, zone), zone) };
  return last.moment;
}

/** Enough for the current minute and the times that callers choose often. */
const MAX_MOMENTS = 64;
const moments = new Map<string, Moment>();

/** One object for equal moments, because caches of formatted text use the moment as their key. */
function sharedMoment(moment: Moment, zone: string): Moment {
  const key = `${moment.instant} ${moment.minute} ${zone}`;
  const earlier = moments.get(key);
  if (earlier) return earlier;
  moments.set(key, moment);
  for (const oldest of moments.keys()) {
    if (moments.size <= MAX_MOMENTS) break;
    moments.delete(oldest);
  }
  return moment;
}

import { OPEN_STATES, type OpenState } from '../../../model/hours/open-state.ts';
import { WEEK } from '../../../model/hours/week.ts';
import type { SearchQuery } from '../../../model/query.ts';
import { OPEN_FACTOR } from '../../../model/ranking.ts';
import type { Sections } from '../file/index-format.ts';

/** Numbers of the states as bytes; not yet judged. */
const UNJUDGED = 255;
const [OPEN, CLOSED, UNKNOWN] = (['open', 'closed', 'unknown'] as const).map((state) => OPEN_STATES.indexOf(state)) as [
  number,
  number,
  number,
];

const FACTORS = Float64Array.from(OPEN_STATES, (state: OpenState) => OPEN_FACTOR[state]);

/** What hours are at the minute of one query, each judged once: most branches share theirs with others. */
export class OpenStates {
  readonly #sections: Sections;
  readonly #query: SearchQuery;
  readonly #states: Uint8Array;

  /** @param states one of each hours, used again from query to query */
  constructor(sections: Sections, query: SearchQuery, states: Uint8Array) {
    this.#sections = sections;
    this.#query = query;
    this.#states = states.fill(UNJUDGED);
  }

  /** The state as its number in {@link OPEN_STATES}. */
  of(hours: number): number {
    let state = this.#states[hours] as number;
    if (state === UNJUDGED) {
      state = this.#judge(hours);
      this.#states[hours] = state;
    }
    return state;
  }

  /** Whether the query's time takes such hours. */
  passes(hours: number): boolean {
    const state = this.of(hours);
    return state === OPEN || (state === UNKNOWN && this.#query.time?.unknownToo === true);
  }

  /** What the state takes from a score. */
  factor(hours: number): number {
    return FACTORS[this.of(hours)] as number;
  }

  /** As the model's `stateAt`, on the columns. */
  #judge(hours: number): number {
    const { weekStarts, weeks, hoursFlags } = this.#sections;
    const { minute, time } = this.#query;
    const outside = ((hoursFlags[hours] as number) & 1) === 1 ? UNKNOWN : CLOSED;
    const last = weekStarts[hours + 1] as number;
    for (let at = weekStarts[hours] as number; at < last; at += 2) {
      const start = weeks[at] as number;
      const end = weeks[at + 1] as number;
      const moment = minute >= start ? minute : minute + WEEK;
      if (moment >= end) continue;
      const left = end - start >= WEEK ? Number.POSITIVE_INFINITY : end - moment;
      return left >= (time?.forMinutes ?? 0) ? OPEN : outside;
    }
    return outside;
  }
}

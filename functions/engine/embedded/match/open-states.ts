import { OPEN_STATES, type OpenState, THAT_MINUTE } from '../../../model/hours/open-state.ts';
import { WEEK } from '../../../model/hours/week.ts';
import type { SearchQuery } from '../../../model/query.ts';
import { OPEN_FACTOR } from '../../../model/ranking.ts';
import type { Sections } from '../file/index-format.ts';

/** The state of hours that are not evaluated yet. Other states are indexes into {@link OPEN_STATES}. */
const NOT_EVALUATED = 255;
const [OPEN, CLOSED, UNKNOWN] = (['open', 'closed', 'unknown'] as const).map((state) => OPEN_STATES.indexOf(state)) as [
  number,
  number,
  number,
];

const FACTORS = Float64Array.from(OPEN_STATES, (state: OpenState) => OPEN_FACTOR[state]);

/** The states of hours at the minute of one query, evaluated once each: most branches share their hours with others. */
export class OpenStates {
  readonly #sections: Sections;
  readonly #query: SearchQuery;
  readonly #states: Uint8Array;

  /** @param states one byte for each hours, reused from query to query */
  constructor(sections: Sections, query: SearchQuery, states: Uint8Array) {
    this.#sections = sections;
    this.#query = query;
    this.#states = states.fill(NOT_EVALUATED);
  }

  /** The state as an index into {@link OPEN_STATES}. */
  of(hours: number): number {
    let state = this.#states[hours] as number;
    if (state === NOT_EVALUATED) {
      state = this.#evaluate(hours);
      this.#states[hours] = state;
    }
    return state;
  }

  /** Whether the hours pass the query's time filter. */
  passes(hours: number): boolean {
    const state = this.of(hours);
    return state === OPEN || (state === UNKNOWN && this.#query.time?.unknownToo === true);
  }

  /** The factor of the state in a score. */
  factor(hours: number): number {
    return FACTORS[this.of(hours)] as number;
  }

  /** The model's `stateAt`, computed from the index sections. */
  #evaluate(hours: number): number {
    const { weekStarts, weeks, hoursFlags } = this.#sections;
    const { minute, time } = this.#query;
    const outside = ((hoursFlags[hours] as number) & 1) === 1 ? UNKNOWN : CLOSED;
    const last = weekStarts[hours + 1] as number;
    const { forMinutes, withinMinutes } = time ?? THAT_MINUTE;
    for (let at = weekStarts[hours] as number; at < last; at += 2) {
      const start = weeks[at] as number;
      const end = weeks[at + 1] as number;
      const moment = minute >= start ? minute : minute + WEEK;
      const wait = (start > minute ? start : start + WEEK) - minute;
      if (wait < withinMinutes) return OPEN;
      if (moment >= end) continue;
      const left = end - start >= WEEK ? Number.POSITIVE_INFINITY : end - moment;
      if (left >= forMinutes) return OPEN;
    }
    return outside;
  }
}

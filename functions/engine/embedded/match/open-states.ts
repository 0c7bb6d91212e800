import { OPEN_STATES, type OpenState, THAT_MINUTE } from '../../../model/hours/open-state.ts';
import { WEEK } from '../../../model/hours/week.ts';
import type { SearchQuery } from '../../../model/query.ts';
import { OPEN_FACTOR } from '../../../model/ranking.ts';
import type { Sections } from '../file/index-format.ts';
import type { BranchBuffers } from './filter-loops.ts';

/** The state of hours that are not evaluated yet. Other states are indexes into {@link OPEN_STATES}. */
const NOT_EVALUATED = 255;
const [OPEN, CLOSED, UNKNOWN] = (['open', 'closed', 'unknown'] as const).map((state) => OPEN_STATES.indexOf(state)) as [
  number,
  number,
  number,
];

/** The factors of the states in a score. */
export const STATE_FACTORS = Float64Array.from(OPEN_STATES, (state: OpenState) => OPEN_FACTOR[state]);

/** What the states of one query depend on. */
type Moment = Pick<SearchQuery, 'minute' | 'time'>;

/**
 * The states of hours at the minute of the last query, evaluated once each: most branches share their hours with others, and searches of the
 * same minute share the states.
 */
export class OpenStates {
  readonly #sections: Sections;
  #moment: Moment = { minute: -1, time: null };
  readonly #states: Uint8Array;
  #areAllEvaluated = false;
  readonly #passing: Uint8Array;

  constructor(sections: Sections) {
    this.#sections = sections;
    this.#passing = new Uint8Array(sections.hoursFlags.length);
    this.#states = new Uint8Array(sections.hoursFlags.length);
  }

  /** The states at the minute of a query, for its spans. */
  at({ minute, time }: Moment): this {
    if (!isSameSpan(this.#moment, { minute, time })) {
      this.#states.fill(NOT_EVALUATED);
      this.#areAllEvaluated = false;
    }
    this.#moment = { minute, time };
    return this;
  }

  /** The states of all hours, by number. */
  all(): Uint8Array {
    for (let hours = 0; !this.#areAllEvaluated && hours < this.#states.length; hours++) this.of(hours);
    this.#areAllEvaluated = true;
    return this.#states;
  }

  /** 1 for each hours that pass the query's time filter. */
  passing(): Uint8Array {
    const states = this.all();
    const [passing, passes] = [this.#passing, this.#passingStates()];
    for (let hours = 0; hours < states.length; hours++) passing[hours] = passes[states[hours] as number] as number;
    return passing;
  }

  /** 1 for each hours that are known. */
  known(): Uint8Array {
    return this.#sections.hoursFlags.map((flags) => (flags & 2 ? 0 : 1));
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
    return this.#passesState(this.of(hours));
  }

  /** 1 for each state that passes. */
  #passingStates(): Uint8Array {
    return Uint8Array.from(OPEN_STATES, (_, state) => (this.#passesState(state) ? 1 : 0));
  }

  #passesState(state: number): boolean {
    return state === OPEN || (state === UNKNOWN && this.#moment.time?.unknownToo === true);
  }

  /** Keeps those of the first `count` branches that pass the query's time filter; returns how many. */
  keepPassing({ ids, textScores }: BranchBuffers, count: number, branchHours: Uint32Array): number {
    const states = this.#states;
    const passes = this.#passingStates();
    let kept = 0;
    for (let at = 0; at < count; at++) {
      const branch = ids[at] as number;
      const hours = branchHours[branch] as number;
      let state = states[hours] as number;
      if (state === NOT_EVALUATED) state = this.of(hours);
      ids[kept] = branch;
      textScores[kept] = textScores[at] as number;
      kept += passes[state] as number;
    }
    return kept;
  }

  /** The factor of the state in a score. */
  factor(hours: number): number {
    return STATE_FACTORS[this.of(hours)] as number;
  }

  /** The model's `stateAt`, computed from the index sections. */
  #evaluate(hours: number): number {
    const { weekStarts, weeks, hoursFlags } = this.#sections;
    const { minute, time } = this.#moment;
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

function isSameSpan(one: Moment, other: Moment): boolean {
  const [a, b] = [one.time ?? THAT_MINUTE, other.time ?? THAT_MINUTE];
  return one.minute === other.minute && a.forMinutes === b.forMinutes && a.withinMinutes === b.withinMinutes;
}

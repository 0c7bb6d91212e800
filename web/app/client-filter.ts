import { momentAt, parseMoment } from '../../functions/model/hours/clock.ts';
import { minutesToOpen, type OpenState, stateAt } from '../../functions/model/hours/open-state.ts';
import { DAY, WEEK } from '../../functions/model/hours/week.ts';
import { valueKey } from '../../functions/model/text/tokenizer.ts';
import type { BranchHours } from '../../functions/model/vendor.ts';
import type { SearchAnswer, Truck, TruckBranch } from '../api/types.ts';
import { isTrue, type SearchFields, valuesOf } from './url-state.ts';

/** What of an answer is wanted. The rules are those of the API's parameters of the same names. */
export type ClientFilter = {
  readonly category: readonly string[];
  readonly facility: readonly string[];
  readonly area: readonly string[];
  readonly hoursKnown: boolean;
  /** Minute of the week (0..10079) at which states are judged. */
  readonly minute: number;
  /** Leaves out what is closed at that minute, or closes within so many minutes; `null`: time is no filter. */
  readonly forMinutes: number | null;
};

export const FILTER_GROUPS = ['category', 'facility', 'area'] as const;
export type FilterGroup = (typeof FILTER_GROUPS)[number];
export type ValueCount = { readonly value: string; readonly count: number };

/** What is left of an answer, and what there would be. */
export type FilteredResults = {
  readonly trucks: readonly Truck[];
  /** Vendors and branches in them. */
  readonly hits: number;
  readonly locations: number;
  /** Vendors that are open, closed or nobody knows at the judged minute, by their best branch; of what is left. */
  readonly states: { readonly [State in OpenState]: number };
  /** Vendors by value, a group's own filter left out; most frequent first. */
  readonly counts: { readonly [Name in FilterGroup]: readonly ValueCount[] };
};

/** Reads what narrows a search; `now` in milliseconds since 1970, `zone` the city's. */
export function readFilter(search: SearchFields, clock: { zone: string; now: number }): ClientFilter {
  const { open_at, open_now, open_for, hours } = search;
  const keys = (text: string | undefined) => valuesOf(text).map(valueKey);
  const asked = open_at === undefined ? undefined : parseMoment(open_at, clock);
  const timed = asked !== undefined || isTrue(open_now);
  return {
    category: keys(search.category),
    facility: keys(search.facility),
    area: keys(search.area),
    hoursKnown: hours === 'known',
    minute: (asked ?? momentAt(clock.now, clock.zone)).minute,
    forMinutes: timed ? Number(open_for ?? 0) : null,
  };
}

/** A branch's hours as the model judges them. */
export function hoursOf({ hours_source, week, hours_complete }: TruckBranch): BranchHours {
  return { source: hours_source, week, complete: hours_complete, text: null };
}

/** Whether a branch is permitted to be open. */
export function openStateOf(
  branch: TruckBranch,
  { minute, forMinutes }: Pick<ClientFilter, 'minute' | 'forMinutes'>,
): OpenState {
  return stateAt(hoursOf(branch), minute, forMinutes ?? 0);
}

/** Narrows an answer that is whole. Vendors stay in the answer's order; when time is asked, those known to be open lead. */
export function applyFilter(answer: SearchAnswer, wanted: ClientFilter): FilteredResults {
  const counts = {
    category: new Map<string, number>(),
    facility: new Map<string, number>(),
    area: new Map<string, number>(),
  };
  const count = (group: FilterGroup, values: Iterable<string>) => {
    for (const value of values) counts[group].set(value, (counts[group].get(value) ?? 0) + 1);
  };
  const has = (group: FilterGroup, value: string | null) =>
    wanted[group].length === 0 || (value !== null && wanted[group].includes(valueKey(value)));
  const trucks: Truck[] = [];
  for (const truck of answer.trucks) {
    const inTime = truck.branches.filter((branch) => passesTime(branch, wanted));
    const kind = wanted.category.length === 0 || truck.categories.some((one) => has('category', one));
    const left = inTime.filter(({ facility, area }) => has('facility', facility) && has('area', area));
    if (left.length > 0) count('category', truck.categories);
    if (kind) {
      count('facility', new Set(inTime.flatMap(({ facility, area }) => (has('area', area) ? [facility] : []))));
      count('area', new Set(inTime.flatMap(({ facility, area }) => (area && has('facility', facility) ? [area] : []))));
    }
    if (kind && left.length > 0) trucks.push(left.length === truck.branches.length ? truck : withBranches(truck, left));
  }
  const ordered = inOrder(trucks, wanted, answer.query.sort);
  const states = { open: 0, closed: 0, unknown: 0 };
  for (const truck of ordered) states[bestState(truck, wanted)] += 1;
  return {
    trucks: ordered,
    hits: ordered.length,
    locations: ordered.reduce((sum, { branches }) => sum + branches.length, 0),
    states,
    counts: { category: sorted(counts.category), facility: sorted(counts.facility), area: sorted(counts.area) },
  };
}

/** What an answer says of itself when it is only a first part: the API narrowed it and counted. */
export function partialResults(answer: SearchAnswer, wanted: ClientFilter): FilteredResults {
  const { facets } = answer;
  const here = applyFilter(answer, {
    ...wanted,
    category: [],
    facility: [],
    area: [],
    hoursKnown: false,
    forMinutes: null,
  });
  const counts = { ...here.counts };
  for (const group of FILTER_GROUPS) counts[group] = facets[group] ?? here.counts[group];
  return { ...here, hits: answer.hits, locations: answer.locations, counts };
}

function passesTime(branch: TruckBranch, wanted: ClientFilter): boolean {
  if (wanted.hoursKnown && branch.hours_source === 'none') return false;
  if (wanted.forMinutes === null) return true;
  const state = openStateOf(branch, wanted);
  return state === 'open' || (state === 'unknown' && !wanted.hoursKnown);
}

function withBranches(truck: Truck, branches: TruckBranch[]): Truck {
  const [first] = branches;
  return first ? { ...truck, branches, distance_m: first.distance_m, nearest: first.id } : truck;
}

/** The vendor's best: open before unknown before closed. */
export function bestState(truck: Truck, wanted: ClientFilter): OpenState {
  const states = truck.branches.map((branch) => openStateOf(branch, wanted));
  return states.includes('open') ? 'open' : states.includes('unknown') ? 'unknown' : 'closed';
}

function inOrder(trucks: Truck[], wanted: ClientFilter, sort: string): Truck[] {
  if (sort === 'distance') return trucks.sort((a, b) => (a.distance_m ?? 0) - (b.distance_m ?? 0));
  if (sort === 'name' || wanted.forMinutes === null) return trucks;
  const rank = (truck: Truck) => (bestState(truck, wanted) === 'open' ? 0 : 1);
  return trucks.sort((a, b) => rank(a) - rank(b));
}

function sorted(counts: ReadonlyMap<string, number>): ValueCount[] {
  return [...counts]
    .map(([value, count]) => ({ value, count }))
    .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
}

/** How many vendors are known to be open at some time of each hour of a day (0 Monday .. 6 Sunday): 24 counts. */
export function openPerHour(trucks: readonly Truck[], day: number): number[] {
  const hours = Array.from({ length: 24 }, () => 0);
  for (const { branches } of trucks) {
    const open = new Set<number>();
    for (const [start, end] of branches.flatMap(({ week }) => week)) {
      for (const shift of [0, -WEEK]) {
        const from = Math.max(0, Math.floor((start + shift - day * DAY) / 60));
        const to = Math.min(24, Math.ceil((end + shift - day * DAY) / 60));
        for (let hour = from; hour < to; hour++) open.add(hour);
      }
    }
    for (const hour of open) hours[hour] = (hours[hour] ?? 0) + 1;
  }
  return hours;
}

/** Vendors with a known next opening after a minute, soonest first: what there is when nothing is open. */
export function opensNext(trucks: readonly Truck[], minute: number): Truck[] {
  const wait = ({ branches }: Truck) =>
    Math.min(...branches.map(({ week }) => minutesToOpen(week, minute) ?? Number.POSITIVE_INFINITY));
  return trucks
    .map((truck) => ({ truck, minutes: wait(truck) }))
    .filter(({ minutes }) => minutes < Number.POSITIVE_INFINITY)
    .sort((a, b) => a.minutes - b.minutes)
    .map(({ truck }) => truck);
}

import { momentAt, parseMoment } from '../../functions/model/hours/clock.ts';
import { bestState, minutesToOpen, type OpenState, stateAt } from '../../functions/model/hours/open-state.ts';
import { DAY, WEEK } from '../../functions/model/hours/week.ts';
import { valueKey } from '../../functions/model/text/tokenizer.ts';
import type { BranchHours } from '../../functions/model/vendor.ts';
import type { SearchFields } from '../api/search-params.ts';
import type { SearchAnswer, Truck, TruckBranch } from '../api/types.ts';
import { isTrue, valuesOf } from './url-state.ts';

/** The filters of a search, with the rules of the API's parameters of the same names. */
export type ClientFilter = {
  readonly category: readonly string[];
  readonly facility: readonly string[];
  readonly area: readonly string[];
  readonly hoursKnown: boolean;
  /** Minute of the week (0..10079) for which open states are computed. */
  readonly minute: number;
  /** Leaves out branches that are closed at `minute` or close within this many minutes; `null`: no time filter. */
  readonly openForMinutes: number | null;
  /** With a time filter, keeps branches that open within this many minutes after `minute`. */
  readonly openWithinMinutes: number;
};

export const FILTER_GROUPS = ['category', 'facility', 'area'] as const;
export type FilterGroup = (typeof FILTER_GROUPS)[number];
export type ValueCount = { readonly value: string; readonly count: number };

export type FilteredResults = {
  readonly trucks: readonly Truck[];
  /** Number of vendors. */
  readonly hits: number;
  /** Number of their branches. */
  readonly locations: number;
  /** Vendors by the open state of their best branch at the filter's minute; of a part, the unknown and closed ones at most. */
  readonly states: { readonly [State in OpenState]: number };
  /** Vendors by value, most frequent first. A group's own filter is ignored, so that other values can be chosen. */
  readonly counts: { readonly [Name in FilterGroup]: readonly ValueCount[] };
};

/**
 * The filter that a search asks for.
 * @param clock `now` in milliseconds since 1970, `zone` the city's time zone; `isOpenNow`: the words of the question ask for "open now"
 */
export function readFilter(
  search: SearchFields,
  { isOpenNow = false, ...clock }: { zone: string; now: number; isOpenNow?: boolean },
): ClientFilter {
  const { open_at, open_now, open_for, open_within, hours } = search;
  const keys = (text: string | undefined) => valuesOf(text).map(valueKey);
  const moment = open_at === undefined ? undefined : parseMoment(open_at, clock);
  const hasTime = moment !== undefined || isTrue(open_now) || isOpenNow;
  return {
    category: keys(search.category),
    facility: keys(search.facility),
    area: keys(search.area),
    hoursKnown: hours === 'known',
    minute: (moment ?? momentAt(clock.now, clock.zone)).minute,
    openForMinutes: hasTime ? Number(open_for ?? 0) : null,
    openWithinMinutes: hasTime ? Number(open_within ?? 0) : 0,
  };
}

function hoursOf({ hours_source, week, hours_complete }: TruckBranch): BranchHours {
  return { source: hours_source, week, complete: hours_complete, text: null };
}

/** Whether a branch is permitted to be open. */
export function openStateOf(
  branch: TruckBranch,
  { minute, openForMinutes, openWithinMinutes }: Pick<ClientFilter, 'minute' | 'openForMinutes' | 'openWithinMinutes'>,
): OpenState {
  return stateAt(hoursOf(branch), minute, { forMinutes: openForMinutes ?? 0, withinMinutes: openWithinMinutes });
}

/** Filters a whole answer. Vendors keep the answer's order; with a time filter, those known to be open come first. */
export function applyFilter(answer: SearchAnswer, filter: ClientFilter): FilteredResults {
  const counts = {
    category: new Map<string, number>(),
    facility: new Map<string, number>(),
    area: new Map<string, number>(),
  };
  const count = (group: FilterGroup, values: Iterable<string>) => {
    for (const value of values) counts[group].set(value, (counts[group].get(value) ?? 0) + 1);
  };
  const passes = (group: FilterGroup, value: string | null) =>
    filter[group].length === 0 || (value !== null && filter[group].includes(valueKey(value)));
  const trucks: Truck[] = [];
  for (const truck of answer.trucks) {
    const inTime = truck.branches.filter((branch) => passesTime(branch, filter));
    const passesCategory = filter.category.length === 0 || truck.categories.some((one) => passes('category', one));
    const branches = inTime.filter(({ facility, area }) => passes('facility', facility) && passes('area', area));
    if (branches.length > 0) count('category', truck.categories);
    if (!passesCategory) continue;
    count('facility', new Set(inTime.flatMap(({ facility, area }) => (passes('area', area) ? [facility] : []))));
    count(
      'area',
      new Set(inTime.flatMap(({ facility, area }) => (area && passes('facility', facility) ? [area] : []))),
    );
    if (branches.length === 0) continue;
    trucks.push(branches.length === truck.branches.length ? truck : withBranches(truck, branches));
  }
  const ordered = inOrder(trucks, filter, answer.query.sort);
  const states = { open: 0, closed: 0, unknown: 0 };
  for (const truck of ordered) states[vendorState(truck, filter)] += 1;
  return {
    trucks: ordered,
    hits: ordered.length,
    locations: ordered.reduce((sum, { branches }) => sum + branches.length, 0),
    states,
    counts: { category: sorted(counts.category), facility: sorted(counts.facility), area: sorted(counts.area) },
  };
}

/** The results of an answer that the API has filtered: it may be only a first page, and the API counted all of them. */
export function partialResults(answer: SearchAnswer, filter: ClientFilter): FilteredResults {
  const { facets } = answer;
  const page = applyFilter(answer, {
    ...filter,
    category: [],
    facility: [],
    area: [],
    hoursKnown: false,
    openForMinutes: null,
  });
  const counts = { ...page.counts };
  for (const group of FILTER_GROUPS) counts[group] = facets[group] ?? page.counts[group];
  const states = facets.open ? countStates(facets.open, answer.hits, filter) : page.states;
  return { ...page, hits: answer.hits, locations: answer.locations, states, counts };
}

/** The API counts a vendor once for each state of its branches. Here, a vendor with an open branch counts as open only. */
function countStates(
  facet: readonly ValueCount[],
  hits: number,
  { openForMinutes }: ClientFilter,
): FilteredResults['states'] {
  const count = (state: OpenState) => facet.find(({ value }) => value === state)?.count ?? 0;
  const open = count('open');
  if (openForMinutes !== null) return { open, unknown: hits - open, closed: 0 };
  return { open, unknown: Math.min(count('unknown'), hits - open), closed: Math.min(count('closed'), hits - open) };
}

function passesTime(branch: TruckBranch, filter: ClientFilter): boolean {
  if (filter.hoursKnown && branch.hours_source === 'none') return false;
  if (filter.openForMinutes === null) return true;
  const state = openStateOf(branch, filter);
  return state === 'open' || (state === 'unknown' && !filter.hoursKnown);
}

function withBranches(truck: Truck, branches: TruckBranch[]): Truck {
  const [first] = branches;
  return first ? { ...truck, branches, distance_m: first.distance_m, nearest: first.id } : truck;
}

/** The state of the vendor's best branch. */
function vendorState({ branches }: Truck, filter: ClientFilter): OpenState {
  return bestState(branches.map((branch) => openStateOf(branch, filter)));
}

function inOrder(trucks: Truck[], filter: ClientFilter, sort: string): Truck[] {
  if (sort === 'distance') return trucks.sort((a, b) => (a.distance_m ?? 0) - (b.distance_m ?? 0));
  if (sort === 'name' || filter.openForMinutes === null) return trucks;
  const rank = (truck: Truck) => (vendorState(truck, filter) === 'open' ? 0 : 1);
  return trucks.sort((a, b) => rank(a) - rank(b));
}

function sorted(counts: ReadonlyMap<string, number>): ValueCount[] {
  return [...counts]
    .map(([value, count]) => ({ value, count }))
    .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1));
}

/** For each hour of a day (0 Monday .. 6 Sunday), the number of vendors known to be open during some of it: 24 counts. */
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

/**
 * The vendors that open soonest after the filter's minute, at most `limit`: alternatives where the time filter left
 * nothing. None without a time filter.
 */
export function opensNext(answer: SearchAnswer, filter: ClientFilter, limit: number): Truck[] {
  if (filter.openForMinutes === null) return [];
  const minutesUntilOpen = ({ branches }: Truck) =>
    Math.min(...branches.map(({ week }) => minutesToOpen(week, filter.minute) ?? Number.POSITIVE_INFINITY));
  return applyFilter(answer, { ...filter, openForMinutes: null })
    .trucks.map((truck) => ({ truck, minutes: minutesUntilOpen(truck) }))
    .filter(({ minutes }) => minutes < Number.POSITIVE_INFINITY)
    .sort((a, b) => a.minutes - b.minutes)
    .slice(0, limit)
    .map(({ truck }) => truck);
}

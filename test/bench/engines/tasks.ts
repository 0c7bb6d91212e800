import { THAT_MINUTE } from '../../../functions/model/hours/open-state.ts';
import type { SearchQuery } from '../../../functions/model/query.ts';
import { FACETS, type FacetName } from '../../../functions/model/query.ts';
import { ANYTHING } from '../../fixtures/query.ts';

/** The centre of the synthetic city, and the search origin. */
export const CENTER = { lat: 37.76, lon: -122.44 };
export const RADIUS_METRES = 2_000;
export const BOX = { west: -122.452, south: 37.751, east: -122.428, north: 37.769 };
/** Tuesday 09:20. */
export const MINUTE = 2_000;

/** A search in a form that every engine can perform: stems that must all match, optionally a prefix or a typo, and a place. */
export type Task = {
  readonly title: string;
  readonly stems: readonly string[];
  /** The beginning of the last word, as someone types it. */
  readonly prefix?: string;
  /** A word with one wrong letter. */
  readonly typo?: string;
  readonly place: 'none' | 'radius' | 'box' | 'nearest';
  /** The groups to count. `open` counts by the state at {@link MINUTE}. */
  readonly facets?: readonly FacetName[];
  /** Keeps the branches that are open at {@link MINUTE}; with `orUnknown` also those whose hours are unknown then. */
  readonly openAt?: true | 'orUnknown';
  readonly category?: string;
  readonly status?: string;
  /** Orders by text, distance from {@link CENTER} and open state; otherwise any order is right unless the place needs distances. */
  readonly best?: true;
  readonly limit: number;
  /** The same search as Curbside's query. */
  readonly query: SearchQuery;
};

const near = { origin: CENTER, sort: 'distance' } as const;
const within = { ...near, radiusMetres: RADIUS_METRES } as const;
const openAt = { minute: MINUTE, timeAsked: true, time: { ...THAT_MINUTE, unknownToo: false } } as const;
const mayBeOpen = { ...openAt, time: { ...THAT_MINUTE, unknownToo: true } } as const;
const best = { origin: CENTER, sort: 'best', status: 'approved' } as const;
const valueFacets = FACETS.filter((name) => name !== 'open');
const queryOf = (query: Partial<SearchQuery>): SearchQuery => ({ ...ANYTHING, limit: 20, ...query });

/** Every task requires exact totals of vendors and branches, and the first vendors with the distance of their nearest branch. */
export const TASKS = {
  words: {
    title: 'all words, top 20',
    stems: ['chicken', 'taco'],
    place: 'none',
    limit: 20,
    query: queryOf({ text: 'chicken tacos' }),
  },
  wordsNear: {
    title: 'words + 2 km, by distance',
    stems: ['chicken', 'taco'],
    place: 'radius',
    limit: 20,
    query: queryOf({ text: 'chicken tacos', ...within }),
  },
  wordNearest: {
    title: 'nearest 20 with a word',
    stems: ['ramen'],
    place: 'nearest',
    limit: 20,
    query: queryOf({ text: 'ramen', ...near }),
  },
  prefix: {
    title: 'prefix',
    stems: ['chicken'],
    prefix: 'burr',
    place: 'none',
    limit: 20,
    query: queryOf({ text: 'chicken burr' }),
  },
  typo: {
    title: 'one typo',
    // Words of three letters are not corrected.
    stems: ['pho'],
    typo: 'chickan',
    place: 'none',
    limit: 20,
    query: queryOf({ text: 'chickan pho', typos: true }),
  },
  facets: {
    title: 'words + facets',
    stems: ['chicken', 'taco'],
    place: 'none',
    facets: valueFacets,
    limit: 20,
    query: queryOf({ text: 'chicken tacos', facets: valueFacets }),
  },
  box: { title: 'box, 500', stems: [], place: 'box', limit: 500, query: queryOf({ box: BOX, limit: 500 }) },
  nearest: { title: 'nearest 20', stems: [], place: 'nearest', limit: 20, query: queryOf(near) },
  radius: {
    title: 'radius, all',
    stems: [],
    place: 'radius',
    limit: 10_000_000,
    query: queryOf({ ...within, limit: 10_000_000 }),
  },
  open: {
    title: 'open at + radius',
    stems: [],
    place: 'radius',
    openAt: true,
    limit: 20,
    query: queryOf({ ...within, ...openAt }),
  },
  category: {
    title: 'a category',
    stems: [],
    place: 'none',
    category: 'mexican',
    limit: 20,
    query: queryOf({ category: ['mexican'] }),
  },
  allFacets: {
    title: 'three facets of everything',
    stems: [],
    place: 'none',
    facets: valueFacets,
    limit: 20,
    query: queryOf({ facets: valueFacets }),
  },
  openNearest: {
    title: 'open at, by distance',
    stems: [],
    place: 'nearest',
    openAt: true,
    limit: 20,
    query: queryOf({ ...near, ...openAt }),
  },
  wordsBest: {
    title: 'words, best around a place, approved',
    stems: ['chicken', 'taco'],
    place: 'none',
    best: true,
    status: 'approved',
    limit: 20,
    query: queryOf({ text: 'chicken tacos', ...best }),
  },
  openBest: {
    title: 'may be open, best around a place, approved',
    stems: [],
    place: 'none',
    openAt: 'orUnknown',
    best: true,
    status: 'approved',
    limit: 20,
    query: queryOf({ ...best, ...mayBeOpen }),
  },
  approvedFacets: {
    title: 'four facets, approved',
    stems: [],
    place: 'none',
    facets: FACETS,
    status: 'approved',
    limit: 20,
    query: queryOf({ status: 'approved', facets: FACETS, minute: MINUTE }),
  },
} as const satisfies Record<string, Task>;

export type TaskName = keyof typeof TASKS;
export const TASK_NAMES = Object.keys(TASKS) as TaskName[];

/** Whether a task has a filter by value, a facet without words, a time without a radius, or the `best` order. */
export function needsFilters({ stems, place, facets, openAt, category, status, best: isRanked }: Task): boolean {
  if (category !== undefined || status !== undefined || isRanked === true) return true;
  return stems.length === 0 && (facets !== undefined || (openAt !== undefined && place !== 'radius'));
}

/** An engine's result. `null`: the engine cannot tell. */
export type Answer = {
  readonly vendors: number | null;
  readonly branches: number | null;
  /** Distances of the first vendors, at most 20, in metres. */
  readonly metres: readonly number[] | null;
  /** Scores of the first vendors, where the engine ranks as Curbside does. */
  readonly scores?: readonly number[];
  /** Vendors by facet and value, such as `category mexican`. */
  readonly facets?: Readonly<Record<string, number>>;
};

import type { SearchQuery } from '../../../functions/model/query.ts';
import { FACETS } from '../../../functions/model/query.ts';
import { ANYTHING } from '../../fixtures/query.ts';

/** The middle of the synthetic city, where everything is measured from. */
export const CENTER = { lat: 37.76, lon: -122.44 };
export const RADIUS_METRES = 2_000;
export const BOX = { west: -122.452, south: 37.751, east: -122.428, north: 37.769 };
/** Tuesday 09:20. */
export const MINUTE = 2_000;

/** A job as every peer is given it: stems that must all be there, perhaps a beginning of a word, and a place. */
export type Job = {
  readonly title: string;
  readonly stems: readonly string[];
  /** The last word as far as it is typed. */
  readonly prefix?: string;
  /** A word with one letter changed, and what it stands for. */
  readonly typo?: string;
  readonly place: 'none' | 'radius' | 'box' | 'nearest';
  readonly facets?: true;
  readonly openAt?: true;
  readonly limit: number;
  /** The same for this project's own engine. */
  readonly query: SearchQuery;
};

const near = { origin: CENTER, sort: 'distance' } as const;
const within = { ...near, radiusMetres: RADIUS_METRES } as const;
const openAt = { minute: MINUTE, timeAsked: true, time: { forMinutes: 0, unknownToo: false } } as const;
const asked = (query: Partial<SearchQuery>): SearchQuery => ({ ...ANYTHING, limit: 20, ...query });

/** Each job asks for exact numbers of vendors and branches, and for the first vendors with the distance of their nearest branch. */
export const JOBS = {
  words: {
    title: 'all words, top 20',
    stems: ['chicken', 'taco'],
    place: 'none',
    limit: 20,
    query: asked({ text: 'chicken tacos' }),
  },
  wordsNear: {
    title: 'words + 2 km, by distance',
    stems: ['chicken', 'taco'],
    place: 'radius',
    limit: 20,
    query: asked({ text: 'chicken tacos', ...within }),
  },
  wordNearest: {
    title: 'nearest 20 with a word',
    stems: ['ramen'],
    place: 'nearest',
    limit: 20,
    query: asked({ text: 'ramen', ...near }),
  },
  prefix: {
    title: 'prefix',
    stems: ['chicken'],
    prefix: 'burr',
    place: 'none',
    limit: 20,
    query: asked({ text: 'chicken burr' }),
  },
  typo: {
    title: 'one typo',
    // Of a word of three letters no typo is guessed.
    stems: ['pho'],
    typo: 'chickan',
    place: 'none',
    limit: 20,
    query: asked({ text: 'chickan pho', typos: true }),
  },
  facets: {
    title: 'words + facets',
    stems: ['chicken', 'taco'],
    place: 'none',
    facets: true,
    limit: 20,
    query: asked({ text: 'chicken tacos', facets: FACETS.filter((name) => name !== 'open') }),
  },
  box: { title: 'box, 500', stems: [], place: 'box', limit: 500, query: asked({ box: BOX, limit: 500 }) },
  nearest: { title: 'nearest 20', stems: [], place: 'nearest', limit: 20, query: asked(near) },
  radius: {
    title: 'radius, all',
    stems: [],
    place: 'radius',
    limit: 10_000_000,
    query: asked({ ...within, limit: 10_000_000 }),
  },
  open: {
    title: 'open at + radius',
    stems: [],
    place: 'radius',
    openAt: true,
    limit: 20,
    query: asked({ ...within, ...openAt }),
  },
} as const satisfies Record<string, Job>;

export type JobName = keyof typeof JOBS;
export const JOB_NAMES = Object.keys(JOBS) as JobName[];

/** What a peer answers; what it cannot say is `null`. */
export type Answer = {
  readonly vendors: number | null;
  readonly branches: number | null;
  /** Metres to the first vendors, at most 20. */
  readonly metres: readonly number[] | null;
  /** Vendors by group and value. */
  readonly facets?: Readonly<Record<string, number>>;
};

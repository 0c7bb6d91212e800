import type { Box } from '../geo.ts';
import type { Hit, SearchQuery, SearchResult } from '../query.ts';
import { branchFields, combineMatches, matchFields, vendorFields } from './matching.ts';
import { type ParsedQuery, parseQuery, queryText } from './query-parser.ts';
import type { Synonyms } from './synonyms.ts';

/** One parameter that was relaxed because the search as requested found nothing. */
export type RelaxationStep = {
  readonly param: 'q' | 'open_at' | 'radius' | 'bbox';
  /** The value before and after, as text; `to` is null if the parameter was dropped. */
  readonly from: string;
  readonly to: string | null;
  /** Vendors found with all steps applied. */
  readonly hits: number;
};

export type RelaxedResult = {
  /** The query that found something; the requested query if none did. */
  readonly query: SearchQuery;
  readonly result: SearchResult;
  readonly relaxed: readonly RelaxationStep[];
};

type Search = (query: SearchQuery) => Promise<SearchResult>;
/** The words of a relaxed query, and whether typos in them are corrected. */
type Wording = { readonly text: string; readonly typos: boolean };
/** A relaxed query that found something. */
type Success = { readonly query: SearchQuery; readonly result: SearchResult; readonly wording: Wording };

/** The limit up to which a radius is doubled. */
const MAX_RADIUS_METRES = 50_000;
/** The number of times that a box is doubled: enough for a street to become a city. */
const MAX_DOUBLINGS = 8;

/**
 * Searches, and relaxes a query that finds nothing, in this order, until something is found:
 * 1. Corrects typos.
 * 2. Drops one word: the one whose removal leaves the most results; on a tie, the last. While no single removal helps, it first drops
 *    the word that finds least by itself; on a tie, the last.
 * 3. Drops the time, and tries all words, then steps 1 and 2, again: "fish tacos" at night become fish tacos at noon, not any fish.
 * 4. Doubles the radius and the box until something is found.
 * A word here is a clause: a phrase with synonyms is dropped as a whole. Later pages are never relaxed.
 */
export async function searchWithRelaxation(
  requested: SearchQuery,
  engine: Search,
  synonyms: Synonyms,
): Promise<RelaxedResult> {
  const search = memoize(engine);
  const strict = await search(requested);
  if (strict.vendors > 0 || requested.after) return { query: requested, result: strict, relaxed: [] };
  const timeless = requested.time ? { ...requested, time: null } : null;
  const success =
    (await relaxWords(requested, search, synonyms)) ??
    (timeless && (await attempt(timeless, timeless, search))) ??
    (timeless && (await relaxWords(timeless, search, synonyms))) ??
    (await relaxArea(timeless ?? requested, search, synonyms));
  if (!success) return { query: requested, result: strict, relaxed: [] };
  return { query: success.query, result: success.result, relaxed: stepsOf(requested, success, synonyms) };
}

/** Runs each query once: different steps arrive at the same shorter texts. */
function memoize(search: Search): Search {
  const results = new Map<string, Promise<SearchResult>>();
  return (query) => {
    const { text, typos, time, radiusMetres, box } = query;
    const key = JSON.stringify([text, typos, time, radiusMetres, box]);
    const result = results.get(key) ?? search(query);
    results.set(key, result);
    return result;
  };
}

async function attempt(query: SearchQuery, { text, typos }: Wording, search: Search): Promise<Success | null> {
  const relaxed = { ...query, text, typos };
  const result = await search(relaxed);
  return result.vendors > 0 ? { query: relaxed, result, wording: { text, typos } } : null;
}

async function relaxWords(query: SearchQuery, search: Search, synonyms: Synonyms): Promise<Success | null> {
  let parsedQuery = parseQuery(query.text, synonyms);
  if (parsedQuery.length === 0) return null;
  const corrected = await attempt(query, { text: query.text, typos: true }, search);
  if (corrected) return corrected;
  while (parsedQuery.length > 1) {
    const shorter = parsedQuery.map((_, at) => queryText(parsedQuery.filter((__, other) => other !== at)));
    for (const typos of [false, true]) {
      let best: Success | null = null;
      for (const text of shorter) {
        const success = await attempt(query, { text, typos }, search);
        if (success && success.result.vendors >= (best?.result.vendors ?? 1)) best = success;
      }
      if (best) return best;
    }
    parsedQuery = await withoutWeakest(parsedQuery, (text) => search({ ...query, text, typos: true }));
  }
  return null;
}

/** The query without the clause that finds least by itself; on a tie, without the last. */
async function withoutWeakest(
  parsedQuery: ParsedQuery,
  search: (text: string) => Promise<SearchResult>,
): Promise<ParsedQuery> {
  let weakest = parsedQuery.length - 1;
  let least = Number.POSITIVE_INFINITY;
  for (const [at, clause] of parsedQuery.entries()) {
    const { vendors } = await search(queryText([clause]));
    if (vendors <= least) [weakest, least] = [at, vendors];
  }
  return parsedQuery.filter((_, at) => at !== weakest);
}

async function relaxArea(query: SearchQuery, search: Search, synonyms: Synonyms): Promise<Success | null> {
  const areas = [...widerAreas(query)];
  const widest = areas.at(-1);
  if (!widest) return null;
  // The wording is determined once, in the widest area. Then the smallest area in which it finds something is determined.
  const anywhere = (await attempt(widest, widest, search)) ?? (await relaxWords(widest, search, synonyms));
  if (!anywhere) return null;
  for (const area of areas) {
    const success = await attempt(area, anywhere.wording, search);
    if (success) return success;
  }
  return anywhere;
}

function* widerAreas(query: SearchQuery): Generator<SearchQuery> {
  let { radiusMetres, box } = query;
  for (let doubling = 0; doubling < MAX_DOUBLINGS; doubling++) {
    if (radiusMetres !== null && radiusMetres < MAX_RADIUS_METRES) {
      radiusMetres = Math.min(radiusMetres * 2, MAX_RADIUS_METRES);
    } else if (box === null) return;
    box = box && doubled(box);
    yield { ...query, radiusMetres, box };
  }
}

/** A box with twice the height and width and the same centre. */
function doubled({ west, south, east, north }: Box): Box {
  const width = (east - west + 360) % 360 || (east === west ? 0 : 360);
  const height = north - south;
  const wrapped = (lon: number) => ((((lon + 180) % 360) + 360) % 360) - 180;
  const [south2, north2] = [Math.max(-90, south - height / 2), Math.min(90, north + height / 2)];
  if (width * 2 >= 360) return { west: -180, south: south2, east: 180, north: north2 };
  return { west: wrapped(west - width / 2), south: south2, east: wrapped(east + width / 2), north: north2 };
}

function stepsOf(requested: SearchQuery, { query, result, wording }: Success, synonyms: Synonyms): RelaxationStep[] {
  const hits = result.vendors;
  const steps: RelaxationStep[] = [];
  const first = result.hits[0];
  const text = wording.typos && first ? correctedText(wording.text, first, synonyms) : wording.text;
  if (text.trim() !== requested.text) steps.push({ param: 'q', from: requested.text, to: text.trim(), hits });
  if (requested.time && !query.time) steps.push({ param: 'open_at', from: 'open', to: null, hits });
  if (query.radiusMetres !== requested.radiusMetres) {
    steps.push({ param: 'radius', from: String(requested.radiusMetres), to: String(query.radiusMetres), hits });
  }
  if (query.box && requested.box && query.box !== requested.box) {
    steps.push({ param: 'bbox', from: boxText(requested.box), to: boxText(query.box), hits });
  }
  return steps;
}

const boxText = ({ west, south, east, north }: Box) =>
  [west, south, east, north].map((one) => +one.toFixed(6)).join(',');

/** The words as the best hit spells them. */
function correctedText(text: string, { vendor, branches }: Hit, synonyms: Synonyms): string {
  const parsedQuery = parseQuery(text, synonyms);
  const vendorMatches = matchFields(parsedQuery, vendorFields(vendor), true);
  for (const { branch } of branches) {
    const matches = combineMatches(vendorMatches, matchFields(parsedQuery, branchFields(branch), true));
    if (!matches) continue;
    return matches.map(({ word, matched, quality }) => (quality.startsWith('typo') ? matched : word)).join(' ');
  }
  return text;
}

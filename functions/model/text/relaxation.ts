import type { Box } from '../geo.ts';
import type { Hit, SearchQuery, SearchResult } from '../query.ts';
import { branchFields, matchBranch, matchFields, vendorFields } from './matching.ts';
import type { ParsedQuery } from './parsed-query.ts';
import { requirements } from './requirements.ts';

/** One relaxation of a search that found nothing. */
export type RelaxationStep = {
  /** The parameter: `q`, `open_at`, `radius` or `bbox`. */
  readonly param: 'q' | 'open_at' | 'radius' | 'bbox';
  /** What it was, as text; `to` is null when it was dropped. */
  readonly from: string;
  readonly to: string | null;
  /** The number of vendors found with all steps up to this one. */
  readonly hits: number;
};

export type RelaxedResult = {
  /** The query that found something, or the original one if none did. */
  readonly query: SearchQuery;
  readonly result: SearchResult;
  readonly relaxed: readonly RelaxationStep[];
};

type Search = (query: SearchQuery) => Promise<SearchResult>;
/** How the words of a query are relaxed. */
type Words = Pick<SearchQuery, 'typos' | 'mayLack'>;
type Success = { readonly query: SearchQuery; readonly result: SearchResult };

/** A radius is doubled until it finds something, or is this long. */
const WIDEST_RADIUS_METRES = 50_000;
/** Doublings of a box, at most: a street becomes a city. */
const MOST_DOUBLINGS = 8;

/**
 * Searches, and relaxes a query that finds nothing, in this order: typos are allowed; all required words but one must match, then all but two,
 * and so on, each time also with typos where that finds more; the time is dropped; the place is doubled. It stops at the first
 * step that finds something. Each step starts with all words again, so that "fish tacos" at night are fish tacos at noon, not any fish.
 * Exclusions, diets and allergens are never given up.
 */
export async function searchWithRelaxation(
  asked: SearchQuery,
  parsed: ParsedQuery,
  engine: Search,
): Promise<RelaxedResult> {
  const strict = await engine(asked);
  if (strict.vendors > 0) return { query: asked, result: strict, relaxed: [] };
  const { after, limit, facets } = asked;
  // Every page has to be one of the same relaxed query, so a later page starts with the first vendor of the first one.
  const first = after ? { ...asked, after: null, limit: 1, facets: [] } : asked;
  const found = await relax(first, parsed, searchOnce(engine));
  if (!found) return { query: asked, result: strict, relaxed: [] };
  const relaxed = stepsOf(first, parsed, found);
  if (!after) return { ...found, relaxed };
  const query = { ...found.query, after, limit, facets };
  return { query, result: await engine(query), relaxed };
}

/** The first relaxation of a query that finds something. */
async function relax(query: SearchQuery, parsed: ParsedQuery, search: Search): Promise<Success | null> {
  const timeless = query.time ? { ...query, time: null } : null;
  return (
    (await relaxWords(query, parsed, search)) ??
    (timeless && (await attempt(timeless, search))) ??
    (timeless && (await relaxWords(timeless, parsed, search))) ??
    (await widen(timeless ?? query, parsed, search))
  );
}

/** Sends each distinct query to the engine only once: several steps lead to the same query. */
function searchOnce(search: Search): Search {
  const results = new Map<string, Promise<SearchResult>>();
  return (query) => {
    const { typos, mayLack, time, radiusMetres, box } = query;
    const key = JSON.stringify([typos, mayLack, time, radiusMetres, box]);
    const result = results.get(key) ?? search(query);
    results.set(key, result);
    return result;
  };
}

async function attempt(query: SearchQuery, search: Search): Promise<Success | null> {
  const result = await search(query);
  return result.vendors > 0 ? { query, result } : null;
}

/** The maximum number of required clauses that a query may lack. */
export function mostLacking(query: ParsedQuery): number {
  const { some, least } = requirements(query, Number.POSITIVE_INFINITY);
  return some.length - least;
}

async function relaxWords(query: SearchQuery, parsed: ParsedQuery, search: Search): Promise<Success | null> {
  if (parsed.required.length === 0) return null;
  const mended = await attempt({ ...query, typos: true }, search);
  if (mended) return mended;
  for (let mayLack = 1; mayLack <= mostLacking(parsed); mayLack++) {
    const exact = await attempt({ ...query, mayLack }, search);
    const fuzzy = await attempt({ ...query, mayLack, typos: true }, search);
    if (fuzzy && fuzzy.result.vendors > (exact?.result.vendors ?? 0)) return fuzzy;
    if (exact) return exact;
  }
  return null;
}

async function widen(query: SearchQuery, parsed: ParsedQuery, search: Search): Promise<Success | null> {
  const wider = [...widerPlaces(query)];
  const widest = wider.at(-1);
  if (!widest) return null;
  // Relax the words once, in the widest place, then use the smallest place that finds something with them.
  const anywhere = (await attempt(widest, search)) ?? (await relaxWords(widest, parsed, search));
  if (!anywhere) return null;
  const words: Words = { typos: anywhere.query.typos, mayLack: anywhere.query.mayLack };
  for (const place of wider) {
    const found = await attempt({ ...place, ...words }, search);
    if (found) return found;
  }
  return anywhere;
}

function* widerPlaces(query: SearchQuery): Generator<SearchQuery> {
  let { radiusMetres, box } = query;
  for (let doubling = 0; doubling < MOST_DOUBLINGS; doubling++) {
    if (radiusMetres !== null && radiusMetres < WIDEST_RADIUS_METRES) {
      radiusMetres = Math.min(radiusMetres * 2, WIDEST_RADIUS_METRES);
    } else if (box === null) return;
    box = box && doubled(box);
    yield { ...query, radiusMetres, box };
  }
}

/** The box of twice the height and width around the same centre. */
function doubled({ west, south, east, north }: Box): Box {
  const width = (east - west + 360) % 360 || (east === west ? 0 : 360);
  const height = north - south;
  const wraps = (lon: number) => ((((lon + 180) % 360) + 360) % 360) - 180;
  const [south2, north2] = [Math.max(-90, south - height / 2), Math.min(90, north + height / 2)];
  if (width * 2 >= 360) return { west: -180, south: south2, east: 180, north: north2 };
  return { west: wraps(west - width / 2), south: south2, east: wraps(east + width / 2), north: north2 };
}

function stepsOf(asked: SearchQuery, parsed: ParsedQuery, { query, result }: Success): RelaxationStep[] {
  const hits = result.vendors;
  const steps: RelaxationStep[] = [];
  const [first] = result.hits;
  const to = first && (query.typos || query.mayLack > 0) ? relaxedText(parsed, query, first) : asked.text;
  if (query.mayLack > 0 || to !== asked.text) steps.push({ param: 'q', from: asked.text, to, hits });
  if (asked.time && !query.time) steps.push({ param: 'open_at', from: 'open', to: null, hits });
  if (query.radiusMetres !== asked.radiusMetres) {
    steps.push({ param: 'radius', from: String(asked.radiusMetres), to: String(query.radiusMetres), hits });
  }
  if (query.box && asked.box && query.box !== asked.box) {
    steps.push({ param: 'bbox', from: boxText(asked.box), to: boxText(query.box), hits });
  }
  return steps;
}

const boxText = ({ west, south, east, north }: Box) =>
  [west, south, east, north].map((one) => +one.toFixed(6)).join(',');

/** The required words that the first vendor has, as it spells them. */
function relaxedText(parsed: ParsedQuery, { typos, mayLack, text }: SearchQuery, { vendor, branches }: Hit): string {
  const required = { ...parsed, optional: [] };
  const shared = matchFields(required, vendorFields(vendor), typos);
  for (const { branch } of branches) {
    const match = matchBranch(required, mayLack, shared, matchFields(required, branchFields(branch), typos));
    if (!match) continue;
    return match.matches.map(({ word, matched, quality }) => (quality.startsWith('typo') ? matched : word)).join(' ');
  }
  return text;
}

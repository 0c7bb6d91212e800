import type { Box } from '../geo.ts';
import type { Hit, SearchQuery, SearchResult } from '../query.ts';
import { branchFields, combineMatches, matchFields, vendorFields } from './matching.ts';
import { type ParsedQuery, parseQuery, queryText } from './query-parser.ts';
import type { Synonyms } from './synonyms.ts';

/** One thing that was loosened because the search as asked found nothing. */
export type RelaxationStep = {
  /** The parameter: `q`, `open_at`, `radius` or `bbox`. */
  readonly param: 'q' | 'open_at' | 'radius' | 'bbox';
  /** What it was, as text; `to` is null when it was left out. */
  readonly from: string;
  readonly to: string | null;
  /** Vendors found with it, and with what was loosened before it. */
  readonly hits: number;
};

export type RelaxedResult = {
  /** The query that found something; the one asked when nothing did. */
  readonly query: SearchQuery;
  readonly result: SearchResult;
  readonly relaxed: readonly RelaxationStep[];
};

type Search = (query: SearchQuery) => Promise<SearchResult>;
type Variant = { readonly text: string; readonly typos: boolean };
type Found = { readonly query: SearchQuery; readonly result: SearchResult; readonly variant: Variant };

/** A radius is doubled until it finds something, or is this long. */
const WIDEST_RADIUS_METRES = 50_000;
/** A box is doubled at most so often: a street becomes a city. */
const MOST_DOUBLINGS = 8;

/**
 * Searches, and loosens what finds nothing: typos are mended, then words are dropped one by one (each time the one without
 * which most is left; when nothing is left without any, the one that finds least alone; of equals the last), then the time is given up, then the place is widened by twos. It stops at the
 * first hit. Words are tried anew at each step, so that "fish tacos" at night are fish tacos at noon, not any fish.
 */
export async function searchWithRelaxation(
  asked: SearchQuery,
  engine: Search,
  synonyms: Synonyms,
): Promise<RelaxedResult> {
  const search = remembering(engine);
  const strict = await search(asked);
  if (strict.vendors > 0 || asked.after) return { query: asked, result: strict, relaxed: [] };
  const timeless = asked.time ? { ...asked, time: null } : null;
  const found =
    (await loosenWords(asked, search, synonyms)) ??
    (timeless && (await exactly(timeless, search))) ??
    (timeless && (await loosenWords(timeless, search, synonyms))) ??
    (await widen(timeless ?? asked, search, synonyms));
  if (!found) return { query: asked, result: strict, relaxed: [] };
  return { query: found.query, result: found.result, relaxed: account(asked, found, synonyms) };
}

/** The same question is asked once: the rungs meet in the same shorter texts. */
function remembering(search: Search): Search {
  const answers = new Map<string, Promise<SearchResult>>();
  return (query) => {
    const { text, typos, time, radiusMetres, box } = query;
    const key = JSON.stringify([text, typos, time, radiusMetres, box]);
    const answer = answers.get(key) ?? search(query);
    answers.set(key, answer);
    return answer;
  };
}

async function exactly(query: SearchQuery, search: Search): Promise<Found | null> {
  const result = await search(query);
  return result.vendors > 0 ? { query, result, variant: { text: query.text, typos: false } } : null;
}

async function loosenWords(query: SearchQuery, search: Search, synonyms: Synonyms): Promise<Found | null> {
  let plan = parseQuery(query.text, synonyms);
  if (plan.length === 0) return null;
  const attempt = async (variant: Variant): Promise<Found | null> => {
    const loosened = { ...query, ...variant };
    const result = await search(loosened);
    return result.vendors > 0 ? { query: loosened, result, variant } : null;
  };
  const mended = await attempt({ text: query.text, typos: true });
  if (mended) return mended;
  while (plan.length > 1) {
    const shorter = plan.map((_, at) => queryText(plan.filter((__, other) => other !== at)));
    for (const typos of [false, true]) {
      let best: Found | null = null;
      for (const text of shorter) {
        const found = await attempt({ text, typos });
        if (found && found.result.vendors >= (best?.result.vendors ?? 1)) best = found;
      }
      if (best) return best;
    }
    plan = await withoutWeakest(plan, (text) => search({ ...query, text, typos: true }));
  }
  return null;
}

/** A plan without the unit that finds least alone; of equals without the last. */
async function withoutWeakest(
  plan: ParsedQuery,
  search: (text: string) => Promise<SearchResult>,
): Promise<ParsedQuery> {
  let weakest = plan.length - 1;
  let least = Number.POSITIVE_INFINITY;
  for (const [at, unit] of plan.entries()) {
    const { vendors } = await search(queryText([unit]));
    if (vendors <= least) [weakest, least] = [at, vendors];
  }
  return plan.filter((_, at) => at !== weakest);
}

async function widen(query: SearchQuery, search: Search, synonyms: Synonyms): Promise<Found | null> {
  const steps = [...widerPlaces(query)];
  const widest = steps.at(-1);
  if (!widest) return null;
  // Which words find anything at all is asked once, in the widest place; then the place is made as small as it can be.
  const anywhere = (await exactly(widest, search)) ?? (await loosenWords(widest, search, synonyms));
  if (!anywhere) return null;
  for (const step of steps) {
    const wider = { ...step, ...anywhere.variant };
    const result = await search(wider);
    if (result.vendors > 0) return { query: wider, result, variant: anywhere.variant };
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

/** The box of twice the height and width around the same middle. */
function doubled({ west, south, east, north }: Box): Box {
  const width = (east - west + 360) % 360 || (east === west ? 0 : 360);
  const height = north - south;
  const wraps = (lon: number) => ((((lon + 180) % 360) + 360) % 360) - 180;
  const [south2, north2] = [Math.max(-90, south - height / 2), Math.min(90, north + height / 2)];
  if (width * 2 >= 360) return { west: -180, south: south2, east: 180, north: north2 };
  return { west: wraps(west - width / 2), south: south2, east: wraps(east + width / 2), north: north2 };
}

function account(asked: SearchQuery, { query, result, variant }: Found, synonyms: Synonyms): RelaxationStep[] {
  const hits = result.vendors;
  const relaxed: RelaxationStep[] = [];
  const first = result.hits[0];
  const text = variant.typos && first ? mendedText(variant.text, first, synonyms) : variant.text;
  if (text.trim() !== asked.text) relaxed.push({ param: 'q', from: asked.text, to: text.trim(), hits });
  if (asked.time && !query.time) relaxed.push({ param: 'open_at', from: 'open', to: null, hits });
  if (query.radiusMetres !== asked.radiusMetres) {
    relaxed.push({ param: 'radius', from: String(asked.radiusMetres), to: String(query.radiusMetres), hits });
  }
  if (query.box && asked.box && query.box !== asked.box) {
    relaxed.push({ param: 'bbox', from: boxText(asked.box), to: boxText(query.box), hits });
  }
  return relaxed;
}

const boxText = ({ west, south, east, north }: Box) =>
  [west, south, east, north].map((one) => +one.toFixed(6)).join(',');

/** The words as the best answer spells them. */
function mendedText(text: string, { vendor, branches }: Hit, synonyms: Synonyms): string {
  const plan: ParsedQuery = parseQuery(text, synonyms);
  const shared = matchFields(plan, vendorFields(vendor), true);
  for (const { branch } of branches) {
    const matches = combineMatches(shared, matchFields(plan, branchFields(branch), true));
    if (!matches) continue;
    return matches.map(({ word, matched, quality }) => (quality.startsWith('typo') ? matched : word)).join(' ');
  }
  return text;
}

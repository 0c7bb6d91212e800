import type { Box } from '../geo.ts';
import type { Hit, SearchQuery, SearchResult } from '../query.ts';
import { branchFields, matchBranch, matchFields, vendorFields } from './matching.ts';
import type { ParsedQuery } from './parsed-query.ts';

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

/** How a relaxed query differs from the one that was asked. */
export function relaxationSteps(
  asked: SearchQuery,
  parsed: ParsedQuery,
  query: SearchQuery,
  result: SearchResult,
): RelaxationStep[] {
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

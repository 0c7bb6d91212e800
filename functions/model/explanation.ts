import { type OpenState, stateAt } from './hours/open-state.ts';
import type { BranchHit, Hit, SearchQuery } from './query.ts';
import { geoFactor, OPEN_FACTOR } from './ranking.ts';
import { branchFields, matchBranch, matchFields, type TermMatch, textScore, vendorFields } from './text/matching.ts';
import type { ParsedQuery } from './text/parsed-query.ts';

/** Why a vendor has its score. `score` = `text` x `geo` x `open`, all of its best branch. */
export type Explanation = {
  readonly branch: string;
  readonly score: number;
  readonly text: number;
  readonly geo: number;
  readonly open: number;
  /** The score of each word or phrase of the query, and the match that earned it. */
  readonly words: readonly TermMatch[];
  /** The same as an English sentence. */
  readonly sentence: string;
};

/** Explains one hit of `query`, whose text was parsed as `parsedQuery`. */
export function explain({ vendor, branches }: Hit, parsedQuery: ParsedQuery, query: SearchQuery): Explanation {
  const vendorMatches = matchFields(parsedQuery, vendorFields(vendor), query.typos);
  const explanations = branches.map((hit) => explainBranch(hit, vendorMatches, parsedQuery, query));
  const [first, ...rest] = explanations;
  if (!first) throw new Error('a hit has at least one branch');
  return rest.reduce((best, one) => (one.score > best.score ? one : best), first);
}

function explainBranch(
  { branch, distanceMetres }: BranchHit,
  vendorMatches: ReturnType<typeof matchFields>,
  parsedQuery: ParsedQuery,
  query: SearchQuery,
): Explanation {
  const branchMatches = matchFields(parsedQuery, branchFields(branch), query.typos);
  const words = matchBranch(parsedQuery, query.mayLack, vendorMatches, branchMatches)?.matches ?? [];
  const text = textScore(parsedQuery, words);
  const geo = geoFactor(distanceMetres, query.scaleMetres);
  const state = stateAt(branch.hours, query.minute, query.time ?? undefined);
  const open = query.timeAsked ? OPEN_FACTOR[state] : 1;
  const sentence = [
    ...words.map(matchPhrase),
    ...(distanceMetres === null ? [] : [distancePhrase(distanceMetres, geo)]),
    ...(query.timeAsked ? [STATE_PHRASES[state]] : []),
  ].join('; ');
  return {
    branch: branch.id,
    score: text * geo * open,
    text,
    geo,
    open,
    words,
    sentence: sentence || 'It passes the filters',
  };
}

const FIELD_PHRASES: Record<TermMatch['field'], string> = {
  items: 'in its food',
  name: 'in its name',
  category: 'its kind of food',
  address: 'in its address',
  area: 'in its neighbourhood',
  description: 'in the description of its place',
};

const STATE_PHRASES: Record<OpenState, string> = {
  open: 'permitted to be open then',
  closed: 'closed then, which lowers its score',
  unknown: 'its hours then are unknown, which lowers its score a little',
};

function matchPhrase({ word, matched, field, quality }: TermMatch): string {
  const where = FIELD_PHRASES[field];
  switch (quality) {
    case 'exact':
      return `"${word}" is ${where}`;
    case 'stem':
      return `"${matched}" is ${where}, another form of "${word}"`;
    case 'synonym':
      return `a synonym of "${word}" is ${where}`;
    case 'prefix':
      return `"${matched}" is ${where}, and it begins with "${word}"`;
    case 'typoPrefix':
      return `"${matched}" is ${where}, and "${word}" may be a typo of its beginning`;
    case 'typo1':
    case 'typo2':
      return `"${matched}" is ${where}, and "${word}" may be a typo of it`;
  }
}

function distancePhrase(metres: number, factor: number): string {
  const shown = metres < 1000 ? `${Math.round(metres)} m` : `${(metres / 1000).toFixed(1)} km`;
  return factor === 1
    ? `it is right here (${shown})`
    : `it is ${shown} away, which reduces its score to ${Math.round(factor * 100)} %`;
}

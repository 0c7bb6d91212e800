import { type OpenState, stateAt } from './hours/open-state.ts';
import type { BranchHit, Hit, SearchQuery } from './query.ts';
import { geoFactor, OPEN_FACTOR } from './ranking.ts';
import {
  branchFields,
  combineMatches,
  matchFields,
  type TermMatch,
  totalScore,
  vendorFields,
} from './text/matching.ts';
import type { ParsedQuery } from './text/query-parser.ts';

/** Why a vendor has its score: `score` = `text` x `geo` x `open`, of its best branch. */
export type Explanation = {
  readonly branch: string;
  readonly score: number;
  readonly text: number;
  readonly geo: number;
  readonly open: number;
  /** What each word or phrase of the query is worth, and why. */
  readonly words: readonly TermMatch[];
  /** The same for a person. */
  readonly sentence: string;
};

/** Explains a hit of a query that was planned as `plan`. */
export function explain({ vendor, branches }: Hit, plan: ParsedQuery, query: SearchQuery): Explanation {
  const shared = matchFields(plan, vendorFields(vendor), query.typos);
  const explanations = branches.map((hit) => explainBranch(hit, shared, plan, query));
  const [first, ...rest] = explanations;
  if (!first) throw new Error('a hit has at least one branch');
  return rest.reduce((best, one) => (one.score > best.score ? one : best), first);
}

function explainBranch(
  { branch, distanceMetres }: BranchHit,
  shared: ReturnType<typeof matchFields>,
  plan: ParsedQuery,
  query: SearchQuery,
): Explanation {
  const words = combineMatches(shared, matchFields(plan, branchFields(branch), query.typos)) ?? [];
  const text = plan.length === 0 ? 1 : totalScore(words);
  const geo = geoFactor(distanceMetres, query.scaleMetres);
  const state = stateAt(branch.hours, query.minute, query.time?.forMinutes);
  const open = query.timeAsked ? OPEN_FACTOR[state] : 1;
  const sentence = [
    ...words.map(wordSentence),
    ...(distanceMetres === null ? [] : [distanceSentence(distanceMetres, geo)]),
    ...(query.timeAsked ? [STATES[state]] : []),
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

const FIELDS: Record<TermMatch['field'], string> = {
  items: 'in its food',
  name: 'in its name',
  category: 'its kind of food',
  address: 'in its address',
  area: 'in its neighbourhood',
};

const STATES: Record<OpenState, string> = {
  open: 'permitted to be open then',
  closed: 'closed then, which counts less',
  unknown: 'nobody knows whether it is open then, which counts a little less',
};

function wordSentence({ word, matched, field, quality }: TermMatch): string {
  const where = FIELDS[field];
  switch (quality) {
    case 'exact':
      return `"${word}" is ${where}`;
    case 'stem':
      return `"${matched}" is ${where}, another form of "${word}"`;
    case 'synonym':
      return `what "${word}" means is ${where}`;
    case 'prefix':
      return `"${matched}" is ${where}, which "${word}" may become`;
    case 'typo1':
    case 'typo2':
      return `"${matched}" is ${where}, perhaps meant by "${word}"`;
  }
}

function distanceSentence(metres: number, factor: number): string {
  const shown = metres < 1000 ? `${Math.round(metres)} m` : `${(metres / 1000).toFixed(1)} km`;
  return factor === 1
    ? `it is right here (${shown})`
    : `it is ${shown} away, which leaves ${Math.round(factor * 100)} %`;
}

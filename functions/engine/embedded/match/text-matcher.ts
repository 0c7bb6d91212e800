import { WEIGHT } from '../../../model/ranking.ts';
import type { Clause, ParsedQuery } from '../../../model/text/parsed-query.ts';
import { requirements } from '../../../model/text/requirements.ts';
import { isDataWord, type Phrase } from '../../../model/text/vocabulary/vocabulary-entry.ts';
import { isDense } from '../file/index-format.ts';
import type { PostingSections } from '../file/posting-sections.ts';
import { type CellRanges, countInRanges } from '../geo/cell-ranges.ts';
import { BitSlicedPostings } from './bit-sliced-postings.ts';
import {
  type ClausePostings,
  candidatePostings,
  clausePostings,
  countPostings,
  isSingleTerm,
  NO_LIST,
  phrasePostings,
} from './clause-postings.ts';
import { Intersection } from './intersection.ts';
import { type PostingList, PostingReader } from './posting-reader.ts';
import { WEIGHT_CODES } from './term-scores.ts';
import { TextScores } from './text-scores.ts';
import type { UnindexedPhrases } from './unindexed-phrases.ts';

/** The list of a phrase that is not looked for. */
const UNKNOWN_LIST: PostingList = {
  postings: new Uint32Array(0),
  from: 0,
  to: 0,
  count: NO_LIST,
  slice: -1,
  codes: WEIGHT_CODES,
};

/** How a search matches its text. */
export type MatchOptions = {
  readonly typos: boolean;
  /** Required clauses that a branch may lack. */
  readonly mayLack: number;
  /** Branches outside of these may or may not be found; `null`: everywhere. */
  readonly ranges: CellRanges | null;
  /** Whether `textScores` is needed. */
  readonly isScored: boolean;
};

/**
 * Finds the branches that match a query's text, or the vendors, by the postings that it is given. Its arrays are reused from query to query. What
 * is said of branches here is true of vendors too.
 */
export class TextMatcher {
  /** The branches found last, ascending, and their text scores if they were requested. */
  readonly ids: Uint32Array;
  readonly textScores: Float64Array;
  readonly #sections: PostingSections;
  readonly #reader: PostingReader;
  readonly #intersection: Intersection;
  readonly #unindexed: UnindexedPhrases | null;
  readonly #branches: number;
  readonly #scores: TextScores;
  /** Codes of the clause that was gathered, and of an exclusion, parallel to `ids`. */
  readonly #codes: Uint8Array;
  /** Postings of the query's requirements, and of the clauses that only add to the score. */
  #all: readonly ClausePostings[] = [];
  #some: readonly ClausePostings[] = [];
  #optional: readonly ClausePostings[] = [];
  /** Of a branch that has none of the optional clauses. */
  #baseScore = 0;

  /** @param unindexedPhrases by the intersection of the postings; `null` if only phrases with postings are found */
  constructor(sections: PostingSections, unindexedPhrases: ((of: Intersection) => UnindexedPhrases) | null) {
    this.#sections = sections;
    const branches = sections.size;
    this.#branches = branches;
    const bitSliced = new BitSlicedPostings(sections.bitSlices, branches);
    this.#reader = new PostingReader(bitSliced, branches);
    this.#intersection = new Intersection(bitSliced);
    this.#unindexed = unindexedPhrases?.(this.#intersection) ?? null;
    this.ids = new Uint32Array(branches);
    this.textScores = new Float64Array(branches);
    this.#codes = new Uint8Array(branches);
    this.#scores = new TextScores(this.#reader, this.ids, this.textScores, this.#codes);
  }

  /** Returns the number of branches found; {@link NO_LIST} if a term has no postings here. */
  match(query: ParsedQuery, { typos, mayLack, ranges, isScored }: MatchOptions): number {
    const postings = (clause: Clause) => this.#postingsOf(clause, typos);
    const { required, optional, excluded } = query;
    const { all, some, least, others } = requirements(query, mayLack);
    this.#all = all.map(postings);
    this.#some = some.map(postings);
    this.#baseScore = required.length === 0 ? 1 : 0;
    this.#optional = [...others.map(postings), ...optional.map((clause) => this.#postingsOf(clause, false))];
    const dropped = excluded.map((clause) => this.#phrasesOf(clause));
    if (this.#lacksPostings(dropped)) return NO_LIST;
    let count = this.#matchAll(ranges, isScored || some.length > 0);
    if (some.length > 0) count = this.#scores.keepMost(this.#some, least, count);
    for (const lists of dropped) count = this.#drop(lists, count);
    if (isScored) for (const clause of this.#optional) this.#scores.addOptional(clause, count);
    return count;
  }

  /** The text score of a branch that was found. */
  textScore(branch: number): number {
    let sum = this.#baseScore;
    for (const clauses of [this.#all, this.#some, this.#optional]) {
      for (const clause of clauses) sum += Math.max(0, this.#scores.clauseScore(clause, branch));
    }
    return sum;
  }

  #postingsOf(clause: Clause, typos: boolean): ClausePostings {
    return clausePostings(this.#sections, clause, typos, this.#phrasesOf(clause));
  }

  #phrasesOf({ synonymPhrases, isQuoted }: Clause): PostingList[] {
    const mayBeUnindexed = (phrase: Phrase) => phrase.length > 1 && (isQuoted || !phrase.every(isDataWord));
    const unindexed = synonymPhrases.filter(mayBeUnindexed);
    if (unindexed.length === 0) return phrasePostings(this.#sections, synonymPhrases);
    const indexed = synonymPhrases.filter((phrase) => !unindexed.includes(phrase));
    const found = phrasePostings(this.#sections, indexed);
    if (this.#unindexed === null) return [...found, UNKNOWN_LIST];
    for (const phrase of unindexed) found.push(...this.#unindexed.find(phrase));
    return found;
  }

  #lacksPostings(dropped: readonly (readonly PostingList[])[]): boolean {
    const lacks = (lists: readonly PostingList[]) => lists.some(({ count }) => count === NO_LIST);
    const clauses = [...this.#all, ...this.#some, ...this.#optional];
    return (
      dropped.some(lacks) ||
      clauses.some(({ terms, together, phrases }) => terms.some(lacks) || lacks(together ?? []) || lacks(phrases))
    );
  }

  /** The branches that match all of the clauses that may not be lacking. */
  #matchAll(ranges: CellRanges | null, isScored: boolean): number {
    const clauses = this.#all;
    if (clauses.length === 0) {
      const count = this.everything(ranges);
      if (isScored) this.textScores.fill(this.#baseScore, 0, count);
      return count;
    }
    const candidates = clauses.map(candidatePostings);
    const rarest = candidates.reduce((best, lists) => (countPostings(lists) < countPostings(best) ? lists : best));
    // Start with the more selective side: the postings within the ranges, or all branches of the ranges if finding these in every list
    // would take longer.
    if (ranges !== null && countInRanges(ranges) < rarest.length * ranges.length) {
      return this.#scores.keepAll(clauses, null, this.everything(ranges), isScored);
    }
    if (isDense(countPostings(rarest), this.#branches)) {
      const count = this.#intersection.intersect(candidates, ranges, this.ids);
      return this.#scores.scoreAll(clauses, count, isScored);
    }
    const count = this.#reader.gather(rarest, ranges, this.ids, this.#codes);
    const clause = clauses[candidates.indexOf(rarest)] as ClausePostings;
    return this.#scores.keepAll(clauses, isSingleTerm(clause) ? clause : null, count, isScored);
  }

  /** Fills `ids` with the branches in the ranges, or all; returns how many. */
  everything(ranges: CellRanges | null): number {
    const { ids } = this;
    const parts = ranges ?? [0, this.#branches];
    let count = 0;
    for (let part = 0; part < parts.length; part += 2) {
      const to = parts[part + 1] as number;
      for (let branch = parts[part] as number; branch < to; branch++) ids[count++] = branch;
    }
    return count;
  }

  /** Drops the branches of vendors that have an excluded clause in their food, name or category. */
  #drop(lists: readonly PostingList[], count: number): number {
    if (lists.length === 0) return count;
    const { ids, textScores } = this;
    const weights = this.#codes;
    this.#reader.weigh(lists, ids, count, weights);
    let kept = 0;
    for (let at = 0; at < count; at++) {
      ids[kept] = ids[at] as number;
      textScores[kept] = textScores[at] as number;
      kept += (weights[at] as number) >= WEIGHT.category ? 0 : 1;
    }
    return kept;
  }
}

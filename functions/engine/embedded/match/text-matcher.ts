import { WEIGHT } from '../../../model/ranking.ts';
import type { Clause, ParsedQuery } from '../../../model/text/parsed-query.ts';
import { requirements } from '../../../model/text/requirements.ts';
import { isDataWord, type Phrase } from '../../../model/text/vocabulary/vocabulary-entry.ts';
import { isDense, type Sections } from '../file/index-format.ts';
import { type CellRanges, countInRanges } from '../geo/cell-ranges.ts';
import { BitSlicedPostings } from './bit-sliced-postings.ts';
import {
  type ClausePostings,
  candidatePostings,
  clausePostings,
  countPostings,
  isSingleTerm,
  phrasePostings,
} from './clause-postings.ts';
import type { BranchBuffers } from './filter-loops.ts';
import { Intersection } from './intersection.ts';
import { type PostingList, PostingReader } from './posting-reader.ts';
import { TextScores } from './text-scores.ts';
import { UnindexedPhrases } from './unindexed-phrases.ts';

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

/** Finds the branches that match a query's text. Its arrays are reused from query to query. */
export class TextMatcher implements BranchBuffers {
  /** The branches found last, ascending, and their text scores if they were requested. */
  readonly ids: Uint32Array;
  readonly textScores: Float64Array;
  readonly squares: Float64Array;
  readonly #sections: Sections;
  readonly #reader: PostingReader;
  readonly #intersection: Intersection;
  readonly #unindexed: UnindexedPhrases;
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

  constructor(sections: Sections, branches: number) {
    this.#sections = sections;
    this.#branches = branches;
    const bitSliced = new BitSlicedPostings(sections.bitSlices, branches);
    this.#reader = new PostingReader(bitSliced, branches);
    this.#intersection = new Intersection(bitSliced);
    this.#unindexed = new UnindexedPhrases(sections, this.#intersection);
    this.ids = new Uint32Array(branches);
    this.textScores = new Float64Array(branches);
    this.squares = new Float64Array(branches);
    this.#codes = new Uint8Array(branches);
    this.#scores = new TextScores(this.#reader, this.ids, this.textScores, this.#codes);
  }

  /** Returns the number of branches found. */
  match(query: ParsedQuery, { typos, mayLack, ranges, isScored }: MatchOptions): number {
    const postings = (clause: Clause) => this.#postingsOf(clause, typos);
    const { required, optional, excluded } = query;
    const { all, some, least, others } = requirements(query, mayLack);
    this.#all = all.map(postings);
    this.#some = some.map(postings);
    this.#baseScore = required.length === 0 ? 1 : 0;
    this.#optional = [...others.map(postings), ...optional.map((clause) => this.#postingsOf(clause, false))];
    let count = this.#matchAll(ranges, isScored || some.length > 0);
    if (some.length > 0) count = this.#scores.keepMost(this.#some, least, count);
    for (const clause of excluded) count = this.#drop(clause, count);
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
    return [...phrasePostings(this.#sections, indexed), ...unindexed.flatMap((phrase) => this.#unindexed.find(phrase))];
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
  #drop(clause: Clause, count: number): number {
    const lists = this.#phrasesOf(clause);
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

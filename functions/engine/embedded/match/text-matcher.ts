import { WEIGHT } from '../../../model/ranking.ts';
import type { Clause, ParsedQuery } from '../../../model/text/parsed-query.ts';
import { requirements } from '../../../model/text/requirements.ts';
import { isDataWord, type Phrase } from '../../../model/text/vocabulary/vocabulary-entry.ts';
import type { Steps } from '../../../model/time-slices.ts';
import { isDense } from '../file/index-format.ts';
import type { PostingSections } from '../file/posting-sections.ts';
import { type Block, type CellRanges, countInRanges } from '../geo/cell-ranges.ts';
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
import { type ScoredBranches, TextScores } from './text-scores.ts';
import type { UnindexedPhrases } from './unindexed-phrases.ts';

/** The blocks without words that take as long as the longest search that is not divided into blocks. */
const SHORT_BLOCKS = 4;

/** How a search matches its text. */
export type MatchOptions = {
  readonly typos: boolean;
  /** Required clauses that a branch may lack. */
  readonly mayLack: number;
  /** Whether text scores are needed. */
  readonly isScored: boolean;
};

/**
 * Finds the branches that match a query's text, or the vendors, by the postings that it is given. Its arrays are reused from query to query. What
 * is said of branches here is true of vendors too.
 */
export class TextMatcher {
  readonly #sections: PostingSections;
  readonly #reader: PostingReader;
  readonly #intersection: Intersection;
  readonly #unindexed: UnindexedPhrases | null;
  readonly #branches: number;
  readonly #scores: TextScores;
  /** Codes of the clause that was gathered, and of an exclusion, parallel to the branches found. */
  readonly #codes: Uint8Array;
  /** Postings of the query's requirements, and of the clauses that only add to the score. */
  #all: readonly ClausePostings[] = [];
  #some: readonly ClausePostings[] = [];
  #optional: readonly ClausePostings[] = [];
  /** Postings of the exclusions. */
  #dropped: readonly (readonly PostingList[])[] = [];
  /** How many of `#some` must match. */
  #least = 0;
  #isScored = false;
  /** Whether all phrases of the query were found. */
  #hasPhrases = true;
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
    this.#codes = new Uint8Array(branches);
    this.#scores = new TextScores(this.#reader, this.#codes);
  }

  /** Prepares to match a query, block by block; returns whether all of its terms and phrases have postings here. */
  prepare(query: ParsedQuery, { typos, mayLack, isScored }: MatchOptions): boolean {
    const { required, optional, excluded } = query;
    const postings = (clause: Clause) => this.#postingsOf(clause, typos);
    const { all, some, least, others } = requirements(query, mayLack);
    this.#hasPhrases = true;
    this.#all = all.map(postings);
    this.#some = some.map(postings);
    this.#least = least;
    this.#isScored = isScored;
    this.#baseScore = required.length === 0 ? 1 : 0;
    this.#optional = [...others.map(postings), ...optional.map((clause) => this.#postingsOf(clause, false))];
    this.#dropped = excluded.map((clause) => this.#phrasesOf(clause));
    return this.#hasPhrases && !this.#lacksPostings();
  }

  /** Looks for the phrases of a query that have no postings; {@link prepare} then finds them. */
  *findPhrases({ required, optional, excluded }: ParsedQuery): Steps<void> {
    if (this.#unindexed) yield* this.#unindexed.look([...required, ...optional, ...excluded].flatMap(unindexedOf));
  }

  /** The branches of a block: all, if matching these takes no longer than some blocks of `size` branches without words: 1 to 3 ms. */
  blockSize(ranges: CellRanges | null, size: number): number {
    if (this.#branches <= size) return size;
    let count = ranges ? countInRanges(ranges) : this.#branches;
    let lists = 1;
    for (const clauses of [this.#all, this.#some, this.#optional]) {
      for (const { terms, phrases } of clauses) {
        lists += phrases.length;
        for (const term of terms) lists += term.length;
      }
    }
    for (const dropped of this.#dropped) lists += dropped.length;
    const most = size * SHORT_BLOCKS;
    // Of lists, only the parts within the ranges are read.
    if (count * (ranges ? 1 : lists) <= most) return this.#branches;
    for (const clause of this.#all) count = Math.min(count, countPostings(candidatePostings(clause)));
    return count * lists > most ? size : this.#branches;
  }

  /** Writes the branches of a block that match; returns how many. */
  match(block: Block, found: ScoredBranches): number {
    const some = this.#some;
    const isScored = this.#isScored || some.length > 0;
    this.#scores.use(found, isScored);
    let count = this.#matchAll(block, found, isScored);
    if (some.length > 0) count = this.#scores.keepMost(some, this.#least, count);
    for (const lists of this.#dropped) count = this.#drop(lists, found, count);
    if (this.#isScored) for (const clause of this.#optional) this.#scores.addOptional(clause, count);
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

  #phrasesOf(clause: Clause): PostingList[] {
    const unindexed = unindexedOf(clause);
    if (unindexed.length === 0) return phrasePostings(this.#sections, clause.synonymPhrases);
    const indexed = clause.synonymPhrases.filter((phrase) => !unindexed.includes(phrase));
    const found = phrasePostings(this.#sections, indexed);
    for (const phrase of unindexed) {
      const known = this.#unindexed?.find(phrase);
      if (known) found.push(...known);
      else this.#hasPhrases = false;
    }
    return found;
  }

  #lacksPostings(): boolean {
    const lacks = (lists: readonly PostingList[]) => lists.some(({ count }) => count === NO_LIST);
    const clauses = [...this.#all, ...this.#some, ...this.#optional];
    return (
      this.#dropped.some(lacks) ||
      clauses.some(({ terms, together, phrases }) => terms.some(lacks) || lacks(together ?? []) || lacks(phrases))
    );
  }

  /** The branches that match all of the clauses that may not be lacking, and may match enough of the others. */
  #matchAll(block: Block, { ids, textScores }: ScoredBranches, isScored: boolean): number {
    const clauses = this.#all;
    if (clauses.length === 0) {
      const count = this.#some.length > 0 ? this.#matchSome(block, ids) : everything(block, ids);
      if (isScored) textScores.fill(this.#baseScore, 0, count);
      return count;
    }
    const candidates = clauses.map(candidatePostings);
    const rarest = candidates.reduce((best, lists) => (countPostings(lists) < countPostings(best) ? lists : best));
    const { ranges } = block;
    // Start with the more selective side: the postings within the ranges, or all branches of the ranges if finding these in every list
    // would take longer.
    if (ranges !== null && countInRanges(ranges) < rarest.length * ranges.length) {
      return this.#scores.keepAll(clauses, [], null, everything(block, ids));
    }
    if (isDense(countPostings(rarest), this.#branches)) {
      const count = this.#intersection.intersect(candidates, block, ids);
      return this.#scores.keepAll(clauses, clauses.filter(isSingleTerm), null, count);
    }
    const count = this.#reader.gather(rarest, block, ids, this.#codes);
    const own = clauses.filter((clause, at) => candidates[at] === rarest && isSingleTerm(clause));
    return this.#scores.keepAll(clauses, own, this.#codes, count);
  }

  /**
   * The candidates of the clauses of which `#least` must match: without any `#least - 1` clauses, one of the others matches. The rarest others are
   * chosen.
   */
  #matchSome(block: Block, ids: Uint32Array): number {
    const candidates = this.#some.map(candidatePostings).sort((a, b) => countPostings(a) - countPostings(b));
    return this.#intersection.intersect([candidates.slice(0, candidates.length - this.#least + 1).flat()], block, ids);
  }

  /** Drops the branches of vendors that have an excluded clause in their food, name or category. */
  #drop(lists: readonly PostingList[], { ids, textScores }: ScoredBranches, count: number): number {
    if (lists.length === 0) return count;
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

/** The synonym phrases of a clause that have no postings. */
function unindexedOf({ synonymPhrases, isQuoted }: Clause): Phrase[] {
  return synonymPhrases.filter((phrase) => phrase.length > 1 && (isQuoted || !phrase.every(isDataWord)));
}

/** Writes all branches of a block; returns how many. */
export function everything({ from, to, ranges }: Block, ids: Uint32Array): number {
  const parts = ranges ?? [from, to];
  let count = 0;
  for (let part = 0; part < parts.length; part += 2) {
    const end = parts[part + 1] as number;
    for (let branch = parts[part] as number; branch < end; branch++) ids[count++] = branch;
  }
  return count;
}

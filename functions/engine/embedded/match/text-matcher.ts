import type { ParsedQuery } from '../../../model/text/query-parser.ts';
import { isDense, type Sections } from '../file/index-format.ts';
import { type CellRanges, countInRanges } from '../geo/cell-ranges.ts';
import { BitSlicedPostings } from './bit-sliced-postings.ts';
import {
  type ClausePostings,
  candidatePostings,
  clausePostings,
  countPostings,
  isSingleTerm,
} from './clause-postings.ts';
import { Intersection } from './intersection.ts';
import { PostingReader } from './posting-reader.ts';
import { TERM_SCORES, termScores } from './term-scores.ts';

/** Finds the branches that match all clauses of a query, and their text scores. Its arrays are reused from query to query. */
export class TextMatcher {
  /** The branches found last, ascending, and their text scores if they were requested. */
  readonly ids: Uint32Array;
  readonly textScores: Float64Array;
  readonly #sections: Sections;
  readonly #reader: PostingReader;
  readonly #intersection: Intersection;
  readonly #branches: number;
  #clauses: readonly ClausePostings[] = [];
  /** The codes of the clause whose postings were gathered, parallel to `ids`. */
  readonly #gathered: Uint8Array;
  /** The codes of each term of a clause, and of its synonyms, parallel to `ids`. */
  readonly #termCodes: Uint8Array[] = [];
  readonly #synonymCodes: Uint8Array;

  constructor(sections: Sections, branches: number) {
    this.#sections = sections;
    this.#branches = branches;
    const bitSliced = new BitSlicedPostings(sections.bitSlices, branches);
    this.#reader = new PostingReader(sections, bitSliced, branches);
    this.#intersection = new Intersection(sections, bitSliced);
    this.ids = new Uint32Array(branches);
    this.textScores = new Float64Array(branches);
    this.#gathered = new Uint8Array(branches);
    this.#synonymCodes = new Uint8Array(branches);
  }

  /**
   * Returns the number of branches found. With `ranges`, branches outside of them may or may not be included.
   * @param isScored whether `textScores` is needed
   */
  match(parsedQuery: ParsedQuery, typos: boolean, ranges: CellRanges | null, isScored: boolean): number {
    const clauses = parsedQuery.map((clause) => clausePostings(this.#sections, clause, typos));
    this.#clauses = clauses;
    if (clauses.length === 0) {
      const count = this.#all(ranges);
      if (isScored) this.textScores.fill(1, 0, count);
      return count;
    }
    const candidates = clauses.map(candidatePostings);
    const rarest = candidates.reduce((best, lists) => (countPostings(lists) < countPostings(best) ? lists : best));
    // Start with the more selective side: the postings within the ranges, or all branches of the ranges if finding these in every list
    // would take longer.
    if (ranges !== null && countInRanges(ranges) < rarest.length * ranges.length) {
      return this.#keepAll(this.#all(ranges), null, isScored);
    }
    if (isDense(countPostings(rarest), this.#branches)) {
      return this.#scoreAll(this.#intersection.intersect(candidates, ranges, this.ids), isScored);
    }
    const count = this.#reader.gather(rarest, ranges, this.ids, this.#gathered);
    const clause = clauses[candidates.indexOf(rarest)] as ClausePostings;
    return this.#keepAll(count, isSingleTerm(clause) ? clause : null, isScored);
  }

  /** The text score of a branch that matches all clauses. */
  textScore(branch: number): number {
    if (this.#clauses.length === 0) return 1;
    let sum = 0;
    for (const clause of this.#clauses) {
      const codes = clause.terms.map((lists) => this.#reader.codeOf(lists, branch));
      sum = addClause(clause, codes, this.#reader.codeOf(clause.synonyms, branch), sum);
    }
    return sum;
  }

  #all(ranges: CellRanges | null): number {
    const { ids } = this;
    const parts = ranges ?? [0, this.#branches];
    let count = 0;
    for (let part = 0; part < parts.length; part += 2) {
      const to = parts[part + 1] as number;
      for (let branch = parts[part] as number; branch < to; branch++) ids[count++] = branch;
    }
    return count;
  }

  /** Keeps the branches that match every clause. All of them match `gathered`, whose codes are known. */
  #keepAll(found: number, gathered: ClausePostings | null, isScored: boolean): number {
    this.textScores.fill(0, 0, found);
    let count = found;
    // In the query's order, so that the sums are rounded as everywhere else.
    for (const clause of this.#clauses) {
      if (clause !== gathered) count = this.#keep(clause, count);
      else if (isScored) this.#add(this.#gathered, count);
    }
    return count;
  }

  /** Scores branches that are candidates of every clause, and keeps those that match the clauses with several terms. */
  #scoreAll(found: number, isScored: boolean): number {
    this.textScores.fill(0, 0, found);
    let count = found;
    for (const clause of this.#clauses) {
      if (!isSingleTerm(clause)) count = this.#keep(clause, count);
      else if (isScored) this.#addTerm(clause, count);
    }
    return count;
  }

  #addTerm({ terms: [lists = []] }: ClausePostings, count: number): void {
    const [only] = lists;
    if (only && only.slice >= 0 && lists.length === 1) {
      this.#reader.addBitSliced(only, termScores(only.codes), this.ids, count, this.textScores);
      return;
    }
    const codes = this.#codesOf(0);
    this.#reader.weigh(lists, this.ids, count, codes);
    this.#add(codes, count);
  }

  #codesOf(term: number): Uint8Array {
    this.#termCodes[term] ??= new Uint8Array(this.#branches);
    return this.#termCodes[term];
  }

  #add(codes: Uint8Array, count: number): void {
    const { textScores } = this;
    for (let at = 0; at < count; at++) {
      textScores[at] = (textScores[at] as number) + (TERM_SCORES[codes[at] as number] as number);
    }
  }

  /** Keeps the branches that match a clause, and adds its scores. */
  #keep(clause: ClausePostings, count: number): number {
    for (const [term, lists] of clause.terms.entries()) {
      this.#reader.weigh(lists, this.ids, count, this.#codesOf(term));
    }
    if (isSingleTerm(clause)) return this.#keepSingle(this.#codesOf(0), count);
    this.#reader.weigh(clause.synonyms, this.ids, count, this.#synonymCodes);
    return this.#keepComposite(clause, count);
  }

  #keepSingle(codes: Uint8Array, count: number): number {
    const { ids, textScores } = this;
    const gathered = this.#gathered;
    let kept = 0;
    // Write unconditionally: the next branch overwrites one that is not kept, and a mispredicted jump costs more.
    for (let at = 0; at < count; at++) {
      const code = codes[at] as number;
      ids[kept] = ids[at] as number;
      gathered[kept] = gathered[at] as number;
      textScores[kept] = (textScores[at] as number) + (TERM_SCORES[code] as number);
      kept += code === 0 ? 0 : 1;
    }
    return kept;
  }

  #keepComposite(clause: ClausePostings, count: number): number {
    const { ids, textScores } = this;
    const gathered = this.#gathered;
    const codes = clause.terms.map(() => 0);
    let kept = 0;
    for (let at = 0; at < count; at++) {
      for (let term = 0; term < codes.length; term++) codes[term] = this.#termCodes[term]?.[at] ?? 0;
      const score = addClause(clause, codes, this.#synonymCodes[at] as number, textScores[at] as number);
      if (score < 0) continue;
      ids[kept] = ids[at] as number;
      gathered[kept] = gathered[at] as number;
      textScores[kept++] = score;
    }
    return kept;
  }
}

/** A text score plus the score of a clause, added term by term; -1 if the clause does not match. */
function addClause(clause: ClausePostings, codes: readonly number[], synonymCode: number, textScore: number): number {
  let own = 0;
  let sum = textScore;
  let isComplete = true;
  for (let term = 0; term < codes.length; term++) {
    const score = TERM_SCORES[codes[term] as number] as number;
    if (score === 0) isComplete = false;
    own += score;
    sum += score;
  }
  const synonym = clause.synonymScores[synonymCode] as number;
  if (isComplete && own >= synonym) return sum;
  return synonym > 0 ? textScore + synonym : -1;
}

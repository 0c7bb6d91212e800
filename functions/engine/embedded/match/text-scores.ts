import { type ClausePostings, isSingleTerm } from './clause-postings.ts';
import type { PostingReader } from './posting-reader.ts';
import { TERM_SCORES, termScores } from './term-scores.ts';

/** Branches, ascending, with their text scores at the same positions. */
export type ScoredBranches = { readonly ids: Uint32Array; readonly textScores: Float64Array };

/** Keeps the branches that match clauses, and adds up their text scores. Text scores are whole numbers: their order of adding is free. */
export class TextScores {
  readonly #reader: PostingReader;
  #ids: Uint32Array = new Uint32Array(0);
  #textScores: Float64Array = new Float64Array(0);
  #isScored = false;
  /** The codes of the clause whose postings were gathered, parallel to `ids`. */
  readonly #gathered: Uint8Array;
  /** The codes of each term of a clause, and of its phrases, parallel to `ids`. */
  readonly #termCodes: Uint8Array[] = [];
  readonly #phraseCodes: Uint8Array;
  /** Not 0 where the terms of a clause are a phrase, parallel to `ids`. */
  readonly #togetherCodes: Uint8Array;
  /** The codes of the terms of a clause in one branch; reused from branch to branch. */
  readonly #branchCodes: number[] = [];
  /** How many clauses each branch matches, parallel to `ids`. */
  readonly #matched: Uint8Array;

  constructor(reader: PostingReader, gathered: Uint8Array) {
    this.#reader = reader;
    this.#gathered = gathered;
    this.#phraseCodes = new Uint8Array(gathered.length);
    this.#togetherCodes = new Uint8Array(gathered.length);
    this.#matched = new Uint8Array(gathered.length);
  }

  /** Sets the arrays of the branches that the other methods score. @param isScored whether the scores of clauses are needed */
  use({ ids, textScores }: ScoredBranches, isScored: boolean): void {
    this.#ids = ids;
    this.#textScores = textScores;
    this.#isScored = isScored;
  }

  /**
   * Keeps the branches that match every clause.
   * @param matched clauses of one term that all of the branches match
   * @param gathered the codes of the only one of these, if they are known
   */
  keepAll(
    clauses: readonly ClausePostings[],
    matched: readonly ClausePostings[],
    gathered: Uint8Array | null,
    found: number,
  ): number {
    const isScored = this.#isScored;
    this.#textScores.fill(0, 0, found);
    let count = found;
    for (const clause of clauses) {
      if (!matched.includes(clause)) count = this.#keep(clause, count);
      else if (isScored && gathered) this.#add(gathered, count);
      else if (isScored) this.#addTerm(clause, count);
    }
    return count;
  }

  /** Keeps the branches that match at least `least` of the clauses, and adds the scores of the clauses that each matches. */
  keepMost(clauses: readonly ClausePostings[], least: number, found: number): number {
    const [ids, textScores, matched] = [this.#ids, this.#textScores, this.#matched.fill(0, 0, found)];
    for (const clause of clauses) {
      this.#readCodes(clause, found);
      for (let at = 0; at < found; at++) {
        const score = this.#scoreAt(clause, at);
        if (score <= 0) continue;
        textScores[at] = (textScores[at] as number) + score;
        matched[at] = (matched[at] as number) + 1;
      }
    }
    let kept = 0;
    for (let at = 0; at < found; at++) {
      ids[kept] = ids[at] as number;
      textScores[kept] = textScores[at] as number;
      kept += (matched[at] as number) >= least ? 1 : 0;
    }
    return kept;
  }

  /** Adds the score of a clause where it matches. */
  addOptional(clause: ClausePostings, count: number): void {
    this.#readCodes(clause, count);
    for (let at = 0; at < count; at++) {
      this.#textScores[at] = (this.#textScores[at] as number) + Math.max(0, this.#scoreAt(clause, at));
    }
  }

  /** The score of a clause in one branch; -1 if it does not match. */
  clauseScore(clause: ClausePostings, branch: number): number {
    const phraseCode = this.#reader.codeOf(clause.phrases, branch);
    if (clause.together && this.#reader.codeOf(clause.together, branch) === 0)
      return scoreOf(clause, NO_CODES, phraseCode);
    const codes = clause.terms.map((lists) => this.#reader.codeOf(lists, branch));
    return scoreOf(clause, codes, phraseCode);
  }

  #addTerm({ terms: [lists = []] }: ClausePostings, count: number): void {
    const [only] = lists;
    if (only && only.slice >= 0 && lists.length === 1) {
      this.#reader.addBitSliced(only, termScores(only.codes), this.#ids, count, this.#textScores);
      return;
    }
    const codes = this.#codesOf(0);
    this.#reader.weigh(lists, this.#ids, count, codes);
    this.#add(codes, count);
  }

  #codesOf(term: number): Uint8Array {
    this.#termCodes[term] ??= new Uint8Array(this.#gathered.length);
    return this.#termCodes[term];
  }

  #add(codes: Uint8Array, count: number): void {
    const textScores = this.#textScores;
    for (let at = 0; at < count; at++) {
      textScores[at] = (textScores[at] as number) + (TERM_SCORES[codes[at] as number] as number);
    }
  }

  /** Reads what the first `count` branches have of a clause. */
  #readCodes(clause: ClausePostings, count: number): void {
    // Once for all branches: to set a length, even the same one, took a quarter of a search for "hot dogs" (2026-11-26).
    this.#branchCodes.length = clause.terms.length;
    for (const [term, lists] of clause.terms.entries()) {
      this.#reader.weigh(lists, this.#ids, count, this.#codesOf(term));
    }
    this.#reader.weigh(clause.phrases, this.#ids, count, this.#phraseCodes);
    if (clause.together) this.#reader.weigh(clause.together, this.#ids, count, this.#togetherCodes);
  }

  #scoreAt(clause: ClausePostings, at: number): number {
    if (clause.together && this.#togetherCodes[at] === 0) {
      return scoreOf(clause, NO_CODES, this.#phraseCodes[at] as number);
    }
    const codes = this.#branchCodes;
    for (let term = 0; term < codes.length; term++) codes[term] = this.#termCodes[term]?.[at] ?? 0;
    return scoreOf(clause, codes, this.#phraseCodes[at] as number);
  }

  /** Keeps the branches that match a clause, and adds its scores. */
  #keep(clause: ClausePostings, count: number): number {
    if (isSingleTerm(clause)) {
      this.#reader.weigh(clause.terms[0] ?? [], this.#ids, count, this.#codesOf(0));
      return this.#keepSingle(this.#codesOf(0), count);
    }
    this.#readCodes(clause, count);
    return this.#keepComposite(clause, count);
  }

  #keepSingle(codes: Uint8Array, count: number): number {
    const [ids, textScores, gathered] = [this.#ids, this.#textScores, this.#gathered];
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
    const [ids, textScores, gathered] = [this.#ids, this.#textScores, this.#gathered];
    let kept = 0;
    for (let at = 0; at < count; at++) {
      const score = this.#scoreAt(clause, at);
      if (score < 0) continue;
      ids[kept] = ids[at] as number;
      gathered[kept] = gathered[at] as number;
      textScores[kept++] = (textScores[at] as number) + score;
    }
    return kept;
  }
}

const NO_CODES: readonly number[] = [];

/** The score of a clause by what a branch has of it: all of its terms, or a phrase where that is more; -1 if neither. */
function scoreOf({ phraseScores }: ClausePostings, codes: readonly number[], phraseCode: number): number {
  let own = 0;
  let isComplete = codes.length > 0;
  for (let term = 0; term < codes.length; term++) {
    const score = TERM_SCORES[codes[term] as number] as number;
    if (score === 0) isComplete = false;
    own += score;
  }
  const phrase = phraseScores[phraseCode] as number;
  if (isComplete && own >= phrase) return own;
  return phrase > 0 ? phrase : -1;
}

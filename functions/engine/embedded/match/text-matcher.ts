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

/** Finds the branches that have all units of a plan, and what their text is worth. */
export class TextMatcher {
  /** Branches found last, ascending, and, where it was asked for, what their words are worth together. */
  readonly ids: Uint32Array;
  readonly texts: Float64Array;
  readonly #sections: Sections;
  readonly #reader: PostingReader;
  readonly #intersection: Intersection;
  readonly #branches: number;
  #units: readonly ClausePostings[] = [];
  /** Codes of the unit that was gathered, kept beside `ids`. */
  readonly #gathered: Uint8Array;
  /** Codes of a unit's words, and of its alternatives. */
  readonly #columns: Uint8Array[] = [];
  readonly #alternative: Uint8Array;

  constructor(sections: Sections, branches: number) {
    this.#sections = sections;
    this.#branches = branches;
    const planes = new BitSlicedPostings(sections.planes, branches);
    this.#reader = new PostingReader(sections, planes, branches);
    this.#intersection = new Intersection(sections, planes);
    this.ids = new Uint32Array(branches);
    this.texts = new Float64Array(branches);
    this.#gathered = new Uint8Array(branches);
    this.#alternative = new Uint8Array(branches);
  }

  /**
   * Returns how many there are. With `runs`, branches outside of them may be among them or not.
   * @param isWorth whether `texts` is wanted
   */
  match(plan: ParsedQuery, typos: boolean, runs: CellRanges | null, isWorth: boolean): number {
    const units = plan.map((unit) => clausePostings(this.#sections, unit, typos));
    this.#units = units;
    if (units.length === 0) {
      const count = this.#all(runs);
      if (isWorth) this.texts.fill(1, 0, count);
      return count;
    }
    const covers = units.map(candidatePostings);
    const rarest = covers.reduce((best, lists) => (countPostings(lists) < countPostings(best) ? lists : best));
    // The more selective side goes first: the words within the place, or all of the place where finding it in each list takes longer.
    if (runs !== null && countInRanges(runs) < rarest.length * runs.length) {
      return this.#keepAll(this.#all(runs), null, isWorth);
    }
    if (isDense(countPostings(rarest), this.#branches)) {
      return this.#weighAll(this.#intersection.intersect(covers, runs, this.ids), isWorth);
    }
    const count = this.#reader.gather(rarest, runs, this.ids, this.#gathered);
    const unit = units[covers.indexOf(rarest)] as ClausePostings;
    return this.#keepAll(count, isSingleTerm(unit) ? unit : null, isWorth);
  }

  /** What the text of a branch that has all units is worth. */
  textOf(branch: number): number {
    if (this.#units.length === 0) return 1;
    let sum = 0;
    for (const unit of this.#units) {
      const codes = unit.words.map((lists) => this.#reader.codeOf(lists, branch));
      sum = unitSum(unit, codes, this.#reader.codeOf(unit.alternatives, branch), sum);
    }
    return sum;
  }

  #all(runs: CellRanges | null): number {
    const { ids } = this;
    const parts = runs ?? [0, this.#branches];
    let count = 0;
    for (let part = 0; part < parts.length; part += 2) {
      const to = parts[part + 1] as number;
      for (let branch = parts[part] as number; branch < to; branch++) ids[count++] = branch;
    }
    return count;
  }

  /** Leaves the branches that have every unit; of `gathered` it is known, and its codes too. */
  #keepAll(found: number, gathered: ClausePostings | null, isWorth: boolean): number {
    this.texts.fill(0, 0, found);
    let count = found;
    // In the plan's order, so that the worths are added up as they are everywhere.
    for (const unit of this.#units) {
      if (unit !== gathered) count = this.#keep(unit, count);
      else if (isWorth) this.#add(this.#gathered, count);
    }
    return count;
  }

  /** Adds up what the units are worth in branches that have each word; of a unit of several words not all may be there. */
  #weighAll(found: number, isWorth: boolean): number {
    this.texts.fill(0, 0, found);
    let count = found;
    for (const unit of this.#units) {
      if (!isSingleTerm(unit)) count = this.#keep(unit, count);
      else if (isWorth) this.#addWord(unit, count);
    }
    return count;
  }

  #addWord({ words: [lists = []] }: ClausePostings, count: number): void {
    const [only] = lists;
    if (only && only.plane >= 0 && lists.length === 1) {
      this.#reader.addPlanes(only, termScores(only.codes), this.ids, count, this.texts);
      return;
    }
    const codes = this.#column(0);
    this.#reader.weigh(lists, this.ids, count, codes);
    this.#add(codes, count);
  }

  #column(word: number): Uint8Array {
    this.#columns[word] ??= new Uint8Array(this.#branches);
    return this.#columns[word];
  }

  #add(codes: Uint8Array, count: number): void {
    const { texts } = this;
    for (let at = 0; at < count; at++) {
      texts[at] = (texts[at] as number) + (TERM_SCORES[codes[at] as number] as number);
    }
  }

  /** Leaves the branches that have a unit too. */
  #keep(unit: ClausePostings, count: number): number {
    for (const [word, lists] of unit.words.entries()) {
      this.#reader.weigh(lists, this.ids, count, this.#column(word));
    }
    if (isSingleTerm(unit)) return this.#keepWord(this.#column(0), count);
    this.#reader.weigh(unit.alternatives, this.ids, count, this.#alternative);
    return this.#keepUnit(unit, count);
  }

  #keepWord(codes: Uint8Array, count: number): number {
    const { ids, texts } = this;
    const gathered = this.#gathered;
    let kept = 0;
    // What is not kept is overwritten by the next one: whether it is cannot be foreseen, and a wrong guess costs more.
    for (let at = 0; at < count; at++) {
      const code = codes[at] as number;
      ids[kept] = ids[at] as number;
      gathered[kept] = gathered[at] as number;
      texts[kept] = (texts[at] as number) + (TERM_SCORES[code] as number);
      kept += code === 0 ? 0 : 1;
    }
    return kept;
  }

  #keepUnit(unit: ClausePostings, count: number): number {
    const { ids, texts } = this;
    const gathered = this.#gathered;
    const codes = unit.words.map(() => 0);
    let kept = 0;
    for (let at = 0; at < count; at++) {
      for (let word = 0; word < codes.length; word++) codes[word] = this.#columns[word]?.[at] ?? 0;
      const text = unitSum(unit, codes, this.#alternative[at] as number, texts[at] as number);
      if (text < 0) continue;
      ids[kept] = ids[at] as number;
      gathered[kept] = gathered[at] as number;
      texts[kept++] = text;
    }
    return kept;
  }
}

/** A text with what a unit is worth, its words one by one; -1 when the unit does not match. */
function unitSum(unit: ClausePostings, codes: readonly number[], alternativeCode: number, text: number): number {
  let own = 0;
  let sum = text;
  let isWhole = true;
  for (let word = 0; word < codes.length; word++) {
    const worth = TERM_SCORES[codes[word] as number] as number;
    if (worth === 0) isWhole = false;
    own += worth;
    sum += worth;
  }
  const alternative = unit.alternativeWorths[alternativeCode] as number;
  if (isWhole && own >= alternative) return sum;
  return alternative > 0 ? text + alternative : -1;
}

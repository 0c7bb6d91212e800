import type { Plan } from '../../model/plan.ts';
import type { Sections } from './format.ts';
import { countRuns, type Runs } from './morton.ts';
import { PostingReader } from './postings.ts';
import { mostBranches, rarestWord, type UnitLists, unitLists } from './units.ts';
import { WORTHS } from './worth.ts';

/** Finds the branches that have all units of a plan, and what their text is worth. */
export class TextMatcher {
  /** Branches found last, ascending, and what their words are worth together. */
  readonly ids: Uint32Array;
  readonly texts: Float64Array;
  readonly #sections: Sections;
  readonly #reader: PostingReader;
  readonly #branches: number;
  /** Codes of the unit that was gathered, kept beside `ids`. */
  readonly #gathered: Uint8Array;
  /** Codes of a unit's words, and of its alternatives. */
  readonly #columns: Uint8Array[] = [];
  readonly #alternative: Uint8Array;

  constructor(sections: Sections, branches: number) {
    this.#sections = sections;
    this.#branches = branches;
    this.#reader = new PostingReader(sections.postings, branches);
    this.ids = new Uint32Array(branches);
    this.texts = new Float64Array(branches);
    this.#gathered = new Uint8Array(branches);
    this.#alternative = new Uint8Array(branches);
  }

  /** Returns how many there are. With `runs`, branches outside of them may be among them or not. */
  match(plan: Plan, typos: boolean, runs: Runs | null): number {
    if (plan.length === 0) return this.#all(runs);
    const units = plan.map((unit) => unitLists(this.#sections, unit, typos));
    const rarest = units.reduce((best, unit) => (mostBranches(unit) < mostBranches(best) ? unit : best));
    const isSimple = rarest.words.length === 1 && rarest.alternatives.length === 0;
    const lists = [...rarestWord(rarest), ...rarest.alternatives];
    // The more selective side goes first: the words within the place, or all of the place where finding it in each list takes longer.
    const isPlaceFirst = runs !== null && countRuns(runs) < lists.length * runs.length;
    let count = isPlaceFirst ? this.#all(runs) : this.#reader.gather(lists, runs, this.ids, this.#gathered);
    this.texts.fill(0, 0, count);
    // In the plan's order, so that the worths are added up as they are everywhere.
    for (const unit of units) {
      if (unit === rarest && isSimple && !isPlaceFirst) this.#add(this.#gathered, count);
      else count = this.#keep(unit, count);
    }
    return count;
  }

  #all(runs: Runs | null): number {
    const { ids, texts } = this;
    const parts = runs ?? [0, this.#branches];
    let count = 0;
    for (let part = 0; part < parts.length; part += 2) {
      const to = parts[part + 1] as number;
      for (let branch = parts[part] as number; branch < to; branch++) {
        ids[count] = branch;
        texts[count++] = 1;
      }
    }
    return count;
  }

  #add(codes: Uint8Array, count: number): void {
    const { texts } = this;
    for (let at = 0; at < count; at++) {
      texts[at] = (texts[at] as number) + (WORTHS[codes[at] as number] as number);
    }
  }

  /** Leaves the branches that have a unit too. */
  #keep(unit: UnitLists, count: number): number {
    for (const [word, lists] of unit.words.entries()) {
      this.#columns[word] ??= new Uint8Array(this.#branches);
      this.#reader.weigh(lists, this.ids, count, this.#columns[word]);
    }
    const isWord = unit.words.length === 1 && unit.alternatives.length === 0;
    if (isWord) return this.#keepWord(this.#columns[0] as Uint8Array, count);
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
      texts[kept] = (texts[at] as number) + (WORTHS[code] as number);
      kept += code === 0 ? 0 : 1;
    }
    return kept;
  }

  #keepUnit(unit: UnitLists, count: number): number {
    const { ids, texts } = this;
    const gathered = this.#gathered;
    let kept = 0;
    for (let at = 0; at < count; at++) {
      const text = this.#addUnit(unit, at, texts[at] as number);
      if (text < 0) continue;
      ids[kept] = ids[at] as number;
      gathered[kept] = gathered[at] as number;
      texts[kept++] = text;
    }
    return kept;
  }

  /** The text with what a unit is worth, its words one by one; -1 when it does not match. */
  #addUnit(unit: UnitLists, at: number, text: number): number {
    let own = 0;
    let sum = text;
    let isWhole = true;
    for (let word = 0; word < unit.words.length; word++) {
      const worth = WORTHS[(this.#columns[word] as Uint8Array)[at] as number] as number;
      if (worth === 0) isWhole = false;
      own += worth;
      sum += worth;
    }
    const alternative = unit.alternativeWorths[this.#alternative[at] as number] as number;
    if (isWhole && own >= alternative) return sum;
    return alternative > 0 ? text + alternative : -1;
  }
}

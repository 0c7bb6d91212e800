import { byCodePoint } from '../../../model/comparators.ts';
import type { Sections } from '../file/index-format.ts';
import { textAt } from '../file/term-dictionary.ts';
import type { PackedReader } from './packed-reader.ts';
import type { PackedWriter } from './packed-writer.ts';

const encoder = new TextEncoder();
const decoder = new TextDecoder();

type Stems = Pick<Sections, 'termStarts' | 'terms' | 'stemStarts' | 'stems' | 'stemWordStarts' | 'stemWords'>;

/** How a stem is made from its term: bytes... */
type Ending = readonly [from: number, cut: number, ending: string];

/**
 * A stem is nearly always the beginning of its term with one of some fifty endings. So each term has the number of a rule: how many
 * characters to leave out at its beginning and its end, and what to append. 0: the term has no stem.
 */
export function readStems(sections: Stems, input: PackedReader): void {
  const { termStarts, terms, stemStarts, stems, stemWordStarts, stemWords } = sections;
  const rules = input.json() as readonly Ending[];
  const ruleOf = new Uint32Array(termStarts.length - 1);
  input.numbers(ruleOf);
  // One string for all terms, because each call of the decoder costs a microsecond.
  const all = decoder.decode(terms);
  const isAscii = all.length === terms.length;
  const words = new Map<string, number[]>();
  for (let term = 0; term < ruleOf.length; term++) {
    const rule = rules[(ruleOf[term] as number) - 1];
    if (!rule) continue;
    const text = isAscii
      ? all.slice(termStarts[term], termStarts[term + 1])
      : textAt({ starts: termStarts, bytes: terms }, term);
    const stem = text.slice(rule[0], text.length - rule[1]) + rule[2];
    const own = words.get(stem);
    if (own) own.push(term);
    else words.set(stem, [term]);
  }
  const sorted = [...words.keys()].sort(byCodePoint);
  const joined = sorted.join('');
  const isPlain = encoder.encodeInto(joined, stems).written === joined.length;
  let byte = 0;
  let word = 0;
  let at = 0;
  for (const stem of sorted) {
    for (const term of words.get(stem) as number[]) stemWords[word++] = term;
    byte += isPlain ? stem.length : encoder.encode(stem).length;
    stemStarts[++at] = byte;
    stemWordStarts[at] = word;
  }
}

export function writeStems(sections: Stems, output: PackedWriter): void {
  const { termStarts, terms, stemStarts, stems, stemWordStarts, stemWords } = sections;
  const rules = new Map<string, number>();
  const ruleOf = new Uint32Array(termStarts.length - 1);
  for (let at = 0; at + 1 < stemStarts.length; at++) {
    const stem = textAt({ starts: stemStarts, bytes: stems }, at);
    for (const term of stemWords.subarray(stemWordStarts[at], stemWordStarts[at + 1])) {
      const rule = JSON.stringify(ending(textAt({ starts: termStarts, bytes: terms }, term), stem));
      if (!rules.has(rule)) rules.set(rule, rules.size + 1);
      ruleOf[term] = rules.get(rule) as number;
    }
  }
  output.json(Array.from(rules.keys(), (rule) => JSON.parse(rule) as Ending));
  for (const rule of ruleOf) output.number(rule);
}

function ending(term: string, stem: string): Ending {
  const from = term.startsWith(' ') ? 1 : 0;
  let common = 0;
  while (common < stem.length && term[from + common] === stem[common]) common++;
  return [from, term.length - from - common, stem.slice(common)];
}

type BranchTexts = Pick<Sections, 'vendorBranches' | 'branchTextStarts' | 'branchTexts'>;

/** The texts of branches in the order of vendors, in which their numbers nearly follow each other. */
export function readBranchTexts(sections: BranchTexts, input: PackedReader): void {
  const { vendorBranches, branchTextStarts, branchTexts } = sections;
  for (const branch of vendorBranches) branchTextStarts[branch + 1] = input.number();
  for (let branch = 0; branch < vendorBranches.length; branch++) {
    branchTextStarts[branch + 1] = (branchTextStarts[branch] as number) + (branchTextStarts[branch + 1] as number);
  }
  let next = 0;
  for (const branch of vendorBranches) {
    for (let at = branchTextStarts[branch] as number; at < (branchTextStarts[branch + 1] as number); at++) {
      const text = next + input.signed();
      branchTexts[at] = text;
      next = text + 1;
    }
  }
}

export function writeBranchTexts(sections: BranchTexts, output: PackedWriter): void {
  const { vendorBranches, branchTextStarts, branchTexts } = sections;
  const end = (branch: number) => branchTextStarts[branch + 1] as number;
  for (const branch of vendorBranches) output.number(end(branch) - (branchTextStarts[branch] as number));
  let next = 0;
  for (const branch of vendorBranches) {
    for (const text of branchTexts.subarray(branchTextStarts[branch], end(branch))) {
      output.signed(text - next);
      next = text + 1;
    }
  }
}

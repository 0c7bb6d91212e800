import type { Sections } from '../file/index-format.ts';

/** The weight of a branch's own words. All words of vendors weigh more. */
export const OWN_WEIGHT = 1;

/** Lists of terms as term x 4 + weight: the list of a number is `packed` from its start to its end. */
export type TermLists = {
  readonly starts: Uint32Array;
  readonly ends: Uint32Array;
  readonly packed: number[];
};

/** The terms of vendors, and each branch's own. */
export type ListedTerms = { readonly vendors: TermLists; readonly branches: TermLists };

/**
 * Returns the terms of a vendor or, after its vendor, of a branch that are in no text of two words and more: single words, phrases, joined
 * words. `isKnown` tells the others.
 */
export type OtherTerms = (
  isKnown: (packed: number) => boolean,
  vendor: number,
  branch: number | null,
) => readonly number[];

const listsOf = (size: number) => ({
  starts: new Uint32Array(size),
  ends: new Uint32Array(size),
  packed: [] as number[],
});

/**
 * Lists the terms of vendors and branches. The words of texts of two words and more are in the sections of texts. No function is created
 * and no list is copied in the loops, which a browser has not compiled when they run.
 */
export function listTerms(sections: Sections, others: OtherTerms): ListedTerms {
  const { termStarts, vendorStarts, vendorBranches, vendorTextStarts, vendorTexts } = sections;
  const { textStarts, textWords, branchTextStarts, branchTexts } = sections;
  const vendors = listsOf(vendorStarts.length - 1);
  const branches = listsOf(vendorBranches.length);
  const terms = vendors.packed;
  const own = branches.packed;
  /** By term: its weight in the current vendor, and the last branch that has it, counted from 1. */
  const weights = new Uint8Array(termStarts.length);
  const lastBranch = new Uint32Array(termStarts.length);
  let mark = 0;
  const isOfVendor = (packed: number) => weights[packed >>> 2] === (packed & 3);
  const isOfBranch = (packed: number) => lastBranch[packed >>> 2] === mark;
  const add = (term: number, weight: number) => {
    const known = weights[term] as number;
    if (known === 0) terms.push(term);
    if (weight > known) weights[term] = weight;
  };
  const addOwn = (term: number) => {
    if (weights[term] !== 0 || lastBranch[term] === mark) return;
    lastBranch[term] = mark;
    own.push(term * 4 + OWN_WEIGHT);
  };
  for (let vendor = 0; vendor < vendors.starts.length; vendor++) {
    const from = terms.length;
    const lastText = vendorTextStarts[vendor + 1] as number;
    for (let at = vendorTextStarts[vendor] as number; at < lastText; at++) {
      const packed = vendorTexts[at] as number;
      const end = textStarts[(packed >>> 2) + 1] as number;
      for (let word = textStarts[packed >>> 2] as number; word < end; word++)
        add(textWords[word] as number, packed & 3);
    }
    for (const packed of others(isOfVendor, vendor, null)) add(packed >>> 2, packed & 3);
    const lastPlace = vendorStarts[vendor + 1] as number;
    for (let place = vendorStarts[vendor] as number; place < lastPlace; place++) {
      const branch = vendorBranches[place] as number;
      mark = branch + 1;
      branches.starts[branch] = own.length;
      const lastOwnText = branchTextStarts[branch + 1] as number;
      for (let at = branchTextStarts[branch] as number; at < lastOwnText; at++) {
        const text = branchTexts[at] as number;
        const end = textStarts[text + 1] as number;
        for (let word = textStarts[text] as number; word < end; word++) addOwn(textWords[word] as number);
      }
      for (const packed of others(isOfBranch, vendor, branch)) addOwn(packed >>> 2);
      branches.ends[branch] = own.length;
    }
    vendors.starts[vendor] = from;
    vendors.ends[vendor] = terms.length;
    for (let at = from; at < terms.length; at++) {
      const term = terms[at] as number;
      terms[at] = term * 4 + (weights[term] as number);
      weights[term] = 0;
    }
  }
  return { vendors, branches };
}

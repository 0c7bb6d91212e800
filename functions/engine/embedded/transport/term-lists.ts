import type { Sections } from '../file/index-format.ts';

/** The weight of a branch's own words. All words of vendors weigh more. */
export const OWN_WEIGHT = 1;

/** Terms as term x 4 + weight: of each vendor, and each branch's own, by number. */
export type TermLists = { readonly vendors: readonly number[][]; readonly branches: readonly number[][] };

/**
 * Lists the terms of vendors and branches. The words of texts of two words and more are in the sections of texts. `others` returns the
 * other terms (single words, phrases, joined words) of a vendor or, after its vendor, of a branch.
 */
export function listTerms(
  sections: Sections,
  others: (isKnown: (packed: number) => boolean, vendor: number, branch: number | null) => readonly number[],
): TermLists {
  const { termStarts, vendorStarts, vendorBranches, vendorTextStarts, vendorTexts } = sections;
  const { textStarts, textWords, branchTextStarts, branchTexts } = sections;
  const vendors: number[][] = [];
  const branches: number[][] = [];
  /** By term: its weight in the current vendor, and the last branch that has it, counted from 1. */
  const weights = new Uint8Array(termStarts.length);
  const lastBranch = new Uint32Array(termStarts.length);
  for (let vendor = 0; vendor + 1 < vendorStarts.length; vendor++) {
    const terms: number[] = [];
    const add = (term: number, weight: number) => {
      if (weights[term] === 0) terms.push(term);
      if (weight > (weights[term] as number)) weights[term] = weight;
    };
    for (let at = vendorTextStarts[vendor] as number; at < (vendorTextStarts[vendor + 1] as number); at++) {
      const packed = vendorTexts[at] as number;
      const end = textStarts[(packed >>> 2) + 1] as number;
      for (let word = textStarts[packed >>> 2] as number; word < end; word++)
        add(textWords[word] as number, packed & 3);
    }
    for (const packed of others((one) => weights[one >>> 2] === (one & 3), vendor, null)) add(packed >>> 2, packed & 3);
    for (let place = vendorStarts[vendor] as number; place < (vendorStarts[vendor + 1] as number); place++) {
      const branch = vendorBranches[place] as number;
      const own: number[] = [];
      const addOwn = (term: number) => {
        if (weights[term] !== 0 || lastBranch[term] === branch + 1) return;
        lastBranch[term] = branch + 1;
        own.push(term * 4 + OWN_WEIGHT);
      };
      for (let at = branchTextStarts[branch] as number; at < (branchTextStarts[branch + 1] as number); at++) {
        const text = branchTexts[at] as number;
        const end = textStarts[text + 1] as number;
        for (let word = textStarts[text] as number; word < end; word++) addOwn(textWords[word] as number);
      }
      for (const packed of others((one) => lastBranch[one >>> 2] === branch + 1, vendor, branch)) addOwn(packed >>> 2);
      branches[branch] = own;
    }
    vendors.push(terms.map((term) => term * 4 + (weights[term] as number)));
    for (const term of terms) weights[term] = 0;
  }
  return { vendors, branches };
}

import { allowedEdits } from '../../model/edits.ts';
import type { QueryWord, Unit } from '../../model/plan.ts';
import { QUALITY, type Quality } from '../../model/ranking.ts';
import { findText, textsWith } from './dictionary.ts';
import type { Sections } from './format.ts';
import { phraseEntry } from './phrase.ts';
import type { PostingList } from './postings.ts';
import { eachTypo } from './typos.ts';
import { codesOf, WEIGHT_CODES } from './worth.ts';

/** A unit of a query's plan as lists of branches. */
export type UnitLists = {
  /** Of each of its words. */
  readonly words: readonly (readonly PostingList[])[];
  readonly alternatives: readonly PostingList[];
  /** What an alternative is worth, by the field's weight. */
  readonly alternativeWorths: Float64Array;
};

const CODES: Readonly<Record<Quality, Uint8Array>> = {
  exact: codesOf('exact'),
  stem: codesOf('stem'),
  synonym: codesOf('synonym'),
  prefix: codesOf('prefix'),
  typo1: codesOf('typo1'),
  typo2: codesOf('typo2'),
};

/** Looks up what a unit matches. */
export function unitLists(sections: Sections, { words, alternatives }: Unit, typos: boolean): UnitLists {
  const phrases = alternatives.map((stems) => findText(entriesOf(sections), phraseEntry(stems)));
  return {
    words: words.map((word) => wordLists(sections, word, typos)),
    alternatives: [...new Set(phrases)].flatMap((entry) => (entry < 0 ? [] : listOf(sections, entry, WEIGHT_CODES))),
    alternativeWorths: Float64Array.from([0, 1, 2, 3], (weight) => words.length * QUALITY.synonym * weight),
  };
}

/** How many branches a unit can have at most. */
export function mostBranches(unit: UnitLists): number {
  return countOf(rarestWord(unit)) + countOf(unit.alternatives);
}

/** The lists of the word that fewest branches have. */
export function rarestWord({ words }: UnitLists): readonly PostingList[] {
  return words.reduce((rarest, lists) => (countOf(lists) < countOf(rarest) ? lists : rarest));
}

function countOf(lists: readonly PostingList[]): number {
  let count = 0;
  for (const { from, to } of lists) count += to - from;
  return count;
}

function entriesOf({ entryStarts, entries }: Sections) {
  return { starts: entryStarts, bytes: entries };
}

function listOf({ postingStarts }: Sections, entry: number, codes: Uint8Array): PostingList {
  return { from: postingStarts[entry] as number, to: postingStarts[entry + 1] as number, codes };
}

/** Each word of the data that matches one of the query, with the best of the ways in which it does. */
function wordLists(sections: Sections, { word, stem, last }: QueryWord, typos: boolean): PostingList[] {
  const qualities = new Map<number, Quality>();
  const offer = (entry: number, quality: Quality) => {
    if (!qualities.has(entry)) qualities.set(entry, quality);
  };
  const entries = entriesOf(sections);
  const exact = findText(entries, word);
  if (exact >= 0) offer(exact, 'exact');
  const { stemStarts, stems, stemWordStarts, stemWords } = sections;
  const ofStem = findText({ starts: stemStarts, bytes: stems }, stem);
  if (ofStem >= 0) {
    const own = stemWords.subarray(stemWordStarts[ofStem], stemWordStarts[ofStem + 1]);
    for (const entry of own) offer(entry, 'stem');
  }
  if (last) {
    const [from, to] = textsWith(entries, word);
    for (let entry = from; entry < to; entry++) offer(entry, 'prefix');
  }
  const most = typos ? allowedEdits(word) : 0;
  if (most !== 0) {
    eachTypo(entries, word, most, (entry, edits) => offer(entry, edits === 1 ? 'typo1' : 'typo2'));
  }
  return [...qualities].map(([entry, quality]) => listOf(sections, entry, CODES[quality]));
}

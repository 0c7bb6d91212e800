import { QUALITY, type Quality } from '../../../model/ranking.ts';
import { allowedEdits } from '../../../model/text/edit-distance.ts';
import type { Clause, QueryTerm } from '../../../model/text/query-parser.ts';
import { planeWords, type Sections } from '../file/index-format.ts';
import { findText, phraseTerm, textsWith } from '../file/term-dictionary.ts';
import { lowerBound } from '../geo/cell-ranges.ts';
import { eachFuzzyTerm } from './fuzzy-terms.ts';
import type { PostingList } from './posting-reader.ts';
import { scoreCodes, WEIGHT_CODES } from './term-scores.ts';

/** A unit of a query's plan as lists of branches. */
export type ClausePostings = {
  /** Of each of its words. */
  readonly words: readonly (readonly PostingList[])[];
  readonly alternatives: readonly PostingList[];
  /** What an alternative is worth, by the field's weight. */
  readonly alternativeWorths: Float64Array;
};

const CODES: Readonly<Record<Quality, Uint8Array>> = {
  exact: scoreCodes('exact'),
  stem: scoreCodes('stem'),
  synonym: scoreCodes('synonym'),
  prefix: scoreCodes('prefix'),
  typo1: scoreCodes('typo1'),
  typo2: scoreCodes('typo2'),
};

/** Looks up what a unit matches. */
export function clausePostings(sections: Sections, { terms, synonymPhrases }: Clause, typos: boolean): ClausePostings {
  const phrases = synonymPhrases.map((stems) => findText(entriesOf(sections), phraseTerm(stems)));
  const worth = terms.length * QUALITY.synonym;
  return {
    words: terms.map((word) => wordLists(sections, word, typos)),
    alternatives: [...new Set(phrases)].flatMap((entry) => (entry < 0 ? [] : listOf(sections, entry, WEIGHT_CODES))),
    alternativeWorths: new Float64Array([0, worth, worth * 2, worth * 3]),
  };
}

/** Lists that together have all branches of a unit, and others where it has several words: those of its rarest word and the alternatives. */
export function candidatePostings({ words, alternatives }: ClausePostings): readonly PostingList[] {
  const rarest = words.reduce((best, lists) => (countPostings(lists) < countPostings(best) ? lists : best));
  return alternatives.length === 0 ? rarest : [...rarest, ...alternatives];
}

/** How many branches lists have at most. */
export function countPostings(lists: readonly PostingList[]): number {
  let sum = 0;
  for (const { count } of lists) sum += count;
  return sum;
}

/** Whether a unit is one word and nothing else: then its branches are those of the word's lists. */
export function isSingleTerm({ words, alternatives }: ClausePostings): boolean {
  return words.length === 1 && alternatives.length === 0;
}

function entriesOf({ entryStarts, entries }: Sections) {
  return { starts: entryStarts, bytes: entries };
}

function listOf(
  { postingStarts, denseEntries, denseCounts, branchVendor }: Sections,
  entry: number,
  codes: Uint8Array,
): PostingList {
  const [from, to] = [postingStarts[entry] as number, postingStarts[entry + 1] as number];
  if (to > from) return { from, to, count: to - from, plane: -1, codes };
  const at = lowerBound(denseEntries, entry, 0, denseEntries.length);
  const plane = at * 2 * planeWords(branchVendor.length);
  return { from, to, count: denseCounts[at] as number, plane, codes };
}

/** Each word of the data that matches one of the query, with the best of the ways in which it does. */
function wordLists(sections: Sections, { word, stem, last }: QueryTerm, typos: boolean): PostingList[] {
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
    eachFuzzyTerm(entries, word, most, (entry, edits) => offer(entry, edits === 1 ? 'typo1' : 'typo2'));
  }
  return [...qualities].map(([entry, quality]) => listOf(sections, entry, CODES[quality]));
}

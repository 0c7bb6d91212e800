import { QUALITY, type Quality } from '../../../model/ranking.ts';
import { allowedEdits } from '../../../model/text/edit-distance.ts';
import type { Clause, QueryTerm } from '../../../model/text/query-parser.ts';
import { bitmapWords, type Sections } from '../file/index-format.ts';
import { findText, phraseTerm, type TermDictionary, textsWithPrefix } from '../file/term-dictionary.ts';
import { lowerBound } from '../geo/cell-ranges.ts';
import { eachFuzzyTerm } from './fuzzy-terms.ts';
import type { PostingList } from './posting-reader.ts';
import { scoreCodes, WEIGHT_CODES } from './term-scores.ts';

/** The posting lists that a clause matches. */
export type ClausePostings = {
  /** The lists of each of its terms: one of every word of the data that matches. */
  readonly terms: readonly (readonly PostingList[])[];
  readonly synonyms: readonly PostingList[];
  /** The score of a synonym phrase by the weight (0..3) of its field. */
  readonly synonymScores: Float64Array;
};

const CODES: Readonly<Record<Quality, Uint8Array>> = {
  exact: scoreCodes('exact'),
  stem: scoreCodes('stem'),
  synonym: scoreCodes('synonym'),
  prefix: scoreCodes('prefix'),
  typo1: scoreCodes('typo1'),
  typo2: scoreCodes('typo2'),
};

export function clausePostings(sections: Sections, { terms, synonymPhrases }: Clause, typos: boolean): ClausePostings {
  const phrases = synonymPhrases.map((stems) => findText(dictionaryOf(sections), phraseTerm(stems)));
  const score = terms.length * QUALITY.synonym;
  return {
    terms: terms.map((term) => termPostings(sections, term, typos)),
    synonyms: [...new Set(phrases)].flatMap((term) => (term < 0 ? [] : postingsOf(sections, term, WEIGHT_CODES))),
    synonymScores: new Float64Array([0, score, score * 2, score * 3]),
  };
}

/** Postings that cover every match of the clause: its rarest term and its synonyms. A superset if the clause has several terms. */
export function candidatePostings({ terms, synonyms }: ClausePostings): readonly PostingList[] {
  const rarest = terms.reduce((best, lists) => (countPostings(lists) < countPostings(best) ? lists : best));
  return synonyms.length === 0 ? rarest : [...rarest, ...synonyms];
}

/** The number of postings in some lists; an upper bound of the number of branches. */
export function countPostings(lists: readonly PostingList[]): number {
  let sum = 0;
  for (const { count } of lists) sum += count;
  return sum;
}

/** Whether the clause is one term without synonyms: its branches are then those of the term's lists. */
export function isSingleTerm({ terms, synonyms }: ClausePostings): boolean {
  return terms.length === 1 && synonyms.length === 0;
}

function dictionaryOf({ termStarts, terms }: Sections): TermDictionary {
  return { starts: termStarts, bytes: terms };
}

function postingsOf(
  { postingStarts, denseTerms, denseCounts, branchVendor }: Sections,
  term: number,
  codes: Uint8Array,
): PostingList {
  const [from, to] = [postingStarts[term] as number, postingStarts[term + 1] as number];
  if (to > from) return { from, to, count: to - from, slice: -1, codes };
  const at = lowerBound(denseTerms, term, 0, denseTerms.length);
  const slice = at * 2 * bitmapWords(branchVendor.length);
  return { from, to, count: denseCounts[at] as number, slice, codes };
}

/** The posting list of every word of the data that matches a term, with the codes of the best quality in which it matches. */
function termPostings(sections: Sections, { word, stem, last }: QueryTerm, typos: boolean): PostingList[] {
  const qualities = new Map<number, Quality>();
  // Qualities are offered from the best to the worst.
  const offer = (number: number, quality: Quality) => {
    if (!qualities.has(number)) qualities.set(number, quality);
  };
  const dictionary = dictionaryOf(sections);
  const exact = findText(dictionary, word);
  if (exact >= 0) offer(exact, 'exact');
  const { stemStarts, stems, stemWordStarts, stemWords } = sections;
  const stemNumber = findText({ starts: stemStarts, bytes: stems }, stem);
  if (stemNumber >= 0) {
    const words = stemWords.subarray(stemWordStarts[stemNumber], stemWordStarts[stemNumber + 1]);
    for (const number of words) offer(number, 'stem');
  }
  if (last) {
    const [from, to] = textsWithPrefix(dictionary, word);
    for (let number = from; number < to; number++) offer(number, 'prefix');
  }
  const limit = typos ? allowedEdits(word) : 0;
  if (limit !== 0) {
    eachFuzzyTerm(dictionary, word, limit, (number, edits) => offer(number, edits === 1 ? 'typo1' : 'typo2'));
  }
  return [...qualities].map(([number, quality]) => postingsOf(sections, number, CODES[quality]));
}

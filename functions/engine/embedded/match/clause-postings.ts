import { QUALITY, type Quality } from '../../../model/ranking.ts';
import { allowedEdits, allowsTypoInBeginning, allowsTypoInStem } from '../../../model/text/edit-distance.ts';
import type { Clause, QueryTerm } from '../../../model/text/parsed-query.ts';
import { allowsTypos } from '../../../model/text/requirements.ts';
import { bitmapWords } from '../file/index-format.ts';
import type { MatchingTerms, PostingSections } from '../file/posting-sections.ts';
import { findText, phraseTerm, type TermDictionary, textsWithPrefix } from '../file/term-dictionary.ts';
import { lowerBound } from '../geo/cell-ranges.ts';
import { eachFuzzyTerm, type FuzzyMatch } from './fuzzy-terms.ts';
import type { PostingList } from './posting-reader.ts';
import { fieldScores, scoreCodes, WEIGHT_CODES } from './term-scores.ts';

/** The posting lists that a clause matches. */
export type ClausePostings = {
  /** The lists of each of its terms: one of every word of the data that matches. */
  readonly terms: readonly (readonly PostingList[])[];
  /** The branches where the terms are a phrase, and match only there; `null`: they match anywhere. */
  readonly together: readonly PostingList[] | null;
  readonly phrases: readonly PostingList[];
  /** The score of a phrase by the weight (0..3) of its field. */
  readonly phraseScores: Float64Array;
};

type Codes = Readonly<Record<Quality, Uint8Array>>;

const [CODES, FILLER_CODES] = [codesOf(false), codesOf(true)];

function codesOf(isFiller: boolean): Codes {
  return Object.fromEntries(
    (Object.keys(QUALITY) as Quality[]).map((quality) => [quality, scoreCodes(quality, isFiller)]),
  ) as Codes;
}

/** @param phrases the lists of the clause's synonym phrases */
export function clausePostings(
  sections: PostingSections,
  clause: Clause,
  typos: boolean,
  phrases: readonly PostingList[],
): ClausePostings {
  const mayHaveTypos = typos && allowsTypos(clause);
  const score = clause.size * QUALITY.synonym;
  return {
    terms: clause.terms.map((term) =>
      termPostings(sections, term, mayHaveTypos, clause.isFiller ? FILLER_CODES : CODES),
    ),
    together: clause.isPhrase ? phrasePostings(sections, [clause.terms.map(({ stem }) => stem)]) : null,
    phrases,
    phraseScores: fieldScores(score, clause.isFiller),
  };
}

/** The lists of phrases, each once, with the weights themselves as codes. A phrase of several words has one if the vocabularies know it. */
export function phrasePostings(sections: PostingSections, phrases: readonly (readonly string[])[]): PostingList[] {
  const terms = phrases.flatMap((stems) => {
    const [only = ''] = stems;
    return stems.length === 1 ? [...stemTerms(sections, only)] : [findText(dictionaryOf(sections), phraseTerm(stems))];
  });
  return [...new Set(terms)].flatMap((term) => (term < 0 ? [] : postingsOf(sections, term, WEIGHT_CODES)));
}

/** Postings that cover every match of the clause: its rarest term and its phrases. A superset if the clause has several terms. */
export function candidatePostings({ terms, together, phrases }: ClausePostings): readonly PostingList[] {
  if (together) return [...together, ...phrases];
  const [first, ...others] = terms;
  if (!first) return phrases;
  const rarest = others.reduce((best, lists) => (countPostings(lists) < countPostings(best) ? lists : best), first);
  return phrases.length === 0 ? rarest : [...rarest, ...phrases];
}

/** The number of postings in some lists; an upper bound of the number of branches. */
export function countPostings(lists: readonly PostingList[]): number {
  let sum = 0;
  for (const { count } of lists) sum += count;
  return sum;
}

/** Whether the clause is one term without phrases: its branches are then those of the term's lists. */
export function isSingleTerm({ terms, phrases }: ClausePostings): boolean {
  return terms.length === 1 && phrases.length === 0;
}

function dictionaryOf({ termStarts, terms }: PostingSections): TermDictionary {
  return { starts: termStarts, bytes: terms };
}

/** The numbers of the words that have a stem. */
export function stemTerms(sections: PostingSections, stem: string): Uint32Array {
  const number = findText({ starts: sections.stemStarts, bytes: sections.stems }, stem);
  return number < 0 ? NO_TERMS : wordsOfStem(sections, number);
}

function wordsOfStem({ stemWordStarts, stemWords }: PostingSections, number: number): Uint32Array {
  return stemWords.subarray(stemWordStarts[number], stemWordStarts[number + 1]);
}

const NO_TERMS = new Uint32Array(0);

/** The count of a list that the sections do not have: the postings of the term are only in branches. */
export const NO_LIST = -1;

export function postingsOf(
  { postings, postingStarts, denseTerms, denseCounts, size }: PostingSections,
  term: number,
  codes: Uint8Array,
): PostingList {
  const [from, to] = [postingStarts[term] as number, postingStarts[term + 1] as number];
  if (to > from) return { postings, from, to, count: to - from, slice: -1, codes };
  const at = lowerBound(denseTerms, term, 0, denseTerms.length);
  if (denseTerms[at] !== term) return { postings, from, to, count: NO_LIST, slice: -1, codes };
  return { postings, from, to, count: denseCounts[at] as number, slice: at * 2 * bitmapWords(size), codes };
}

const TYPO_QUALITIES = { 1: 'typo1', 2: 'typo2', beginning: 'typoPrefix' } as const;

/** The words of the data that are like a term, or whose stem is like its stem, with the better of the two qualities. */
function fuzzyTerms(
  sections: PostingSections,
  { word, stem, isPrefix }: QueryTerm,
  limit: 1 | 2,
): Map<number, Quality> {
  const found = new Map<number, Quality>();
  const add = (number: number, match: FuzzyMatch) => {
    const quality = TYPO_QUALITIES[match];
    const known = found.get(number);
    if (!known || QUALITY[quality] > QUALITY[known]) found.set(number, quality);
  };
  const mayBegin = isPrefix && allowsTypoInBeginning(word);
  eachFuzzyTerm(dictionaryOf(sections), word, limit, mayBegin, add);
  if (!allowsTypoInStem(word)) return found;
  eachFuzzyTerm({ starts: sections.stemStarts, bytes: sections.stems }, stem, 1, false, (number, match) => {
    for (const term of wordsOfStem(sections, number)) add(term, match);
  });
  return found;
}

/** The posting list of every word of the data that matches a term, with the codes of the best quality in which it matches. */
function termPostings(sections: PostingSections, term: QueryTerm, typos: boolean, codes: Codes): PostingList[] {
  const known = sections.matchingTerms[typos ? 1 : 0];
  let qualities = known.get(term);
  if (!qualities) {
    qualities = matchingTerms(sections, term, typos);
    known.set(term, qualities);
  }
  return [...qualities].map(([number, quality]) => postingsOf(sections, number, codes[quality]));
}

/** Every word of the data that matches a term, with the best quality in which it matches. */
function matchingTerms(sections: PostingSections, { word, stem, isPrefix }: QueryTerm, typos: boolean): MatchingTerms {
  const qualities = new Map<number, Quality>();
  // Qualities are offered from the best to the worst.
  const offer = (number: number, quality: Quality) => {
    if (!qualities.has(number)) qualities.set(number, quality);
  };
  const dictionary = dictionaryOf(sections);
  const exact = findText(dictionary, word);
  if (exact >= 0) offer(exact, 'exact');
  for (const number of stemTerms(sections, stem)) offer(number, 'stem');
  if (isPrefix) {
    const [from, to] = textsWithPrefix(dictionary, word);
    for (let number = from; number < to; number++) offer(number, 'prefix');
  }
  const limit = typos ? allowedEdits(word) : 0;
  if (limit !== 0) {
    for (const [number, quality] of fuzzyTerms(sections, { word, stem, isPrefix }, limit)) offer(number, quality);
  }
  return qualities;
}

import type { Quality } from '../ranking.ts';
import {
  allowedEdits,
  allowsTypoInBeginning,
  allowsTypoInStem,
  continuesBeginning,
  editDistance,
} from './edit-distance.ts';
import type { QueryTerm } from './parsed-query.ts';

/** How a word of the data matches a term of the query with a typo in it; `undefined` if it does not, or is the same word. */
export function typoInWord({ word, isPrefix }: QueryTerm, candidate: string): Quality | undefined {
  const edits = editDistance(word, candidate, allowedEdits(word));
  if (edits === 1) return 'typo1';
  if (isPrefix && allowsTypoInBeginning(word) && continuesBeginning(candidate, word)) return 'typoPrefix';
  return edits === 2 ? 'typo2' : undefined;
}

/** Whether a stem of the data is that of a term of the query with a typo in it. */
export function isTypoOfStem({ word, stem }: QueryTerm, candidate: string): boolean {
  return allowsTypoInStem(word) && editDistance(stem, candidate, 1) === 1;
}

import type { Vocabulary } from '../functions/engine/random-town.ts';
import type { JudgedQuestion } from '../relevance/question-tables.ts';
import {
  filteredSearches,
  judgedSearches,
  KINDS,
  type Kind,
  type ParityQuestion,
  pagedSearches,
  relaxedSearches,
  suggestions,
  wordSearches,
} from './parity-questions.ts';

export type QuestionPlan = {
  readonly vocabulary: Vocabulary;
  readonly judged: readonly JudgedQuestion[];
  /** Of all releases together. */
  readonly total: number;
  readonly seed: number;
  /** The number of the release, and of all releases. */
  readonly at: number;
  readonly of: number;
};

/** The questions of one release, the same ones for the same seed: its share of each kind's. */
export function questionsFor({
  vocabulary,
  judged,
  total,
  seed,
  at,
  of,
}: QuestionPlan): { kind: Kind; question: ParityQuestion }[] {
  const sampler = (kind: Kind) => {
    const all = Math.round(total * KINDS[kind]);
    // The first releases have one more each where the division has a rest.
    return { seed: seed + at, count: Math.floor(all / of) + (at < all % of ? 1 : 0) };
  };
  const questions: Record<Kind, (kind: Kind) => ParityQuestion[]> = {
    'judged questions': (kind) => judgedSearches(judged, vocabulary, sampler(kind)),
    'words of the data and of four languages': (kind) => wordSearches(vocabulary, sampler(kind)),
    'filters, boxes, radius, times, sorts, facets': (kind) => filteredSearches(vocabulary, sampler(kind)),
    'relaxation of random questions': (kind) => relaxedSearches(vocabulary, sampler(kind)),
    'pages by cursor': (kind) => pagedSearches(vocabulary, sampler(kind)),
    suggestions: (kind) => suggestions(vocabulary, sampler(kind)),
  };
  return (Object.keys(KINDS) as Kind[]).flatMap((kind) =>
    questions[kind](kind).map((question) => ({ kind, question })),
  );
}

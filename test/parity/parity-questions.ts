import fc from 'fast-check';
import { EVERYTHING, type SearchQuery, type SuggestQuery } from '../../functions/model/query.ts';
import type { Release } from '../../functions/model/release.ts';
import { ANYTHING } from '../fixtures/query.ts';
import { Random } from '../fixtures/random.ts';
import { questionsOf, searchesIn, suggestionsIn, type Vocabulary } from '../functions/engine/random-town.ts';
import type { JudgedQuestion } from '../relevance/question-tables.ts';
import { vocabularyWords } from './vocabulary-words.ts';

/** A question of the comparison, and how it is asked. */
export type ParityQuestion =
  | { readonly ask: 'search' | 'relaxation' | 'pages'; readonly query: SearchQuery }
  | { readonly ask: 'suggest'; readonly query: SuggestQuery };

/** The kinds of questions by their share of all. */
export const KINDS = {
  'judged questions': 0.35,
  'words of the data and of four languages': 0.2,
  'filters, boxes, radius, times, sorts, facets': 0.2,
  'relaxation of random questions': 0.1,
  'pages by cursor': 0.05,
  suggestions: 0.1,
} as const;
export type Kind = keyof typeof KINDS;

type Sampler = { readonly seed: number; readonly count: number };

function sample<Value>(values: fc.Arbitrary<Value>, { seed, count }: Sampler): Value[] {
  return count === 0 ? [] : fc.sample(values, { seed, numRuns: count });
}

/** Some of the judged questions: each is relaxed like a request, half of them with an origin. */
export function judgedSearches(
  questions: readonly JudgedQuestion[],
  { center }: Vocabulary,
  sampler: Sampler,
): ParityQuestion[] {
  const random = new Random(sampler.seed);
  const shuffled = questions.map((question) => ({ question, at: random.next() })).sort((a, b) => a.at - b.at);
  return shuffled.slice(0, sampler.count).map(({ question: { text } }) => {
    const origin = random.chance(0.5) ? center : null;
    return { ask: 'relaxation', query: { ...ANYTHING, text: text.trim(), origin, facets: ['category'] } };
  });
}

/** Combinations of words, misspelt and whole, as people write them. */
export function wordSearches({ words }: Vocabulary, sampler: Sampler): ParityQuestion[] {
  const word = fc.oneof(fc.constantFrom(...words), fc.constantFrom(...vocabularyWords()));
  const query = fc
    .record({
      text: questionsOf(word),
      strict: fc.constantFrom(false, false, true),
      typos: fc.boolean(),
      mayLack: fc.constantFrom(0, 0, 1, 2),
    })
    .map((parts) => ({ ...EVERYTHING, ...parts, sort: 'best' as const, facets: ['category', 'area'] as const }));
  return sample(query, sampler).map((one) => ({ ask: 'search', query: one }));
}

const FILTERS = [
  'text',
  'category',
  'facility',
  'area',
  'box',
  'radiusMetres',
  'time',
  'hoursKnown',
  'status',
] as const;
/** With more filters at once hardly anything is left. */
const MOST_FILTERS = 4;

/** Any query of the API with a few of its filters. */
function fewFilters(vocabulary: Vocabulary): fc.Arbitrary<SearchQuery> {
  const dropped = fc.subarray([...FILTERS], { minLength: FILTERS.length - MOST_FILTERS });
  return fc.tuple(searchesIn(vocabulary), dropped).map(([query, some]) => {
    return { ...query, ...Object.fromEntries(some.map((name) => [name, EVERYTHING[name]])) };
  });
}

export function filteredSearches(vocabulary: Vocabulary, sampler: Sampler): ParityQuestion[] {
  return sample(fewFilters(vocabulary), sampler).map((query) => ({ ask: 'search', query }));
}

export function relaxedSearches(vocabulary: Vocabulary, sampler: Sampler): ParityQuestion[] {
  const text = questionsOf(fc.constantFrom(...vocabulary.words));
  const exact = fc.tuple(fewFilters(vocabulary), text).map(([query, asked]) => {
    return { ...query, text: asked, typos: false, mayLack: 0 };
  });
  return sample(exact, sampler).map((query) => ({ ask: 'relaxation', query }));
}

/** Long results, because they have few filters. */
export function pagedSearches(vocabulary: Vocabulary, sampler: Sampler): ParityQuestion[] {
  const broad = fc.tuple(searchesIn(vocabulary), fc.constantFrom(7, 50, 100)).map(([query, limit]) => {
    const { category, facility, area, box, hoursKnown, radiusMetres, time } = EVERYTHING;
    return { ...query, category, facility, area, box, hoursKnown, radiusMetres, time, limit };
  });
  return sample(broad, sampler).map((query) => ({ ask: 'pages', query }));
}

export function suggestions(vocabulary: Vocabulary, sampler: Sampler): ParityQuestion[] {
  return sample(suggestionsIn(vocabulary), sampler).map((query) => ({ ask: 'suggest', query }));
}

/** The number of vendors and branches of a release. */
export function sizeOf({ vendors }: Release): { vendors: number; branches: number } {
  return { vendors: vendors.length, branches: vendors.reduce((sum, { branches }) => sum + branches.length, 0) };
}

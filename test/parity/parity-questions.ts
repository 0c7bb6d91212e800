import fc from 'fast-check';
import { EVERYTHING, FACETS, type SearchQuery, type SuggestQuery } from '../../functions/model/query.ts';
import type { Release } from '../../functions/model/release.ts';
import { LANGUAGES } from '../../functions/model/text/vocabulary/compiled-vocabulary.ts';
import { searchesIn, suggestionsIn, type Vocabulary, vocabularyOf } from '../functions/engine/random-town.ts';

/** A question of one kind, and what is compared. */
export type ParityQuestion =
  | { readonly kind: string; readonly compare: 'result' | 'relaxation' | 'pages'; readonly query: SearchQuery }
  | { readonly kind: string; readonly compare: 'suggestions'; readonly query: SuggestQuery };

type Share = { readonly kind: string; readonly share: number; readonly questions: fc.Arbitrary<ParityQuestion> };

/** Sentences around a food: in the four languages of the vocabularies. */
const SENTENCES: readonly string[] = [
  ...[
    'where can i get good cheap X',
    'X near me',
    'X open now',
    'is there any X around here',
    'best X truck',
    'X please',
  ],
  ...[
    'no X',
    'anything without X',
    'tacos but no X',
    'X or coffee',
    'X and Y',
    'X without Y',
    '"X"',
    '"X Y"',
    '-X Y',
    '-"X Y"',
  ],
  ...['dónde hay X', 'X cerca de mí', 'X abierto ahora', 'sin X', 'X sin Y', 'quiero X por favor', 'la mejor X'],
  ...['附近的X', '不要X', '我想吃X', '没有X的Y', '现在营业的X'],
  ...['где поесть X', 'X рядом', 'без X', 'X без Y', 'хочу X', 'X открыто сейчас'],
];

/** The words of the vocabularies: foods, diets and kinds, in every language. */
const WORDS: readonly string[] = LANGUAGES.flatMap(({ meanings, diets }) =>
  `${meanings}\n${diets}`
    .split(/[:,\n]/)
    .map((word) => word.trim())
    .filter(Boolean),
);

/**
 * The questions of one release, the same ones for the same seed.
 * @param asked questions that people asked, each of which is among them
 */
export function parityQuestions(
  release: Release,
  asked: readonly string[],
  count: number,
  seed: number,
): ParityQuestion[] {
  const fixed = asked.flatMap((text): ParityQuestion[] => [
    { kind: 'asked by people', compare: 'relaxation', query: { ...PLAIN, text } },
  ]);
  const left = Math.max(0, count - fixed.length);
  const drawn = sharesOf(vocabularyOf(release)).flatMap(({ share, questions }, at) =>
    fc.sample(questions, { seed: seed + at, numRuns: Math.round(left * share) }),
  );
  return [...fixed, ...drawn].slice(0, count);
}

const PLAIN: SearchQuery = { ...EVERYTHING, status: 'approved', sort: 'best', facets: [...FACETS], limit: 200 };

function sharesOf(vocabulary: Vocabulary): Share[] {
  const word = fc.constantFrom(...vocabulary.words);
  const known = fc.constantFrom(...WORDS);
  const food = fc.oneof(word, known);
  const sentence = fc
    .tuple(fc.constantFrom(...SENTENCES), food, food)
    .map(([text, x, y]) => text.replace('X', x).replace('Y', y));
  const any = searchesIn(vocabulary);
  // All filters together select next to nothing in one city.
  const broad = any.map((query) => ({ ...query, category: [], facility: [], area: [], box: null, hoursKnown: false }));
  const some = fc.oneof(any, broad, broad);
  const relaxed = (kind: string, texts: fc.Arbitrary<string>): fc.Arbitrary<ParityQuestion> =>
    fc.tuple(texts, any).map(([text, { origin, minute, time, timeAsked, sort, facets }]) => {
      const query = { ...PLAIN, text, origin, minute, time, timeAsked, sort, facets };
      return { kind, compare: 'relaxation', query };
    });
  return [
    { kind: 'sentences', share: 0.3, questions: relaxed('sentences in four languages', sentence) },
    { kind: 'vocabulary', share: 0.15, questions: relaxed('words of the vocabularies', known) },
    { kind: 'typos', share: 0.1, questions: relaxed('typos', fc.tuple(food, fc.nat()).map(misspelt)) },
    {
      kind: 'any',
      share: 0.3,
      questions: some.map((query) => ({ kind: 'any words, filters, places, times', compare: 'result', query })),
    },
    { kind: 'pages', share: 0.05, questions: broad.map((query) => ({ kind: 'pages', compare: 'pages', query })) },
    {
      kind: 'suggestions',
      share: 0.1,
      questions: suggestionsIn(vocabulary).map((query) => ({ kind: 'suggestions', compare: 'suggestions', query })),
    },
  ];
}

/** The word with two neighbouring letters swapped, or one left out. */
function misspelt([word, number]: [string, number]): string {
  const letters = [...word];
  const at = 1 + (number % Math.max(1, letters.length - 2));
  const [a = '', b = ''] = [letters[at], letters[at + 1]];
  return [...letters.slice(0, at), ...(number % 2 === 0 ? [b, a] : [b]), ...letters.slice(at + 2)].join('');
}

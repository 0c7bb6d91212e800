import { type Clause, MOST_REQUIRED } from './parsed-query.ts';
import { stem } from './stemming.ts';
import { joinedForms, placedTokens } from './tokenizer.ts';
import type { Vocabulary } from './vocabulary/compiled-vocabulary.ts';
import {
  type Entry,
  FOOD_KINDS,
  isDataWord,
  keyOf,
  type Phrase,
  uniquePhrases,
} from './vocabulary/vocabulary-entry.ts';
import { stemsOf, vocabularyStem } from './vocabulary/vocabulary-stems.ts';

type WordOptions = {
  /** Phrases that mean the same. */
  readonly phrases?: readonly Phrase[];
  /** Whether somebody may still be typing the last word. */
  readonly isTyped?: boolean;
  readonly isPhrase?: boolean;
  readonly isFiller?: boolean;
  /** Computed when a search allows typos: most do not. */
  readonly isKnown?: () => boolean;
};

/** Words that may each match anywhere, or phrases that mean the same. A hyphenated word also matches its joined form. */
export function wordClause(
  words: readonly string[],
  text: string,
  { phrases = [], isTyped = false, isPhrase = false, isFiller = false, isKnown = () => false }: WordOptions = {},
): Clause {
  // A phrase of the vocabularies is complete.
  const last = isTyped && !isPhrase ? words.length - 1 : -1;
  const terms = words.map((word, at) => ({ word, stem: stem(word), isPrefix: at === last }));
  const joined = joinedForms(text).map((word) => [stem(word)]);
  return {
    terms,
    synonymPhrases: uniquePhrases([...phrases, ...joined]),
    isPhrase,
    get isKnown() {
      return isKnown();
    },
    isQuoted: false,
    isProtected: false,
    isFiller,
    text,
    size: words.length,
  };
}

/** Words in quotation marks; `undefined` when there are none between the marks. */
export function quotedClause(text: string): Clause | undefined {
  const words = placedTokens(text).map(({ word }) => word);
  if (words.length === 0) return undefined;
  const own = words.map(stem);
  const isWord = own.length === 1;
  return {
    ...wordClause(isWord ? words : [], text),
    synonymPhrases: isWord ? [] : [own],
    isQuoted: true,
    size: own.length,
  };
}

/** A diet or an allergen. Its phrases of several words count as phrases only: "gluten" and "free" apart mean something else. */
export function dietClause({ alternatives }: Entry, words: readonly string[], text: string): Clause {
  const own = words.map(stem);
  const isWord = own.length === 1;
  return {
    ...wordClause(isWord ? words : [], text),
    synonymPhrases: isWord ? alternatives : [own, ...alternatives],
    isProtected: true,
    size: own.length,
  };
}

/**
 * What a vendor must not have: a word, a phrase that the vocabularies know, or any other words next to each other; with its synonyms and
 * what it covers (`meat` covers beef). `undefined` when the phrase has no words.
 * @param known the entry that the phrase was read as
 */
export function excludedClause(phrase: string, vocabulary: Vocabulary, known?: Entry): Clause | undefined {
  const words = placedTokens(phrase).map(({ word }) => word);
  if (words.length === 0) return undefined;
  const stems = words.map(vocabularyStem);
  const found = known ?? vocabulary.entriesAt(stems[0] as string).find((entry) => keyOf(entry.stems) === keyOf(stems));
  const entry = FOOD_KINDS.has(found?.kind) ? found : undefined;
  const own = words.map(stem);
  const kinds = [own, ...(entry?.meanings ?? []).map(stemsOf)].flatMap((one) => vocabulary.kindsOf(one));
  return {
    ...wordClause([], phrase),
    synonymPhrases: uniquePhrases([own, ...(entry?.alternatives ?? []), ...kinds]),
    isQuoted: own.length > 1 && entry === undefined,
    isProtected: true,
    size: own.length,
  };
}

const STREET_FORMS: Readonly<Record<string, string>> = {
  st: 'street',
  street: 'st',
  ave: 'avenue',
  avenue: 'ave',
  blvd: 'boulevard',
  boulevard: 'blvd',
};

/** The other form of a word for a kind of street, as phrases that mean the same: the city writes "01ST ST". */
export function streetForms(word: string): readonly Phrase[] {
  const form = Object.hasOwn(STREET_FORMS, word) ? STREET_FORMS[word] : undefined;
  return form === undefined ? [] : [[stem(form)]];
}

/** `16 st` means 16th Street; `undefined` when the words do not name a numbered street. */
export function streetNumberClause(word: string, next: string | undefined): Clause | undefined {
  if (!/^\d{1,3}$/.test(word) || next === undefined || !Object.hasOwn(STREET_FORMS, next)) return undefined;
  return wordClause([word], word, { phrases: [[ordinalOf(Number(word))]] });
}

function ordinalOf(number: number): string {
  const [tens, ones] = [number % 100, number % 10];
  const ending = tens > 10 && tens < 14 ? 'th' : (['th', 'st', 'nd', 'rd'][ones] ?? 'th');
  return `${number}${ending}`;
}

/**
 * One of two clauses: tacos *or* burritos. `undefined` if no index can look the second one up as a phrase.
 * @param connective what is between them in the question
 */
export function eitherClause(one: Clause, other: Clause, connective: string): Clause | undefined {
  const words = other.terms.map(({ stem }) => stem);
  const isIndexed = words.length < 2 || other.isPhrase || !words.every(isDataWord);
  if (!isIndexed || one.isQuoted || other.isQuoted) return undefined;
  return {
    ...one,
    terms: one.terms.map((term) => ({ ...term, isPrefix: false })),
    synonymPhrases: uniquePhrases([
      ...one.synonymPhrases,
      ...(words.length > 0 ? [words] : []),
      ...other.synonymPhrases,
    ]),
    get isKnown() {
      return one.isKnown && other.isKnown;
    },
    isProtected: one.isProtected && other.isProtected,
    text: `${one.text}${connective === ',' ? '' : ' '}${connective} ${other.text}`,
  };
}

/** Each clause once, where it comes first: it is complete there, and a repeated word that may be a prefix asks for less. */
export function uniqueClauses(clauses: readonly Clause[]): Clause[] {
  const byKey = new Map<string, Clause>();
  for (const clause of clauses) {
    const { terms, synonymPhrases, isQuoted } = clause;
    const key = JSON.stringify([terms.map(({ word }) => word), synonymPhrases, isQuoted]);
    if (!byKey.has(key)) byKey.set(key, clause);
  }
  return [...byKey.values()];
}

/** The clauses beyond {@link MOST_REQUIRED}; protected ones are never among them. */
export function surplusClauses(required: readonly Clause[]): Clause[] {
  const free = required.filter(({ isProtected }) => !isProtected);
  return free.slice(Math.max(0, MOST_REQUIRED - (required.length - free.length)));
}

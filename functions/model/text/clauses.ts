import { type Clause, MOST_REQUIRED } from './parsed-query.ts';
import { stem } from './stemming.ts';
import { joinedForms, placedTokens } from './tokenizer.ts';
import {
  type Entry,
  keyOf,
  type Phrase,
  stemsOf,
  uniquePhrases,
  type Vocabulary,
  vocabularyStem,
} from './vocabulary/compiled-vocabulary.ts';

/** Words that may each match anywhere, or phrases that mean the same. A hyphenated word also matches its joined form. */
export function wordClause(
  words: readonly string[],
  text: string,
  {
    phrases = [],
    isTyped = false,
    isFiller = false,
  }: { phrases?: readonly Phrase[]; isTyped?: boolean; isFiller?: boolean } = {},
): Clause {
  const terms = words.map((word, at) => ({ word, stem: stem(word), isPrefix: isTyped && at === words.length - 1 }));
  const joined = joinedForms(text).map((word) => [stem(word)]);
  return {
    terms,
    synonymPhrases: uniquePhrases([...phrases, ...joined]),
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
  const entry = found?.kind === 'meaning' || found?.kind === 'diet' ? found : undefined;
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

const STREETS = new Set(['st', 'street', 'ave', 'avenue', 'blvd']);

/** `16 st` means 16th Street; `undefined` when the words do not name a numbered street. */
export function streetNumberClause(word: string, next: string | undefined): Clause | undefined {
  if (!/^\d{1,3}$/.test(word) || next === undefined || !STREETS.has(next)) return undefined;
  return wordClause([word], word, { phrases: [[ordinalOf(Number(word))]] });
}

function ordinalOf(number: number): string {
  const [tens, ones] = [number % 100, number % 10];
  const ending = tens > 10 && tens < 14 ? 'th' : (['th', 'st', 'nd', 'rd'][ones] ?? 'th');
  return `${number}${ending}`;
}

/** Each clause once; of the same words the last, which may be a prefix. */
export function uniqueClauses(clauses: readonly Clause[]): Clause[] {
  const byKey = new Map<string, Clause>();
  for (const clause of clauses) {
    const { terms, synonymPhrases, isQuoted } = clause;
    const phrases = terms.length > 0 ? [] : synonymPhrases;
    const key = JSON.stringify([terms.map(({ word }) => word), phrases, isQuoted]);
    byKey.delete(key);
    byKey.set(key, clause);
  }
  return [...byKey.values()];
}

/** The clauses beyond {@link MOST_REQUIRED}; protected ones are never among them. */
export function surplusClauses(required: readonly Clause[]): Clause[] {
  const free = required.filter(({ isProtected }) => !isProtected);
  return free.slice(Math.max(0, MOST_REQUIRED - (required.length - free.length)));
}

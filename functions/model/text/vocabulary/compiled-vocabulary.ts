import { zh } from './chinese.ts';
import { asLanguage } from './city-vocabulary.ts';
import { en } from './english.ts';
import {
  type Line,
  type LinesByLetter,
  letterOf,
  linesByLetter,
  linesOfLanguage,
  readLines,
  stemsOfLine,
} from './language-lines.ts';
import type { CityVocabulary, LanguageVocabulary } from './language-vocabulary.ts';
import { ru } from './russian.ts';
import { es } from './spanish.ts';
import { stemSet } from './stem-set.ts';
import {
  ENTRY_KINDS,
  type Entry,
  FOOD_KINDS,
  isDataWord,
  keyOf,
  LazyEntry,
  type Phrase,
  uniquePhrases,
} from './vocabulary-entry.ts';
import { foodWordsOf, linesOf } from './vocabulary-lines.ts';
import { stemsOf } from './vocabulary-stems.ts';

/** Folded, their words are in ASCII. */
const LATIN: readonly LanguageVocabulary[] = [en, es];
/** None of their words begins with an ASCII letter, so most questions do not need them. */
const OTHERS: readonly LanguageVocabulary[] = [zh, ru];
export const LANGUAGES: readonly LanguageVocabulary[] = [en, es, zh, ru];

/** The vocabularies of all languages and a city's synonyms, ready to be looked up. */
export type Vocabulary = {
  /** The entries that begin with a stem, longest first. */
  entriesAt(first: string): readonly Entry[];
  /** Whether a stem is of a word of food, in any language. */
  knows(stem: string): boolean;
  /** What a word or phrase of the data covers when it is excluded. */
  kindsOf(phrase: Phrase): readonly Phrase[];
  /** Every phrase of two and more words of the data that a question can ask for. */
  phrases(): readonly Phrase[];
};

type Synonyms = readonly (readonly string[])[];

/** By a city's synonyms and its vocabulary. */
const compiled = new WeakMap<Synonyms, WeakMap<CityVocabulary, Vocabulary>>();
const NOTHING: CityVocabulary = {};

/**
 * The vocabularies with a city's synonyms: groups of words and phrases of the data that mean the same (`['banh mi', 'vietnamese
 * sandwich']`). The same groups and vocabulary give the same object.
 * @param own what the city adds
 */
export function vocabularyOf(synonyms: Synonyms, own: CityVocabulary = NOTHING): Vocabulary {
  const ofSynonyms = compiled.get(synonyms) ?? new WeakMap<CityVocabulary, Vocabulary>();
  compiled.set(synonyms, ofSynonyms);
  const known = ofSynonyms.get(own) ?? compile(synonyms, own);
  ofSynonyms.set(own, known);
  return known;
}

/** Whether a stem is of a word of food in one of the languages whose script is that of the data. */
const isLatinFood = stemSet(() => LATIN.flatMap(foodWordsOf));

function compile(groups: Synonyms, own: CityVocabulary): Vocabulary {
  const synonyms = synonymsOf(groups);
  const ownLines = readLines(asLanguage(own));
  const latin = [synonymLines(groups), ...LATIN.map(linesOfLanguage), ownLines];
  const byLetter = new Map<string, ReadonlyMap<string, readonly Entry[]>>();

  function entriesOf(letter: string): ReadonlyMap<string, readonly Entry[]> {
    const known = byLetter.get(letter);
    if (known) return known;
    const byFirst = new Map<string, LazyEntry[]>();
    const sources = letter === '' ? [...latin, ...OTHERS.map(linesOfLanguage)] : latin;
    for (const source of sources) for (const line of source.get(letter) ?? []) addEntry(byFirst, line, synonyms);
    for (const list of byFirst.values()) list.sort((a, b) => b.stems.length - a.stems.length);
    byLetter.set(letter, byFirst);
    return byFirst;
  }

  const entriesAt = (first: string) => entriesOf(letterOf(first)).get(first) ?? NO_ENTRIES;
  let kinds: ReadonlyMap<string, readonly string[]> | undefined;
  const kindsOfFood = () => {
    kinds ??= new Map(
      linesOf(en.kinds).flatMap(({ meanings, words }) => meanings.map((one) => [keyOf(stemsOf(one)), words] as const)),
    );
    return kinds;
  };
  const isSynonym = stemSet(() => groups.flat());
  return {
    knows: (word) =>
      isLatinFood(word) ||
      isSynonym(word) ||
      entriesAt(word).some((one) => one.stems.length === 1 && FOOD_KINDS.has(one.kind)),
    entriesAt,
    kindsOf: (phrase) => uniquePhrases((kindsOfFood().get(keyOf(phrase)) ?? []).flatMap((one) => synonyms(one))),
    phrases: () => {
      const letters = new Set(['', ...latin.flatMap((source) => [...source.keys()])]);
      const entries = [...letters].flatMap((letter) => [...entriesOf(letter).values()].flat());
      const asked = entries.filter(({ kind }) => FOOD_KINDS.has(kind));
      const all = asked.flatMap(({ stems, alternatives }) => [stems, ...alternatives]);
      const excluded = [...kindsOfFood().values()].flat().flatMap((one) => synonyms(one));
      return uniquePhrases([...all, ...excluded]).filter((phrase) => phrase.length > 1 && phrase.every(isDataWord));
    },
  };
}

/** Adds an entry to those with the same first stem. Of two readings of the same words the first in {@link ENTRY_KINDS} counts. */
function addEntry(
  byFirst: Map<string, LazyEntry[]>,
  line: Line,
  synonyms: (written: string) => readonly Phrase[],
): void {
  const { kind, meanings, written } = line;
  const stems = stemsOfLine(line);
  const first = stems[0];
  if (first === undefined) return;
  const list = byFirst.get(first);
  const entry = new LazyEntry(kind, stems, meanings, written, synonyms);
  if (!list) return void byFirst.set(first, [entry]);
  const at = list.findIndex((one) => one.key === entry.key);
  const known = list[at];
  if (!known) list.push(entry);
  else if (known.kind === kind) known.join(entry);
  else if (ENTRY_KINDS.indexOf(kind) < ENTRY_KINDS.indexOf(known.kind)) list[at] = entry;
}

function synonymLines(groups: Synonyms): LinesByLetter {
  const lineOf = (one: string): Line => ({ kind: 'meaning', phrase: one, meanings: [], written: [one] });
  return linesByLetter(groups.flat().map(lineOf));
}

const NO_ENTRIES: readonly Entry[] = [];

/** A phrase of the data, and what a city's groups say means the same. */
function synonymsOf(groups: Synonyms): (written: string) => readonly Phrase[] {
  let groupsOf: ReadonlyMap<string, Synonyms> | undefined;
  return (written) => {
    groupsOf ??= groupsByPhrase(groups);
    const phrase = stemsOf(written);
    return [phrase, ...(groupsOf.get(keyOf(phrase)) ?? []).flat().map(stemsOf)];
  };
}

function groupsByPhrase(groups: Synonyms): ReadonlyMap<string, Synonyms> {
  const groupsOf = new Map<string, Synonyms>();
  for (const group of groups) {
    for (const one of group) {
      const key = keyOf(stemsOf(one));
      groupsOf.set(key, [...(groupsOf.get(key) ?? []), group]);
    }
  }
  return groupsOf;
}

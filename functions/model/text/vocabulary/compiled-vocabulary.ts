import { stem } from '../stemming.ts';
import { fold, tokens } from '../tokenizer.ts';
import { zh } from './chinese.ts';
import { asLanguage } from './city-vocabulary.ts';
import { en } from './english.ts';
import type { CityVocabulary, LanguageVocabulary } from './language-vocabulary.ts';
import { ru } from './russian.ts';
import { es } from './spanish.ts';
import {
  ENTRY_KINDS,
  type Entry,
  type EntryKind,
  FOOD_KINDS,
  isDataWord,
  keyOf,
  LazyEntry,
  type Phrase,
  uniquePhrases,
} from './vocabulary-entry.ts';
import { foodWordsOf, linesOf, listOf } from './vocabulary-lines.ts';

/** Folded, their words are in ASCII. */
const LATIN: readonly LanguageVocabulary[] = [en, es];
/** None of their words begins with an ASCII letter, so most questions do not need them. Compiling them takes 10 ms, the others 20 (2026-11-26). */
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

const RUSSIAN_ENDING =
  /(?<=\p{Script=Cyrillic}{3})(?:[яа]ми|[ое]го|[ое]му|[ыи]ми|[ая]х|[ое]в|[ая]м|[ое]м|[ое]и|[ую]ю|ая|яя|[ое]е|[ыи]е|[ыи]и|[ыи]х|[ыи]м|[аяоеиыуюь])$/u;

/**
 * The form in which words of a question and of the vocabularies are compared: Porter's stem of an English or Spanish word, a Russian word
 * without its case ending, any other word as it is.
 */
export function vocabularyStem(word: string): string {
  if (UNSTEMMED.has(word)) return word;
  return /^[\u0430-\u044f]+$/.test(word) ? word.replace(RUSSIAN_ENDING, '') : stem(word);
}

/** Their stems are words of another language: `maní`, a peanut, and the negation `no`, and `do`. */
const UNSTEMMED: ReadonlySet<string> = new Set(['many', 'nos', 'dos']);

/** The stems of a phrase of the data. */
export function stemsOf(phrase: string): string[] {
  return tokens(phrase).map(stem);
}

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

/** An entry before a city's synonyms are added. */
type Line = readonly [kind: EntryKind, stems: Phrase, meanings: readonly string[], written: readonly string[]];

/** The languages' own lines are read once for all cities: their stems are most of the time. */
const linesByLanguage = new WeakMap<LanguageVocabulary, readonly Line[]>();

function linesOfLanguage(language: LanguageVocabulary): readonly Line[] {
  const known = linesByLanguage.get(language) ?? readLines(language);
  linesByLanguage.set(language, known);
  return known;
}

function readLines(language: LanguageVocabulary): Line[] {
  const lines: Line[] = [];
  const add = (kind: EntryKind, phrase: string, meanings: readonly string[], written: readonly string[]) => {
    lines.push([kind, questionStems(phrase), meanings, written]);
  };
  for (const { meanings, words } of linesOf(language.meanings)) {
    for (const one of words) add('meaning', one, meanings, meanings);
  }
  for (const { meanings, words } of linesOf(language.diets)) {
    for (const one of words) add('diet', one, meanings, [...meanings, ...words]);
  }
  for (const word of language.fillers.split(/\s+/)) add('filler', word, [], []);
  for (const word of language.ignored.split(/\s+/)) add('ignored', word, [], []);
  for (const phrase of listOf(language.asides)) add('ignored', phrase, [], []);
  for (const phrase of listOf(language.negations)) add('negation', phrase, [], []);
  for (const phrase of listOf(language.negationsAfter)) add('negation_after', phrase, [], []);
  for (const phrase of listOf(language.whens)) add('when', phrase, [], []);
  for (const phrase of listOf(language.connectives)) add('connective', phrase, [], []);
  for (const phrase of listOf(language.conjunctions)) add('conjunction', phrase, [], []);
  for (const phrase of listOf(language.nearMe)) add('near_me', phrase, [], []);
  for (const phrase of listOf(language.openNow)) add('open_now', phrase, [], []);
  return lines;
}

let latinFoodStems: ReadonlySet<string> | undefined;

/** The stems of the words of food in the languages whose script is that of the data. */
function foodStems(): ReadonlySet<string> {
  latinFoodStems ??= new Set(LATIN.flatMap(foodWordsOf).flatMap(stemsOf));
  return latinFoodStems;
}

function compile(groups: Synonyms, own: CityVocabulary): Vocabulary {
  const synonyms = synonymsOf(groups);
  const byFirst = new Map<string, LazyEntry[]>();
  const add = ([kind, stems, meanings, line]: Line) => {
    const first = stems[0];
    if (first === undefined) return;
    const list = byFirst.get(first);
    const entry = new LazyEntry(kind, stems, meanings, line, synonyms);
    if (!list) return void byFirst.set(first, [entry]);
    const at = list.findIndex((one) => one.key === entry.key);
    const known = list[at];
    if (!known) list.push(entry);
    else if (known.kind === kind) known.join(entry);
    else if (ENTRY_KINDS.indexOf(kind) < ENTRY_KINDS.indexOf(known.kind)) list[at] = entry;
  };
  for (const group of groups) for (const own of group) add(['meaning', questionStems(own), [], [own]]);
  const sort = () => {
    for (const list of byFirst.values()) list.sort((a, b) => b.stems.length - a.stems.length);
  };
  for (const line of [...LATIN.flatMap(linesOfLanguage), ...readLines(asLanguage(own))]) add(line);
  sort();
  let hasOthers = false;
  const addOthers = () => {
    if (hasOthers) return;
    hasOthers = true;
    for (const line of OTHERS.flatMap(linesOfLanguage)) add(line);
    sort();
  };
  const kinds = new Map(
    linesOf(en.kinds).flatMap(({ meanings, words }) => meanings.map((one) => [keyOf(stemsOf(one)), words] as const)),
  );
  let synonymStems: ReadonlySet<string> | undefined;
  return {
    knows: (word) => {
      synonymStems ??= new Set(groups.flat().flatMap(stemsOf));
      return (
        foodStems().has(word) ||
        synonymStems.has(word) ||
        (byFirst.get(word)?.some((one) => one.stems.length === 1 && FOOD_KINDS.has(one.kind)) ?? false)
      );
    },
    entriesAt: (first) => {
      if (first.charCodeAt(0) > 0x7f) addOthers();
      return byFirst.get(first) ?? NO_ENTRIES;
    },
    kindsOf: (phrase) => uniquePhrases((kinds.get(keyOf(phrase)) ?? []).flatMap((one) => synonyms(one))),
    phrases: () => {
      addOthers();
      const asked = [...byFirst.values()].flat().filter(({ kind }) => FOOD_KINDS.has(kind));
      const all = asked.flatMap(({ stems, alternatives }) => [stems, ...alternatives]);
      const excluded = [...kinds.values()].flat().flatMap((one) => synonyms(one));
      return uniquePhrases([...all, ...excluded]).filter((phrase) => phrase.length > 1 && phrase.every(isDataWord));
    },
  };
}

const NO_ENTRIES: readonly Entry[] = [];

/** A phrase of the data, and what a city's groups say means the same. */
function synonymsOf(groups: readonly (readonly string[])[]): (written: string) => readonly Phrase[] {
  const groupsOf = new Map<string, (readonly string[])[]>();
  for (const group of groups) {
    for (const one of group) {
      const key = keyOf(stemsOf(one));
      groupsOf.set(key, [...(groupsOf.get(key) ?? []), group]);
    }
  }
  return (written) => {
    const phrase = stemsOf(written);
    return [phrase, ...(groupsOf.get(keyOf(phrase)) ?? []).flat().map(stemsOf)];
  };
}

/** The stems of a phrase as a question has it; of a word in Chinese characters these characters. The vocabularies are written folded. */
export function questionStems(phrase: string): string[] {
  const first = phrase.charCodeAt(0);
  if (first >= 0x2e80) return [...phrase];
  const words = first < 0x80 ? tokens(phrase) : fold(phrase).split(/[\s-]+/);
  return words.map(vocabularyStem);
}

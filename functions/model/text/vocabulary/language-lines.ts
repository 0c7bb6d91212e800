import type { LanguageVocabulary } from './language-vocabulary.ts';
import type { EntryKind, Phrase } from './vocabulary-entry.ts';
import { linesOf, listOf } from './vocabulary-lines.ts';
import { questionStems } from './vocabulary-stems.ts';

/*
 * Stemming is most of the work of reading the vocabularies, and a question needs only the lines with the first letters of its words. A
 * function's first search took 52 ms when all lines were stemmed, and takes 23 (2026-11-27, Node 20, medians of nine processes in turn).
 */

/** An entry before a city's synonyms are added. Its stems are worked out when they are needed. */
export type Line = {
  readonly kind: EntryKind;
  readonly phrase: string;
  readonly meanings: readonly string[];
  readonly written: readonly string[];
  stems?: Phrase;
};

/** By the first letter of their first stem ({@link letterOf}). */
export type LinesByLetter = ReadonlyMap<string, readonly Line[]>;

/** The first letter of a stem; all letters besides ASCII are one. */
export function letterOf(stem: string): string {
  return stem.charCodeAt(0) > 0x7f ? '' : stem.slice(0, 1);
}

export function stemsOfLine(line: Line): Phrase {
  line.stems ??= questionStems(line.phrase);
  return line.stems;
}

export function linesByLetter(lines: readonly Line[]): LinesByLetter {
  const byLetter = new Map<string, Line[]>();
  for (const line of lines) {
    const letter = letterOfLine(line);
    const known = byLetter.get(letter);
    if (known) known.push(line);
    else byLetter.set(letter, [line]);
  }
  return byLetter;
}

/** Stemming keeps the first letter, and folding keeps small letters, Cyrillic and Chinese ones. */
function letterOfLine(line: Line): string {
  return /^[a-z\u0400-\u04ff\u2e80-\uffff]/.test(line.phrase)
    ? letterOf(line.phrase)
    : letterOf(stemsOfLine(line)[0] ?? '');
}

/** How the lists of a language that have no meanings are read, and what separates their words. */
const LISTS = [
  ['filler', 'fillers', wordsOf],
  ['ignored', 'ignored', wordsOf],
  ['ignored', 'asides', listOf],
  ['negation', 'negations', listOf],
  ['negation_after', 'negationsAfter', listOf],
  ['when', 'whens', listOf],
  ['connective', 'connectives', listOf],
  ['conjunction', 'conjunctions', listOf],
  ['near_me', 'nearMe', listOf],
  ['open_now', 'openNow', listOf],
] as const;

/** The languages' own lines are read once for all cities. */
const linesByLanguage = new WeakMap<LanguageVocabulary, LinesByLetter>();

export function linesOfLanguage(language: LanguageVocabulary): LinesByLetter {
  const known = linesByLanguage.get(language) ?? readLines(language);
  linesByLanguage.set(language, known);
  return known;
}

export function readLines(language: LanguageVocabulary): LinesByLetter {
  const meant = (['meaning', 'diet'] as const).flatMap((kind) =>
    linesOf(language[`${kind}s`]).flatMap(({ meanings, words }) => {
      const written = kind === 'diet' ? [...meanings, ...words] : meanings;
      return words.map((phrase): Line => ({ kind, phrase, meanings, written }));
    }),
  );
  const listed = LISTS.flatMap(([kind, part, phrasesOf]) =>
    phrasesOf(language[part]).map((phrase): Line => ({ kind, phrase, meanings: [], written: [] })),
  );
  return linesByLetter([...meant, ...listed]);
}

function wordsOf(text: string): string[] {
  return text.split(/\s+/);
}

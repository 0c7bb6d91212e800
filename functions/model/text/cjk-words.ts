import { bigramsOf } from './tokenizer.ts';
import type { Vocabulary } from './vocabulary/compiled-vocabulary.ts';
import type { Entry } from './vocabulary/vocabulary-entry.ts';

/** A part of a run of characters: a word that the vocabularies know, or what is left between two of them. */
export type CjkWord = { readonly written: string; readonly entry: Entry | undefined };

/** Cuts characters without blanks between words: the longest known word at each place. */
export function cjkWords(run: string, vocabulary: Vocabulary): CjkWord[] {
  const characters = [...run];
  const words: CjkWord[] = [];
  let unknown = '';
  for (let at = 0; at < characters.length; ) {
    const entry = vocabulary
      .entriesAt(characters[at] as string)
      .find(({ stems }) => stems.every((one, offset) => characters[at + offset] === one));
    if (!entry) {
      unknown += characters[at++];
      continue;
    }
    if (unknown !== '') words.push({ written: unknown, entry: undefined });
    unknown = '';
    words.push({ written: entry.stems.join(''), entry });
    at += entry.stems.length;
  }
  if (unknown !== '') words.push({ written: unknown, entry: undefined });
  return words;
}

/** The words of the data that a part is, as the tokenizer cuts them. */
export function pairsOf(written: string): string[] {
  return bigramsOf({ word: written, start: 0, end: 0 }, written).map(({ word }) => word);
}

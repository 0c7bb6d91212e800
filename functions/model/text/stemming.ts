import { stemmer } from 'stemmer';

/** The Porter stem of a folded word. A word with any character besides a-z is its own stem. */
export function stem(word: string): string {
  return /^[a-z]+$/.test(word) ? stemmer(word) : word;
}

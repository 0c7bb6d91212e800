import { stemmer } from 'stemmer';

/** The Porter stem of a folded word; a word with anything but a-z is its own stem. */
export function stem(word: string): string {
  return /^[a-z]+$/.test(word) ? stemmer(word) : word;
}

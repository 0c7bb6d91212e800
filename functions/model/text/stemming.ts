import { stemmer } from 'stemmer';

/** Words of food whose Porter stem is that of something else (`fried`, `sweet potato`, `wrap`), or not that of their singular. */
const EXCEPTIONS: ReadonlyMap<string, string> = new Map([
  ['fries', 'fries'],
  ['sweets', 'sweets'],
  ['wrapped', 'wrapped'],
  ['pies', 'pie'],
]);

/** The Porter stem of a folded word, but for a few words of food. A word with any character besides a-z is its own stem. */
export function stem(word: string): string {
  return /^[a-z]+$/.test(word) ? (EXCEPTIONS.get(word) ?? stemmer(word)) : word;
}

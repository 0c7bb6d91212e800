/** The capital form of a letter. A letter whose capital form is several letters (`ß`, `ᾀ`) stays as it is, so that no word changes. */
export function capitalLetter(letter: string): string {
  const capital = letter.toUpperCase();
  return capital.length === letter.length ? capital : letter;
}

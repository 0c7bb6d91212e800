/** Letters of phonetic alphabets and of old writing systems: `fold` writes their capitals in other letters, but not them. */
const FOLDS_UNLIKE_ITS_CAPITAL = /[\u0250-\u02af\u03f2\u1d79\u1efd\u2c65\u2c66\ua769\ua787]/;

/**
 * The capital form of a letter. A letter stays as it is if its capital form is several letters (`ß`, `ᾀ`), is that of another letter (`ς`) or
 * folds to another one (`ɨ`), so that no word changes.
 */
export function capitalLetter(letter: string): string {
  const capital = letter.toUpperCase();
  return capital.toLowerCase() === letter && !FOLDS_UNLIKE_ITS_CAPITAL.test(letter) ? capital : letter;
}

import { letterOf } from './language-lines.ts';
import { stemsOf } from './vocabulary-stems.ts';

/** Whether a stem is of a word of some texts. Words are stemmed when a stem with their first letter is looked for. */
export function stemSet(textsOf: () => readonly string[]): (stem: string) => boolean {
  const byLetter = new Map<string, ReadonlySet<string>>();
  let words: readonly string[] | undefined;
  return (stem) => {
    const letter = letterOf(stem);
    let stems = byLetter.get(letter);
    if (!stems) {
      words ??= textsOf().flatMap((text) => text.split(/\s+/));
      // A word with other characters than small letters may have several stems, or begin with another letter once it is folded.
      stems = new Set(words.filter((word) => word.startsWith(letter) || /[^a-z]/.test(word)).flatMap(stemsOf));
      byLetter.set(letter, stems);
    }
    return stems.has(stem);
  };
}

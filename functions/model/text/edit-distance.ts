/** The minimum length in letters of a word that may have one typo, or two: a shorter word is too often another word. */
const TYPO_LETTERS = { one: 4, two: 8 } as const;

/**
 * The number of edits by which a query word may differ from a word of the data. It depends on the word's length in characters. A word
 * with a digit allows none, because another number is another address.
 */
export function allowedEdits(word: string): 0 | 1 | 2 {
  if (/\p{N}/u.test(word)) return 0;
  const letters = [...word].length;
  return letters >= TYPO_LETTERS.two ? 2 : letters >= TYPO_LETTERS.one ? 1 : 0;
}

/**
 * The edit distance between two folded words that begin with the same letter: insertions, deletions, substitutions and transpositions
 * of neighbours (optimal string alignment, as in Lucene's fuzzy queries). `undefined` if the distance exceeds `limit`, or the first
 * letters differ.
 */
export function editDistance(a: string, b: string, limit: 0 | 1 | 2): number | undefined {
  const [left, right] = [[...a], [...b]];
  if (left[0] !== right[0] || Math.abs(left.length - right.length) > limit) return undefined;
  let rowBeforeLast: number[] = [];
  let lastRow = right.map((_, at) => at);
  lastRow.push(right.length);
  for (let row = 1; row <= left.length; row++) {
    const current = [row];
    let least = row;
    for (let at = 1; at <= right.length; at++) {
      const same = left[row - 1] === right[at - 1];
      let edits = Math.min((lastRow[at] ?? 0) + 1, (current[at - 1] ?? 0) + 1, (lastRow[at - 1] ?? 0) + (same ? 0 : 1));
      if (row > 1 && at > 1 && left[row - 1] === right[at - 2] && left[row - 2] === right[at - 1]) {
        edits = Math.min(edits, (rowBeforeLast[at - 2] ?? 0) + 1);
      }
      current.push(edits);
      least = Math.min(least, edits);
    }
    // A transposition reads the second-to-last row, so two consecutive rows must exceed the limit.
    if (least > limit && Math.min(...lastRow) > limit) return undefined;
    rowBeforeLast = lastRow;
    lastRow = current;
  }
  const edits = lastRow[right.length] ?? 0;
  return edits <= limit ? edits : undefined;
}

/** The length in letters of a word whose stem may be one edit away from that of a word of the data, at least: `height` is near `haight`. */
const STEM_TYPO_LETTERS = 7;

/** Whether a misspelt singular finds the plural: `sandwhich`. */
export function allowsTypoInStem(word: string): boolean {
  return allowedEdits(word) > 0 && [...word].length >= STEM_TYPO_LETTERS;
}

/** The length in letters of a word that is still being typed and may have a typo: the beginning of a shorter word is that of too many. */
const BEGINNING_LETTERS = { least: 5, most: 16 } as const;
/** Letters that a word has more than its beginning, at least: a plural is complete. */
export const MISSING_LETTERS = 2;

/** Whether a word that is still being typed may have a typo. */
export function allowsTypoInBeginning(word: string): boolean {
  const letters = [...word].length;
  return allowedEdits(word) > 0 && letters >= BEGINNING_LETTERS.least && letters <= BEGINNING_LETTERS.most;
}

/**
 * Whether a word goes on after a beginning that has at most one typo: `burritos` after `burit`. The first letters are the same, and at least
 * {@link MISSING_LETTERS} are missing.
 */
export function continuesBeginning(word: string, beginning: string): boolean {
  const [letters, typed] = [[...word], [...beginning]];
  if (letters[0] !== typed[0] || letters.length < typed.length + MISSING_LETTERS) return false;
  let same = 1;
  while (same < typed.length && letters[same] === typed[same]) same++;
  const goesOn = (from: number, at: number) =>
    typed.slice(at).every((letter, offset) => letters[from + offset] === letter);
  // Only an edit at the first difference can help: a letter too few, too many, another letter, or two that are swapped.
  return (
    goesOn(same + 1, same) ||
    goesOn(same, same + 1) ||
    goesOn(same + 1, same + 1) ||
    (letters[same] === typed[same + 1] && letters[same + 1] === typed[same] && goesOn(same + 2, same + 2))
  );
}

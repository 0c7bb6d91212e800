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

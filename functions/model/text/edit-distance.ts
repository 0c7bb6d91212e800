import { TYPO_LETTERS } from '../ranking.ts';

/**
 * How many edits a word of the query may be away from a word of the data: by its length in characters; none when it has a
 * digit, because another number is another place.
 */
export function allowedEdits(word: string): 0 | 1 | 2 {
  if (/\p{N}/u.test(word)) return 0;
  const letters = [...word].length;
  return letters >= TYPO_LETTERS.two ? 2 : letters >= TYPO_LETTERS.one ? 1 : 0;
}

/**
 * Edits between two folded words, with the first letter kept: insertions, deletions, substitutions and transpositions of neighbours
 * (restricted Damerau distance, "optimal string alignment", as Lucene's fuzzy queries count). `undefined` when there are more
 * than `most`, or the first letters differ.
 */
export function editDistance(a: string, b: string, most: 0 | 1 | 2): number | undefined {
  const [left, right] = [[...a], [...b]];
  if (left[0] !== right[0] || Math.abs(left.length - right.length) > most) return undefined;
  let beforeLast: number[] = [];
  let last = right.map((_, at) => at);
  last.push(right.length);
  for (let row = 1; row <= left.length; row++) {
    const current = [row];
    let least = row;
    for (let at = 1; at <= right.length; at++) {
      const same = left[row - 1] === right[at - 1];
      let edits = Math.min((last[at] ?? 0) + 1, (current[at - 1] ?? 0) + 1, (last[at - 1] ?? 0) + (same ? 0 : 1));
      if (row > 1 && at > 1 && left[row - 1] === right[at - 2] && left[row - 2] === right[at - 1]) {
        edits = Math.min(edits, (beforeLast[at - 2] ?? 0) + 1);
      }
      current.push(edits);
      least = Math.min(least, edits);
    }
    // A transposition reaches one row further back, so two rows must be past the limit.
    if (least > most && Math.min(...last) > most) return undefined;
    beforeLast = last;
    last = current;
  }
  const edits = last[right.length] ?? 0;
  return edits <= most ? edits : undefined;
}

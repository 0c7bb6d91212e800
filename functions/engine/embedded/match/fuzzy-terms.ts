import { editDistance } from '../../../model/text/edit-distance.ts';
import { type TermDictionary, textAt, textsWith } from '../file/term-dictionary.ts';

/** Letters of the longest word of a query for which a table is kept; no word of a language is longer. */
const LONGEST = 256;

/**
 * Calls back for each word of a dictionary that is 1 to `most` edits away from a word and begins with its first letter: the same distance as
 * the model's `editsBetween`. Neighbours in the order share their beginnings, and so the rows of the table that stand for them.
 */
export function eachFuzzyTerm(
  dictionary: TermDictionary,
  word: string,
  most: 1 | 2,
  found: (entry: number, edits: number) => void,
): void {
  const wanted = [...word].map((letter) => letter.codePointAt(0) as number);
  const [from, to] = textsWith(dictionary, String.fromCodePoint(wanted[0] as number));
  if (wanted.length > LONGEST) {
    for (let entry = from; entry < to; entry++) {
      const edits = editDistance(word, textAt(dictionary, entry), most);
      if (edits) found(entry, edits);
    }
    return;
  }
  const width = wanted.length + 1;
  const depth = wanted.length + most;
  const rows = new Uint16Array((depth + 1) * width).map((_, at) => at);
  const letters = new Uint32Array(depth + 1);
  // Rows up to `ready` are those of `letters`; the row `dead` has no way left to few enough edits.
  let ready = 0;
  let dead = 0;
  for (let entry = from; entry < to; entry++) {
    const end = dictionary.starts[entry + 1] as number;
    let at = dictionary.starts[entry] as number;
    let row = 0;
    while (at < end) {
      const first = dictionary.bytes[at] as number;
      const size = first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
      const letter = size === 1 ? first : letterAt(dictionary.bytes, at, size);
      row++;
      if (row > depth) break;
      if (row > ready || letters[row] !== letter) {
        letters[row] = letter;
        ready = row;
        dead = fillRow(rows, row, width, letters, wanted, most) ? row : 0;
      }
      if (row === dead) break;
      at += size;
    }
    if (at < end) continue;
    const edits = rows[row * width + width - 1] as number;
    if (edits > 0 && edits <= most) found(entry, edits);
  }
}

/** Fills the row of a word's letter; true when neither it nor the one before leaves a way to few enough edits. */
function fillRow(
  rows: Uint16Array,
  row: number,
  width: number,
  letters: Uint32Array,
  wanted: readonly number[],
  most: number,
): boolean {
  const [start, above] = [row * width, (row - 1) * width];
  const letter = letters[row] as number;
  rows[start] = row;
  let least = rows[start] as number;
  let leastAbove = rows[above] as number;
  for (let at = 1; at < width; at++) {
    const same = wanted[at - 1] === letter;
    let edits = Math.min(
      (rows[above + at] as number) + 1,
      (rows[start + at - 1] as number) + 1,
      (rows[above + at - 1] as number) + (same ? 0 : 1),
    );
    if (row > 1 && at > 1 && wanted[at - 2] === letter && wanted[at - 1] === letters[row - 1]) {
      edits = Math.min(edits, (rows[above - width + at - 2] as number) + 1);
    }
    rows[start + at] = edits;
    least = Math.min(least, edits);
    leastAbove = Math.min(leastAbove, rows[above + at] as number);
  }
  return least > most && leastAbove > most;
}

function letterAt(bytes: Uint8Array, at: number, size: number): number {
  let letter = (bytes[at] as number) & (0xff >> (size + 1));
  for (let more = 1; more < size; more++) letter = (letter << 6) | ((bytes[at + more] as number) & 0x3f);
  return letter;
}

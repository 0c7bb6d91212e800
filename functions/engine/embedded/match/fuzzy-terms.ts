import { editDistance, MISSING_LETTERS } from '../../../model/text/edit-distance.ts';
import { type TermDictionary, textAt, textsWithPrefix } from '../file/term-dictionary.ts';

/** The longest query word, in letters, for which a table is allocated; no word of a language is longer. */
const MAX_TABLE_LETTERS = 256;

/** How a term differs from a word: by its edits, or only its beginning is like the word. */
export type FuzzyMatch = 1 | 2 | 'beginning';

/**
 * Calls `found` for every term of a dictionary that begins with the first letter of `word` and differs from it by 1 to `limit` edits, as
 * measured by the model's `editDistance`. Neighbouring terms share a beginning, and with it the first rows of the distance table.
 * @param mayBegin whether terms are found too that go on after `word` with a typo, by the model's `continuesBeginning`
 */
export function eachFuzzyTerm(
  dictionary: TermDictionary,
  word: string,
  limit: 1 | 2,
  mayBegin: boolean,
  found: (term: number, match: FuzzyMatch) => void,
): void {
  const wanted = [...word].map((letter) => letter.codePointAt(0) as number);
  const [from, to] = textsWithPrefix(dictionary, String.fromCodePoint(wanted[0] as number));
  if (wanted.length > MAX_TABLE_LETTERS) {
    for (let term = from; term < to; term++) {
      const edits = editDistance(word, textAt(dictionary, term), limit);
      if (edits) found(term, edits as 1 | 2);
    }
    return;
  }
  const width = wanted.length + 1;
  const depth = wanted.length + limit;
  const rows = new Uint16Array((depth + 1) * width).map((_, at) => at);
  const letters = new Uint32Array(depth + 1);
  // The rows up to `ready` belong to `letters`. No continuation of the row `dead` is within the limit.
  let ready = 0;
  let dead = 0;
  for (let term = from; term < to; term++) {
    const end = dictionary.starts[term + 1] as number;
    let at = dictionary.starts[term] as number;
    let row = 0;
    let begins = false;
    while (at < end) {
      const first = dictionary.bytes[at] as number;
      const size = first < 0x80 ? 1 : first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
      const letter = size === 1 ? first : letterAt(dictionary.bytes, at, size);
      row++;
      if (row > depth) break;
      if (row > ready || letters[row] !== letter) {
        letters[row] = letter;
        ready = row;
        dead = fillRow(rows, row, width, letters, wanted, limit) ? row : 0;
      }
      if (mayBegin && (rows[row * width + width - 1] as number) <= 1) begins = true;
      if (row === dead) break;
      at += size;
    }
    const edits = at < end ? limit + 1 : (rows[row * width + width - 1] as number);
    const isLonger = begins && lettersIn(dictionary, term) >= wanted.length + MISSING_LETTERS;
    if (edits !== 1 && isLonger) found(term, 'beginning');
    else if (edits > 0 && edits <= limit) found(term, edits as 1 | 2);
  }
}

/** Fills the row of a term's letter; true if neither it nor the previous row can be continued within the limit. */
function fillRow(
  rows: Uint16Array,
  row: number,
  width: number,
  letters: Uint32Array,
  wanted: readonly number[],
  limit: number,
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
  return least > limit && leastAbove > limit;
}

function lettersIn({ starts, bytes }: TermDictionary, term: number): number {
  let letters = 0;
  for (let at = starts[term] as number; at < (starts[term + 1] as number); at++) {
    // Bytes that begin with 10 continue a letter.
    if (((bytes[at] as number) & 0xc0) !== 0x80) letters++;
  }
  return letters;
}

function letterAt(bytes: Uint8Array, at: number, size: number): number {
  let letter = (bytes[at] as number) & (0xff >> (size + 1));
  for (let more = 1; more < size; more++) letter = (letter << 6) | ((bytes[at + more] as number) & 0x3f);
  return letter;
}

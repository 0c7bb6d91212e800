import { isAscii } from '../../functions/model/text/tokenizer.ts';

/** Characters of a cell that are read. The longest real text of 2013 to 2025 has 536, and no reader of cells may cost more than its length. */
export const MAX_CELL = 10_000;

/** Our columns of shapes, which may be long: a neighbourhood has up to 100,000 characters. */
export const SHAPE_FIELDS: ReadonlySet<string> = new Set(['geometry', 'point', 'pointText']);

/**
 * Marks in a row that stay, as in Unicode's stream-safe texts (UAX #15). Normalizing sorts a run of marks, which costs the square of its
 * length.
 */
const LONG_MARKS = /(\p{M}{30})\p{M}+/gu;

/** The part of a text that is read. */
export function limitCell(text: string): string {
  // A cut may leave half a character.
  const start = text.length > MAX_CELL ? text.slice(0, MAX_CELL).replace(/[\ud800-\udbff]$/, '') : text;
  return isAscii(start) ? start : start.replace(LONG_MARKS, '$1');
}

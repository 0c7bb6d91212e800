import { slug, textHash } from '../../functions/model/slug.ts';
import { tokens } from '../../functions/model/text/tokenizer.ts';
import type { Row } from '../table/table.ts';
import type { Columns } from './columns.ts';

/** Hexadecimal digits of the hash in a made id: 40 bits, enough for 10,000 places. */
const HASH_DIGITS = 10;
/** Characters. */
const LONGEST_SLUG = 32;
/** Cells with coordinates, which tell the places of a vendor apart where there is no address. */
const COORDINATES = ['lat', 'lon', 'point', 'pointText'];

/**
 * The id of a row's place. One made of several cells depends on their words only, so that it is the same in every reading, in any order of
 * rows, and after a change of case, blanks or punctuation.
 * @param idFields our names of the columns; `id` alone is taken as it is
 * @returns `null` if all of these cells are blank
 */
export function placeId(idFields: readonly string[], columns: Columns, row: Row): string | null {
  const [first = 'id', ...more] = idFields;
  if (first === 'id' && more.length === 0) return columns.read(row, 'id') ?? null;
  const cells = idFields.map((field) => columns.read(row, field) ?? '');
  if (cells.every((cell) => cell === '')) return null;
  const words = cells.map((cell) => tokens(cell).join(' ') || cell);
  if (idFields.includes('address') && cells[idFields.indexOf('address')] === '') {
    words.push(...COORDINATES.map((field) => columns.read(row, field) ?? ''));
  }
  const start = slug(cells.join(' '), LONGEST_SLUG);
  return `${start === '' ? 'place' : start}-${textHash(words.join('\n')).slice(0, HASH_DIGITS)}`;
}

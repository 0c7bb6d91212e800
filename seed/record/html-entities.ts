import { decodeHTMLStrict } from 'entities';
import { withoutUnsafeCharacters } from '../../functions/model/text/unsafe-characters.ts';

/** Exports that encode twice write `&amp;amp;`; three times is enough. */
const MAX_ROUNDS = 3;

/**
 * A text with its HTML entities decoded: `Mac &amp; Cheese`, `Jalape&ntilde;o`, `M&#39;s`. They come from databases that were filled by web
 * forms. Unknown names stay as they are, and so does an `&` without a `;`.
 */
export function decodeEntities(text: string): string {
  let decoded = text;
  for (let round = 0; round < MAX_ROUNDS && decoded.includes('&') && decoded.includes(';'); round++) {
    const next = decodeHTMLStrict(decoded);
    if (next === decoded) break;
    decoded = next;
  }
  return decoded === text ? text : withoutUnsafeCharacters(decoded);
}

import { fold } from './text/tokenizer.ts';

/**
 * A text as part of a URL: a-z, 0-9 and single hyphens, at most `longest` characters, cut at a hyphen. Empty if the text has none of
 * these characters.
 */
export function slug(text: string, longest = 48): string {
  const whole = fold(text)
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
  if (whole.length <= longest) return whole;
  const cut = whole.slice(0, longest + 1);
  return cut.slice(0, Math.max(cut.lastIndexOf('-'), 0)) || whole.slice(0, longest);
}

/**
 * 16 hexadecimal digits: FNV-1a over the text's UTF-16 units in two lanes, each finished with MurmurHash3's mixer, so that any prefix is
 * as well distributed as the whole. For ids, not for secrets.
 */
export function textHash(text: string): string {
  return lane(text, 0x811c9dc5) + lane(text, 0x9747b28c);
}

function lane(text: string, seed: number): string {
  let hash = seed;
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    hash = Math.imul(hash ^ (unit & 0xff), 0x01000193);
    hash = Math.imul(hash ^ (unit >>> 8), 0x01000193);
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return ((hash ^ (hash >>> 16)) >>> 0).toString(16).padStart(8, '0');
}

import type { SortKey } from '../../model/query.ts';
import { textHash } from '../../model/slug.ts';
import { isCursorValue } from './cursor-schema.ts';

/** Where the next page begins, and what must be unchanged for it. */
export type Cursor = {
  /** Release of the previous page: another release has another order. */
  readonly version: string;
  /** Hash of the parameters ({@link queryHash}). */
  readonly hash: string;
  /** Time of the first page, milliseconds since 1970: `open_now` means that time on all pages. */
  readonly instant: number;
  readonly after: SortKey;
};

/** An opaque text for a URL. */
export function writeCursor({ version, hash, instant, after }: Cursor): string {
  const json = JSON.stringify({
    v: version,
    h: hash,
    t: instant,
    k: [after.score, after.distanceMetres, after.name, after.id],
  });
  const binary = String.fromCharCode(...new TextEncoder().encode(json));
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** `null` if {@link writeCursor} did not write it. */
export function parseCursor(text: string): Cursor | null {
  try {
    const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
    const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
    return cursorOf(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)));
  } catch {
    return null;
  }
}

function cursorOf(value: unknown): Cursor | null {
  if (!isCursorValue(value)) return null;
  const { v: version, h: hash, t: instant, k } = value;
  const [score, distanceMetres, name, id] = k;
  return { version, hash, instant, after: { score, distanceMetres, name, id } };
}

/** A hash of all parameters but the cursor, whatever their order. */
export function queryHash(params: URLSearchParams): string {
  const pairs = [...params]
    .filter(([name, value]) => name !== 'cursor' && value.trim() !== '')
    .map(([name, value]) => `${name}=${value}`);
  return textHash(pairs.sort().join('&')).slice(0, 8);
}

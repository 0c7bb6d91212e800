import * as z from 'zod/mini';
import type { SortKey } from '../model/query.ts';
import { textHash } from '../model/slug.ts';

/** The place in an answer where its next page begins, and what it must still be true of. */
export type Cursor = {
  /** Release of the page before: another one has another order. */
  readonly version: string;
  /** Of the parameters ({@link queryHash}). */
  readonly hash: string;
  /** When the first page was asked, milliseconds since 1970: `open_now` means that time on all pages. */
  readonly instant: number;
  readonly after: SortKey;
};

const shape = z.object({
  v: z.string().check(z.maxLength(80)),
  h: z.string().check(z.maxLength(16)),
  t: z.int(),
  k: z.tuple([z.number(), z.number(), z.string().check(z.maxLength(2000)), z.string().check(z.maxLength(100))]),
});

/** Opaque text for a URL. */
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

/** `undefined` when it is none of ours. */
export function readCursor(text: string): Cursor | null {
  try {
    const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
    const bytes = Uint8Array.from(binary, (character) => character.charCodeAt(0));
    const { v, h, t, k } = shape.parse(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)));
    const [score, distanceMetres, name, id] = k;
    return { version: v, hash: h, instant: t, after: { score, distanceMetres, name, id } };
  } catch {
    return null;
  }
}

/** What a cursor is bound to: all parameters but itself, whatever their order. */
export function queryHash(params: URLSearchParams): string {
  const pairs = [...params]
    .filter(([name, value]) => name !== 'cursor' && value.trim() !== '')
    .map(([name, value]) => `${name}=${value}`);
  return textHash(pairs.sort().join('&')).slice(0, 8);
}

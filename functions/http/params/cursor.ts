import type { SortKey } from '../../model/query.ts';
import { textHash } from '../../model/slug.ts';

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
    return cursorOf(JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)));
  } catch {
    return null;
  }
}

/** The cursor in what a caller's text stands for, which may be anything. */
function cursorOf(value: unknown): Cursor | null {
  const { v, h, t, k } = (value ?? {}) as Readonly<Record<string, unknown>>;
  if (!isText(v, 80) || !isText(h, 16) || !Number.isSafeInteger(t) || !Array.isArray(k) || k.length !== 4) return null;
  const [score, distanceMetres, name, id] = k as unknown[];
  if (!Number.isFinite(score) || !Number.isFinite(distanceMetres) || !isText(name, 2000) || !isText(id, 100))
    return null;
  const after = { score: score as number, distanceMetres: distanceMetres as number, name, id };
  return { version: v, hash: h, instant: t as number, after };
}

function isText(value: unknown, longest: number): value is string {
  return typeof value === 'string' && value.length <= longest;
}

/** What a cursor is bound to: all parameters but itself, whatever their order. */
export function queryHash(params: URLSearchParams): string {
  const pairs = [...params]
    .filter(([name, value]) => name !== 'cursor' && value.trim() !== '')
    .map(([name, value]) => `${name}=${value}`);
  return textHash(pairs.sort().join('&')).slice(0, 8);
}

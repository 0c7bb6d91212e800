import type { SortKey } from '../../model/query.ts';
import { textHash } from '../../model/slug.ts';

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
  const { v, h, t, k } = (value ?? {}) as Readonly<Record<string, unknown>>;
  if (!isText(v, 80) || !isText(h, 16) || !Number.isSafeInteger(t) || !Array.isArray(k) || k.length !== 4) return null;
  const [score, distanceMetres, name, id] = k as unknown[];
  if (!Number.isFinite(score) || !Number.isFinite(distanceMetres) || !isText(name, 2000) || !isText(id, 100))
    return null;
  const after = { score: score as number, distanceMetres: distanceMetres as number, name, id };
  return { version: v, hash: h, instant: t as number, after };
}

function isText(value: unknown, maxLength: number): value is string {
  return typeof value === 'string' && value.length <= maxLength;
}

/** A hash of all parameters but the cursor, whatever their order. */
export function queryHash(params: URLSearchParams): string {
  const pairs = [...params]
    .filter(([name, value]) => name !== 'cursor' && value.trim() !== '')
    .map(([name, value]) => `${name}=${value}`);
  return textHash(pairs.sort().join('&')).slice(0, 8);
}

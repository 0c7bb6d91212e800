import type { EngineInfo } from '../../engine/engine.ts';
import { textHash } from '../../model/slug.ts';

/** Everything that determines a response: two requests with the same identity get the same bytes. */
export type ResponseIdentity = {
  readonly engine: string;
  readonly about: EngineInfo;
  /** Whole minutes since 1970; 0 if the response does not depend on the time. */
  readonly minute: number;
  /** The path with its query. */
  readonly path: string;
};

/** A text that changes with the data, and also if only its provenance changes. */
export function dataFingerprint({ engine, about }: Pick<ResponseIdentity, 'engine' | 'about'>): string {
  const { version, origin, asOf, sources, warnings = [] } = about;
  return [engine, version, origin, asOf, ...sources.map(({ fetchedAt }) => fetchedAt), ...warnings].join('\n');
}

/**
 * The weak ETag of a response, from its identity: it is known before the search. (A digest of the body took a fifth of a response's
 * time; 2026-11-21.)
 */
export function responseTag(identity: ResponseIdentity): string {
  return `W/"${textHash(`${dataFingerprint(identity)}\n${identity.minute}\n${identity.path}`)}"`;
}

/** The weak ETag of a text, from its bytes: for files that do not depend on the time. */
export async function textTag(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-1', new TextEncoder().encode(text));
  return `W/"${Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')}"`;
}

/** Whether an `If-None-Match` header lists this ETag, or is `*`. */
export function matchesIfNoneMatch(header: string | null, tag: string): boolean {
  if (header === null) return false;
  if (header.trim() === '*') return true;
  const opaque = tag.replace(/^W\//, '');
  return header.match(/"[^"]*"/g)?.includes(opaque) ?? false;
}

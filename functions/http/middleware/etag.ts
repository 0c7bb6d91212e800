import type { EngineInfo } from '../../engine/engine.ts';
import { textHash } from '../../model/slug.ts';

/** What an answer is made of besides its address. */
export type ResponseIdentity = {
  readonly engine: string;
  readonly about: EngineInfo;
  /** Whole minutes since 1970; 0 where the answer says nothing of the time. */
  readonly minute: number;
  /** The address from its path on. */
  readonly path: string;
};

/** A text that changes with the data, also when only where it comes from has changed. */
export function dataFingerprint({ engine, about }: Pick<ResponseIdentity, 'engine' | 'about'>): string {
  const { version, origin, asOf, sources, warnings = [] } = about;
  return [engine, version, origin, asOf, ...sources.map(({ fetchedAt }) => fetchedAt), ...warnings].join('\n');
}

/**
 * The weak ETag of an answer from what it is made of, so that it is known before anything is searched. (A digest of the body took a fifth
 * of an answer's time; 2026-11-21.) One that says what is open changes every minute, as its `meta.now` does.
 */
export function responseTag(parts: ResponseIdentity): string {
  return `W/"${textHash(`${dataFingerprint(parts)}\n${parts.minute}\n${parts.path}`)}"`;
}

/** The weak ETag of a text: of files that are the same whenever they are asked for. */
export async function textTag(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-1', new TextEncoder().encode(text));
  return `W/"${Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')}"`;
}

/** Whether a caller's `If-None-Match` names this ETag, or anything. */
export function matchesIfNoneMatch(condition: string | null, tag: string): boolean {
  if (condition === null) return false;
  if (condition.trim() === '*') return true;
  const opaque = tag.replace(/^W\//, '');
  return condition.match(/"[^"]*"/g)?.includes(opaque) ?? false;
}

/** The address of a request from its path on. */
export function pathOf(url: string): string {
  const start = url.indexOf('/', url.indexOf('//') + 2);
  return start < 0 ? '/' : url.slice(start);
}

/** The query of an address, without the question mark. */
export function queryOf(url: string): string {
  const start = url.indexOf('?');
  if (start < 0) return '';
  const end = url.indexOf('#', start);
  return url.slice(start + 1, end < 0 ? undefined : end);
}

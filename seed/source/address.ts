import { fileURLToPath } from 'node:url';
import { SourceError } from '../load-errors.ts';
import { withoutSecrets } from './url-secrets.ts';

/** `socrata`: read in pages; `whole`: one request. */
export type Paging = 'socrata' | 'whole';

export type Address =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'http'; readonly url: URL; readonly paging: Paging };

/**
 * Tells a path, a `file:` URL and an http(s) URL apart. `paging` comes from the city's file. Without it, a Socrata resource is
 * paged, because its default answer stops at 1,000 rows. A URL with its own `$limit`, `$offset` or `$query` is requested as is.
 * @throws SourceError when it is none of them.
 */
export function readAddress(from: string, paging?: Paging): Address {
  if (from.trim() === '') throw new SourceError('the source', 'has no path or URL: give one, as in NAME=PATH_OR_URL');
  const scheme = /^([a-z][a-z0-9+.-]+):/i.exec(from)?.[1]?.toLowerCase();
  if (scheme === undefined) return { kind: 'file', path: from };
  const url = parseUrl(from);
  if (scheme === 'file' && url) {
    try {
      return { kind: 'file', path: fileURLToPath(url) };
    } catch (cause) {
      throw new SourceError(from, 'is not the address of a file on this machine: give its path', {}, { cause });
    }
  }
  if (scheme !== 'http' && scheme !== 'https') {
    throw new SourceError(withoutSecrets(from), `${scheme}: is not supported: give a path, or an http: or https: URL`);
  }
  if (!url) throw new SourceError(withoutSecrets(from), 'is not a valid URL: check how it is written');
  const asIs = ['$limit', '$offset', '$query'].some((name) => url.searchParams.has(name));
  return {
    kind: 'http',
    url,
    paging: asIs ? 'whole' : (paging ?? (isSocrata(url, /\.(json|csv)$/) ? 'socrata' : 'whole')),
  };
}

/** Whether the path names a Socrata data set (`/resource/abcd-1234.json`). Only these get the app token, and only at the source's own origin. */
export function isSocrata(url: URL, ending = /(\.[a-z]+)?$/): boolean {
  return /\/resource\/[a-z0-9]{4}-[a-z0-9]{4}(\.[a-z]+)?$/.test(url.pathname) && ending.test(url.pathname);
}

/** One page of a Socrata data set. The row id is the last key of `$order`, so that no two rows tie. */
export function pageUrl(url: URL, { limit, offset }: { limit: number; offset: number }): URL {
  const page = new URL(url);
  const order = page.searchParams.get('$order');
  page.searchParams.set('$limit', String(limit));
  page.searchParams.set('$offset', String(offset));
  page.searchParams.set('$order', order && order !== ':id' ? `${order},:id` : ':id');
  return page;
}

function parseUrl(text: string): URL | null {
  return URL.canParse(text) ? new URL(text) : null;
}

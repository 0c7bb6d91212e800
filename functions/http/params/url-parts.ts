/**
 * Longest path with its query, characters: CloudFront's limit. RFC 9110, section 4.1, recommends to accept at least 8,000.
 */
export const MAX_URL_LENGTH = 8_192;

/** The path of a URL with its query: `/search?q=tacos`. */
export function pathOf(url: string): string {
  const start = url.indexOf('/', url.indexOf('//') + 2);
  return start < 0 ? '/' : url.slice(start);
}

/** The query of a URL or path, without the question mark. */
export function queryOf(url: string): string {
  const start = url.indexOf('?');
  if (start < 0) return '';
  const end = url.indexOf('#', start);
  return url.slice(start + 1, end < 0 ? undefined : end);
}

/** The path of a URL without its query. Unlike the URL parser, it accepts any host. */
export function pathnameOf(url: string): string {
  const path = pathOf(url);
  const end = path.search(/[?#]/);
  return end < 0 ? path : path.slice(0, end);
}

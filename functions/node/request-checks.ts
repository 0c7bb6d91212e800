import type { IncomingMessage } from 'node:http';

/** Valid hosts that are remembered. A server has a few names; the others come from attackers. */
const MAX_HOSTS = 100;

/**
 * Why a request is not valid HTTP, or `null`. Node's parser accepts what no URL can be built from, and every handler builds one: a host
 * such as `1.2.3.999` or `xn--`, and a target that is not a path.
 */
export function createRequestChecks(): (request: IncomingMessage) => string | null {
  const validHosts = new Set<string>();
  const isValid = (host: string): boolean => {
    if (validHosts.has(host)) return true;
    if (/[/?#@\\\s]/.test(host) || !URL.canParse(`http://${host}/`)) return false;
    if (validHosts.size < MAX_HOSTS) validHosts.add(host);
    return true;
  };
  return ({
    headers: { host, 'transfer-encoding': coding },
    rawHeaders,
    httpVersionMinor,
    httpVersionMajor,
    url = '',
  }) => {
    if (host === undefined) {
      const isOptional = httpVersionMajor === 1 && httpVersionMinor === 0;
      if (!isOptional) return 'There is no Host header';
    } else {
      if (host !== '' && !isValid(host)) return `"${host.slice(0, 100)}" in the Host header is not a valid host`;
      if (hostCount(rawHeaders) > 1) return 'There is more than one Host header';
    }
    // Proxies and Node may see different ends of a request with any other coding (RFC 9112, section 11.2).
    if (coding !== undefined && coding.toLowerCase() !== 'chunked') return 'The transfer coding is not chunked';
    if (url.startsWith('/')) return hasBackslash(url) ? 'The path has a backslash' : null;
    if (/^https?:\/\//.test(url) && URL.canParse(url)) return null;
    return 'The request target is neither a path nor a URL';
  };
}

function hostCount(rawHeaders: readonly string[]): number {
  let count = 0;
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at] as string;
    if (name.length === 4 && name.toLowerCase() === 'host') count += 1;
  }
  return count;
}

/** A URL would have a slash in its place. A query may have one. */
function hasBackslash(url: string): boolean {
  const at = url.indexOf('\\');
  if (at < 0) return false;
  const query = url.indexOf('?');
  return query < 0 || at < query;
}

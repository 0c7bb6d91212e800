import { hostAddresses } from './host-scope.ts';
import { RequestFailure } from './http-response.ts';
import { withoutSecrets } from './url-secrets.ts';

/** As many as browsers follow at least. */
const MAX_REDIRECTS = 10;
const STATUSES: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/**
 * Sends a request, and follows redirects to http and https addresses that {@link redirectFault} allows.
 * @param send requests one address, without following redirects
 * @throws RequestFailure that names the refused address
 */
export async function followRedirects(start: URL, send: (url: URL) => Promise<Response>): Promise<Response> {
  let url = start;
  for (let count = 0; ; count++) {
    const response = await send(url);
    const location = STATUSES.has(response.status) ? response.headers.get('location') : null;
    if (location === null) return response;
    await response.body?.cancel();
    if (!URL.canParse(location, url.href)) throw refusal('an address that is not a URL');
    const next = new URL(location, url);
    const fault =
      count < MAX_REDIRECTS ? await redirectFault(start, url, next) : `the ${count + 1}th redirect in a row`;
    if (fault) throw refusal(`${withoutSecrets(next.href)}, ${fault}`);
    url = next;
  }
}

function refusal(target: string): RequestFailure {
  return new RequestFailure(`it redirects to ${target}`, { retry: false });
}

/**
 * Why a redirect is not followed: it leaves https, or leads into a network that only this machine can reach, although the
 * operator's own address does not. A server could otherwise read a cloud's metadata through the loader.
 * The host is resolved once more for the request itself, so this does not stop a name server that changes its answer between the two.
 */
export async function redirectFault(start: URL, from: URL, to: URL): Promise<string | undefined> {
  if (to.protocol !== 'https:' && to.protocol !== 'http:') return 'which is not an http or https address';
  if (from.protocol === 'https:' && to.protocol === 'http:')
    return 'which is not encrypted, unlike the address before it';
  const inner = (await hostAddresses(to)).filter(({ scope }) => scope !== 'public');
  if (inner.length === 0) return undefined;
  const allowed = new Set((await hostAddresses(start)).map(({ scope }) => scope));
  const refused = inner.find(
    ({ scope }) => !(allowed.has(scope) || (scope === 'private' && allowed.has('link-local'))),
  );
  return refused && `a ${refused.scope} address (${refused.address}), although the source is not in such a network`;
}

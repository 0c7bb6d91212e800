import { redirectFault } from '../source/redirects.ts';
import { withoutSecrets } from '../source/url-secrets.ts';

/**
 * Why an address that a portal names is not requested: it is not a web address, or it is in a private network,
 * although the person's own address is not. The same holds for redirects.
 * @param given what the person gave
 */
export async function describedAddressFault(given: string, address: string): Promise<string | undefined> {
  if (!URL.canParse(address)) return `${withoutSecrets(address)}, which is not a URL`;
  const [start, target] = [new URL(given), new URL(address)];
  if (start.origin === target.origin) return undefined;
  const fault = await redirectFault(start, target, target);
  return fault && `${withoutSecrets(address)}, ${fault}`;
}

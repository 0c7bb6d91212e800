/** Keeps the release that was opened last, for use without a connection. Sites in other folders of the host have theirs. @param url of `current.json` */
export const releaseCache = (url: string) => caches.open(`${new URL('..', url).pathname}release`);

/**
 * A kept file, or `undefined`: private windows refuse, and a page without HTTPS has no storage of this kind.
 * @param current URL of `current.json`
 */
export async function keptFile(url: string, current = url): Promise<Response | undefined> {
  try {
    return await (await releaseCache(current)).match(url);
  } catch {
    return undefined;
  }
}

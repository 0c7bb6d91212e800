/** Where a site is published. Its own links are relative; only the files that need more than that use this. */
export type SiteAddress = {
  /** With slashes at both ends: `/` or `/curbside/`. */
  readonly path: string;
  /** The whole address, with a slash at its end; `null` if only the path was given. */
  readonly url: string | null;
};

/** Reads `--base`: the path of a site on its host, or its whole address. `undefined`: it is neither. */
export function readSiteAddress(text: string): SiteAddress | undefined {
  if (!/^(?:\/|https?:\/\/)/.test(text) || !URL.canParse(text, 'https://host')) return undefined;
  const { origin, pathname, search, hash, username } = new URL(text, 'https://host');
  if (search !== '' || hash !== '' || username !== '') return undefined;
  const path = pathname.endsWith('/') ? pathname : `${pathname}/`;
  return { path, url: text.startsWith('/') ? null : `${origin}${path}` };
}

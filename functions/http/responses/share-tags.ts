import { html } from 'hono/html';
import { withoutUnsafeCharacters } from '../../model/text/unsafe-characters.ts';

/** The page's address as the visitor has it, and the question in its link. */
export type SharedLink = { readonly origin: string; readonly q: string };

const IMAGE = /(<meta property="og:image" content=")(?=\/)/;
const TITLE = /(<meta property="og:title" content=")[^"]*(?=")/;

/**
 * Completes the tags by which other sites preview a link: the image's address must be absolute, and a search has its own title. The built
 * page has neither, because it is the same file for every host. There is no `og:url` and no canonical address: browsers share those instead
 * of the page's own, which has the search in it.
 */
export function withShareTags(page: string, { origin, q }: SharedLink): string {
  const tagged = page.replace(IMAGE, (start) => `${start}${html`${origin}`}`);
  const question = withoutUnsafeCharacters(q).trim();
  return question === ''
    ? tagged
    : tagged.replace(TITLE, (_, start: string) => `${start}${html`${question} · Curbside`}`);
}

/** The page up to the last of those tags, and the rest, which {@link withShareTags} leaves as it is. */
export function splitAfterShareTags(page: string): [start: string, rest: string] {
  const ends = [IMAGE, TITLE].map((tag) => {
    const found = tag.exec(page);
    return found ? found.index + found[0].length : 0;
  });
  const end = page.indexOf('>', Math.max(...ends)) + 1;
  return [page.slice(0, end), page.slice(end)];
}

import { html } from 'hono/html';
import { englishWords, type ListWords } from '../../model/city-wording.ts';
import type { CityFacts } from '../../model/release.ts';
import { withoutUnsafeCharacters } from '../../model/text/unsafe-characters.ts';

/** The page's address as the visitor has it, the question in its link, and the city, if a release is served. */
export type SharedLink = { readonly origin: string; readonly q: string; readonly city?: CityFacts | undefined };

const IMAGE = /(<meta property="og:image" content=")(?=\/)/;
const TITLE = tagOf('property="og:title"');
const CARD = tagOf('name="twitter:card"');

/** The start of a tag up to its content, and the content. */
function tagOf(name: string): RegExp {
  return new RegExp(`(<meta ${name} content=")[^"]*(?=")`);
}

/** The picture in previews of links. The wide one speaks of street food. */
export function shareImage({ isStreetFood }: Pick<ListWords, 'isStreetFood'>) {
  return isStreetFood
    ? { path: 'icons/share-1200.png', card: 'summary_large_image' }
    : { path: 'icons/icon-512.png', card: 'summary' };
}

/** The sides of the square picture, pixels. */
const ICON_PIXELS = 512;

/**
 * The page with what it says of its city before its scripts run: its languages, and the texts that other sites and search engines show, if
 * it lists something else than street food with permits.
 */
export function withCityTags(page: string, city: CityFacts): string {
  const { languages, wording } = city;
  const language = languages?.[0] ?? 'en';
  const attributes = [
    `lang="${language.replace(/^zh$/, 'zh-Hans').replace('zh-tw', 'zh-Hant')}"`,
    ...(languages ? [`data-languages="${languages.join(' ')}"`] : []),
    ...(wording ? ['data-wording'] : []),
  ];
  const tagged = page.replace(/(?<=<html[^>]* )lang="en"/, attributes.join(' '));
  if (!wording) return tagged;
  const words = englishWords(city);
  const { path, card } = shareImage(words);
  const description = describeList(words);
  const contents: [name: string, content: string][] = [
    ['name="description"', `${description} From open data.`],
    ['property="og:title"', `Curbside: ${words.heading}`],
    ['property="og:description"', description],
    ['property="og:image"', `/${path}`],
    ['property="og:image:width"', String(ICON_PIXELS)],
    ['property="og:image:height"', String(ICON_PIXELS)],
    ['property="og:image:alt"', 'Curbside'],
    ['name="twitter:card"', card],
  ];
  return contents.reduce(
    (all, [name, content]) => all.replace(tagOf(name), (_, start: string) => `${start}${html`${content}`}`),
    tagged,
  );
}

function describeList({ heading, hasFood, hasPermits }: ListWords): string {
  const when = hasPermits ? 'when they are permitted to operate' : 'when they are open';
  return `${heading} on a map: where they are, ${hasFood ? `what they sell, and ${when}` : `and ${when}`}.`;
}

/**
 * Completes the tags by which other sites preview a link: the image's address must be absolute, and a search has its own title. The built
 * page has neither, because it is the same file for every host. There is no `og:url` and no canonical address: browsers share those instead
 * of the page's own, which has the search in it.
 */
export function withShareTags(page: string, { origin, q, city }: SharedLink): string {
  const tagged = (city ? withCityTags(page, city) : page).replace(IMAGE, (start) => `${start}${html`${origin}`}`);
  const question = withoutUnsafeCharacters(q).trim();
  return question === ''
    ? tagged
    : tagged.replace(TITLE, (_, start: string) => `${start}${html`${question} · Curbside`}`);
}

/** The page up to the last of those tags, and the rest, which {@link withShareTags} leaves as it is. */
export function splitAfterShareTags(page: string): [start: string, rest: string] {
  const ends = [IMAGE, TITLE, CARD].map((tag) => {
    const found = tag.exec(page);
    return found ? found.index + found[0].length : 0;
  });
  const end = page.indexOf('>', Math.max(...ends)) + 1;
  return [page.slice(0, end), page.slice(end)];
}

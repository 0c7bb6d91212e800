import { formatUrlState, type UrlState } from './url-state.ts';

/** Sizes to choose from, CSS pixels; a width of 100 % fills the column of the other page. */
export const EMBED_SIZES = {
  small: { width: '320', height: '480' },
  medium: { width: '640', height: '480' },
  wide: { width: '100%', height: '600' },
} as const;
export type EmbedSize = keyof typeof EMBED_SIZES;

/** The address of the embeddable version of a search. @param page the page's own address */
export function embedUrl(urlState: UrlState, page: string): string {
  return new URL(`./${formatUrlState({ ...urlState, embed: true })}`, page).href;
}

/** The HTML that shows a search on another page. */
export function embedCode(url: string, title: string, size: EmbedSize): string {
  const { width, height } = EMBED_SIZES[size];
  return `<iframe src="${escapeHtml(url)}" title="${escapeHtml(title)}" width="${width}" height="${height}" loading="lazy" allow="geolocation"></iframe>`;
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}

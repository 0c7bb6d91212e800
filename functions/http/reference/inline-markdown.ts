import { html } from 'hono/html';
import type { Markup } from './schema-type.ts';

/** The Markdown that descriptions use: code, emphasis and links. */
const MARKDOWN = /(`[^`]+`|\*[^*\s][^*]*\*|\[[^\]]+\]\([^)\s]+\))/;

/** A description as HTML; everything that is not Markdown is escaped. */
export function inlineMarkdown(text: string): Markup {
  return html`${text.split(MARKDOWN).map((part, index) => (index % 2 === 0 ? part : element(part)))}`;
}

/** A text of several paragraphs. */
export function paragraphs(text: string): Markup {
  return html`${text.split(/\n\s*\n/).map((one) => html`<p>${inlineMarkdown(one)}</p>\n`)}`;
}

function element(part: string): Markup {
  if (part.startsWith('`')) return html`<code>${part.slice(1, -1)}</code>`;
  if (part.startsWith('*')) return html`<em>${part.slice(1, -1)}</em>`;
  const [, label = '', url = ''] = /^\[([^\]]+)\]\((.+)\)$/.exec(part) ?? [];
  // A link to this page stays on it.
  const href = url.replace(/^\/docs(?=#)/, '');
  return /^(#|\/(?!\/)|https:\/\/)/.test(href) ? html`<a href="${href}">${label}</a>` : html`${part}`;
}

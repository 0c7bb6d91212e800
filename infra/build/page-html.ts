import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';

/** What the build puts into `web/index.html`. All URLs are relative to the page. */
export type PageParts = {
  /** The tag of the script that runs first. */
  readonly first: string;
  /** The style sheet's URL, and its text, which becomes a part of the HTML; `null` during development. */
  readonly style: { readonly url: string; readonly text: string | null };
  /** The URL of the page's script, and of its chunks. */
  readonly main: string;
  readonly preloads: readonly string[];
};

/**
 * The page with the built names. Its style sheet and its icon are in it: as files, each would be a request of every first visit.
 * @throws Error if `web/index.html` does not have one of the places to fill
 */
export async function pageHtml({ first, style, main, preloads }: PageParts): Promise<string> {
  const icon = (await readFile('web/static/favicon.svg', 'utf8')).replace(/\n\s*/g, '');
  const links = preloads.map((url) => `<link rel="modulepreload" href="${url}">`);
  const changes: [placeholder: string, built: string][] = [
    ['<script src="first.js"></script>', first],
    ['"favicon.svg"', `"data:image/svg+xml,${encodeURIComponent(icon)}"`],
    [
      '<link rel="stylesheet" href="style.css">',
      style.text === null
        ? `<link rel="stylesheet" href="${style.url}">`
        : inlineTag('style', style.text, ` data-file="${style.url}"`),
    ],
    [
      '<script type="module" src="main.js"></script>',
      [`<script type="module" src="${main}"></script>`, ...links].join('\n    '),
    ],
  ];
  return changes.reduce(
    (page, [placeholder, built]) => {
      const parts = page.split(placeholder);
      if (parts.length !== 2) throw new Error(`web/index.html must have ${placeholder} once`);
      return parts.join(built);
    },
    await readFile('web/index.html', 'utf8'),
  );
}

/**
 * A script or a style sheet as a part of the HTML. `data-hash` is the source that the Content-Security-Policy has to allow.
 * @param attributes more attributes, each after a blank
 * @throws Error if the text would end its tag
 */
export function inlineTag(tag: 'script' | 'style', text: string, attributes = ''): string {
  if (/<(\/(script|style)|!--)/i.test(text)) throw new Error(`the page's ${tag} has text that ends it in HTML`);
  const hash = createHash('sha256').update(text).digest('base64');
  return `<${tag} data-hash="sha256-${hash}"${attributes}>${text}</${tag}>`;
}

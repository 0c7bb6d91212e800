import { html, type TemplateResult } from 'lit-html';

/** Marks parts of a text. Ranges are in order, as the API returns them; one that overlaps another or exceeds the text is ignored. */
export function highlightRanges(
  text: string,
  ranges: readonly (readonly [start: number, end: number])[],
): (string | TemplateResult)[] {
  const parts: (string | TemplateResult)[] = [];
  let at = 0;
  for (const [start, end] of ranges) {
    if (start < at || end > text.length) continue;
    parts.push(text.slice(at, start), html`<mark>${text.slice(start, end)}</mark>`);
    at = end;
  }
  return [...parts, text.slice(at)];
}

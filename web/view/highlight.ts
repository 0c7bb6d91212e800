import { html, type TemplateResult } from 'lit-html';

/** Marks parts of a text. The API's ranges are in order and do not overlap; others are ignored. */
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

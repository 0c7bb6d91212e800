import { html, type TemplateResult } from 'lit-html';
import type { PageContext } from '../app/app-state.ts';
import type { UrlState } from '../app/url-state.ts';

/** A link to another state of the page, which is followed without loading the page again. */
export function pageLink(
  { actions }: PageContext,
  { className, urlState, label }: { className: string; urlState: UrlState; label: string },
): TemplateResult {
  return html`<a class=${className} href=${actions.hrefOf(urlState)} @click=${actions.followLink}>${label}</a>`;
}

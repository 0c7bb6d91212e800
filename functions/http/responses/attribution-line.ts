import { html } from 'hono/html';
import type { Attribution } from '../../model/release.ts';

/** The publisher of the data, in HTML, linked if a page of the data is known. */
export function sourceLink({ text, url }: Attribution) {
  return linked(text, url);
}

/** `Source: … . Licence: … .` in HTML. Data without a licence says none. */
export function attributionLine(attribution: Attribution) {
  const { license, licenseUrl } = attribution;
  return html`Source: ${sourceLink(attribution)}.${license === '' ? '' : html` Licence: ${linked(license, licenseUrl)}.`}`;
}

/** The end of a plain page: where its data comes from, and the release. */
export function pageEnd(attribution: Attribution, version: string) {
  return html`<footer>
<p>${attributionLine(attribution)} Release ${version}.</p>
</footer>
</body>
</html>
`;
}

function linked(text: string, url: string) {
  return url === '' ? html`${text}` : html`<a href="${url}">${text}</a>`;
}

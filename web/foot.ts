import { html, nothing, type TemplateResult } from 'lit-html';
import { LANGUAGE_TAGS, LANGUAGES, type Language } from './language.ts';
import { webLink } from './link.ts';
import type { Session } from './screen.ts';
import { isIdle, searchQuery, viewQuery, wholeSearch } from './state.ts';

/** Forms in which the answer at hand can be taken along, as the API names them. */
const FORMATS = ['csv', 'geojson', 'ics'] as const;

/** The page's foot: whose data it is, how old, on what terms, what a permit means, and the page in other languages. */
export function foot({ text, language, screen }: Session): TemplateResult | typeof nothing {
  const { meta, view, finding } = screen;
  // The first answer would push it away.
  if (!isIdle(view) && !finding.answer && !finding.failure) return nothing;
  if (view.embed) {
    const full = `/${viewQuery({ ...view, embed: false })}`;
    return html`<p>${text.honest} <a href=${full} target="_top">${text.openFull}</a></p>`;
  }
  return html`
    <p>${text.honest}</p>
    ${meta ? provenance({ text, meta }) : nothing}
    ${
      isIdle(view) || !finding.answer
        ? nothing
        : html`<p>${text.download}: ${FORMATS.map((format, index) => {
            const query = searchQuery({ ...wholeSearch(view), ...view.search, format });
            return html`${index > 0 ? ' · ' : ''}<a class="foot-way" href="/search?${query}" download>${format.toUpperCase()}</a>`;
          })}</p>`
    }
    <p><a class="foot-way" href="/data/list.html">${text.plainList}</a></p>
    <nav class="languages" aria-label=${text.language}>
      ${(Object.keys(LANGUAGES) as Language[]).map(
        (one) =>
          html`<a
            class="foot-way"
            href=${`/${viewQuery({ ...view, lang: one })}`}
            lang=${LANGUAGE_TAGS[one]}
            hreflang=${LANGUAGE_TAGS[one]}
            aria-current=${one === language ? 'true' : nothing}
            >${LANGUAGES[one]}</a
          >`,
      )}
    </nav>
  `;
}

function provenance({
  text,
  meta,
}: Pick<Session, 'text'> & { meta: NonNullable<Session['screen']['meta']> }): TemplateResult {
  const { attribution } = meta;
  const sample = meta.meta.origin === 'sample';
  const source = webLink(attribution.url);
  const licence = webLink(attribution.licenseUrl);
  return html`<p>
    ${sample ? nothing : html`${text.asOf(meta.meta.as_of)} · `}${sample ? text.realSource : text.source}: ${source ? html`<a href=${source} rel="noopener">${attribution.text}</a>` : attribution.text}
    · ${text.licence}: ${licence ? html`<a href=${licence} rel="noopener">${attribution.license}</a>` : attribution.license}
  </p>`;
}

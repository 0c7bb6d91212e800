import { html, nothing, render, type TemplateResult } from 'lit-html';
import { isUndated } from '../../functions/model/release.ts';
import { formatSearch } from '../api/search-params.ts';
import type { PageContext } from '../app/app-state.ts';
import { formatUrlState, unfilteredSearch } from '../app/url-state.ts';
import { LANGUAGE_TAGS, LANGUAGES, type Language } from '../i18n/language.ts';
import { closeIcon } from './icons.ts';
import { webLink } from './links.ts';

/** Formats in which the API offers the current results for download. */
const FORMATS = ['csv', 'geojson', 'ics'] as const;

/** Few press the button, so the dialog is a chunk of its own. */
async function openEmbedDialog(t: PageContext['t'], urlState: PageContext['state']['urlState']): Promise<void> {
  (await import('./embed-dialog.ts')).showEmbedDialog({ html, render, closeIcon }, t, urlState);
}

/** Data source, age and licence, what a permit means, downloads, and the page in other languages. */
export function footer({ t, language, state, actions }: PageContext): TemplateResult | typeof nothing {
  const { meta, urlState, searchStatus } = state;
  // Not before the first answer, which would push it down.
  if (!searchStatus.answer && !searchStatus.error) return nothing;
  if (urlState.embed) {
    const full = `./${formatUrlState({ ...urlState, embed: false })}`;
    return html`<p>${t.permitDisclaimer} <a href=${full} target="_top">${t.openFullPage}</a></p>`;
  }
  return html`
    <p>${t.permitDisclaimer} ${urlState.search.lat ? t.straightLine : nothing}</p>
    ${meta ? provenance({ t, meta }) : nothing}
    ${
      !searchStatus.answer
        ? nothing
        : html`<p>${t.download}${t.separators.label}${FORMATS.map((format, index) => {
            const query = formatSearch({ ...unfilteredSearch(urlState), ...urlState.search, format });
            return html`${index > 0 ? ' · ' : ''}<a class="footer-link" href="search?${query}" download>${format.toUpperCase()}</a>`;
          })}</p>`
    }
    <p>
      <a class="footer-link" href="data/list.html">${t.plainList}</a> ·
      <a class="footer-link" href="data/quality.html">${t.dataQuality}</a>
    </p>
    <p><button type="button" class="footer-link" @click=${() => openEmbedDialog(t, urlState)}>${t.embed.open}</button></p>
    <nav class="languages" aria-label=${t.language}>
      ${((meta?.city.languages ?? Object.keys(LANGUAGES)) as Language[]).map(
        (one) =>
          html`<a
            class="footer-link"
            href=${`./${formatUrlState({ ...urlState, lang: one })}`}
            lang=${LANGUAGE_TAGS[one]}
            @click=${() => actions.rememberLanguage(one)}
            hreflang=${LANGUAGE_TAGS[one]}
            aria-current=${one === language ? 'true' : nothing}
            >${LANGUAGES[one]}</a
          >`,
      )}
    </nav>
  `;
}

function provenance({
  t,
  meta,
}: Pick<PageContext, 't'> & { meta: NonNullable<PageContext['state']['meta']> }): TemplateResult {
  const { attribution } = meta;
  const sample = meta.meta.origin === 'sample';
  const day = isUndated(meta.meta.data_version) ? t.readOn : t.asOf;
  const source = webLink(attribution.url);
  const licence = webLink(attribution.licenseUrl);
  return html`<p>
    ${sample ? nothing : html`${day(meta.meta.as_of)} · `}${sample ? t.realSource : t.source}${t.separators.label}${source ? html`<a href=${source} rel="noopener">${attribution.text}</a>` : attribution.text}
    ${attribution.license ? html`· ${t.licence}${t.separators.label}${licence ? html`<a href=${licence} rel="noopener">${attribution.license}</a>` : attribution.license}` : nothing}
  </p>`;
}

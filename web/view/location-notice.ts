import { html, nothing, type TemplateResult } from 'lit-html';
import type { PageContext } from '../app/app-state.ts';
import { closeIcon } from './icons.ts';

/** What came of "near me": why there is no position, that it is rough, or that it is outside the city, with a choice. */
export function locationNotice({ t, state, actions }: PageContext): TemplateResult | typeof nothing {
  const { locationNotice: notice, meta } = state;
  if (!notice) return nothing;
  const isError = typeof notice === 'string';
  const text = isError
    ? t.locationErrors[notice]
    : notice.outside
      ? t.locationFar(t.distance(notice.metres), meta?.city.name ?? '')
      : t.locationRough(t.roughDistance(notice.metres));
  return html`<div class="notice location-notice ${isError ? 'is-bad' : ''}">
    <p role="alert">${text}</p>
    ${
      !isError && notice.outside
        ? html`<button type="button" class="link" @click=${() => actions.useLocation(notice.location)}>${t.measureAnyway}</button>`
        : nothing
    }
    <button type="button" class="link" @click=${actions.closeLocationNotice}>${closeIcon}<span class="unseen">${t.close}</span></button>
  </div>`;
}

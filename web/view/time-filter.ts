import { html, type TemplateResult } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import type { PageContext } from '../app/app-state.ts';
import { isTrue } from '../app/url-state.ts';
import { noonOf, weekSlider } from './week-slider.ts';

/** Open at any time, now, or at a time of the week. */
export function timeFilter(page: PageContext): TemplateResult {
  const { t, state, actions } = page;
  const { open_now, open_at } = state.urlState.search;
  const isNow = isTrue(open_now) || state.filter?.openForMinutes != null;
  const chosen = open_at !== undefined ? 'at' : isNow ? 'now' : 'any';
  return html`
    <fieldset class="when">
      <legend class="unseen">${t.whenLabel}</legend>
      <div class="segments">
        ${(['any', 'now', 'at'] as const).map(
          (name) => html`<label class="segment">
            <input type="radio" name="when" .checked=${live(chosen === name)} @change=${() =>
              actions.setOpenTime(name === 'at' ? { minute: noonOf(state.filter?.minute ?? 0) } : name, true)} />
            <span>${t.timeOptions[name]}</span>
          </label>`,
        )}
      </div>
      ${weekSlider(page)}
    </fieldset>
  `;
}

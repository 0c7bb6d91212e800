import { html, type TemplateResult } from 'lit-html';
import { repeat } from 'lit-html/directives/repeat.js';
import type { PageContext } from '../app/app-state.ts';
import { savedVendorState } from '../app/favourites.ts';
import { starIcon } from './icons.ts';
import { pageLink } from './page-link.ts';

/** The vendors that the user has saved. They are shown from this device; with a connection, those that are gone are marked. */
export function savedVendors(page: PageContext): TemplateResult {
  const { t, state, actions } = page;
  const { favourites, savedVendorChecks, urlState } = state;
  if (favourites.length === 0) return html`<p class="saved-note">${t.noFavourites}</p>`;
  return html`<ul class="saved">
      ${repeat(
        favourites,
        ({ id }) => id,
        (vendor) => {
          const check = savedVendorChecks.get(vendor.id);
          return html`<li>
            <div class="saved-vendor" @click=${() => actions.openControl(null)}>
              ${
                check === 'gone'
                  ? html`<b dir="auto">${vendor.name}</b><span class="permit">${t.favouriteGone}</span>`
                  : html`${pageLink(page, { className: 'saved-name', urlState: savedVendorState(urlState, vendor, check), label: vendor.name })}
                    <span class="quiet" dir="auto">${vendor.address}</span>`
              }
            </div>
            <button type="button" class="favourite" aria-pressed="true" aria-label=${t.saveVendor(vendor.name)} @click=${() =>
              actions.toggleFavourite(vendor)}>${starIcon}</button>
          </li>`;
        },
      )}
    </ul>
    <p class="saved-note">${t.keptOnDevice}</p>`;
}

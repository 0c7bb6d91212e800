import { html, nothing, type TemplateResult } from 'lit-html';
import type { Truck } from '../api/types.ts';
import type { PageContext } from '../app/app-state.ts';
import { starIcon } from './icons.ts';
import { placeName } from './place-name.ts';

/** Saves a vendor on this device, or removes it; nothing in another site's frame, where nothing is stored. */
export function favouriteButton({ t, state, actions }: PageContext, truck: Truck): TemplateResult | typeof nothing {
  if (state.urlState.embed) return nothing;
  const { id, name, branches } = truck;
  const [first] = branches;
  const address = (first && placeName(t, first).name) ?? null;
  return html`<button type="button" class="favourite" aria-pressed=${state.favourites.some((one) => one.id === id)} aria-label=${t.saveVendor(name)}
    @click=${() => actions.toggleFavourite({ id, name, address })}>${starIcon}</button>`;
}

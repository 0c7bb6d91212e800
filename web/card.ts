import { html, nothing, type TemplateResult } from 'lit-html';
import { closeIcon, wayIcon } from './icons.ts';
import { directions, webLink } from './link.ts';
import { dishes, hoursLines } from './list.ts';
import type { Session } from './session.ts';
import { given, type Truck, type TruckBranch } from './wire.ts';

/** What a marker's popup holds: everything about one branch. It never says that a truck is there. */
export function card({ text, actions, touch }: Session, truck: Truck, branch: TruckBranch): TemplateResult {
  const address = given(branch.address);
  const permit = webLink(branch.schedule);
  const ways = directions(branch);
  const out = (href: string, words: string) =>
    html`<a class="way" href=${href} target="_blank" rel="noopener">${words}<span class="unseen"> (${text.newTab})</span></a>`;
  return html`
    <div class="card-head">
      <h3 class="name" id="card-name" tabindex="-1" dir="auto">${truck.name}</h3>
      <button type="button" class="close" aria-label=${text.close} @click=${actions.dismiss}>${closeIcon}</button>
    </div>
    ${branch.status === 'approved' ? nothing : html`<p class="permit">${text.permitState(branch.status)}</p>`}
    <dl>
      <dt>${text.permitted}</dt>
      ${hoursLines(text, branch).map((line) => html`<dd>${line}</dd>`)}
      <dt>${text.address}</dt>
      <dd dir="auto">
        ${address ? text.street(address) : text.noAddress}
        ${branch.distance_m === null ? nothing : html`<span class="distance">${text.distance(branch.distance_m)}</span>`}
      </dd>
    </dl>
    <p class="ways">
      <a class="button" href=${ways.openStreetMap} target="_blank" rel="noopener"
        >${wayIcon}${text.directions}<span class="unseen"> (${text.newTab})</span></a
      >
      ${touch ? html`<a class="way" href=${ways.app}>${text.directionsApp}</a>` : nothing}
      ${out(ways.google, text.directionsGoogle)}
    </p>
    <dl>
      <dt>${text.food}</dt>
      <dd dir="auto">${truck.items.length > 0 ? dishes(truck.items) : text.noItems}</dd>
      ${
        branch.permit
          ? html`<dt>${text.permit}</dt>
              <dd>${branch.permit} ${branch.expires ? text.expires(branch.expires) : nothing}</dd>`
          : nothing
      }
    </dl>
    ${permit ? html`<p class="ways">${out(permit, text.permitLink)}</p>` : nothing}
  `;
}

import { html, nothing, type TemplateResult } from 'lit-html';
import { guard } from 'lit-html/directives/guard.js';
import { repeat } from 'lit-html/directives/repeat.js';
import { clockIcon, pinIcon } from './icons.ts';
import type { Session } from './session.ts';
import type { Text } from './text.ts';
import { given, type SearchAnswer, type Truck, type TruckBranch } from './wire.ts';

/** More dishes than this are folded away behind "& more". */
const ITEMS_SHOWN = 6;

/** The vendors of an answer in its order; rows carry `data-vendor`, and each branch's button `data-branch`. */
export function list(session: Session, answer: SearchAnswer): TemplateResult {
  return html`<ol class="rows" aria-busy=${session.screen.finding.busy}>
    ${guard([answer, session.screen.unfolded, session.screen.view.place], () =>
      repeat(
        answer.trucks,
        (truck) => truck.id,
        (truck) => row(session, truck),
      ),
    )}
  </ol>`;
}

function row({ text, screen, actions }: Session, truck: Truck): TemplateResult {
  const allItems = screen.unfolded.has(`items ${truck.id}`);
  const allBranches = screen.unfolded.has(`branches ${truck.id}`);
  const hidden = Math.max(0, truck.items.length - ITEMS_SHOWN);
  const branches = allBranches ? truck.branches : truck.branches.slice(0, 1);
  const more = truck.branches.length - 1;
  return html`<li class="row" data-vendor=${truck.id}>
    <div class="row-head">
      <h3 class="name" dir="auto">${truck.name}</h3>
      ${truck.distance_m === null ? nothing : html`<span class="distance">${text.distance(truck.distance_m)}</span>`}
    </div>
    <p class="items" dir="auto">
      ${truck.items.length === 0 ? html`<span class="quiet">${text.noItems}</span>` : dishes(allItems ? truck.items : truck.items.slice(0, ITEMS_SHOWN))}
      ${
        hidden > 0
          ? html`<button type="button" class="link" aria-expanded=${allItems} @click=${() => actions.unfold(`items ${truck.id}`)}>
              ${allItems ? text.fewerItems : text.moreItems(hidden)}
            </button>`
          : nothing
      }
    </p>
    <ul class="branches">
      ${repeat(
        branches,
        (branch) => branch.id,
        (branch, index) => branchButton({ text, screen, actions }, branch, index > 0),
      )}
    </ul>
    ${
      more > 0
        ? html`<button type="button" class="more-branches" aria-expanded=${allBranches} @click=${() => actions.unfold(`branches ${truck.id}`)}>
            ${allBranches ? text.fewerBranches : text.moreBranches(more)}
          </button>`
        : nothing
    }
  </li>`;
}

function branchButton(
  { text, screen, actions }: Pick<Session, 'text' | 'screen' | 'actions'>,
  branch: TruckBranch,
  further: boolean,
): TemplateResult {
  const address = given(branch.address);
  return html`<li>
    <button
      type="button"
      class="branch"
      data-branch=${branch.id}
      aria-current=${screen.view.place === branch.id ? 'true' : nothing}
      @click=${() => actions.pick(branch.id, 'list')}
    >
      ${pinIcon}
      <span class="branch-text">
        <span class="address" dir="auto">${address ? text.street(address) : text.noAddress}</span>
        <span class="unseen">, ${text.showOnMap}</span>
        <span class="hours">${clockIcon}<span><span class="unseen">, ${text.permitted}: </span>${hoursLines(text, branch).join('; ')}</span></span>
        ${branch.status === 'approved' ? nothing : html`<span class="permit">${text.permitState(branch.status)}</span>`}
      </span>
      ${further && branch.distance_m !== null ? html`<span class="distance">${text.distance(branch.distance_m)}</span>` : nothing}
    </button>
  </li>`;
}

/** Dishes in a row, each in its own direction of writing. */
export function dishes(items: readonly string[]): TemplateResult[] {
  return items.map((item, index) => html`${index > 0 ? ' · ' : nothing}<bdi>${item}</bdi>`);
}

/** The hours as lines, or that they are unknown. */
export function hoursLines(text: Text, branch: TruckBranch): string[] {
  if (branch.week.length === 0) return [given(branch.hours) ?? text.hoursUnknown];
  const lines = text.hours(branch.week);
  return branch.hours_complete ? lines : [...lines, text.hoursCut];
}

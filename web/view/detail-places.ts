import { html, nothing, type TemplateResult } from 'lit-html';
import type { TruckBranch } from '../api/types.ts';
import type { PageContext } from '../app/app-state.ts';
import { branchesByUse } from '../app/branch-order.ts';
import type { ShownPlace } from '../app/shown-place.ts';
import { openBadge } from './open-badge.ts';
import { permitBadge } from './permit-badge.ts';
import { placeName } from './place-name.ts';
import { shownDistance } from './shown-distance.ts';

/** Places that are shown before a press: some vendors have forty, and their hours and food come below. */
const FIRST_PLACES = 5;

/** The places of the vendor, the one that matters most first; pressing one shows it. */
export function detailPlaces(page: PageContext, { truck, branch: shown }: ShownPlace): TemplateResult {
  const { t, state, actions } = page;
  const key = `places ${truck.id}`;
  const all = branchesByUse(truck.branches, state.filter, state.searchStatus.answer?.query.sort ?? '');
  const isExpanded = state.expanded.has(key);
  const visible = isExpanded ? all : all.filter((branch, at) => at < FIRST_PLACES || branch.id === shown.id);
  const hidden = all.length - visible.length;
  return html`<section>
    <h3>${t.allPlaces(all.length)}</h3>
    <ul class="branches">
      ${visible.map((branch) => placeButton(page, branch, branch.id === shown.id))}
    </ul>
    ${
      hidden > 0 || (isExpanded && all.length > FIRST_PLACES)
        ? html`<p class="row-actions"><button type="button" class="link" aria-expanded=${isExpanded} @click=${() =>
            actions.toggleExpanded(key)}>${isExpanded ? t.fewerBranches : t.moreBranches(hidden)}</button></p>`
        : nothing
    }
  </section>`;
}

function placeButton(page: PageContext, branch: TruckBranch, isShown: boolean): TemplateResult {
  const { t, actions } = page;
  return html`<li>
    <button type="button" class="branch" aria-current=${isShown ? 'true' : nothing} @click=${() =>
      actions.selectBranch(branch.id, 'detail')}>
      <span class="branch-place">
        <span class="address" dir="auto">${placeName(t, branch).name ?? t.noAddress}</span>
        ${branch.distance_m === null ? nothing : html`<span class="distance">${shownDistance(page, branch.distance_m)}</span>`}
      </span>
      <span class="branch-state">${openBadge(page, branch)}${permitBadge(page, branch, 'short')}</span>
    </button>
  </li>`;
}

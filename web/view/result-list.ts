import { html, nothing, type TemplateResult } from 'lit-html';
import { guard } from 'lit-html/directives/guard.js';
import { repeat } from 'lit-html/directives/repeat.js';
import { type Truck, type TruckBranch, valueOrNull } from '../api/types.ts';
import type { PageContext } from '../app/app-state.ts';
import type { Translations } from '../i18n/translations.ts';
import { explanation } from './explanation.ts';
import { highlightRanges } from './highlight.ts';
import { clockIcon, pinIcon } from './icons.ts';
import { openBadge } from './open-badge.ts';

/** More dishes than this are folded away behind "& more". */
const ITEMS_SHOWN = 6;

/** The vendors that are found, in their order, the first ones drawn. */
export function resultList(session: PageContext, trucks: readonly Truck[]): TemplateResult {
  const { t, state, actions } = session;
  const hidden = trucks.length - state.visibleRows;
  return html`
    ${resultRows(session, trucks.slice(0, state.visibleRows))}
    ${hidden > 0 ? html`<button type="button" class="example more-rows" @click=${actions.showMoreRows}>${t.showMore(hidden)}</button>` : nothing}
  `;
}

/** Vendors as rows; they carry `data-vendor`, and each branch's button `data-branch`. */
export function resultRows(session: PageContext, trucks: readonly Truck[]): TemplateResult {
  const { expanded, urlState, visibleRows, explanations, filter, filtered, alternatives } = session.state;
  return html`<ol class="rows" aria-busy=${session.state.searchStatus.busy}>
    ${guard([filtered, alternatives, filter?.minute, expanded, urlState.place, visibleRows, explanations], () =>
      repeat(
        trucks,
        (truck) => truck.id,
        (truck) => row(session, truck),
      ),
    )}
  </ol>`;
}

function row(session: PageContext, truck: Truck): TemplateResult {
  const { t, state, actions } = session;
  const allItems = state.expanded.has(`items ${truck.id}`);
  const allBranches = state.expanded.has(`branches ${truck.id}`);
  const items = highlighted(truck);
  const hidden = Math.max(0, items.length - ITEMS_SHOWN);
  const branches = allBranches ? truck.branches : truck.branches.slice(0, 1);
  const more = truck.branches.length - 1;
  return html`<li class="row" data-vendor=${truck.id}>
    <div class="row-head">
      <h3 class="name" dir="auto">${highlightRanges(truck.name, truck.highlights.name)}</h3>
      ${truck.distance_m === null ? nothing : html`<span class="distance">${t.distance(truck.distance_m)}</span>`}
    </div>
    <p class="items" dir="auto">
      ${items.length === 0 ? html`<span class="quiet">${t.noItems}</span>` : joined(allItems ? items : items.slice(0, ITEMS_SHOWN))}
      ${
        hidden > 0
          ? html`<button type="button" class="link" aria-expanded=${allItems} @click=${() => actions.toggleExpanded(`items ${truck.id}`)}>
              ${allItems ? t.fewerItems : t.moreItems(hidden)}
            </button>`
          : nothing
      }
    </p>
    <ul class="branches">
      ${repeat(
        branches,
        (branch) => branch.id,
        (branch, index) => branchButton(session, branch, index > 0),
      )}
    </ul>
    <div class="row-ways">
      ${
        more > 0
          ? html`<button type="button" class="link" aria-expanded=${allBranches} @click=${() => actions.toggleExpanded(`branches ${truck.id}`)}>
              ${allBranches ? t.fewerBranches : t.moreBranches(more)}
            </button>`
          : nothing
      }
      <button type="button" class="link is-quiet" aria-expanded=${state.expanded.has(`why ${truck.id}`)} @click=${() => actions.toggleExplanation(truck.id)}>${t.why}</button>
    </div>
    ${state.expanded.has(`why ${truck.id}`) ? explanation(session, truck) : nothing}
  </li>`;
}

function branchButton({ t, state, actions }: PageContext, branch: TruckBranch, further: boolean): TemplateResult {
  const address = valueOrNull(branch.address);
  return html`<li>
    <button
      type="button"
      class="branch"
      data-branch=${branch.id}
      aria-current=${state.urlState.place === branch.id ? 'true' : nothing}
      @click=${() => actions.selectBranch(branch.id, 'list')}
    >
      ${pinIcon}
      <span class="branch-text">
        <span class="address" dir="auto">${address ? t.street(address) : t.noAddress}</span>
        <span class="unseen">, ${t.showOnMap}</span>
        <span class="branch-state">${badge({ t, state }, branch)}${
          branch.status === 'approved'
            ? nothing
            : html`<span class="permit">${t.permitState(t.status(branch.status))}</span>`
        }</span>
        ${branch.week.length === 0 && !valueOrNull(branch.hours) ? nothing : html`<span class="hours">${clockIcon}<span><span class="unseen">, ${t.permitted}: </span>${hoursLines(t, branch).join('; ')}</span></span>`}
      </span>
      ${further && branch.distance_m !== null ? html`<span class="distance">${t.distance(branch.distance_m)}</span>` : nothing}
    </button>
  </li>`;
}

/** Whether a branch is permitted to be open at the judged time. */
export function badge(
  { t, state }: Pick<PageContext, 't' | 'state'>,
  branch: TruckBranch,
): TemplateResult | typeof nothing {
  if (!state.filter) return nothing;
  const { state: openState, words } = openBadge(branch, state.filter, t);
  return html`<span class="badge is-${openState}">${words}</span>`;
}

/** Dishes with what matched marked; those that match lead. */
export function highlighted(truck: Truck): { key: number; content: ReturnType<typeof highlightRanges> }[] {
  const ranges = new Map<number, (readonly [number, number])[]>();
  for (const [item, range] of truck.highlights.fooditems) ranges.set(item, [...(ranges.get(item) ?? []), range]);
  const items = truck.items.map((item, key) => ({ key, content: highlightRanges(item, ranges.get(key) ?? []) }));
  const late = items.slice(ITEMS_SHOWN).filter(({ key }) => ranges.has(key));
  return late.length === 0 ? items : [...late, ...items.filter((one) => !late.includes(one))];
}

/** Dishes in a row, each in its own direction of writing. */
export function joined(items: ReturnType<typeof highlighted>): TemplateResult[] {
  return items.map(({ content }, index) => html`${index > 0 ? ' · ' : nothing}<bdi>${content}</bdi>`);
}

/** The hours as lines, or that they are unknown. */
export function hoursLines(text: Translations, branch: TruckBranch): string[] {
  if (branch.week.length === 0) return [valueOrNull(branch.hours) ?? text.hoursUnknown];
  const lines = text.hours(branch.week);
  return branch.hours_complete ? lines : [...lines, text.hoursIncomplete];
}

import { html, nothing, type TemplateResult } from 'lit-html';
import { guard } from 'lit-html/directives/guard.js';
import { repeat } from 'lit-html/directives/repeat.js';
import { type Truck, type TruckBranch, valueOrNull } from '../api/types.ts';
import { FIRST_SCREEN_ROWS, hasMorePages, type PageContext, ROWS_PER_PAGE } from '../app/app-state.ts';
import { branchesByUse } from '../app/branch-order.ts';
import type { Translations } from '../i18n/translations.ts';
import { explanation } from './explanation.ts';
import { favouriteButton } from './favourite-button.ts';
import { highlightRanges } from './highlight.ts';
import { openBadge } from './open-badge.ts';
import { permitBadge } from './permit-badge.ts';
import { placeName } from './place-name.ts';
import { shownDistance } from './shown-distance.ts';

/** Dishes in the row's line, which may still be cut; a button shows all. */
const ITEMS_IN_LINE = 4;

type HighlightedItem = {
  readonly matches: boolean;
  /** Only permits that are not approved list it. */
  readonly isPast: boolean;
  readonly content: ReturnType<typeof highlightRanges>;
};

/** The first vendors of the results, and a button for more, which the API may have on further pages. */
export function resultList(page: PageContext, trucks: readonly Truck[]): TemplateResult {
  const { state } = page;
  const rows = trucks.slice(0, state.firstScreenOnly ? FIRST_SCREEN_ROWS : state.visibleRows);
  const all = hasMorePages(state) ? (state.filtered?.hits ?? 0) : trucks.length;
  return html`${resultRows(page, rows)}${all > rows.length && !state.firstScreenOnly ? moreRows(page, all - rows.length) : nothing}`;
}

function moreRows({ t, state, actions }: PageContext, hidden: number): TemplateResult {
  const { nextPage } = state.searchStatus;
  const isLoading = nextPage === 'loading';
  return html`
    ${nextPage === 'failed' ? html`<p class="notice is-bad" role="alert">${t.nextPageFailed}</p>` : nothing}
    <button type="button" class="example more-rows" aria-disabled=${isLoading} @click=${actions.showMoreRows}>${
      isLoading ? t.searching : t.showMore(Math.min(hidden, ROWS_PER_PAGE))
    }</button>
  `;
}

/** Vendors as rows with their id in `data-vendor`; each branch's button has its own in `data-branch`. */
export function resultRows(page: PageContext, trucks: readonly Truck[]): TemplateResult {
  return html`<ol class="rows" aria-busy=${page.state.searchStatus.busy}>
    ${repeat(
      trucks,
      (truck) => truck.id,
      (truck) => guard(rowInputs(page, truck), () => row(page, truck)),
    )}
  </ol>`;
}

/** Everything that a row shows. A press changes one row of fifty; rendering all took 150 ms on a slow phone. */
function rowInputs({ t, state }: PageContext, truck: Truck): unknown[] {
  const { searchStatus, filter, expanded, explanations, originAccuracy, favourites, urlState } = state;
  return [
    t,
    truck,
    searchStatus.answer,
    filter?.minute,
    filter?.openForMinutes,
    filter?.openWithinMinutes,
    originAccuracy,
    truck.branches.find(({ id }) => id === urlState.place),
    favourites.some(({ id }) => id === truck.id),
    explanations.get(truck.id),
    ...['items', 'branches', 'why'].map((part) => expanded.has(`${part} ${truck.id}`)),
  ];
}

function row(page: PageContext, truck: Truck): TemplateResult {
  const { t, state, actions } = page;
  const allItems = state.expanded.has(`items ${truck.id}`);
  const allBranches = state.expanded.has(`branches ${truck.id}`);
  const items = highlightItems(truck);
  const branches = branchesByUse(truck.branches, state.filter, state.searchStatus.answer?.query.sort ?? '');
  const [first, ...others] = branches;
  return html`<li class="row" data-vendor=${truck.id}>
    <div class="row-head">
      <h3 class="name" dir="auto">${highlightRanges(truck.name, truck.highlights.name)}</h3>
      ${first?.distance_m == null ? nothing : html`<span class="distance">${shownDistance(page, first.distance_m)}</span>`}
      ${favouriteButton(page, truck)}
    </div>
    ${
      items.length + truck.missing.length === 0 && !t.noItems
        ? nothing
        : html`<p class="items ${allItems ? 'is-whole' : ''}" dir="auto">
            ${truck.missing.length === 0 ? nothing : html`<span class="missing">${t.missing(truck.missing.join(t.separators.list))}</span> · `}
            ${items.length === 0 ? t.noItems : joinItems(t, allItems ? items : items.slice(0, ITEMS_IN_LINE))}
          </p>`
    }
    <ul class="branches">
      ${repeat(
        first ? [first, ...(allBranches ? others : [])] : [],
        (branch) => branch.id,
        (branch, index) => branchButton(page, branch, index > 0),
      )}
    </ul>
    <div class="row-actions">
      ${
        others.length > 0
          ? toggle(page, `branches ${truck.id}`, allBranches ? t.fewerBranches : t.moreBranches(others.length))
          : nothing
      }
      ${items.length > ITEMS_IN_LINE ? toggle(page, `items ${truck.id}`, allItems ? t.fewerItems : t.moreItems) : nothing}
      <button type="button" class="link" aria-expanded=${state.expanded.has(`why ${truck.id}`)} @click=${() =>
        actions.toggleExplanation(truck.id)}>${t.why}<span class="unseen"> ${truck.name}</span></button>
    </div>
    ${state.expanded.has(`why ${truck.id}`) ? explanation(page, truck) : nothing}
  </li>`;
}

function toggle({ state, actions }: PageContext, key: string, label: string): TemplateResult {
  return html`<button type="button" class="link" aria-expanded=${state.expanded.has(key)} @click=${() => actions.toggleExpanded(key)}>${label}</button>`;
}

/** Where, and below it, in one line, whether it is open and its hours, or that its permit is not valid. */
function branchButton(page: PageContext, branch: TruckBranch, hasDistance: boolean): TemplateResult {
  const { t, state, actions } = page;
  const permit = permitBadge(page, branch, 'short');
  return html`<li>
    <button
      type="button"
      class="branch"
      data-branch=${branch.id}
      aria-current=${state.urlState.place === branch.id ? 'true' : nothing}
      @click=${() => actions.selectBranch(branch.id, 'list')}
    >
      <span class="branch-place">
        <span class="address" dir="auto">${placeName(t, branch).name ?? t.noAddress}</span>
        <span class="unseen">${t.separators.comma}${t.showDetail}</span>
        ${hasDistance && branch.distance_m !== null ? html`<span class="distance">${shownDistance(page, branch.distance_m)}</span>` : nothing}
      </span>
      <span class="branch-state">${openBadge(page, branch)}${permit}${
        permit !== nothing || (branch.week.length === 0 && !valueOrNull(branch.hours))
          ? nothing
          : html`<span class="hours"><span class="unseen">${t.separators.comma}${t.permitted}${t.separators.label}</span>${hoursLines(t, branch).join(t.separators.clause)}</span>`
      }</span>
    </button>
  </li>`;
}

/** A vendor's dishes with their matches marked; matching dishes that would be hidden come first. */
export function highlightItems(truck: Truck): HighlightedItem[] {
  const ranges = new Map<number, (readonly [number, number])[]>();
  for (const [item, range] of truck.highlights.fooditems) ranges.set(item, [...(ranges.get(item) ?? []), range]);
  const items = truck.items.map((item, index) => ({
    matches: ranges.has(index),
    isPast: truck.past.includes(item),
    content: highlightRanges(item, ranges.get(index) ?? []),
  }));
  const hiddenMatches = items.slice(ITEMS_IN_LINE).filter(({ matches }) => matches);
  return hiddenMatches.length === 0
    ? items
    : [...hiddenMatches, ...items.filter((one) => !hiddenMatches.includes(one))];
}

/** Dishes, and after a label those that are not on a current permit. */
export function joinItems(t: Translations, items: readonly HighlightedItem[]): TemplateResult {
  const past = items.filter(({ isPast }) => isPast);
  return html`${inOneLine(items.filter(({ isPast }) => !isPast))}${
    past.length === 0 ? nothing : html` <span class="past">${t.pastItems} ${inOneLine(past)}</span>`
  }`;
}

/** Each dish has its own writing direction. */
function inOneLine(items: readonly HighlightedItem[]): TemplateResult[] {
  return items.map(({ content }, index) => html`${index > 0 ? ' · ' : nothing}<bdi>${content}</bdi>`);
}

/** The permitted hours, or that they are unknown, as lines. */
export function hoursLines(t: Translations, branch: TruckBranch): string[] {
  if (branch.week.length === 0) return [valueOrNull(branch.hours) ?? t.hoursUnknown];
  const lines = t.hours(branch.week);
  return branch.hours_complete ? lines : [...lines, t.hoursIncomplete];
}

import { html, nothing, type TemplateResult } from 'lit-html';
import { guard } from 'lit-html/directives/guard.js';
import { repeat } from 'lit-html/directives/repeat.js';
import { badgeOf } from './badge.ts';
import { clockIcon, pinIcon } from './icons.ts';
import { marked } from './marked.ts';
import type { Session } from './screen.ts';
import type { Text } from './text.ts';
import { why } from './why.ts';
import { given, type Truck, type TruckBranch } from './wire.ts';

/** More dishes than this are folded away behind "& more". */
const ITEMS_SHOWN = 6;

/** The vendors that are found, in their order, the first ones drawn. */
export function list(session: Session, trucks: readonly Truck[]): TemplateResult {
  const { text, screen, actions } = session;
  const hidden = trucks.length - screen.rows;
  return html`
    ${rowsOf(session, trucks.slice(0, screen.rows))}
    ${hidden > 0 ? html`<button type="button" class="example more-rows" @click=${actions.moreRows}>${text.showMore(hidden)}</button>` : nothing}
  `;
}

/** Vendors as rows; they carry `data-vendor`, and each branch's button `data-branch`. */
export function rowsOf(session: Session, trucks: readonly Truck[]): TemplateResult {
  const { unfolded, view, rows, whys, narrowing, narrowed, alternatives } = session.screen;
  return html`<ol class="rows" aria-busy=${session.screen.finding.busy}>
    ${guard([narrowed, alternatives, narrowing?.minute, unfolded, view.place, rows, whys], () =>
      repeat(
        trucks,
        (truck) => truck.id,
        (truck) => row(session, truck),
      ),
    )}
  </ol>`;
}

function row(session: Session, truck: Truck): TemplateResult {
  const { text, screen, actions } = session;
  const allItems = screen.unfolded.has(`items ${truck.id}`);
  const allBranches = screen.unfolded.has(`branches ${truck.id}`);
  const items = highlighted(truck);
  const hidden = Math.max(0, items.length - ITEMS_SHOWN);
  const branches = allBranches ? truck.branches : truck.branches.slice(0, 1);
  const more = truck.branches.length - 1;
  return html`<li class="row" data-vendor=${truck.id}>
    <div class="row-head">
      <h3 class="name" dir="auto">${marked(truck.name, truck.highlights.name)}</h3>
      ${truck.distance_m === null ? nothing : html`<span class="distance">${text.distance(truck.distance_m)}</span>`}
    </div>
    <p class="items" dir="auto">
      ${items.length === 0 ? html`<span class="quiet">${text.noItems}</span>` : joined(allItems ? items : items.slice(0, ITEMS_SHOWN))}
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
        (branch, index) => branchButton(session, branch, index > 0),
      )}
    </ul>
    <div class="row-ways">
      ${
        more > 0
          ? html`<button type="button" class="link" aria-expanded=${allBranches} @click=${() => actions.unfold(`branches ${truck.id}`)}>
              ${allBranches ? text.fewerBranches : text.moreBranches(more)}
            </button>`
          : nothing
      }
      <button type="button" class="link is-quiet" aria-expanded=${screen.unfolded.has(`why ${truck.id}`)} @click=${() => actions.why(truck.id)}>${text.why}</button>
    </div>
    ${screen.unfolded.has(`why ${truck.id}`) ? why(session, truck) : nothing}
  </li>`;
}

function branchButton({ text, screen, actions }: Session, branch: TruckBranch, further: boolean): TemplateResult {
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
        <span class="branch-state">${badge({ text, screen }, branch)}${
          branch.status === 'approved'
            ? nothing
            : html`<span class="permit">${text.permitState(text.status(branch.status))}</span>`
        }</span>
        ${branch.week.length === 0 && !given(branch.hours) ? nothing : html`<span class="hours">${clockIcon}<span><span class="unseen">, ${text.permitted}: </span>${hoursLines(text, branch).join('; ')}</span></span>`}
      </span>
      ${further && branch.distance_m !== null ? html`<span class="distance">${text.distance(branch.distance_m)}</span>` : nothing}
    </button>
  </li>`;
}

/** Whether a branch is permitted to be open at the judged time. */
export function badge(
  { text, screen }: Pick<Session, 'text' | 'screen'>,
  branch: TruckBranch,
): TemplateResult | typeof nothing {
  if (!screen.narrowing) return nothing;
  const { state, words } = badgeOf(branch, screen.narrowing, text);
  return html`<span class="badge is-${state}">${words}</span>`;
}

/** Dishes with what matched marked; those that match lead. */
export function highlighted(truck: Truck): { key: number; content: ReturnType<typeof marked> }[] {
  const ranges = new Map<number, (readonly [number, number])[]>();
  for (const [item, range] of truck.highlights.fooditems) ranges.set(item, [...(ranges.get(item) ?? []), range]);
  const items = truck.items.map((item, key) => ({ key, content: marked(item, ranges.get(key) ?? []) }));
  const late = items.slice(ITEMS_SHOWN).filter(({ key }) => ranges.has(key));
  return late.length === 0 ? items : [...late, ...items.filter((one) => !late.includes(one))];
}

/** Dishes in a row, each in its own direction of writing. */
export function joined(items: ReturnType<typeof highlighted>): TemplateResult[] {
  return items.map(({ content }, index) => html`${index > 0 ? ' · ' : nothing}<bdi>${content}</bdi>`);
}

/** The hours as lines, or that they are unknown. */
export function hoursLines(text: Text, branch: TruckBranch): string[] {
  if (branch.week.length === 0) return [given(branch.hours) ?? text.hoursUnknown];
  const lines = text.hours(branch.week);
  return branch.hours_complete ? lines : [...lines, text.hoursCut];
}

import { html, nothing, type TemplateResult } from 'lit-html';
import { DAY } from '../../functions/model/hours/week.ts';
import { type Truck, type TruckBranch, valueOrNull } from '../api/types.ts';
import type { PageContext } from '../app/app-state.ts';
import { withPlace } from '../app/url-changes.ts';
import { calendarIcon, closeIcon, pinIcon, shareIcon, wayIcon } from './icons.ts';
import { directions, webLink } from './links.ts';
import { badge, highlighted, hoursLines, joined } from './result-list.ts';

/** What a marker's popup holds: everything about one branch. It never says that a truck is there. */
export function popup(session: PageContext, truck: Truck, branch: TruckBranch): TemplateResult {
  const { t, state, actions } = session;
  const address = valueOrNull(branch.address);
  const street = address ? t.street(address) : t.noAddress;
  const permit = webLink(branch.schedule);
  const out = outLink(session);
  return html`
    <div class="card-head">
      <h3 class="name" id="card-name" tabindex="-1" dir="auto">${truck.name}</h3>
      <button type="button" class="close" aria-label=${t.close} @click=${actions.dismissPopup}>${closeIcon}</button>
    </div>
    <p class="card-state">
      ${badge(session, branch)}
      ${branch.status === 'approved' ? nothing : html`<span class="permit">${t.permitState(t.status(branch.status))}</span>`}
    </p>
    <dl>
      <dt>${t.address}</dt>
      <dd dir="auto">
        ${street}
        ${branch.distance_m === null ? nothing : html`<span class="distance">${t.distance(branch.distance_m)}</span>`}
      </dd>
      <dt>${t.permitted}</dt>
      ${hoursLines(t, branch).map((line) => html`<dd>${line}</dd>`)}
    </dl>
    ${branch.week.length > 0 ? weekPicture(session, branch) : nothing}
    ${wayThere(session, branch)}
    <dl>
      <dt>${t.food}</dt>
      <dd dir="auto">${truck.items.length > 0 ? joined(highlighted(truck)) : t.noItems}</dd>
      ${
        branch.permit
          ? html`<dt>${t.permit}</dt>
              <dd>${branch.permit} ${branch.expires ? t.expires(branch.expires) : nothing}</dd>`
          : nothing
      }
    </dl>
    <p class="ways">
      ${branch.week.length > 0 ? html`<a class="way" href="/trucks/${encodeURIComponent(truck.id)}.ics" download>${calendarIcon}${t.calendar}</a>` : nothing}
      <button type="button" class="way link" @click=${() => actions.share(withPlace(state.urlState, branch.id), truck.name)}>${shareIcon}${t.share}</button>
      <button type="button" class="way link" @click=${() => actions.measureFrom(branch, { name: street, isIntersection: false })}>${pinIcon}${t.measureHere}</button>
      ${permit ? out(permit, t.permitLink) : nothing}
    </p>
    ${
      state.shareNotice
        ? html`<p class="shared" role="status">${state.shareNotice.words}${state.shareNotice.link ? html` <span class="shared-link">${state.shareNotice.link}</span>` : nothing}</p>`
        : nothing
    }
  `;
}

function outLink({ t }: PageContext) {
  return (href: string, words: string) =>
    html`<a class="way" href=${href} target="_blank" rel="noopener">${words}<span class="unseen"> (${t.newTab})</span></a>`;
}

function wayThere(session: PageContext, branch: TruckBranch): TemplateResult {
  const { t, touch } = session;
  const ways = directions(branch);
  const out = outLink(session);
  return html`<p class="ways">
    <a class="button" href=${ways.openStreetMap} target="_blank" rel="noopener"
      >${wayIcon}${t.directions}<span class="unseen"> (${t.directionsOsm}, ${t.newTab})</span></a
    >
    ${touch ? html`<a class="way" href=${ways.app}>${t.directionsApp}</a>` : nothing}
    ${out(ways.google, t.directionsGoogle)} ${out(ways.apple, t.directionsApple)}
  </p>`;
}

/** The week as seven strips with the permitted hours in them; the words above say the same. */
function weekPicture({ t, state }: PageContext, branch: TruckBranch): TemplateResult {
  const today = Math.floor((state.filter?.minute ?? 0) / DAY);
  return html`<div class="week" aria-hidden="true">
    ${[0, 1, 2, 3, 4, 5, 6].map(
      (day) => html`<span class="week-day ${day === today ? 'is-here' : ''}">${t.day(day)}</span>
        <svg class="week-strip" viewBox="0 0 ${DAY} 10" preserveAspectRatio="none">
          <path d=${`M0 5h${DAY}`}></path>
          <path class="week-open" d=${stripsOf(branch, day)}></path>
        </svg>`,
    )}
  </div>`;
}

/** The stretches of one day as lines from start to end; a night also shows in the morning after. */
function stripsOf({ week }: TruckBranch, day: number): string {
  return week
    .flatMap(([start, end]) =>
      [0, -7 * DAY].map((shift) => [start + shift - day * DAY, end + shift - day * DAY] as const),
    )
    .flatMap(([start, end]) => {
      const [from, to] = [Math.max(0, start), Math.min(DAY, end)];
      return from < to ? [`M${from} 5H${to}`] : [];
    })
    .join('');
}

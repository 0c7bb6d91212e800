import { html, nothing, type TemplateResult } from 'lit-html';
import { DAY, WEEK } from '../../functions/model/hours/week.ts';
import type { Truck, TruckBranch } from '../api/types.ts';
import type { PageContext } from '../app/app-state.ts';
import { withPlace } from '../app/url-changes.ts';
import { calendarIcon, closeIcon, directionsIcon, pinIcon, shareIcon } from './icons.ts';
import { directions, webLink } from './links.ts';
import { openBadge } from './open-badge.ts';
import { placeName } from './place-name.ts';
import { highlightItems, hoursLines, joinItems, permitBadge } from './result-list.ts';
import { shownDistance } from './shown-distance.ts';

/** The content of a marker's popup: everything about one branch. It never says that a truck is there now. */
export function popup(page: PageContext, truck: Truck, branch: TruckBranch): TemplateResult {
  const { t, state, actions } = page;
  const { name, details } = placeName(t, branch);
  const street = name ?? t.noAddress;
  const items = highlightItems(truck);
  const permit = webLink(branch.schedule);
  return html`
    <div class="card-head">
      <h3 class="name" id="card-name" tabindex="-1" dir="auto">${truck.name}</h3>
      <button type="button" class="close" aria-label=${t.close} @click=${actions.dismissPopup}>${closeIcon}</button>
    </div>
    <p class="card-state">
      ${openBadge(page, branch)}
      ${permitBadge(page, branch)}
    </p>
    <dl>
      <dt>${t.address}</dt>
      <dd dir="auto">
        ${street}
        ${branch.distance_m === null ? nothing : html`<span class="distance">${shownDistance(page, branch.distance_m)}</span>`}
      </dd>
      ${details ? html`<dd class="quiet" dir="auto">${details}</dd>` : nothing}
      <dt>${t.permitted}</dt>
      ${hoursLines(t, branch).map((line) => html`<dd>${line}</dd>`)}
    </dl>
    ${branch.week.length > 0 ? weekStrips(page, branch) : nothing}
    ${directionLinks(page, branch)}
    <dl>
      <dt>${t.food}</dt>
      <dd dir="auto">${items.length > 0 ? joinItems(t, items) : t.noItems}</dd>
      ${
        branch.permit
          ? html`<dt>${t.permit}</dt>
              <dd>${branch.permit} ${branch.expires ? t.expires(branch.expires) : nothing}</dd>`
          : nothing
      }
    </dl>
    <p class="actions">
      ${branch.week.length > 0 ? html`<a class="action" href="/trucks/${encodeURIComponent(truck.id)}.ics" download>${calendarIcon}${t.calendar}</a>` : nothing}
      <button type="button" class="action link" @click=${() => actions.share(withPlace(state.urlState, branch.id), truck.name)}>${shareIcon}${t.share}</button>
      <button type="button" class="action link" @click=${() => actions.measureFrom(branch, { name: street })}>${pinIcon}${t.measureHere}</button>
      ${permit ? externalLink(page, permit, t.permitLink) : nothing}
    </p>
    ${
      state.shareNotice
        ? html`<p class="share-notice" role="status">${state.shareNotice.words}${state.shareNotice.link ? html` <span class="share-link">${state.shareNotice.link}</span>` : nothing}</p>`
        : nothing
    }
  `;
}

function externalLink({ t }: PageContext, href: string, label: string): TemplateResult {
  return html`<a class="action" href=${href} target="_blank" rel="noopener">${label}<span class="unseen"> (${t.newTab})</span></a>`;
}

function directionLinks(page: PageContext, branch: TruckBranch): TemplateResult {
  const { t, touch } = page;
  const { openStreetMap, google, apple, app } = directions(branch);
  return html`<p class="actions">
    <a class="button" href=${openStreetMap} target="_blank" rel="noopener"
      >${directionsIcon}${t.directions}<span class="unseen"> (${t.directionsOsm}, ${t.newTab})</span></a
    >
    ${touch ? html`<a class="action" href=${app}>${t.directionsApp}</a>` : nothing}
    ${externalLink(page, google, t.directionsGoogle)} ${externalLink(page, apple, t.directionsApple)}
  </p>`;
}

/** The permitted hours as seven strips, hidden from screen readers because the text above says the same. */
function weekStrips({ t, state }: PageContext, branch: TruckBranch): TemplateResult {
  const today = Math.floor((state.filter?.minute ?? 0) / DAY);
  return html`<div class="week" aria-hidden="true">
    ${[0, 1, 2, 3, 4, 5, 6].map(
      (day) => html`<span class="week-day ${day === today ? 'is-here' : ''}">${t.day(day)}</span>
        <svg class="week-strip" viewBox="0 0 ${DAY} 10" preserveAspectRatio="none">
          <path d=${`M0 5h${DAY}`}></path>
          <path class="week-open" d=${linesOf(branch, day)}></path>
        </svg>`,
    )}
  </div>`;
}

/** An SVG path with a line for each permitted period of a day; a period past midnight continues on the next day. */
function linesOf({ week }: TruckBranch, day: number): string {
  return week
    .flatMap(([start, end]) => [0, -WEEK].map((shift) => [start + shift - day * DAY, end + shift - day * DAY] as const))
    .flatMap(([start, end]) => {
      const [from, to] = [Math.max(0, start), Math.min(DAY, end)];
      return from < to ? [`M${from} 5H${to}`] : [];
    })
    .join('');
}

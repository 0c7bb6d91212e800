import { html, nothing, type TemplateResult } from 'lit-html';
import { DAY } from '../functions/model/week.ts';
import { calendarIcon, closeIcon, pinIcon, shareIcon, wayIcon } from './icons.ts';
import { directions, webLink } from './link.ts';
import { badge, highlighted, hoursLines, joined } from './list.ts';
import type { Session } from './screen.ts';
import { withPlace } from './steps.ts';
import { given, type Truck, type TruckBranch } from './wire.ts';

/** What a marker's popup holds: everything about one branch. It never says that a truck is there. */
export function card(session: Session, truck: Truck, branch: TruckBranch): TemplateResult {
  const { text, screen, actions } = session;
  const address = given(branch.address);
  const street = address ? text.street(address) : text.noAddress;
  const permit = webLink(branch.schedule);
  const out = outLink(session);
  return html`
    <div class="card-head">
      <h3 class="name" id="card-name" tabindex="-1" dir="auto">${truck.name}</h3>
      <button type="button" class="close" aria-label=${text.close} @click=${actions.dismiss}>${closeIcon}</button>
    </div>
    <p class="card-state">
      ${badge(session, branch)}
      ${branch.status === 'approved' ? nothing : html`<span class="permit">${text.permitState(text.status(branch.status))}</span>`}
    </p>
    <dl>
      <dt>${text.address}</dt>
      <dd dir="auto">
        ${street}
        ${branch.distance_m === null ? nothing : html`<span class="distance">${text.distance(branch.distance_m)}</span>`}
      </dd>
      <dt>${text.permitted}</dt>
      ${hoursLines(text, branch).map((line) => html`<dd>${line}</dd>`)}
    </dl>
    ${branch.week.length > 0 ? weekPicture(session, branch) : nothing}
    ${wayThere(session, branch)}
    <dl>
      <dt>${text.food}</dt>
      <dd dir="auto">${truck.items.length > 0 ? joined(highlighted(truck)) : text.noItems}</dd>
      ${
        branch.permit
          ? html`<dt>${text.permit}</dt>
              <dd>${branch.permit} ${branch.expires ? text.expires(branch.expires) : nothing}</dd>`
          : nothing
      }
    </dl>
    <p class="ways">
      ${branch.week.length > 0 ? html`<a class="way" href="/trucks/${encodeURIComponent(truck.id)}.ics" download>${calendarIcon}${text.calendar}</a>` : nothing}
      <button type="button" class="way link" @click=${() => actions.share(withPlace(screen.view, branch.id), truck.name)}>${shareIcon}${text.share}</button>
      <button type="button" class="way link" @click=${() => actions.measureFrom(branch, { named: street, corner: false })}>${pinIcon}${text.measureHere}</button>
      ${permit ? out(permit, text.permitLink) : nothing}
    </p>
    ${
      screen.shared
        ? html`<p class="shared" role="status">${screen.shared.words}${screen.shared.link ? html` <span class="shared-link">${screen.shared.link}</span>` : nothing}</p>`
        : nothing
    }
  `;
}

function outLink({ text }: Session) {
  return (href: string, words: string) =>
    html`<a class="way" href=${href} target="_blank" rel="noopener">${words}<span class="unseen"> (${text.newTab})</span></a>`;
}

function wayThere(session: Session, branch: TruckBranch): TemplateResult {
  const { text, touch } = session;
  const ways = directions(branch);
  const out = outLink(session);
  return html`<p class="ways">
    <a class="button" href=${ways.openStreetMap} target="_blank" rel="noopener"
      >${wayIcon}${text.directions}<span class="unseen"> (${text.directionsOsm}, ${text.newTab})</span></a
    >
    ${touch ? html`<a class="way" href=${ways.app}>${text.directionsApp}</a>` : nothing}
    ${out(ways.google, text.directionsGoogle)} ${out(ways.apple, text.directionsApple)}
  </p>`;
}

/** The week as seven strips with the permitted hours in them; the words above say the same. */
function weekPicture({ text, screen }: Session, branch: TruckBranch): TemplateResult {
  const today = Math.floor((screen.narrowing?.minute ?? 0) / DAY);
  return html`<div class="week" aria-hidden="true">
    ${[0, 1, 2, 3, 4, 5, 6].map(
      (day) => html`<span class="week-day ${day === today ? 'is-here' : ''}">${text.day(day)}</span>
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

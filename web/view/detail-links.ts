import { html, nothing, type TemplateResult } from 'lit-html';
import type { PageContext } from '../app/app-state.ts';
import type { ShownPlace } from '../app/shown-place.ts';
import { calendarIcon, pinIcon } from './icons.ts';
import { calendarPath, directions, webLink } from './links.ts';
import { placeName } from './place-name.ts';

/** The less frequent links and actions of the detail: calendars, other maps, distances, the permit, a report to the city. */
export function detailLinks(page: PageContext, { truck, branch }: ShownPlace): TemplateResult {
  const { t, state, actions, touch } = page;
  const { google, apple, app } = directions(branch);
  const permit = webLink(branch.schedule);
  const report = webLink(state.meta?.city.report_url ?? '');
  const name = placeName(t, branch).name ?? t.noAddress;
  return html`
    ${calendars(page, { truck, branch })}
    <p class="actions">
      ${touch ? html`<a class="action" href=${app}>${t.directionsApp}</a>` : nothing}
      ${externalLink(page, google, t.directionsGoogle)} ${externalLink(page, apple, t.directionsApple)}
      <button type="button" class="action link" @click=${() => actions.measureFrom(branch, { name })}>${pinIcon}${t.measureHere}</button>
    </p>
    <p class="actions">
      ${permit ? externalLink(page, permit, t.permitLink) : nothing}
      ${report ? externalLink(page, report, t.reportProblem) : nothing}
    </p>
  `;
}

/** The calendar has approved places with known hours; where the vendor has several, the labels say which. */
function calendars({ t }: PageContext, { truck, branch }: ShownPlace): TemplateResult | typeof nothing {
  const places = truck.branches.filter(({ week, status }) => week.length > 0 && status === 'approved');
  if (places.length === 0) return nothing;
  const hasThis = places.includes(branch);
  return html`<p class="actions">
    ${hasThis ? calendarLink(calendarPath(truck.id, branch.id), truck.branches.length > 1 ? t.calendarPlace : t.calendar) : nothing}
    ${places.length > 1 || !hasThis ? calendarLink(calendarPath(truck.id), t.calendarAll) : nothing}
  </p>`;
}

function calendarLink(href: string, label: string): TemplateResult {
  return html`<a class="action" href=${href} download>${calendarIcon}${label}</a>`;
}

function externalLink({ t }: PageContext, href: string, label: string): TemplateResult {
  return html`<a class="action" href=${href} target="_blank" rel="noopener">${label}<span class="unseen"> (${t.newTab})</span></a>`;
}

import { html, nothing, type TemplateResult } from 'lit-html';
import { DAY } from '../../functions/model/hours/week.ts';
import type { PageContext } from '../app/app-state.ts';
import type { ShownPlace } from '../app/shown-place.ts';
import { withPlace } from '../app/url-changes.ts';
import { detailLinks } from './detail-links.ts';
import { detailPlaces } from './detail-places.ts';
import { favouriteButton } from './favourite-button.ts';
import { closeIcon, directionsIcon, shareIcon } from './icons.ts';
import { directions } from './links.ts';
import { openBadge, openStatus } from './open-badge.ts';
import { permitBadge } from './permit-badge.ts';
import { placeName } from './place-name.ts';
import { highlightItems, hoursLines, joinItems } from './result-list.ts';
import { shownDistance } from './shown-distance.ts';
import { weekChart } from './week-chart.ts';

/** Everything about a vendor at one of its places. It never says that a truck is there now. */
export function detail(page: PageContext, { truck, branch }: ShownPlace): TemplateResult {
  const { t } = page;
  const { details } = placeName(t, branch);
  const items = highlightItems(truck);
  return html`
    ${head(page, { truck, branch })}
    ${details ? html`<p class="detail-note quiet" dir="auto">${details}</p>` : nothing}
    ${truck.branches.length > 1 ? detailPlaces(page, { truck, branch }) : nothing}
    <section>
      <h3>${t.permitted}</h3>
      ${hoursLines(t, branch).map((line) => html`<p>${line}</p>`)}
      ${branch.week.length > 0 ? weekChart(page, branch) : nothing}
    </section>
    ${
      items.length > 0 || t.noItems
        ? html`<section>
            <h3>${t.food}</h3>
            <p dir="auto">${items.length > 0 ? joinItems(t, items) : t.noItems}</p>
          </section>`
        : nothing
    }
    ${
      branch.permit
        ? html`<section>
            <h3>${t.permit}</h3>
            <p>${branch.permit} ${branch.expires ? t.expires(branch.expires) : nothing}</p>
          </section>`
        : nothing
    }
    ${detailLinks(page, { truck, branch })}
  `;
}

/** What fits on a phone's first screen: the name, the open state, where it is, and what to do about it. */
function head(page: PageContext, { truck, branch }: ShownPlace): TemplateResult {
  const { t, state, actions } = page;
  return html`
    <div class="detail-title">
      <h2 class="name" id="detail-name" tabindex="-1" dir="auto">${truck.name}</h2>
      ${favouriteButton(page, truck)}
      <button type="button" class="close" aria-label=${t.close} @click=${actions.closeDetail}>${closeIcon}</button>
    </div>
    <p class="detail-state">${openState(page, branch)} ${permitBadge(page, branch, 'long')}</p>
    <p class="detail-place">
      <span dir="auto">${placeName(t, branch).name ?? t.noAddress}</span>
      ${branch.distance_m === null ? nothing : html`<span class="distance">${shownDistance(page, branch.distance_m)}</span>`}
    </p>
    <p class="detail-actions">
      <a class="button" href=${directions(branch).openStreetMap} target="_blank" rel="noopener"
        >${directionsIcon}${t.directions}<span class="unseen"> (${t.directionsOsm}, ${t.newTab})</span></a
      >
      <button type="button" class="example" @click=${() => actions.share(withPlace(state.urlState, branch.id), truck.name)}>${shareIcon}${t.share}</button>
    </p>
    ${
      state.shareNotice
        ? html`<p class="share-notice" role="status">${state.shareNotice.words}${state.shareNotice.link ? html` <span class="share-link">${state.shareNotice.link}</span>` : nothing}</p>`
        : nothing
    }
  `;
}

/** The open state; at a chosen time, that time too. */
function openState(page: PageContext, branch: ShownPlace['branch']): TemplateResult | typeof nothing {
  const { t, state } = page;
  const { filter, urlState } = state;
  if (!filter || urlState.search.open_at === undefined) return openBadge(page, branch);
  const { state: open, label } = openStatus(branch, filter, t);
  const time = t.stateAt(open, t.day(Math.floor(filter.minute / DAY), 'long'), t.clock(filter.minute));
  return html`<span class="badge is-${open}">${time}</span> <span class="quiet">${label}</span>`;
}

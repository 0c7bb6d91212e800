import { html, nothing, type TemplateResult } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import type { Failure } from './api.ts';
import { cartPicture, closeIcon } from './icons.ts';
import { webLink } from './link.ts';
import { list } from './list.ts';
import type { Session } from './session.ts';
import { isIdle, type SearchName, withAnyStatus, withOrigin, without, withSort, withText } from './state.ts';
import type { SearchAnswer } from './wire.ts';

/** Parameters of a link that have no control of their own, and so are shown as what can be taken away. */
const LINK_ONLY = ['radius', 'bbox', 'limit'] as const satisfies readonly SearchName[];
const ORDERS = ['best', 'distance', 'name'];

/** Everything below the search form: notices, the controls of the answer, and the state that the search is in. */
export function panel(session: Session): TemplateResult {
  const { text, screen, actions } = session;
  const { finding, meta, newer, refusal } = screen;
  const idle = isIdle(screen.view) && !finding.answer;
  const found = finding.answer?.trucks.length ?? 0;
  return html`
    <div class="progress ${finding.slow ? 'is-on' : ''}"></div>
    ${meta?.meta.origin === 'sample' ? html`<p class="notice is-sample">${text.sample}</p>` : nothing}
    ${newer ? html`<p class="notice" role="status">${text.newer}</p>` : nothing}
    ${refusal ? html`<p class="notice is-bad" role="alert">${text.refusals[refusal]}</p>` : nothing}
    ${
      screen.metaFailed
        ? html`<p class="notice is-bad">${text.metaFailed} <button type="button" class="link" @click=${actions.retryMeta}>${text.retry}</button></p>`
        : nothing
    }
    <h2 class="unseen">${text.resultsHeading}</h2>
    <div class="bar">
      <p class="summary ${found > 0 ? '' : 'unseen'}" role="status">${summary(session)}</p>
      ${found > 0 ? order(session) : nothing}
    </div>
    ${idle ? nothing : filters(session)}
    ${body(session, idle)}
  `;
}

function summary({ text, screen: { finding } }: Session): string {
  if (finding.failure) return text.failures[finding.failure.kind].heading;
  if (!finding.answer) return finding.slow ? text.searching : '';
  const { hits, locations, trucks, query } = finding.answer;
  if (trucks.length === 0) return text.emptyHeading(query.q);
  const found = text.found(hits, locations);
  return trucks.length < hits ? `${found}. ${text.cut(trucks.length)}` : found;
}

function body(session: Session, idle: boolean): TemplateResult | typeof nothing {
  const { finding } = session.screen;
  if (finding.failure) return failed(session, finding.failure);
  if (finding.answer)
    return finding.answer.trucks.length > 0 ? list(session, finding.answer) : empty(session, finding.answer);
  if (idle) return welcome(session);
  return finding.slow ? skeleton() : nothing;
}

function order({ text, screen, actions }: Session): TemplateResult {
  const { lat, lon, sort = 'best' } = screen.view.search;
  const located = lat !== undefined && lon !== undefined;
  return html`
    <select
      class="order"
      aria-label=${text.sortLabel}
      @change=${(event: Event) => actions.go(withSort(screen.view, (event.target as HTMLSelectElement).value))}
    >
      ${ORDERS.map(
        (
          name,
        ) => html`<option value=${name} ?disabled=${name === 'distance' && !located} .selected=${live(name === sort)}>
          ${text.sorts[name]}
        </option>`,
      )}
    </select>
  `;
}

function filters({ text, screen, actions }: Session): TemplateResult {
  const { view, originIsMe } = screen;
  const { lat, lon, status } = view.search;
  const located = lat !== undefined && lon !== undefined;
  const origin = located ? (originIsMe ? text.fromHere : text.fromPoint(lat, lon)) : null;
  const chip = (words: string, next: () => void) => html`
    <li class="chip"><span>${words}</span
      ><button type="button" aria-label=${text.remove(words)} @click=${next}>${closeIcon}</button></li>`;
  const otherStatus = status !== undefined && status !== 'any' && status !== 'approved';
  const chips = [
    ...(origin ? [chip(origin, () => actions.go(withOrigin(view, null)))] : []),
    ...(otherStatus ? [chip(text.permitState(status), () => actions.go(withAnyStatus(view, false)))] : []),
    ...LINK_ONLY.flatMap((name) => {
      const value = view.search[name];
      return value ? [chip(text.filter(name, value), () => actions.go(without(view, name)))] : [];
    }),
  ];
  return html`
    <label class="check">
      <input
        type="checkbox"
        .checked=${live(status === 'any')}
        @change=${(event: Event) => actions.go(withAnyStatus(view, (event.target as HTMLInputElement).checked))}
      />
      <span>${text.anyStatus}</span>
    </label>
    ${chips.length > 0 ? html`<ul class="chips">${chips}</ul>` : nothing}
  `;
}

function examples({ text, screen, actions }: Session): TemplateResult {
  return html`<ul class="examples">
    ${text.examples.map(
      (word) =>
        html`<li><a class="example" href=${actions.link(withText(screen.view, word))} @click=${actions.follow}>${word}</a></li>`,
    )}
  </ul>`;
}

function welcome(session: Session): TemplateResult {
  const { text, screen, actions } = session;
  return html`
    <div class="state is-welcome">
      ${cartPicture}
      <h3>${text.idleHeading}</h3>
      <p>${text.idleIntro(screen.meta?.city.name ?? null, screen.meta?.counts ?? null, screen.meta?.meta.origin === 'sample')}</p>
      <p class="quiet">${text.idleTry}</p>
      ${examples(session)}
      <p><a class="all" href=${actions.link(withAnyStatus(screen.view, false))} @click=${actions.follow}>${text.showAll}</a></p>
    </div>
  `;
}

function empty(session: Session, { query }: SearchAnswer): TemplateResult {
  const { text, screen, actions } = session;
  return html`
    <div class="state">
      <h3>${text.emptyHeading(query.q)}</h3>
      <p>${text.emptyHelp}</p>
      ${examples(session)}
      ${
        query.status === 'any'
          ? nothing
          : html`<p><a class="button" href=${actions.link(withAnyStatus(screen.view, true))} @click=${actions.follow}>${text.emptyAny}</a></p>`
      }
      <p><a class="link" href="/" @click=${actions.follow}>${text.clear}</a></p>
    </div>
  `;
}

function failed({ text, actions }: Session, failure: Failure): TemplateResult {
  const { heading, help } = text.failures[failure.kind];
  return html`
    <div class="state is-failure">
      <h3>${heading}</h3>
      <p>${help}</p>
      ${failure.faults.length > 0 ? html`<ul class="faults">${failure.faults.map((fault) => html`<li>${fault}</li>`)}</ul>` : nothing}
      ${failure.requestId ? html`<p class="quiet">${text.requestId(failure.requestId)}</p>` : nothing}
      <p class="ways">
        ${failure.kind === 'refused' ? nothing : html`<button class="button" type="button" @click=${actions.retry}>${text.retry}</button>`}
        <a class=${failure.kind === 'refused' ? 'button' : 'link'} href="/" @click=${actions.follow}>${text.clear}</a>
      </p>
    </div>
  `;
}

function skeleton(): TemplateResult {
  return html`<div class="rows is-skeleton" aria-hidden="true">${[0, 1, 2, 3].map(() => html`<div class="row"><i></i><i></i><i></i></div>`)}</div>`;
}

/** The page's foot: whose data it is, how old, on what terms, and what a permit means. */
export function foot({ text, screen: { meta } }: Session): TemplateResult {
  if (!meta) return html`<p>${text.honest}</p>`;
  const { attribution } = meta;
  const sample = meta.meta.origin === 'sample';
  const source = webLink(attribution.url);
  const licence = webLink(attribution.licenseUrl);
  return html`
    <p>${text.honest}</p>
    <p>
      ${sample ? text.sample : text.asOf(meta.meta.as_of)}
      · ${sample ? text.realSource : text.source}: ${source ? html`<a href=${source} rel="noopener">${attribution.text}</a>` : attribution.text}
      · ${text.licence}: ${licence ? html`<a href=${licence} rel="noopener">${attribution.license}</a>` : attribution.license}
    </p>
  `;
}

import { html, nothing, type TemplateResult } from 'lit-html';
import { live } from 'lit-html/directives/live.js';
import type { Failure } from './api.ts';
import { active, chips, filters, unfiltered, whenControl } from './filters.ts';
import { cartPicture } from './icons.ts';
import { list, rowsOf } from './list.ts';
import { narrow, readNarrowing } from './narrow.ts';
import type { Session } from './screen.ts';
import { isIdle } from './state.ts';
import { homeOf, withAnyStatus, withSort, withText, withWhen } from './steps.ts';
import type { SearchAnswer } from './wire.ts';

const ORDERS = ['best', 'distance', 'name'];
/** Data older than this is said to be old, days. */
const OLD_DAYS = 90;

/** Everything below the search form: notices, the controls of the answer, and the state that the search is in. */
export function panel(session: Session): TemplateResult {
  const { screen } = session;
  const { finding, narrowed } = screen;
  const idle = isIdle(screen.view) && !finding.answer;
  const found = narrowed?.hits ?? 0;
  // Its line is there from the start, so that nothing moves when the answer comes.
  const awaited = !idle && !finding.answer && !finding.failure;
  return html`
    <div class="progress ${finding.slow ? 'is-on' : ''}"></div>
    <h2 class="unseen">${session.text.resultsHeading}</h2>
    <p class="summary ${found > 0 || awaited ? '' : 'unseen'}" role="status">${summary(session)}</p>
    ${
      idle || finding.failure
        ? nothing
        : html`${whenControl(session)}
            <div class="tools">${filters(session)} ${order(session)}</div>`
    }
    ${idle ? nothing : html`${chips(session)} ${notices(session)} ${loosened(session)}`}
    ${body(session, idle)}
    ${idle ? notices(session) : nothing}
  `;
}

function notices({ text, screen, actions }: Session): TemplateResult {
  const { newer, refusal, metaFailed, finding } = screen;
  // The answer says it too: nothing must be pushed down when the rest comes.
  const about = finding.answer?.meta ?? screen.meta?.meta;
  const days = about ? (Date.parse(about.now) - Date.parse(about.as_of)) / 86_400_000 : 0;
  return html`
    ${about?.origin === 'sample' ? html`<p class="notice is-sample">${text.sample}</p>` : nothing}
    ${about && about.origin !== 'sample' && days > OLD_DAYS ? html`<p class="notice">${text.old(about.as_of)}</p>` : nothing}
    ${finding.saved ? html`<p class="notice is-saved" role="status">${text.saved(text.date(finding.saved))}</p>` : nothing}
    ${newer ? html`<p class="notice" role="status">${text.newer}</p>` : nothing}
    ${refusal ? html`<p class="notice is-bad" role="alert">${text.refusals[refusal]}</p>` : nothing}
    ${
      metaFailed
        ? html`<p class="notice is-bad">${text.metaFailed} <button type="button" class="link" @click=${actions.retryMeta}>${text.retry}</button></p>`
        : nothing
    }
  `;
}

function summary({ text, screen: { finding, narrowed, narrowing, view } }: Session): string {
  if (finding.failure) return text.failures[finding.failure.kind].heading;
  if (!finding.answer || !narrowed) return finding.slow ? text.searching : '';
  const { query } = finding.answer;
  if (narrowed.hits === 0) return finding.answer.hits > 0 ? text.narrowedAway : text.emptyHeading(query.q);
  const { hits, locations, trucks, states } = narrowed;
  const radius = Number(view.search.radius);
  const found = [text.found(hits, locations), ...(radius > 0 ? [text.foundWithin(text.distance(radius))] : [])].join(
    ' ',
  );
  const timed = narrowing?.forMinutes != null && states.unknown > 0;
  return [
    timed ? `${found}: ${text.openThen(states.open)}, ${text.unknownThen(states.unknown)}` : found,
    ...(trucks.length < hits ? [text.cut(trucks.length)] : []),
  ].join('. ');
}

/** What the API had to give up to find anything: nobody must think that this is what was asked. */
function loosened({ text, screen: { finding, view, narrowed, narrowing }, actions }: Session): TemplateResult {
  const relaxed = finding.answer?.relaxed ?? [];
  const metres = (param: string, value: string | null) =>
    param === 'radius' && value ? text.distance(Number(value)) : value;
  const dark = narrowing?.forMinutes != null && narrowed !== null && narrowed.hits > 0 && narrowed.states.open === 0;
  return html`
    ${
      relaxed.length === 0
        ? nothing
        : html`<p class="notice is-relaxed" role="status">${relaxed
            .map(({ param, from, to }) => text.relaxed(param, metres(param, from) ?? '', metres(param, to)))
            .join(' ')}</p>`
    }
    ${
      dark
        ? html`<p class="notice is-dark">${text.nobodyKnows}
            ${view.search.status === 'any' ? nothing : html`<a class="link" href=${actions.link(withAnyStatus(view, true))} @click=${actions.follow}>${text.emptyAny}</a>`}
          </p>`
        : nothing
    }
  `;
}

function body(session: Session, idle: boolean): TemplateResult | typeof nothing {
  const { finding, narrowed } = session.screen;
  if (finding.failure) return failed(session, finding.failure);
  if (finding.answer && narrowed) {
    if (narrowed.hits > 0) return list(session, narrowed.trucks);
    return finding.answer.hits > 0 ? narrowedAway(session, finding.answer) : empty(session, finding.answer);
  }
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
      <p class="intro">${text.idleIntro(screen.meta?.city.name ?? null, screen.meta?.counts ?? null, screen.meta?.meta.origin === 'sample')}</p>
      <p class="quiet">${text.idleTry}</p>
      ${examples(session)}
      <p class="ways">
        <a class="button" href=${actions.link(withWhen(screen.view, 'now'))} @click=${actions.follow}>${text.showOpen}</a>
        <a class="all" href=${actions.link(withAnyStatus(screen.view, false))} @click=${actions.follow}>${text.showAll}</a>
      </p>
    </div>
  `;
}

/** Something was found, but the filters leave none of it: which of them to take away, and what is nearest to what was asked. */
function narrowedAway(session: Session, answer: SearchAnswer): TemplateResult {
  const { text, screen, actions } = session;
  const { alternatives, narrowing, partial } = screen;
  const clock = { zone: answer.meta.timezone, now: Date.now() };
  const ways = active(session)
    .filter(({ widens }) => widens)
    .map((way) => ({ ...way, hits: partial ? 0 : narrow(answer, readNarrowing(way.next.search, clock)).hits }))
    .filter(({ hits }) => hits > 0);
  const timed = narrowing?.forMinutes != null;
  return html`
    <div class="state is-narrowed">
      <h3>${timed && alternatives.length > 0 ? text.noneOpen(text.weekTime(narrowing.minute)) : text.narrowedAway}</h3>
      ${ways.map(
        ({ words, next, hits }) =>
          html`<a class="example" href=${actions.link(next)} @click=${actions.follow}>${text.without(words, hits)}</a>`,
      )}
      <p class="ways">
        <a class="button" href=${actions.link(unfiltered(session))} @click=${actions.follow}>${text.clearFilters}</a>
        ${
          screen.view.search.status === 'any'
            ? nothing
            : html`<a class="link" href=${actions.link(withAnyStatus(screen.view, true))} @click=${actions.follow}>${text.emptyAny}</a>`
        }
      </p>
    </div>
    ${alternatives.length > 0 ? html`<h3 class="next">${text.opensNext}</h3>${rowsOf(session, alternatives)}` : nothing}
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
      <p><a class="link" href=${actions.link(homeOf(screen.view))} @click=${actions.follow}>${text.clear}</a></p>
    </div>
  `;
}

function failed({ text, screen, actions }: Session, failure: Failure): TemplateResult {
  const { heading, help } = text.failures[failure.kind];
  return html`
    <div class="state is-failure">
      <h3>${heading}</h3>
      <p>${help}</p>
      ${failure.faults.length > 0 ? html`<ul class="faults" lang="en">${failure.faults.map((fault) => html`<li>${fault}</li>`)}</ul>` : nothing}
      ${failure.requestId ? html`<p class="quiet">${text.requestId(failure.requestId)}</p>` : nothing}
      <p class="ways">
        ${failure.kind === 'refused' ? nothing : html`<button class="button" type="button" @click=${actions.retry}>${text.retry}</button>`}
        <a class=${failure.kind === 'refused' ? 'button' : 'link'} href=${actions.link(homeOf(screen.view))} @click=${actions.follow}>${text.clear}</a>
      </p>
    </div>
  `;
}

function skeleton(): TemplateResult {
  return html`<div class="rows is-skeleton" aria-hidden="true">${[0, 1, 2, 3].map(() => html`<div class="row"><i></i><i></i><i></i></div>`)}</div>`;
}

import { html, nothing, type TemplateResult } from 'lit-html';
import { isUndated } from '../../functions/model/release.ts';
import { MOST_REQUIRED } from '../../functions/model/text/parsed-query.ts';
import type { PageContext } from '../app/app-state.ts';
import { surplusWords } from '../app/question-parts.ts';
import { withAnyStatus, withExactWords } from '../app/url-changes.ts';
import { isTrue } from '../app/url-state.ts';
import { chevronIcon } from './icons.ts';
import { pageLink } from './page-link.ts';

/** A notice says that the data is old if it is older than this. */
const STALE_DAYS = 90;

type Notice = { readonly kind: string; readonly text: string; readonly action?: TemplateResult };

/** What the user has to act on, in full; everything else about the results and the data as one line that opens. */
export function notices(page: PageContext): TemplateResult {
  const { t, state, actions } = page;
  return html`
    ${state.metaFailed ? retryNotice(t.metaFailed, actions.retryMeta, t) : nothing}
    ${state.mapFailed ? retryNotice(t.mapFailed, actions.retryMap, t) : nothing}
    <div role="status">
      ${state.isServerDown ? html`<p class="notice-line is-own">${t.ownSearch}</p>` : nothing}
      ${oneLine([...searchNotices(page), ...dataNotices(page)])}
    </div>
  `;
}

function retryNotice(text: string, retry: () => void, t: PageContext['t']): TemplateResult {
  return html`<p class="notice is-bad" role="alert">${text} <button type="button" class="link" @click=${retry}>${t.retry}</button></p>`;
}

/** The first notice, cut where the line ends; opened, it is complete, and the others follow. */
function oneLine([first, ...others]: readonly Notice[]): TemplateResult | typeof nothing {
  if (!first) return nothing;
  return html`<div class="notice-line">
    <details class="notice is-${first.kind}">
      <summary>
        <span class="notice-text">${first.text}</span>
        ${others.length > 0 ? html`<span class="count">+${others.length}</span>` : nothing}${chevronIcon}
      </summary>
      ${others.map(({ kind, text, action }) => html`<p class="notice-more is-${kind}">${text} ${action}</p>`)}
    </details>
    ${first.action}
  </div>`;
}

/** About what was searched for: how the question was shortened and relaxed, and whether opening hours are known. */
function searchNotices(page: PageContext): Notice[] {
  const { t } = page;
  const { searchStatus, urlState, understood, filtered, filter, partial } = page.state;
  const { relaxed = [] } = searchStatus.answer ?? {};
  const surplus = isTrue(urlState.search.strict) ? [] : surplusWords(understood);
  const formatValue = (param: string, value: string | null) =>
    param === 'radius' && value ? t.distance(Number(value)) : value;
  const relaxedText = relaxed
    .map(({ param, from, to }) => t.relaxed(param, formatValue(param, from) ?? '', formatValue(param, to)))
    .join(' ');
  const exact = pageLink(page, { className: 'link', urlState: withExactWords(urlState, true), label: t.exactWords });
  const anyStatus = pageLink(page, { className: 'link', urlState: withAnyStatus(urlState, true), label: t.anyPermit });
  const { place } = urlState;
  const isPlaceGone =
    place && !partial && !searchStatus.answer?.trucks.some(({ branches }) => branches.some(({ id }) => id === place));
  const allHoursUnknown =
    filter?.openForMinutes != null && filtered !== null && filtered.hits > 0 && filtered.states.open === 0;
  return [
    ...(isPlaceGone && filtered ? [{ kind: 'gone', text: t.placeGone }] : []),
    ...(relaxed.length === 0
      ? []
      : [
          {
            kind: 'relaxed',
            text: relaxedText,
            ...(relaxed.some(({ param }) => param === 'q') ? { action: exact } : {}),
          },
        ]),
    ...(allHoursUnknown
      ? [
          {
            kind: 'dark',
            text: t.allHoursUnknown,
            ...(urlState.search.status === 'any' || !t.anyPermit ? {} : { action: anyStatus }),
          },
        ]
      : []),
    ...(understood.some(({ as }) => as === 'excluded') ? [{ kind: 'exclusion', text: t.exclusionNote }] : []),
    ...(surplus.length === 0
      ? []
      : [{ kind: 'surplus', text: t.surplus(MOST_REQUIRED, surplus.join(t.separators.list)) }]),
  ];
}

/** About the data and the connection. */
function dataNotices({ t, state }: PageContext): Notice[] {
  const { hasNewerData, searchStatus, meta } = state;
  // From the answer if it came before the metadata, which then pushes nothing down.
  const data = searchStatus.answer?.meta ?? meta?.meta;
  const days = data ? (Date.parse(data.now) - Date.parse(data.as_of)) / 86_400_000 : 0;
  return [
    ...(searchStatus.savedAt ? [{ kind: 'saved', text: t.saved(t.date(searchStatus.savedAt)) }] : []),
    ...(hasNewerData ? [{ kind: 'newer', text: t.dataUpdated }] : []),
    ...(data?.origin === 'sample' ? [{ kind: 'sample', text: t.sample }] : []),
    ...(data && data.origin !== 'sample' && days > STALE_DAYS
      ? [{ kind: 'stale', text: (isUndated(data.data_version) ? t.staleReading : t.staleData)(data.as_of) }]
      : []),
  ];
}

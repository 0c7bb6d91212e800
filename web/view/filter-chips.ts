import { html, nothing, type TemplateResult } from 'lit-html';
import { formatSearch } from '../api/search-params.ts';
import type { PageContext } from '../app/app-state.ts';
import { FILTER_GROUPS } from '../app/client-filter.ts';
import {
  withAnyStatus,
  withOpenTime,
  withOrigin,
  without,
  withoutFilters,
  withToggledValue,
} from '../app/url-changes.ts';
import { isTrue, type UrlState, valuesOf } from '../app/url-state.ts';
import { closeIcon } from './icons.ts';

/** A filter of the current search. */
type ActiveFilter = {
  readonly label: string;
  /** The URL state without this filter. */
  readonly urlState: UrlState;
  /** Removing it may leave more of the results. */
  readonly widens: boolean;
};

/** The active filters, each with a button that removes it. */
export function filterChips(page: PageContext): TemplateResult | typeof nothing {
  const { actions, t } = page;
  // The time has a control of its own right above.
  const timeless = formatSearch(withOpenTime(page.state.urlState, 'any').search);
  const filters = activeFilters(page).filter((one) => formatSearch(one.urlState.search) !== timeless);
  if (filters.length === 0) return nothing;
  return html`<ul class="chips">
    ${filters.map(
      ({ label, urlState }) => html`<li class="chip"><bdi>${label}</bdi
        ><button type="button" aria-label=${t.remove(label)} @click=${() => actions.navigate(urlState)}>${closeIcon}</button></li>`,
    )}
  </ul>`;
}

/** Every parameter of the search that has an effect on its results, other than the text and the order. */
export function activeFilters({ t, state }: PageContext): ActiveFilter[] {
  const { urlState, origin, filter } = state;
  const { search } = urlState;
  const { lat, lon, status, radius, bbox, limit, open_at, open_for, open_now } = search;
  const from =
    origin === 'me'
      ? t.fromHere
      : origin === 'pin'
        ? t.fromPin
        : origin
          ? t.fromPlace(origin.name)
          : t.fromPoint(lat ?? '', lon ?? '');
  const filterIf = (given: unknown, label: () => string, removed: () => UrlState, widens = true): ActiveFilter[] =>
    given ? [{ label: label(), urlState: removed(), widens }] : [];
  const time = open_at && filter ? t.openAt(t.weekTime(filter.minute)) : t.timeOptions.now;
  return [
    ...filterIf(
      lat !== undefined && lon !== undefined,
      () => from,
      () => withOrigin(urlState, null),
      false,
    ),
    ...filterIf(
      radius,
      () => t.withinFilter(t.distance(Number(radius))),
      () => without(urlState, 'radius'),
    ),
    ...filterIf(
      bbox,
      () => t.boxFilter,
      () => without(urlState, 'bbox'),
    ),
    ...filterIf(
      open_at || isTrue(open_now),
      () => time,
      () => withOpenTime(urlState, 'any'),
    ),
    ...filterIf(
      open_for,
      () => t.openForFilter(Number(open_for)),
      () => without(urlState, 'open_for'),
    ),
    ...FILTER_GROUPS.flatMap((group) =>
      valuesOf(search[group]).map((value) => ({
        label: group === 'area' ? value : t[group](value),
        urlState: withToggledValue(urlState, group, value),
        widens: true,
      })),
    ),
    ...filterIf(
      search.hours === 'known',
      () => t.hoursKnown,
      () => without(urlState, 'hours'),
    ),
    ...filterIf(
      status === 'any',
      () => t.permitFilter,
      () => withAnyStatus(urlState, false),
      false,
    ),
    ...filterIf(
      status && status !== 'any' && status !== 'approved',
      () => t.permitState(t.status(status ?? '')),
      () => withAnyStatus(urlState, false),
      false,
    ),
    ...filterIf(
      Number(limit) > 0,
      () => t.limitFilter(Number(limit)),
      () => without(urlState, 'limit'),
      false,
    ),
  ];
}

/** The search without any of its filters; the text and the origin stay. */
export function withoutAllFilters({ state }: PageContext): UrlState {
  return without(withoutFilters(state.urlState), 'radius', 'bbox');
}

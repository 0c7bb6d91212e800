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
import { chosenTime } from './chosen-time.ts';

/** A filter of the current search. */
type ActiveFilter = {
  readonly label: string;
  /** The URL state without this filter. */
  readonly urlState: UrlState;
  /** Removing it may leave more of the results. */
  readonly widens: boolean;
  /** The chip of a control shows it. */
  readonly hasControl: boolean;
};

/** Every parameter of the search that has an effect on its results, other than the text and the order. */
export function activeFilters({ t, state }: PageContext): ActiveFilter[] {
  const { urlState, origin, filter } = state;
  const { lat, lon, status, radius, bbox, limit, open_at, open_for, open_now, hours } = urlState.search;
  const hasOrigin = lat !== undefined && lon !== undefined;
  const widening = (label: string, without: UrlState, hasControl = false): ActiveFilter => {
    return { label, urlState: without, widens: true, hasControl };
  };
  const other = (label: string, without: UrlState, hasControl = false): ActiveFilter => {
    return { label, urlState: without, widens: false, hasControl };
  };
  const time = open_at && filter ? t.openAt(chosenTime(t, filter)) : t.timeOptions.now;
  return [
    ...(hasOrigin ? [other(originName({ t, state }), withOrigin(urlState, null), origin === 'me')] : []),
    ...(radius ? [widening(t.withinFilter(t.distance(Number(radius))), without(urlState, 'radius'))] : []),
    ...(bbox ? [widening(t.boxFilter, without(urlState, 'bbox'))] : []),
    ...(open_at || isTrue(open_now) ? [widening(time, withOpenTime(urlState, 'any'), true)] : []),
    ...(open_for ? [widening(t.openForFilter(Number(open_for)), without(urlState, 'open_for'))] : []),
    ...FILTER_GROUPS.flatMap((group) =>
      valuesOf(urlState.search[group]).map((value) =>
        widening(
          group === 'area' ? value : t[group](value),
          withToggledValue(urlState, group, value),
          group !== 'facility',
        ),
      ),
    ),
    ...(hours === 'known' ? [widening(t.hoursKnown, without(urlState, 'hours'))] : []),
    ...(status === 'any' ? [other(t.permitFilter, withAnyStatus(urlState, false))] : []),
    ...(status && status !== 'any' && status !== 'approved'
      ? [other(t.permitState(t.status(status)), withAnyStatus(urlState, false))]
      : []),
    ...(Number(limit) > 0 ? [other(t.limitFilter(Number(limit)), without(urlState, 'limit'))] : []),
  ];
}

function originName({ t, state: { origin, urlState } }: Pick<PageContext, 't' | 'state'>): string {
  if (origin === 'me') return t.fromHere;
  if (origin === 'pin') return t.fromPin;
  if (urlState.near) return t.fromPlace(urlState.near);
  return t.fromPoint(urlState.search.lat ?? '', urlState.search.lon ?? '');
}

/** The search without any of its filters; the text and the origin stay. */
export function withoutAllFilters({ state }: PageContext): UrlState {
  return without(withoutFilters(state.urlState), 'radius', 'bbox');
}

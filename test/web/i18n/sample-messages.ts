import type { Messages } from '../../../web/i18n/languages/en.ts';
import type { Translations } from '../../../web/i18n/translations.ts';

/** Arguments for every message that has any; the compiler checks that none is missing. */
type Samples = {
  readonly [Key in keyof Messages as Messages[Key] extends (...args: never[]) => string
    ? Key
    : never]: Messages[Key] extends (...args: infer Args) => string ? readonly Args[] : never;
};

const COUNTS = [0, 1, 2, 3, 5, 11, 21, 22, 101, 1234] as const;
const one = COUNTS.map((n) => [n] as const) as unknown as [number][];
const DATES = ['2026-11-26', '2024-02-03'];
/** Monday at midnight, Thursday at a quarter past noon, Sunday at three. */
const MINUTES = [0, 3 * 1440 + 735, 6 * 1440 + 900];

/** Arguments as the views pass them: times, dates and distances in the language's own formats. */
function samplesOf(t: Translations): Samples {
  const times = MINUTES.map((minute) => t.weekTime(minute));
  const clocks = MINUTES.map((minute) => t.clock(minute));
  const months = DATES.map((date) => t.month(date));
  const distances = [40, 804, 1609, 4000, 50_000].map((metres) => t.distance(metres));
  const each = (values: readonly string[]) => values.map((value) => [value] as [string]);
  const word = t.category('tacos').toLowerCase();
  const fields = ['items', 'name', 'category', 'address', 'area'];
  return {
    tagline: [['San Francisco'], [null]],
    title: [['tacos', 'San Francisco']],
    daySpan: [[t.day(0), t.day(4)]],
    dayAndTime: [...clocks.map((time) => [t.day(3), time] as [string, string]), [t.day(3, 'long'), clocks[1] ?? '']],
    suggestionsShown: one,
    intersection: [['Market', '2nd']],
    wordsNear: [['tacos', t.intersection('Market', '2nd')]],
    wordsIn: [['tacos', 'Mission']],
    saveVendor: [['Tacos & More']],
    about: each(distances),
    fromPlace: [['217 Sansome St']],
    fromPoint: [['37.7893', '-122.4009']],
    remove: [[word]],
    openAt: each(times),
    openCount: one,
    openSummary: [
      ...COUNTS.map((n) => [t.timeOptions.now, n, n] as [string, number, number]),
      [t.openAt(times[1] ?? ''), 3, 0],
    ],
    showResults: one,
    permitEnded: each(months),
    permitEndedIn: DATES.flatMap((date) =>
      [true, false].map((old) => [t.month(date, 'long'), old] as [string, boolean]),
    ),
    stateAt: (['open', 'closed', 'unknown'] as const).flatMap((state) =>
      clocks.map((time) => [state, t.day(3, 'long'), time] as ['open', string, string]),
    ),
    allPlaces: one,
    histogram: [[t.day(3, 'long')]],
    busiest: clocks.flatMap((time) => COUNTS.map((n) => [time, n] as [string, number])),
    openForFilter: one,
    moreValues: one,
    withinFilter: each(distances),
    limitFilter: one,
    locationRough: each([t.roughDistance(50_000), t.roughDistance(900)]),
    locationFar: distances.map((distance) => [distance, 'San Francisco'] as [string, string]),
    found: COUNTS.map((n) => [n, n] as [number, number]),
    foundWithin: each(distances),
    truncated: one,
    showMore: one,
    relaxed: [
      ['q', 'tacos zzz', 'tacos'],
      ['open_at', 'thu12:00', null],
      ['bbox', '', null],
      ...distances.map((distance) => ['radius', distance, distances[4] ?? ''] as ['radius', string, string]),
    ],
    noFood: [[word], [t.category('seafood')]],
    surplus: [[8, ['tacos', 'sauce'].join(t.separators.list)]],
    locations: one,
    moreBranches: one,
    missing: [[['tacos', 'sauce'].join(t.separators.list)]],
    permitState: Object.keys(t.statuses).map((status) => [t.status(status)] as [string]),
    emptyHeading: [['tacos'], ['']],
    without: COUNTS.map((n) => [word, n] as [string, number]),
    noneOpen: each(times),
    requestId: [['6f9619ff']],
    saved: each(DATES.map((date) => t.date(date))),
    asOf: each(DATES),
    readOn: each(DATES),
    staleData: each(DATES),
    staleReading: each(DATES),
    map: [['San Francisco'], [null]],
    marker: [
      ['Corner Tacos', '217 Sansome St', t.openUntil(clocks[1] ?? '')],
      ['Corner Tacos', null, t.closed],
    ],
    cluster: COUNTS.map((n) => [n, Math.floor(n / 2), Math.ceil(n / 2)] as [number, number, number]),
    shownFor: each(times),
    partOnMap: COUNTS.map((n) => [n, 3 * n + 1] as [number, number]),
    expires: each(DATES),
    whyWord: fields.flatMap((field) =>
      ['exact', 'synonym', 'typo1', 'prefix'].map(
        (quality) => ['taco', 'tacos', field, quality] as [string, string, string, string],
      ),
    ),
    whyNear: each(distances),
    openUntil: each([...clocks, ...times]),
    closesIn: one,
    opens: each([...clocks, ...times]),
  };
}

/** Every text of a language with its key, those with values once for each sample. */
export function renderedMessages(t: Translations, messages: Messages): [key: string, text: string][] {
  const samples: Readonly<Record<string, readonly (readonly unknown[])[]>> = samplesOf(t);
  return Object.entries(messages).flatMap(([key, message]) => textsOf(key, message, samples[key] ?? []));
}

function textsOf(key: string, message: unknown, samples: readonly (readonly unknown[])[]): [string, string][] {
  if (typeof message === 'string') return [[key, message]];
  if (typeof message === 'function') return samples.map((args) => [key, message(...args) as string]);
  return Object.entries(message as object).flatMap(([part, one]) => textsOf(`${key}.${part}`, one, []));
}

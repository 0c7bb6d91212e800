import type { Proposal } from './proposal.ts';
import { canReadHours, mealsOf } from './proposed-hours.ts';
import { wordingText } from './proposed-wording.ts';
import { pairNames } from './schedule-key.ts';

/** A part of a proposal that a person should check. */
export type Guess = {
  /** Path in the city's file. */
  readonly path: string;
  /** What is proposed, as a person would write it. */
  readonly value: string;
  readonly why: string;
};

/** Everything in a proposal that is a guess, in the order in which it is shown. */
export function guessesOf(proposal: Proposal): Guess[] {
  const {
    places,
    fields,
    identity,
    name,
    zone,
    extent,
    statuses,
    hours,
    dateOrder,
    unnamed,
    wording,
    table,
    schedule,
  } = proposal;
  const placeNames = Object.entries(places.columns)
    .map(([field, column]) => `${field}: ${column.name}`)
    .join(', ');
  const made = identity.value.kind === 'made' ? identity.value.from.join(', ') : null;
  return [
    ...(places.sureness === 'guess'
      ? [{ path: 'sources.permits.columns.lat', value: placeNames, why: places.why }]
      : []),
    ...(made === null ? [] : [{ path: 'ids', value: `made from ${made}`, why: identity.why }]),
    ...(schedule?.sureness === 'guess'
      ? [{ path: 'sources.schedule', value: pairNames(schedule.key), why: schedule.why }]
      : []),
    ...fields
      .filter(({ field, sureness }) => sureness === 'guess' && !(schedule && field === 'id'))
      .map(({ field, column, why }) => ({ path: `sources.permits.columns.${field}`, value: column.name, why })),
    ...(unnamed ? [{ path: 'names.unnamed', value: unnamed.value, why: unnamed.why }] : []),
    ...(name.sureness === 'guess' ? [{ path: 'name', value: name.value, why: name.why }] : []),
    ...(wording ? [{ path: 'wording', value: wordingText(wording.value), why: wording.why }] : []),
    ...(isAttributionKnown(proposal)
      ? []
      : [
          {
            path: 'attribution',
            value: table.publisher ?? table.title ?? 'nobody is named',
            why: 'the publisher, the page or the licence is not known',
          },
        ]),
    ...(zone.sureness === 'guess' ? [{ path: 'zone', value: zone.value, why: zone.why }] : []),
    ...(extent.outliers.length > 0
      ? [{ path: 'bounds', value: `without ${extent.outliers.length} places`, why: 'they are far from all others' }]
      : []),
    ...(statuses?.sureness === 'guess'
      ? [{ path: 'statuses', value: approvedWords(statuses.value), why: statuses.why }]
      : []),
    ...(schedule?.meal || (hours?.kind === 'meals' && canReadHours(proposal))
      ? [{ path: 'hours.meals', value: mealText(proposal), why: 'when meals usually are' }]
      : []),
    ...(schedule?.hours.sureness === 'guess'
      ? [{ path: 'hours', value: schedule.hours.kind, why: schedule.hours.why }]
      : []),
    ...(hours?.sureness === 'guess' ? [{ path: 'hours', value: hours.kind, why: hours.why }] : []),
    ...(dateOrder?.sureness === 'guess' ? [{ path: 'dateOrder', value: dateOrder.value, why: dateOrder.why }] : []),
  ];
}

/** Whether the portal says who publishes the data, where, and under which licence. */
export function isAttributionKnown({ table: { title, page, license } }: Proposal): boolean {
  return title !== null && page !== null && license !== null;
}

/** The city's words for approved, separated by commas. */
function approvedWords(meanings: Readonly<Record<string, string>>): string {
  return Object.keys(meanings)
    .filter((word) => meanings[word] === 'approved')
    .join(', ');
}

function mealText(proposal: Proposal): string {
  return Object.entries(mealsOf(proposal))
    .map(([meal, times]) => `${meal} ${times}`)
    .join(', ');
}

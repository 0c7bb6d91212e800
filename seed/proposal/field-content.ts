import { amount } from '../amount.ts';
import type { FoodRules } from '../city.ts';
import { categoriesOf } from '../food/categories.ts';
import { facilityWord, statusMeaning } from './city-words.ts';
import type { ColumnProfile } from './column-profile.ts';

/** What the values of a column say about a field: from -1 (it cannot be this field) to 1, and what was seen. */
export type ContentFit = { readonly fit: number; readonly why: string };

const NEVER: ContentFit = { fit: -1, why: 'other values' };
const NEUTRAL: ContentFit = { fit: 0, why: 'nothing against it' };

/** How well the values of a column fit a field. An empty column says nothing for or against. */
export function contentFit(field: string, column: ColumnProfile, context: MatchContext): ContentFit {
  const judge = JUDGES[field];
  return column.filled === 0 || !judge ? NEUTRAL : judge(column, context);
}

/** What is known of a table when its columns are matched. */
export type MatchContext = {
  /** The vocabulary by which food is recognised. */
  readonly food: FoodRules;
  /** The table has a row for each day of a place, so that the ids of places repeat. */
  readonly hasRowPerDay: boolean;
};

type Judge = (column: ColumnProfile, context: MatchContext) => ContentFit;

/** The part of the rows that may repeat an id: some tables list a place once for each of its streets. */
const MAX_REPEATED = 0.05;

const percent = (share: number) => `${Math.round(share * 100)} %`;

const judgeId: Judge = (column, { hasRowPerDay }) => {
  const repeated = 1 - column.counts.length / column.filled;
  if (column.filled < column.rows * 0.9)
    return { fit: -1, why: `only ${column.filled} of ${column.rows} rows have one` };
  if (hasRowPerDay && repeated > MAX_REPEATED && column.share('code') >= 0.9 && column.counts.length > 1) {
    return { fit: 0.2, why: `${column.counts.length} places, each with several rows` };
  }
  if (repeated > MAX_REPEATED || column.averageLength > 60 || column.share('fineNumber') > 0.5) return NEVER;
  if (column.share('code') < 0.9) return repeated === 0 ? NEUTRAL : NEVER;
  return repeated === 0
    ? { fit: 0.4, why: `all ${column.filled} values differ` }
    : { fit: 0.2, why: `${percent(1 - repeated)} of the values differ` };
};

const judgeName: Judge = (column) => {
  // One letter or character can be a name, and a number is none.
  if (column.shareOf((text) => /\p{L}/u.test(text)) < 0.8) return NEVER;
  if (column.share('date') > 0.2 || column.averageLength > 80) return NEVER;
  if (column.share('webAddress') + column.share('email') + column.share('point') > 0.2) return NEVER;
  if (column.share('street') > 0.7) return { fit: -0.4, why: 'the values look like addresses' };
  return column.counts.length > 0.3 * column.filled
    ? { fit: 0.3, why: amount(column.counts.length, 'different text') }
    : { fit: 0, why: `only ${amount(column.counts.length, 'different text')}` };
};

/** Texts that are searched for food: each costs 0.3 ms (2026-11-27). */
const MAX_FOOD_TEXTS = 100;

const judgeFood: Judge = (column, { food }) => {
  const texts = column.counts.slice(0, MAX_FOOD_TEXTS);
  const share = texts.filter(([text]) => categoriesOf([text.slice(0, 300)], food).length > 0).length / texts.length;
  if (share >= 0.3) return { fit: 0.6, why: `${percent(share)} of the values name food` };
  return share >= 0.1 ? NEUTRAL : { fit: -0.6, why: 'the values do not name food' };
};

const judgeAddress: Judge = (column) => {
  if (column.share('words') < 0.5 || column.share('webAddress') + column.share('email') > 0.2) return NEVER;
  if (column.share('point') > 0.5) return NEVER;
  const share = column.share('street');
  return share >= 0.5 ? { fit: 0.5, why: `${percent(share)} of the values look like addresses` } : NEUTRAL;
};

const judgeFacility: Judge = (column) => {
  if (column.counts.length > 30 || column.counts.length > 0.5 * column.filled + 1) return NEVER;
  const share = column.shareOf((text) => facilityWord(text) !== undefined);
  if (share >= 0.3) return { fit: 0.5, why: `${percent(share)} of the values are kinds of stalls` };
  return column.share('words') >= 0.8 ? { fit: 0.1, why: amount(column.counts.length, 'different word') } : NEVER;
};

const judgeStatus: Judge = (column) => {
  if (column.counts.length > 20) return NEVER;
  const share = column.shareOf((text) => statusMeaning(text) !== undefined);
  // Yes and no answer any question; only a column's name can say that it is about the permit.
  if (column.share('yesNo') > 0.5) return NEUTRAL;
  const hasApproved = column.counts.some(([text]) => /^(?:approved|issued)$/.test(statusMeaning(text) ?? ''));
  if (share >= 0.6 && !hasApproved) return NEUTRAL;
  if (share >= 0.6)
    return {
      fit: 0.6,
      why: `the values are states: ${column.counts
        .slice(0, 4)
        .map(([text]) => text)
        .join(', ')}`,
    };
  return share > 0 ? NEUTRAL : { fit: -0.6, why: 'no value is a word for a state' };
};

const judgeHours: Judge = (column) => {
  const share = Math.max(column.share('hours'), column.share('permitHours'));
  if (share >= 0.5) return { fit: 0.6, why: `${percent(share)} of the values are days and times` };
  return share > 0 ? NEUTRAL : NEVER;
};

const judgeDate: Judge = (column) => {
  const share = column.share('date');
  if (share >= 0.7) return { fit: 0.4, why: `${percent(share)} of the values are dates` };
  return share > 0.3 ? NEUTRAL : NEVER;
};

const judgeArea: Judge = (column) => {
  if (column.share('words') < 0.8 || column.share('street') > 0.5) return NEVER;
  return column.counts.length <= 0.7 * column.filled
    ? { fit: 0.3, why: amount(column.counts.length, 'different name') }
    : NEUTRAL;
};

const JUDGES: Readonly<Record<string, Judge>> = {
  id: judgeId,
  name: judgeName,
  food: judgeFood,
  address: judgeAddress,
  description: (column) => (column.share('words') >= 0.5 && column.share('point') < 0.5 ? NEUTRAL : NEVER),
  facility: judgeFacility,
  status: judgeStatus,
  permit: (column) => (column.share('code') >= 0.7 ? { fit: 0.3, why: 'the values are numbers or codes' } : NEVER),
  permitUrl: (column) =>
    column.share('webAddress') >= 0.8 ? { fit: 0.5, why: 'the values are web addresses' } : NEVER,
  hours: judgeHours,
  approved: judgeDate,
  received: judgeDate,
  expires: judgeDate,
  area: judgeArea,
};

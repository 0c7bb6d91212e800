import { LoadError } from '../load-errors.ts';
import { foldColumn } from '../table/table.ts';
import type { ColumnProfile } from './column-profile.ts';
import type { Sureness } from './sureness.ts';
import { type ColumnPair, commonTexts, measureKey, type ProfiledTable, type TableKey } from './table-keys.ts';

/** The least part of the rows of one of the tables that must find a row of the other. */
const MIN_SHARE = 0.3;
/** The least part of the first table's rows that must have a key of their own. */
const MIN_UNIQUENESS = 0.95;
/** Pairs of columns that are combined with each other; more cost time and are never the best. */
const MAX_COMBINED = 4;
/** Characters, on average, of names and addresses; longer texts are descriptions. */
const MAX_WORDS = 60;
/** Columns that a message names. */
const MAX_NAMED = 15;

/**
 * The best columns by which a schedule's rows name the places of the first table: one pair that is unique in the first table, or two that
 * together are.
 * @param main the columns of the first table that can be a key
 * @param other those of the schedule
 * @param from the schedule, for messages
 * @throws LoadError that names the columns that were compared
 */
export function findScheduleKey(main: ProfiledTable, other: ProfiledTable, from: string): TableKey {
  const [mains, others] = [withKeyColumns(main), withKeyColumns(other)];
  const common = commonTexts(mains, others)
    .filter(({ mainShare, otherShare }) => Math.max(mainShare, otherShare) >= MIN_SHARE)
    .sort((a, b) => b.mainShare + b.otherShare - a.mainShare - a.otherShare);
  const singles = common.map((pair) => {
    const byWords = () => measureKey(main, other, [pair], false);
    if (!isCode(pair)) return byWords();
    const exact = measureKey(main, other, [pair], true);
    // Codes that differ in case or punctuation only are joined by their words.
    return exact.otherShare < pair.otherShare - 0.01 ? byWords() : exact;
  });
  const isUsable = (key: TableKey) =>
    key.uniqueness >= MIN_UNIQUENESS && Math.max(key.mainShare, key.otherShare) >= MIN_SHARE && isNameable(key, other);
  const best = (keys: readonly TableKey[]) => keys.filter(isUsable).sort((a, b) => scoreOf(b) - scoreOf(a))[0];
  // Two columns are looked at only if the single ones may meet by chance.
  const found =
    best(singles.filter((key) => isDistinctive(key) || isConfirmed(key))) ??
    best(combinations(common).map((pairs) => measureKey(main, other, pairs, false))) ??
    best(singles);
  if (found) return found;
  const named = (columns: readonly ColumnProfile[]) =>
    columns
      .slice(0, MAX_NAMED)
      .map(({ name }) => name)
      .join(', ') || 'none';
  const repeated = singles.find(({ uniqueness }) => uniqueness < MIN_UNIQUENESS);
  throw new LoadError(
    [
      `${from}: nothing tells which place of the first table has which hours.`,
      repeated
        ? `The values of ${pairNames(repeated)} meet, but in the first table several rows have the same one.`
        : 'No two columns have enough values in common.',
      `Compared were ${named(mains.columns)} with ${named(others.columns)}`,
    ].join(' '),
  );
}

/** How sure a key is, and what speaks for it. */
export function keyReason(key: TableKey): { readonly sureness: Sureness; readonly why: string } {
  const { mainShare, otherShare, agreement, missing } = key;
  const seen = [
    `${percent(otherShare)} of its rows name a row of the first table`,
    `${percent(mainShare)} of the first table's rows have hours there`,
    ...(agreement ? [`${JSON.stringify(agreement.column)} is the same in ${percent(agreement.share)} of them`] : []),
    ...(missing.length > 0 ? [`not in the first table: ${missing.join(' · ')}${otherShare < 0.9 ? ' …' : ''}`] : []),
  ];
  const contradicts = agreement !== null && agreement.share < 0.5;
  const confirmed = isConfirmed(key) || (agreement === null && hasSameNames(key) && isDistinctive(key));
  const sureness =
    contradicts || Math.max(mainShare, otherShare) < 0.5 || (!isDistinctive(key) && !confirmed)
      ? 'guess'
      : confirmed && otherShare >= 0.8
        ? 'sure'
        : 'likely';
  return { sureness, why: seen.join('; ') };
}

/** The columns of a key, as `Stall = Vendor and Street = Where`. */
export function pairNames({ pairs }: Pick<TableKey, 'pairs'>): string {
  return pairs.map(({ main, other }) => `${main.name} = ${other.name}`).join(' and ');
}

function withKeyColumns({ columns, rows }: ProfiledTable): ProfiledTable {
  return { columns: columns.filter(canBeKey), rows };
}

/** Dates, times, measures, shapes and columns with the same text in each row are not keys. */
function canBeKey(column: ColumnProfile): boolean {
  if (column.filled === 0 || column.averageLength > MAX_WORDS) return false;
  const never = (['date', 'clock', 'weekday', 'fineNumber', 'point', 'yesNo'] as const).some(
    (kind) => column.share(kind) >= 0.5,
  );
  const isMeasure = column.share('number') - column.share('wholeNumber') >= 0.5;
  return !never && !isMeasure && column.counts.length >= Math.min(2, column.filled);
}

function isCode({ main, other }: ColumnPair): boolean {
  return main.share('code') >= 0.9 && other.share('code') >= 0.9;
}

/** In a city's file, a key of words has one list of names for both tables, so the schedule must not have the first table's name too. */
function isNameable({ pairs, isExact }: TableKey, other: ProfiledTable): boolean {
  return (
    isExact ||
    pairs.every(
      (pair) =>
        foldColumn(pair.main.name) === foldColumn(pair.other.name) ||
        other.columns.every(({ name }) => foldColumn(name) !== foldColumn(pair.main.name)),
    )
  );
}

/** Pairs of words, two and two, with four different columns. */
function combinations(common: readonly ColumnPair[]): ColumnPair[][] {
  const words = common
    .filter(({ main }) => main.share('words') >= 0.5 && main.averageLength <= MAX_WORDS)
    .slice(0, MAX_COMBINED);
  return words.flatMap((one, at) =>
    words
      .slice(at + 1)
      .filter((two) => two.main !== one.main && two.other !== one.other)
      .map((two) => [one, two]),
  );
}

/** The same name is better than another one, and long values than small numbers, which meet by chance. */
function scoreOf(key: TableKey): number {
  return (
    key.mainShare +
    key.otherShare +
    (hasSameNames(key) ? 0.5 : 0) +
    (isDistinctive(key) ? 0.5 : 0) +
    (key.agreement ? key.agreement.share - 0.5 : 0)
  );
}

/** Whether another column of the joined rows agrees. */
function isConfirmed({ agreement }: TableKey): boolean {
  return agreement !== null && agreement.share >= 0.8;
}

function hasSameNames({ pairs }: TableKey): boolean {
  return pairs.every(({ main, other }) => foldColumn(main.name) === foldColumn(other.name));
}

/** Row numbers of two tables meet although they mean different rows. */
function isDistinctive({ pairs }: TableKey): boolean {
  return pairs.some(({ main }) => main.share('wholeNumber') < 0.9 || main.averageLength >= 5);
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}

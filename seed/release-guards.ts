import type { Release } from '../functions/model/release.ts';
import { countBranches, type Vendor } from '../functions/model/vendor.ts';
import { amount } from './amount.ts';
import { LoadError } from './load-errors.ts';
import type { AuditedRelease, SourceResult } from './make-release.ts';

/** A release with less than this share of what the last one showed needs `force`. */
const MIN_SHARE = 0.5;
/** Reasons that an error lists, most frequent first. */
const MAX_REASONS = 3;
/** Characters of a reason's example. */
const MAX_EXAMPLE = 120;

/**
 * Refuses a load that keeps no place at all, even a first one and even with `force`: there would be nothing to show.
 * @throws LoadError with the most frequent reasons
 */
export function refuseEmpty({ release, results }: AuditedRelease): void {
  if (countBranches(release.vendors) > 0) return;
  throw new LoadError(`the new data has no place that can be shown: nothing was published. ${droppedText(results)}`);
}

/**
 * Refuses a release that lost more than half of something that people see: places, approved places, places with known
 * hours, or vendors with food. Another city's release and the invented sample are not compared.
 * @param last the release that it replaces
 * @param remedy what to do if the loss is right
 * @throws LoadError with both numbers and the most frequent reasons
 */
export function refuseLosses(
  { release, results }: Pick<AuditedRelease, 'release' | 'results'>,
  last: Release,
  remedy: string,
): void {
  if (last.origin === 'sample' || last.city.id !== release.city.id) return;
  refuseShrunk(release, countBranches(last.vendors), remedy, droppedText(results));
  const faults = VISIBLE.flatMap(({ noun, count, reason }) => {
    const [now, before] = [count(release.vendors), count(last.vendors)];
    if (now >= before * MIN_SHARE) return [];
    const [one, many] = noun;
    return [
      `${amount(now, one, many)}, fewer than half of the current release's ${before} (${reason(release, results)})`,
    ];
  });
  if (faults.length === 0) return;
  throw new LoadError(`the new data has ${faults.join('; and ')}: nothing was published. If that is right: ${remedy}`);
}

/** @throws LoadError with both numbers when more than half of the branches would be lost. */
export function refuseShrunk({ vendors }: Release, currentBranches: number, remedy: string, reasons = ''): void {
  const branches = countBranches(vendors);
  if (branches >= currentBranches * MIN_SHARE) return;
  throw new LoadError(
    `the new data has ${amount(branches, 'branch', 'branches')}, fewer than half of the current release's ` +
      `${currentBranches}: nothing was published. ${reasons}${reasons === '' ? '' : ' '}If that is right: ${remedy}`,
  );
}

type Visible = {
  readonly noun: readonly [one: string, many: string];
  readonly count: (vendors: readonly Vendor[]) => number;
  /** The state of the new data, as a clause. */
  readonly reason: (release: Release, results: readonly SourceResult[]) => string;
};

const branchesOf = (vendors: readonly Vendor[]) => vendors.flatMap(({ branches }) => branches);

const VISIBLE: readonly Visible[] = [
  {
    noun: ['approved place', 'approved places'],
    count: (vendors) => branchesOf(vendors).filter(({ status }) => status === 'approved').length,
    reason: ({ vendors }, results) => {
      const words = noteDetails(results, 'unknown_status');
      const states = `the states are now ${topCounts(branchesOf(vendors).map(({ status }) => status))}`;
      return words === '' ? states : `${states}; the city's file does not know ${words}`;
    },
  },
  {
    noun: ['place with known hours', 'places with known hours'],
    // Closed for the season is known too.
    count: (vendors) => branchesOf(vendors).filter(({ hours }) => hours.source !== 'none').length,
    reason: (_, results) => {
      const schedule = results.find(({ source }) => source.name === 'schedule');
      const unread = noteDetails(results, 'unparsed_hours');
      return [
        schedule ? `the schedule has ${amount(schedule.rowsIn, 'row')}` : 'there is no schedule',
        ...(unread === '' ? [] : [`hours that cannot be read: ${unread}`]),
      ].join('; ');
    },
  },
  {
    noun: ['vendor with food', 'vendors with food'],
    count: (vendors) => vendors.filter(({ items, categories }) => items.length + categories.length > 0).length,
    reason: ({ vendors }) => `${vendors.length} vendors, most of them without a dish or a kind of food`,
  },
];

/** One sentence on the dropped rows of each source, or none. */
function droppedText(results: readonly SourceResult[]): string {
  return results
    .filter(({ dropped }) => dropped.length > 0)
    .map(({ source: { name }, rowsIn, dropped }) => {
      const examples = new Map(dropped.map(({ reason, detail }) => [reason, detail]));
      const reasons = ranked(dropped.map(({ reason }) => reason)).map(
        ([reason, count]) => `${count} ${reason} (such as ${clip(examples.get(reason) ?? '')})`,
      );
      return `${name}: ${dropped.length} of ${amount(rowsIn, 'row')} were dropped: ${reasons.join(', ')}.`;
    })
    .join(' ');
}

function noteDetails(results: readonly SourceResult[], kind: string): string {
  return topCounts(
    results.flatMap(({ notes }) => notes.filter((note) => note.kind === kind).map(({ detail }) => detail)),
  );
}

/** `60 × active, 2 × expired` */
function topCounts(words: readonly string[]): string {
  return ranked(words)
    .map(([word, count]) => `${count} × ${clip(word)}`)
    .join(', ');
}

/** The most frequent words with their numbers; ties by code point. */
function ranked(words: readonly string[]): [word: string, count: number][] {
  const counts = new Map<string, number>();
  for (const word of words) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].sort(([a, inA], [b, inB]) => inB - inA || (a < b ? -1 : 1)).slice(0, MAX_REASONS);
}

function clip(text: string): string {
  return text.length > MAX_EXAMPLE ? `${text.slice(0, MAX_EXAMPLE)}…` : text;
}

import { isUndated, type Release } from '../../functions/model/release.ts';
import { countBranches } from '../../functions/model/vendor.ts';
import { amount } from '../amount.ts';
import type { LoadReport, SourceReport } from './report.ts';

/** Rows listed for each reason; the JSON report has all of them. */
const MAX_LISTED = 5;

/** The report for people: counts, each followed by its first rows. */
export function reportText(report: LoadReport): string {
  const { version, city, asOf, vendors, branches, hours, stacked, difference } = report;
  const hourCounts = Object.entries(hours).map(([source, count]) => `${count} ${source}`);
  return [
    `${city} ${version}: ${sizeText(vendors, branches)}, ${dayText(version, asOf)}`,
    `hours from: ${hourCounts.join(', ') || 'no place'}`,
    ...Object.entries(report.sources).flatMap(([name, source]) => ['', ...sourceLines(name, source)]),
    '',
    `points shared by several places: ${stacked.length}${stacked[0] ? `, at most ${stacked[0].ids.length} on one` : ''}`,
    ...(difference
      ? [
          `against ${difference.from}: vendors +${difference.addedVendors.length} -${difference.removedVendors.length}, ` +
            `${difference.changedVendors.length} changed, places +${difference.addedBranches.length} -${difference.removedBranches.length}`,
        ]
      : []),
    ...report.warnings.map((warning) => `warning: ${warning}`),
    '',
  ].join('\n');
}

function sourceLines(name: string, { from, shape, rowsIn, kept, dropped, droppedRows, notes }: SourceReport): string[] {
  const lost = rowsIn - kept;
  return [
    `${name} (${shape}) from ${from}`,
    `  ${amount(rowsIn, 'row')} = ${kept} kept + ${lost} dropped`,
    ...Object.entries(dropped).flatMap(([reason, count]) => [
      `  dropped, ${reason}: ${count}`,
      ...rows(droppedRows[reason]),
    ]),
    ...Object.entries(notes).flatMap(([kind, entries]) => [`  noted, ${kind}: ${entries.length}`, ...rows(entries)]),
  ];
}

function rows(entries: SourceReport['droppedRows'][string] = []): string[] {
  const shown = entries
    .slice(0, MAX_LISTED)
    .map(({ id, line, detail }) => `    line ${line}, id ${id ?? 'none'}: ${detail}`);
  return entries.length > MAX_LISTED ? [...shown, `    and ${entries.length - MAX_LISTED} more`] : shown;
}

/** A release in one line, for the operator. */
export function summary({ version, vendors, origin, sources, accounts, asOf }: Release): string {
  const from =
    origin === 'sample'
      ? 'the bundled sample data (invented vendors)'
      : sources.map((source) => source.from).join(', ');
  const lost = accounts.flatMap(({ name, rowsIn, kept }) =>
    rowsIn > kept ? [`${rowsIn - kept} of ${rowsIn} ${name}`] : [],
  );
  const dropped = lost.length > 0 ? `; dropped rows: ${lost.join(', ')}` : '';
  const copy = origin === 'cached' ? 'the saved copy of ' : '';
  const size = sizeText(vendors.length, countBranches(vendors));
  return `Total trucks loaded: ${size}, from ${copy}${from}, ${dayText(version, asOf)}${dropped}`;
}

/** `as of` the data's own date, or `read on` the day of reading. */
export function dayText(version: string, asOf: string): string {
  return `${isUndated(version) ? 'read on' : 'as of'} ${asOf}`;
}

function sizeText(vendors: number, branches: number): string {
  return `${amount(vendors, 'vendor')} in ${amount(branches, 'place')}`;
}

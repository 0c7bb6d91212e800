import type { Release } from '../../functions/model/release.ts';
import type { LoadReport, SourceReport } from './report.ts';

/** Rows that are listed for each reason; the JSON report has all of them. */
const LISTED = 5;

/** The report for a person to read: first the counts, then the rows behind them. */
export function reportText(report: LoadReport): string {
  const { version, city, asOf, vendors, branches, hours, stacked, difference } = report;
  const known = Object.entries(hours).map(([source, count]) => `${count} ${source}`);
  return [
    `${city} ${version}: ${vendors} vendors in ${branches} places, as of ${asOf}`,
    `hours from: ${known.join(', ') || 'no place'}`,
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
    `  ${rowsIn} rows = ${kept} kept + ${lost} dropped`,
    ...Object.entries(dropped).flatMap(([reason, count]) => [
      `  dropped, ${reason}: ${count}`,
      ...rows(droppedRows[reason]),
    ]),
    ...Object.entries(notes).flatMap(([kind, entries]) => [`  noted, ${kind}: ${entries.length}`, ...rows(entries)]),
  ];
}

function rows(entries: SourceReport['droppedRows'][string] = []): string[] {
  const shown = entries
    .slice(0, LISTED)
    .map(({ id, line, detail }) => `    line ${line}, id ${id ?? 'none'}: ${detail}`);
  return entries.length > LISTED ? [...shown, `    and ${entries.length - LISTED} more`] : shown;
}

/** What a load brought, in one line. */
export function summary({ vendors, origin, sources, accounts, asOf }: Release): string {
  const branches = vendors.reduce((sum, vendor) => sum + vendor.branches.length, 0);
  const from =
    origin === 'sample'
      ? 'the bundled sample data (invented vendors)'
      : sources.map((source) => source.from).join(', ');
  const lost = accounts.flatMap(({ name, rowsIn, kept }) =>
    rowsIn > kept ? [`${rowsIn - kept} of ${rowsIn} ${name}`] : [],
  );
  const dropped = lost.length > 0 ? `; rows without use: ${lost.join(', ')}` : '';
  const kept = origin === 'cached' ? 'the kept copy of ' : '';
  return `Total trucks loaded: ${vendors.length} vendors in ${branches} places, from ${kept}${from}, as of ${asOf}${dropped}`;
}

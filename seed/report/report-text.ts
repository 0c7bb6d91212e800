import type { LoadReport, ReleaseDifference, ReportedRow, SourceReport } from '../../functions/model/quality-report.ts';
import { isUndated, type Release } from '../../functions/model/release.ts';
import { terminalText } from '../../functions/model/text/unsafe-characters.ts';
import { countBranches } from '../../functions/model/vendor.ts';
import { amount } from '../amount.ts';

/** Rows listed for each reason; the JSON report has all of them. */
const MAX_LISTED = 5;

/** The report for people: counts, each followed by its first rows. */
export function reportText(report: LoadReport): string {
  const { version, city, asOf, vendors, branches, hours, stacked, difference } = report;
  const hourCounts = Object.entries(hours).map(([source, count]) => `${count} ${source}`);
  const lines = [
    `${city} ${version}: ${sizeText(vendors, branches)}, ${dayText(version, asOf)}`,
    `hours from: ${hourCounts.join(', ') || 'no place'}`,
    ...Object.entries(report.sources).flatMap(([name, source]) => ['', ...sourceLines(name, source, report.reasons)]),
    '',
    `points shared by several places: ${stacked.length}${stacked[0] ? `, at most ${stacked[0].ids.length} on one` : ''}`,
    ...(difference ? differenceLines(difference) : []),
    ...report.warnings.map((warning) => `warning: ${warning}`),
    '',
  ];
  return terminalText(lines.join('\n'));
}

function sourceLines(
  name: string,
  { from, shape, rowsIn, kept, dropped, droppedRows, notes }: SourceReport,
  reasons: LoadReport['reasons'],
): string[] {
  const lost = rowsIn - kept;
  const explained = (reason: string) => (reasons[reason] ? [`    ${reasons[reason]}`] : []);
  return [
    `${name} (${shape}) from ${from}`,
    `  ${amount(rowsIn, 'row')} = ${kept} kept + ${lost} dropped`,
    ...Object.entries(dropped).flatMap(([reason, count]) => [
      `  dropped, ${reason}: ${count}`,
      ...explained(reason),
      ...rows(droppedRows[reason]),
    ]),
    ...Object.entries(notes).flatMap(([kind, entries]) => [
      `  noted, ${kind}: ${entries.length}`,
      ...explained(kind),
      ...rows(entries),
    ]),
  ];
}

function rows(entries: readonly ReportedRow[] = []): string[] {
  return listed(
    entries.map(({ id, line, vendor, address, state, detail }) => {
      const facts = [vendor, address, state].filter((fact) => fact !== null);
      return shortened(`line ${line}, id ${id ?? 'none'}: ${[...facts, detail].join(' · ')}`);
    }),
  );
}

/** Characters of a listed row; the JSON report has all of them. */
const MAX_ROW_TEXT = 1_000;

function shortened(text: string): string {
  return text.length > MAX_ROW_TEXT ? `${text.slice(0, MAX_ROW_TEXT)}…` : text;
}

function differenceLines({ from, ...difference }: ReleaseDifference): string[] {
  const { addedVendors, removedVendors, changedVendors, addedBranches, removedBranches } = difference;
  return [
    `against ${from}: vendors +${addedVendors.length} -${removedVendors.length}, ` +
      `${changedVendors.length} changed, places +${addedBranches.length} -${removedBranches.length}`,
    ...listed(addedVendors.map(({ name }) => `added: ${name}`)),
    ...listed(removedVendors.map(({ name }) => `removed: ${name}`)),
    ...listed(changedVendors.map(({ name, fields }) => `changed: ${name} (${fields.join(', ')})`)),
  ];
}

function listed(lines: readonly string[]): string[] {
  const shown = lines.slice(0, MAX_LISTED).map((line) => `    ${line}`);
  return lines.length > MAX_LISTED ? [...shown, `    and ${lines.length - MAX_LISTED} more`] : shown;
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

import { html } from 'hono/html';
import { type LoadReport, REPORT_REASONS, type ReportedRow } from '../../model/quality-report.ts';
import type { Release } from '../../model/release.ts';
import { withoutUnsafeCharacters } from '../../model/text/unsafe-characters.ts';
import { sourceLink } from './attribution-line.ts';
import { plainHead } from './plain-head.ts';

/** Rows listed for each reason; the JSON report has all of them. Keeps a page of 30 reasons under 2 MB. */
const MAX_ROWS = 200;

/**
 * What was wrong with the data of a release, for the city's clerks and for citizens who tell them. A release that was never published has
 * no report: its page has the numbers of rows only.
 * @param root the path of the city's map page, with slashes at both ends
 */
export function qualityPage({ city, version, accounts }: Release, report: LoadReport | null, root = '/'): string {
  const { reportUrl } = city;
  const page = html`${plainHead({ root, title: `Quality of the data of ${city.name}` })}
<body>
<header>
<h1>Quality of the data of ${city.name}</h1>
<p>What could not be read when the city’s open data was loaded, and why. <a href="${root}">Back to the map</a></p>
${reportUrl ? html`<p>You know what is right? <a href="${reportUrl}">Tell the city</a>, with the id of the row.</p>\n` : ''}</header>
<main>
${report?.warnings.length ? html`<h2>In short</h2>\n<ul>${report.warnings.map((warning) => html`<li>${warning}</li>`)}</ul>\n` : ''}${accounts.map(
  ({ name, rowsIn, kept, dropped }) => html`<section>
<h2>${name}: ${kept} of ${rowsIn} rows are shown</h2>
${Object.entries(dropped).map(([reason, count]) => rowsSection(reason, count, report?.sources[name]?.droppedRows[reason] ?? []))}${Object.entries(
  report?.sources[name]?.notes ?? {},
).map(([kind, rows]) => rowsSection(kind, rows.length, rows))}</section>
`,
)}${report?.difference ? differenceSection(report.difference) : ''}</main>
<footer>
<p>Source: ${sourceLink(city.attribution)}. Release ${version}${
    report ? html`. Also available as <a href="${root}data/${version}/quality.json">JSON</a>` : ''
  }.</p>
</footer>
</body>
</html>
`;
  return withoutUnsafeCharacters(`${page}`);
}

function rowsSection(reason: string, count: number, rows: readonly ReportedRow[]) {
  return html`<article>
<h3>${REPORT_REASONS[reason] ?? reason} (${count})</h3>
<ul>
${rows.slice(0, MAX_ROWS).map(
  ({ id, line, vendor, address, state, detail }) => html`<li>${vendor ? html`<bdi>${vendor}</bdi> · ` : ''}${
    address ? html`<bdi>${address}</bdi> · ` : ''
  }${state ? html`<bdi>${state}</bdi> · ` : ''}<bdi>${detail}</bdi> (id ${id ?? 'none'}, line ${line})</li>
`,
)}</ul>
${rows.length > MAX_ROWS ? html`<p>And ${rows.length - MAX_ROWS} more.</p>\n` : ''}</article>
`;
}

function differenceSection({ addedVendors, removedVendors, changedVendors }: NonNullable<LoadReport['difference']>) {
  const list = (title: string, entries: readonly string[]) =>
    entries.length === 0
      ? ''
      : html`<h3>${title} (${entries.length})</h3>
<ul>${entries.slice(0, MAX_ROWS).map((entry) => html`<li><bdi>${entry}</bdi></li>`)}</ul>
`;
  const names = (vendors: readonly { readonly name: string }[]) => vendors.map(({ name }) => name);
  return html`<section>
<h2>Since the last release</h2>
${list('New vendors', names(addedVendors))}${list('Vendors that are gone', names(removedVendors))}${list(
  'Vendors that changed',
  changedVendors.map(({ name, fields }) => `${name}: ${fields.join(', ')}`),
)}</section>
`;
}

import { SourceError } from '../load-errors.ts';
import { MAX_SOURCE_BYTES, tooLarge } from '../table/bytes.ts';
import { readTableOrEmpty } from '../table/read-table.ts';
import { haveSameCells } from '../table/row-cells.ts';
import type { Table } from '../table/table.ts';
import { pageUrl } from './address.ts';
import { addressId, type Download, type DownloadRequest, download } from './download.ts';
import { withoutSecrets } from './url-secrets.ts';

/** How often to read a data set that changes meanwhile. */
const MAX_ROUNDS = 3;

export type PagedRequest = Omit<DownloadRequest, 'known' | 'check'> & {
  readonly pageRows: number;
  /** The pages of the cached copy. */
  readonly known: readonly Download[];
};

export type PagedSet = { readonly table: Table; readonly pages: readonly Download[]; readonly unchanged: boolean };

/**
 * Reads a whole Socrata data set in pages of `pageRows` (at least 2), in the order of its row ids.
 *
 * Each page is requested with its own ETag, because an ETag is valid for one address only: an unchanged first page says nothing
 * about a row added to the last. A page answered with 304 comes from the cached copy. The set is unchanged when every page is.
 *
 * If the set grows or shrinks between two requests, rows move across page borders, and some come twice or never. So each page
 * starts with the last row of the previous page: if that row differs, rows have moved, and the set is read again from the start.
 * This needs no row ids, which Socrata returns only on request, and it also detects deleted rows, which ids do not.
 *
 * A server may return fewer rows than requested: 1,000 in SODA 2.0, any number elsewhere. So a page is the last one only if it is
 * shorter than an earlier page, or has nothing but the repeated row. A set of one page costs one request more.
 * @throws SourceError also when the set changed in each of 3 rounds.
 */
export async function readPages(request: PagedRequest): Promise<PagedSet> {
  let known = request.known;
  for (let round = 1; round <= MAX_ROUNDS; round++) {
    const read = await readRound(request, known);
    if (read.joined) {
      const unchanged = round === 1 && read.unchanged && read.pages.length === request.known.length;
      return { table: joinPages(read.tables), pages: read.pages, unchanged };
    }
    known = read.pages;
  }
  const what = `changed while it was read, ${MAX_ROUNDS} times: a page did not begin with the last row of the previous page`;
  throw new SourceError(label(request), `${what}; try again later, or give a file with --source ${request.name}=PATH`);
}

type Round = { pages: Download[]; tables: Table[]; joined: boolean; unchanged: boolean };

async function readRound(request: PagedRequest, known: readonly Download[]): Promise<Round> {
  const { pageRows, progress } = request;
  const round: Round = { pages: [], tables: [], joined: true, unchanged: true };
  let rows = 0;
  let bytes = 0;
  let longest = 0;
  while (true) {
    const url = pageUrl(request.url, { limit: pageRows, offset: Math.max(0, rows - 1) });
    let table: Table | undefined;
    const answer = await download({
      ...request,
      url,
      known: known.find((page) => page.id === addressId(url)),
      check: (body) => {
        table = readTableOrEmpty(body, label({ ...request, url }));
      },
      progress:
        progress &&
        ((event) =>
          progress({
            ...event,
            done: event.unit === 'bytes' ? bytes + event.done : event.done,
            total: event.unit === 'bytes' ? null : event.total,
          })),
    });
    table ??= readTableOrEmpty(answer.download.body, label({ ...request, url }));
    round.unchanged &&= answer.unchanged;
    round.pages.push(answer.download);
    bytes += answer.download.body.length;
    if (bytes > MAX_SOURCE_BYTES) throw tooLarge(label(request));

    const lastRow = round.tables.at(-1)?.rows.at(-1);
    round.tables.push(table);
    const [firstRow] = table.rows;
    if (lastRow && !(firstRow && haveSameCells(lastRow.cells, firstRow.cells))) return { ...round, joined: false };
    const count = table.rows.length;
    rows += lastRow ? count - 1 : count;
    const isLast = count < longest || (lastRow !== undefined && count === 1);
    if (count === 0 || count > pageRows || isLast) return round;
    longest = Math.max(longest, count);
  }
}

/** One table of all pages, without the repeated first row of each later page; rows are numbered as in the whole set. */
export function joinPages(tables: readonly Table[]): Table {
  const [first] = tables;
  if (!first || tables.length === 1) return first ?? { shape: 'json', columns: [], rows: [], warnings: [] };
  const columns = new Set(tables.flatMap((table) => table.columns));
  const rows = tables.flatMap((table, i) => (i === 0 ? table.rows : table.rows.slice(1)));
  return {
    ...first,
    columns: [...columns],
    rows: rows.map(({ cells }, i) => ({ line: i + 1, cells })),
    warnings: tables.flatMap(({ warnings }, i) => warnings.map((warning) => `page ${i + 1}: ${warning}`)),
  };
}

function label({ name, url }: { name: string; url: URL }): string {
  return `${name} (${withoutSecrets(url.href)})`;
}

import { SourceError } from '../source-error.ts';
import { MAX_SOURCE_BYTES, tooLarge } from '../table/bytes.ts';
import { type Row, readTableOrEmpty, type Table } from '../table/read-table.ts';
import { pageUrl, withoutSecrets } from './address.ts';
import { addressId, type Download, type DownloadRequest, download } from './download.ts';

/** How often a set that changes while it is read is read again. */
const MAX_ROUNDS = 3;
/** Pages that end on a multiple of this may have been cut by a server whose own limit is lower than ours (SODA 2.0 has such). */
const ROUND_PAGE_ROWS = 1000;

export type PagedRequest = Omit<DownloadRequest, 'known' | 'check'> & {
  readonly pageRows: number;
  /** The pages of the copy that is kept. */
  readonly known: readonly Download[];
};

export type PagedSet = { readonly table: Table; readonly pages: readonly Download[]; readonly unchanged: boolean };

/**
 * Reads a whole Socrata data set in pages of `pageRows` (at least 2), in the order of its row ids.
 *
 * Each page asks with its own ETag, because an ETag stands for one address only: an unchanged first page says nothing of a row
 * added to the last. A page answered with 304 is taken from the kept copy, any other from the answer, so that each page is what
 * the server would give now; the set is unchanged when every page is.
 *
 * The set may grow or shrink between two pages; then rows move over the pages' borders, and some come twice or never. So each page
 * begins with the last row of the one before: if it is another row, the rows have moved, and the set is read again from the start.
 * That needs no row id in the answer, which Socrata gives only on request, and it sees deleted rows too, which ids do not.
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
  const what = `changed while it was read, ${MAX_ROUNDS} times: a page did not begin with the last row of the one before`;
  throw new SourceError(label(request), `${what}; try again later, or give a file with --source ${request.name}=PATH`);
}

type Round = { pages: Download[]; tables: Table[]; joined: boolean; unchanged: boolean };

async function readRound(request: PagedRequest, known: readonly Download[]): Promise<Round> {
  const { pageRows, progress } = request;
  const round: Round = { pages: [], tables: [], joined: true, unchanged: true };
  let rows = 0;
  let bytes = 0;
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

    const before = round.tables.at(-1)?.rows.at(-1);
    round.tables.push(table);
    if (before && !sameCells(before, table.rows[0])) return { ...round, joined: false };
    const found = table.rows.length;
    rows += before ? found - 1 : found;
    if (found === 0 || found > pageRows || (found < pageRows && found % ROUND_PAGE_ROWS !== 0)) return round;
  }
}

function sameCells(a: Row, b: Row | undefined): boolean {
  return (
    b !== undefined && a.cells.size === b.cells.size && [...a.cells].every(([name, text]) => b.cells.get(name) === text)
  );
}

/** One table of all pages, less the first row of each page after the first; rows numbered as in the whole set. */
export function joinPages(tables: readonly Table[]): Table {
  const [first] = tables;
  if (!first || tables.length === 1) return first ?? { shape: 'json', columns: [], rows: [], warnings: [] };
  const columns = new Set(tables.flatMap((table) => table.columns));
  const rows = tables.flatMap((table, i) => (i === 0 ? table.rows : table.rows.slice(1)));
  return {
    shape: first.shape,
    columns: [...columns],
    rows: rows.map(({ cells }, i) => ({ line: i + 1, cells })),
    warnings: tables.flatMap(({ warnings }, i) => warnings.map((warning) => `page ${i + 1}: ${warning}`)),
  };
}

function label({ name, url }: { name: string; url: URL }): string {
  return `${name} (${withoutSecrets(url.href)})`;
}

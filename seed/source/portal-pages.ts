import { SourceError } from '../load-errors.ts';
import { MAX_SOURCE_BYTES, tooLarge } from '../table/bytes.ts';
import { readTable, readTableOrEmpty } from '../table/read-table.ts';
import { haveSameCells } from '../table/row-cells.ts';
import type { Table } from '../table/table.ts';
import { addressId, type Download, download } from './download.ts';
import type { PagedRequest, PagedSet } from './socrata.ts';
import { withoutSecrets } from './url-secrets.ts';

/**
 * Reads one address, and if the portal says that it left rows out, the following pages too: ArcGIS by `resultOffset`, CKAN and
 * Opendatasoft by `offset`, each after the rows that were read, however many a page has.
 * @throws SourceError also when rows are missing and cannot be requested: a part is never returned as the whole.
 */
export async function readPortalPages(request: Omit<PagedRequest, 'pageRows'>): Promise<PagedSet> {
  const pages: Download[] = [];
  const tables: Table[] = [];
  let unchanged = true;
  let bytes = 0;
  let url: URL | undefined = request.url;
  while (url) {
    const label = `${request.name} (${withoutSecrets(url.href)})`;
    const read = tables.length === 0 ? readTable : readTableOrEmpty;
    let table: Table | undefined;
    const page: URL = url;
    const answer = await download({
      ...request,
      url: page,
      known: request.known.find(({ id }) => id === addressId(page)),
      check: (body) => {
        table = read(body, label);
      },
    });
    tables.push(table ?? read(answer.download.body, label));
    pages.push(answer.download);
    unchanged &&= answer.unchanged;
    bytes += answer.download.body.length;
    if (bytes > MAX_SOURCE_BYTES) throw tooLarge(label);
    url = nextPage(request.url, tables, label);
  }
  return { table: joinPortalPages(tables), pages, unchanged: unchanged && pages.length === request.known.length };
}

/** One table of all pages; rows are numbered as in the whole. */
export function joinPortalPages(tables: readonly Table[]): Table {
  const [first] = tables;
  if (!first || tables.length === 1) return first ?? { shape: 'json', columns: [], rows: [], warnings: [] };
  const rows = tables.flatMap((table) => table.rows).map(({ cells }, at) => ({ line: at + 1, cells }));
  const columns = [...new Set(tables.flatMap((table) => table.columns))];
  return { shape: first.shape, columns, rows, warnings: [...new Set(tables.flatMap(({ warnings }) => warnings))] };
}

/** @throws SourceError when a file or page lacks rows that no further request would bring. */
export function refusePart(table: Table, label: string): void {
  const { page, rows } = table;
  if (!page) return;
  const isPart = page.software === 'arcgis' ? page.isCut : rows.length < page.total;
  if (!isPart) return;
  const found =
    page.software === 'arcgis' ? `only the first ${rows.length} rows` : `${rows.length} of ${page.total} rows`;
  throw new SourceError(
    label,
    `has ${found}, because the server returns no more at once: use the portal's export of the whole table`,
  );
}

/** The address of the page after those that were read; undefined after the last one. */
function nextPage(start: URL, tables: readonly Table[], label: string): URL | undefined {
  const last = tables.at(-1);
  const info = last?.page;
  if (!last || !info) return undefined;
  const rows = tables.reduce((sum, table) => sum + table.rows.length, 0);
  const parameter = info.software === 'arcgis' ? 'resultOffset' : 'offset';
  const begin = Number(start.searchParams.get(parameter) ?? 0) || 0;
  const isPart = info.software === 'arcgis' ? info.isCut : begin + rows < info.total;
  if (!isPart) return undefined;
  if (info.software === 'ogc') {
    refusePart(last, label);
    return undefined;
  }
  const total = info.software === 'arcgis' ? 'more' : info.total;
  const [first, firstBefore] = [last.rows[0], tables.at(-2)?.rows[0]];
  if (last.rows.length === 0)
    throw new SourceError(label, `has no rows, though only ${rows} of ${total} were read; try again later`);
  if (first && firstBefore && haveSameCells(first.cells, firstBefore.cells)) {
    throw new SourceError(
      label,
      `begins with the same row as the page before: the server ignores ${parameter}, and ${rows} of ${total} rows are not all`,
    );
  }
  const next = new URL(start);
  next.searchParams.set(parameter, String(begin + rows));
  // Without an order, a server may return a row on two pages or on none.
  if (info.software === 'arcgis' && info.idField && !next.searchParams.has('orderByFields')) {
    next.searchParams.set('orderByFields', info.idField);
  }
  return next;
}
